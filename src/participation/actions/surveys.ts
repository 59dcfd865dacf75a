/** The questionnaire at the end of an activity (domain.md §4.10): by personal link, by a code on a screen, or on paper. */
import { createHash, randomBytes } from 'node:crypto'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { isLanguage, type Language } from '../../kernel/i18n.ts'
import { sendMail } from '../../kernel/mail.ts'
import { papersOf, type SheetKind, sheetMark } from '../../kernel/scans/scans.ts'
import { contactOf, findPerson, headLines } from '../../people/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { again, changes, type Face, faces, type Service } from '../codes.ts'
import { surveyAnswered, surveyWithdrawn } from '../events.ts'
import type { KeyInput, SurveyInput } from '../forms.ts'
import { survey_days } from '../rules/limits.ts'
import { may } from '../rules/may.ts'
import * as store from '../store/surveys.ts'
import { insertVoice } from '../store/voices.ts'
import { open, participation } from '../urls.ts'

export const surveySheet = 'participation.survey'
const hashOf = (token: string) => createHash('sha256').update(token).digest()
const readable = (language: string): Language => (isLanguage(language) ? language : 'it')

/** What it is about; `thing_id` is the edition, plan, visit … that has ended: about one thing a person is asked once. */
export type About = { service: Service; thing_id?: string | null }
type Asked = { person_id: string; about: About; language: string; demo?: boolean }

/**
 * For any module whose activity has ended. Whoever may be written to gets the link by mail; the others are asked at the desk,
 * from their file. @returns the survey, and the link to hand over
 */
export async function askExitSurvey(ctx: Ctx, { person_id, about, language, demo }: Asked) {
  await findPerson(ctx, person_id)
  const { service, thing_id = null } = about
  const contact = await contactOf(ctx, person_id, ctx.today)
  const email = contact?.channel === 'email' ? contact.to : null
  const survey = { person_id, service, thing_id, language: readable(language), mailed: email !== null }
  const made = await store.insertSurvey(ctx, { ...survey, ...(demo && { demo }) })
  if (!made)
    return {
      survey_id: (await store.surveyAbout(ctx, person_id, service, thing_id ?? '')).id,
      link: null,
      mailed: false,
    }
  const link = await makeLink(ctx, made.id, survey.language)
  if (email) await sendLink(ctx, email, survey.language, link)
  return { survey_id: made.id, link, mailed: email !== null }
}

/** A fresh door each time: those made before stay open until their day. */
async function makeLink(ctx: Ctx, survey_id: string, language: Language) {
  const token = randomBytes(24).toString('base64url')
  await store.insertLink(ctx, survey_id, hashOf(token), ctx.now.add({ hours: survey_days * 24 }).toString())
  return ctx.base_url + open.survey.href({ l: language, token })
}

