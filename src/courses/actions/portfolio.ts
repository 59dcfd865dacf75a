/** One page of what somebody has learnt here: courses, hours, levels, skills, what they say of themselves. */
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import { isLanguage, type TextKey } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { filesOfPerson, headLines } from '../../people/actions.ts'
import { levelLabel, moments, skills } from '../codes.ts'
import { may } from '../rules/may.ts'
import { isActive, wasIn } from '../rules/states.ts'
import { textIn } from '../rules/texts.ts'
import * as editions from '../store/editions.ts'
import { type Enrolment, enrolmentsOfPersons, findEnrolment, levelsOf } from '../store/enrolments.ts'
import { ratingsOf } from '../store/ratings.ts'
import { certificatesOf } from '../store/register.ts'
import { seenEdition } from './editions.ts'
import { hoursOf } from './outcomes.ts'
import { hoursIn } from './papers.ts'

/** What courses know of a person, the latest first; for the orientation plan too. */
export async function learningOf(ctx: Ctx, person_id: string) {
  const enrolments = (await enrolmentsOfPersons(ctx, await filesOfPerson(ctx, person_id))).filter(({ state }) =>
    wasIn(state),
  )
  const ids = enrolments.map(({ id }) => id)
  const levels = await levelsOf(ctx, ids)
  const ratings = await ratingsOf(ctx, ids)
  const texts = await editions.textsOf(
    ctx,
    enrolments.map(({ edition_id }) => edition_id),
  )
  const courses = []
  for (const enrolment of enrolments) {
    const edition = await editions.findEdition(ctx, enrolment.edition_id)
    const certificate = (await certificatesOf(ctx, edition.id)).find(
      (one) => one.enrolment_id === enrolment.id && !one.revoked_at,
    )
    const last = (moment: string) =>
      levels.findLast((one) => one.enrolment_id === enrolment.id && one.moment === moment)?.level ?? null
    courses.push({
      enrolment,
      edition,
      texts: texts.filter((one) => one.edition_id === edition.id),
      hours: (await hoursOf(ctx, edition)).get(enrolment.id),
      entry: last('entry'),
      exit: last('exit'),
      certificate: certificate?.number ?? null,
      ratings: ratings.filter((one) => one.enrolment_id === enrolment.id),
    })
  }
  return courses
}

/** More would not stand on one page. */
const most_courses = 6

/** In the person's language and in Italian, on one page. */
export async function portfolioPaper(ctx: Ctx, enrolment_id: string): Promise<Bytes> {
  const asked = await findEnrolment(ctx, enrolment_id)
  await seenEdition(ctx, asked.edition_id)
  allow(ctx.actor.can(may.see_people))
  if (!asked.person_id) throw new NotFound()
  const learnt = (await learningOf(ctx, asked.person_id)).slice(0, most_courses)
  if (learnt.length === 0) throw new NotFound()
  const [head] = await headLines(ctx, [asked.person_id])
  const lang = languageOf(learnt.map(({ enrolment }) => enrolment))
  const [t, own] = [ctx.words.translate('it'), ctx.words.translate(lang)]
  const term = (key: TextKey) => (lang === 'it' ? [t(key)] : [own(key), t(key)])
  const level = (code: string) => levelLabel(code, 'it')
  const said = learnt.find(({ ratings }) => ratings.length > 0)?.ratings ?? []
  const face = (moment: string, skill: (typeof skills)[number]) => {
    const answer = said.findLast((one) => one.moment === moment)?.[skill]
    return answer ? term(`participation.face.${answer}` as TextKey) : ['—']
  }
  const data = {
    lang,
    name: { latin: head?.latin ?? '', original: head?.original ?? null },
    courses: {
      title: term('courses.portfolio.courses'),
      heads: [
        term('courses.portfolio.courses'),
        term('courses.hours'),
        term('courses.certificate.level'),
        term('courses.portfolio.certificate'),
      ],
      rows: learnt.map(({ edition, texts, hours, entry, exit, certificate }) => [
        [...new Set([textIn(texts, lang).title, edition.title])],
        [
          [
            hoursIn(hours?.minutes ?? 0),
            ...(edition.planned_minutes ? [` / ${hoursIn(edition.planned_minutes)}`] : []),
            ...(hours && hours.percent !== null ? [` (${Math.round(hours.percent * 100)}%)`] : []),
          ].join(''),
        ],
        [[entry, exit].some(Boolean) ? `${entry ? level(entry) : '—'} → ${exit ? level(exit) : '—'}` : '—'],
        [certificate ?? '—'],
      ]),
    },
    can: {
      title: term('courses.portfolio.can'),
      lines: learnt.flatMap(({ edition }) => (edition.skills ? [edition.skills] : [])),
    },
    says: {
      title: term('courses.portfolio.say'),
      heads: [term('courses.portfolio.say'), ...moments.map((moment) => term(`courses.rating.moment.${moment}`))],
      rows:
        said.length === 0
          ? []
          : skills.map((skill) => [term(`courses.rating.${skill}`), ...moments.map((moment) => face(moment, skill))]),
    },
  }
  return document(ctx, 'courses/documents/portfolio.typ', data, {
    title:
      lang === 'it'
        ? t('courses.portfolio.title')
        : `${own('courses.portfolio.title')} · ${t('courses.portfolio.title')}`,
    name: 'percorso',
    lang,
  })
}

/** That of the latest course somebody is in, or was. */
function languageOf(enrolments: readonly Enrolment[]) {
  const lang = (enrolments.find(({ state }) => isActive(state)) ?? enrolments[0])?.lang ?? 'it'
  return isLanguage(lang) ? lang : 'it'
}
