/** The learning pact on paper, in Italian and beside it in the person's language; signed, it files itself by its mark. */
import type { Ctx } from '../../kernel/ctx.ts'
import { document, type Picture } from '../../kernel/documents/document.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { isLanguage, type TextKey } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { papersOf, type SheetKind, sheetMark } from '../../kernel/scans/scans.ts'
import { organisations, places } from '../../territory/actions.ts'
import { isForStaff } from '../codes.ts'
import { may } from '../rules/may.ts'
import { textIn } from '../rules/texts.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import { courses } from '../urls.ts'
import { seenEdition } from './editions.ts'
import { thresholdOf } from './outcomes.ts'
import { inDays } from './papers.ts'
import { initialsOf, type Named, namesOf } from './register.ts'

export const pactSheet = 'courses.pact'

/** Whose pact has come back signed. */
export async function pactsSigned(ctx: Ctx, enrolment_ids: readonly string[]) {
  return new Set((await papersOf(ctx, pactSheet, [...enrolment_ids])).flatMap(({ thing_id }) => thing_id ?? []))
}

export async function pactOf(ctx: Ctx, enrolment_id: string) {
  const enrolment = await enrolments.findEnrolment(ctx, enrolment_id)
  const edition = await seenEdition(ctx, enrolment.edition_id)
  allow(ctx.actor.can(may.see_people))
  return pactsPaper(ctx, edition, [enrolment])
}

/** Of those who have a place, the ones still to be signed. */
export async function pactsToSign(ctx: Ctx, edition: editions.Edition) {
  const here = (await enrolments.enrolmentsOf(ctx, edition.id)).filter(({ state }) => state === 'enrolled')
  const signed = await pactsSigned(
    ctx,
    here.map(({ id }) => id),
  )
  const missing = here.filter(({ id }) => !signed.has(id))
  return pactsPaper(ctx, edition, missing)
}

const sides = (ctx: Ctx, lang: string | null) => {
  const italian = ctx.words.translate('it')
  const own = ctx.words.translate(lang ?? 'it')
  return (key: TextKey, params: Record<string, number> = {}) => [italian(key, params), own(key, params)] as const
}

async function pactsPaper(ctx: Ctx, edition: editions.Edition, all: readonly enrolments.Enrolment[]): Promise<Bytes> {
  const t = ctx.words.translate('it')
  refuse({
    form: isForStaff(edition.kind) ? 'courses.error.not_for_staff' : all.length === 0 ? 'courses.pact.none' : undefined,
  })
  const threshold = await thresholdOf(ctx)
  const texts = await editions.textsOf(ctx, [edition.id])
  const [first] = (await editions.lessonsOf(ctx, [edition.id])).filter(({ cancelled_at }) => !cancelled_at)
  const place = (await places(ctx)).find(({ id }) => id === edition.place_id)?.name ?? edition.place_text
  const provider = (await organisations(ctx)).find(({ id }) => id === edition.provider_id)?.name
  const names = await namesOf(ctx, all)
  const pictures: Picture[] = []
  const pacts: object[] = []
  for (const one of all) {
    const lang = isLanguage(one.lang) && one.lang !== 'it' ? one.lang : null
    const both = sides(ctx, lang)
    const title = textIn(texts, lang ?? 'it').title
    const marked = await sheetMark(ctx, { kind: pactSheet, thing_id: one.id, sheet: 1 }, t('courses.pact.title'))
    const picture = { ...marked.picture, name: `pact-${pictures.length}.svg` }
    pictures.push(picture)
    const term = (key: TextKey) => (lang ? both(key).join(' · ') : t(key))
    pacts.push({
      lang,
      course: title === edition.title ? title : `${edition.title} · ${title}`,
      mark: { ...marked.mark, picture: picture.name },
      facts: [
        [t('courses.people.name'), names.get(one.id) as Named],
        ...(first ? [[term('courses.pact.first'), `${inDays(first.on_day)}, ${first.starts_at.slice(0, 5)}`]] : []),
        ...(edition.planned_minutes ? [[term('courses.hours'), String(edition.planned_minutes / 60)]] : []),
        ...(place ? [[term('courses.where'), place]] : []),
        ...(provider ? [[term('courses.provider'), provider]] : []),
      ],
      parts: [
        {
          title: both('courses.pact.we'),
          lines: [
            both('courses.pact.we.free'),
            both('courses.pact.we.certificate', { threshold }),
            both('courses.pact.we.help'),
            both('courses.pact.we.data'),
          ],
        },
        {
          title: both('courses.pact.i'),
          lines: [
            both('courses.pact.i.come'),
            both('courses.pact.i.tell'),
            both('courses.pact.i.sign'),
            ...(edition.kind === 'language' ? [both('courses.pact.i.test')] : []),
            both('courses.pact.i.respect'),
            both('courses.pact.leave'),
          ],
        },
      ],
      signatures: [
        both(one.signer_as ? 'courses.pact.signs.minor' : 'courses.pact.signs'),
        both('courses.pact.signs.body'),
      ],
    })
  }
  return document(
    ctx,
    'courses/documents/pacts.typ',
    { pacts },
    {
      title: t('courses.pact.title'),
      name: `patti-${edition.slug}`,
      lang: 'it',
      pictures,
    },
  )
}

/** By the course and initials: a list of scans names nobody. */
async function called(ctx: Ctx, ids: readonly string[]) {
  const found = await enrolments.enrolmentsNamed(ctx, ids)
  const titles = new Map(
    (await editions.editionsNamed(ctx, [...new Set(found.map(({ edition_id }) => edition_id))])).map((one) => [
      one.id,
      one.title,
    ]),
  )
  const names = await namesOf(ctx, found)
  return found.map(({ id, edition_id }) => ({
    id,
    text: [ctx.t('courses.pact.title'), titles.get(edition_id), initialsOf(names.get(id) as Named)].join(' · '),
  }))
}

export const pactSheetKind: SheetKind = {
  may: may.see_people,
  async file(ctx, { thing_id }) {
    await enrolments.findEnrolment(ctx, thing_id)
  },
  async describe(ctx, ids) {
    return new Map(
      (await called(ctx, ids)).map(({ id, text }) => [id, { text, href: courses.enrolment.href({ enrolment: id }) }]),
    )
  },
  async offer(ctx) {
    const ids = await enrolments.enrolmentsForPacts(ctx)
    const signed = await pactsSigned(ctx, ids)
    return called(
      ctx,
      ids.filter((id) => !signed.has(id)),
    )
  },
}