async function sendLink(ctx: Ctx, to: string, language: Language, link: string) {
  const t = ctx.words.translate(language)
  await sendMail(ctx, {
    to,
    kind: 'participation.survey',
    subject: t('participation.mail.survey.subject'),
    text: [t('participation.mail.survey.text'), link, t('participation.survey.secret')].join('\n\n'),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}

/** Started by us, from a person's file. */
export async function askFromFile(ctx: Ctx, person_id: string, service: Service, language: Language) {
  await findPerson(ctx, person_id)
  allow(ctx.actor.can(may.ask))
  return askExitSurvey(ctx, { person_id, about: { service }, language })
}

export async function surveyToRead(ctx: Ctx, id: string) {
  const survey = await store.findSurvey(ctx, id)
  allow(ctx.actor.can(may.ask))
  const [head] = await headLines(ctx, [survey.person_id])
  looked(ctx, { what: 'participation.survey', person_id: survey.person_id })
  return { survey, head, papers: await papersOf(ctx, surveySheet, [id]) }
}

/** Who is about to be asked. */
export async function personToAsk(ctx: Ctx, person_id: string) {
  allow(ctx.actor.can(may.ask))
  const [head] = await headLines(ctx, [person_id])
  if (!head) throw new NotFound()
  looked(ctx, { what: 'participation.ask', person_id })
  return head
}

/** For a screen turned to the person, or a telephone held before it. */
export async function linkToShow(ctx: Ctx, id: string) {
  const { survey } = await surveyToRead(ctx, id)
  refuse({ form: survey.answer_id ? 'participation.error.answered' : undefined })
  return { survey, link: await makeLink(ctx, id, readable(survey.language)) }
}

/** The questions on paper, in the person's language, with the code for whoever prefers the telephone. No name stands on it. */
export async function surveyPaper(ctx: Ctx, id: string, pictureOf: (address: string) => string) {
  const { survey, link } = await linkToShow(ctx, id)
  const lang = readable(survey.language)
  const t = ctx.words.translate(lang)
  const marked = await sheetMark(
    ctx,
    { kind: surveySheet, thing_id: survey.id, sheet: 1 },
    t('participation.survey.mark'),
  )
  const picture = { name: 'codice.svg', bytes: new TextEncoder().encode(pictureOf(link)) }
  const data = {
    about: t(`participation.service.${survey.service}`),
    questions: [
      { text: t('participation.survey.useful'), answers: faces.map((face) => t(`participation.face.${face}`)) },
      { text: t('participation.survey.changed'), answers: changes.map((one) => t(`participation.changed.${one}`)) },
      { text: t('participation.survey.missing'), answers: [] },
      { text: t('participation.survey.again'), answers: again.map((one) => t(`participation.again.${one}`)) },
    ],
    code: { picture: picture.name, words: t('participation.survey.code') },
    secret: t('participation.survey.secret'),
    mark: marked.mark,
  }
  return document(ctx, 'participation/documents/survey.typ', data, {
    title: t('participation.survey.title'),
    name: 'questionario',
    lang,
    pictures: [picture, marked.picture],
  })
}

/** Filled in and scanned, it lies beside the form its answers are typed into. Named by what it is about and initials. */
export const surveySheets: SheetKind = {
  may: may.ask,
  async file(ctx, { thing_id }) {
    await store.findSurvey(ctx, thing_id)
  },
  async describe(ctx, ids) {
    return new Map(
      (await called(ctx, await store.surveysNamed(ctx, ids))).map(({ id, text }) => [
        id,
        { text, href: participation.survey.href({ survey: id }) },
      ]),
    )
  },
  offer: async (ctx) => called(ctx, await store.openSurveys(ctx)),
}
async function called(ctx: Ctx, surveys: readonly store.Survey[]) {
  const persons = [...new Set(surveys.map(({ person_id }) => person_id))]
  const initials = new Map(
    (await headLines(ctx, persons)).map(({ id, latin, original }) => [
      id,
      (latin || original || '')
        .split(/\s+/)
        .map((part) => [...part][0])
        .join('. '),
    ]),
  )
  return surveys.map(({ id, person_id, service, asked_on }) => ({
    id,
    text: [
      ctx.t('participation.survey_staff.title'),
      ctx.t(`participation.service.${service}`),
      dayInWords(asked_on, ctx.lang, ctx.today),
      initials.get(person_id) ?? '',
    ].join(' · '),
  }))
}

// --- answering ------------------------------------------------------------------------------------------------------

export async function surveyOfLink(ctx: Ctx, token: string) {
  const { survey_id } = await store.surveyOfLink(ctx, hashOf(token))
  return store.findSurvey(ctx, survey_id)
}

/** Sent twice, it is answered once. */
export async function answerByLink(ctx: Ctx, token: string, input: SurveyInput) {
  const survey = await surveyOfLink(ctx, token)
  if (!survey.answer_id) await answer(ctx, survey, input, { filled: 'alone', language: ctx.lang, on_day: ctx.today })
}

/** From paper, or read aloud to the person by us or by a mediator. */
export async function keyIn(ctx: Ctx, id: string, { filled, on_day, ...input }: KeyInput) {
  const survey = await store.findSurvey(ctx, id)
  allow(ctx.actor.can(may.ask))
  refuse({
    form: survey.answer_id ? 'participation.error.answered' : undefined,
    on_day:
      on_day > ctx.today
        ? 'participation.error.after_today'
        : on_day < survey.asked_on && filled !== 'paper'
          ? 'participation.error.before_asked'
          : undefined,
  })
  await answer(ctx, survey, input, { filled, language: survey.language, on_day })
}

type How = Pick<store.NewAnswer, 'filled' | 'language' | 'on_day' | 'demo'>
export async function answer(ctx: Ctx, survey: store.Survey, input: SurveyInput, how: How) {
  const { useful, again: comes_again, missing = '' } = input
  // What was missing is a voice like any other: read first, put into a theme, answered.
  const voice_id = missing
    ? await insertVoice(ctx, {
        channel: 'survey',
        on_day: how.on_day,
        language: how.language,
        topic: topicOf[survey.service],
        comune: null,
        text: missing,
        ...(how.demo && { demo: true }),
      })
    : null
  const answer_id = await store.insertAnswer(ctx, {
    survey_id: survey.id,
    useful,
    again: comes_again,
    changed: [...new Set(input.changed)],
    missing,
    voice_id,
    ...how,
  })
  refuse({ form: answer_id ? undefined : 'participation.error.answered' })
  announce(ctx, surveyAnswered, {
    answer_id: answer_id as string,
    person_id: survey.person_id,
    service: survey.service,
    useful,
    on: how.on_day,
  })
}
const topicOf = {
  desk: 'ALT',
  digital: 'DIG',
  italian: 'SCU',
  civic: 'SCU',
  experiential: 'LAV',
  self: 'LAV',
  mediation: 'INT',
  event: 'ALT',
} as const satisfies Record<Service, string>

/** Keyed in for the wrong person, or twice: it stays readable in the history of the table and counts nowhere. */
export async function withdrawAnswer(ctx: Ctx, id: string) {
  const survey = await store.findSurvey(ctx, id)
  allow(ctx.actor.can(may.ask))
  if (!survey.answer_id) throw new NotFound()
  // What somebody said by themselves is not ours to take back.
  refuse({ form: survey.filled === 'alone' ? 'participation.error.theirs' : undefined })
  await store.withdrawAnswer(ctx, survey.answer_id)
  announce(ctx, surveyWithdrawn, { answer_id: survey.answer_id, useful: survey.useful as Face, on: ctx.today })
}
