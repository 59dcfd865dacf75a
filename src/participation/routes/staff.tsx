/** What we do with what people say. */
import qrcode from 'qrcode'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { listOf } from '../../kernel/exports/exports.ts'
import { blankForm, type Form, type Schema } from '../../kernel/form.ts'
import { languages } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { comuni, languageName, spokenLanguages } from '../../territory/actions.ts'
import { exportRoute } from '../../ui/export.tsx'
import { rowsAtOnce } from '../../ui/pager.tsx'
import * as letters from '../actions/letters.ts'
import * as reading from '../actions/reading.ts'
import * as replies from '../actions/replies.ts'
import * as results from '../actions/results.ts'
import * as speaking from '../actions/speaking.ts'
import * as surveys from '../actions/surveys.ts'
import * as themes from '../actions/themes.ts'
import { services, topics } from '../codes.ts'
import * as forms from '../forms.ts'
import { CallsPage, HearPage, MeetingPage, MeetingsPage } from '../pages/hearing.tsx'
import { InboxPage, LetterPage, letterStatesAsked } from '../pages/inbox.tsx'
import { AskPage, CodePage, KeyPage, QuestionnairesPage, ResultsPage, StaffSurveyPage } from '../pages/surveys.tsx'
import { ReplyPage, type ThemeForms, ThemePage, ThemesPage } from '../pages/themes.tsx'
import { statesAsked, VoiceReadPage, VoicesPage } from '../pages/voices.tsx'
import { may } from '../rules/may.ts'
import { participation } from '../urls.ts'

const routes = router()
export default routes.all

const blank = <S extends Schema>(ctx: Ctx): Form<S> => blankForm<S>(ctx.ambito_id)
const pageIn = (query: URLSearchParams) => {
  const page = query.get('pagina') ?? '1'
  return /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1
}
const oneOf = <Word extends string>(words: readonly Word[], asked: string | null) => words.find((one) => one === asked)

const spoken = (ctx: Ctx) =>
  spokenLanguages
    .map(({ code }) => ({ code, name: languageName(code, ctx.lang) }))
    .sort((a, b) => a.name.localeCompare(b.name, ctx.lang))

// --- voices ---------------------------------------------------------------------------------------------------------

routes.page(participation.voices, may.hear, async (ctx, _params, { query }) => {
  const page = pageIn(query)
  const asked = { state: oneOf(statesAsked, query.get('stato')), topic: oneOf(topics, query.get('tema')) }
  return (
    <VoicesPage
      {...(await reading.voicesToRead(ctx, asked, page, rowsAtOnce))}
      page={page}
      query={query}
      hears={ctx.actor.can(may.hear)}
    />
  )
})

routes.form(participation.hear, may.hear, forms.hearForm, {
  show: async (ctx, _params, form) => (
    <HearPage
      form={{ ...form, values: { channel: 'desk', ...form.values } }}
      lists={{ languages: spoken(ctx), comuni: await comuni(ctx), answerable: languages }}
    />
  ),
  async submit(ctx, _params, input) {
    await speaking.hear(ctx, input)
    say(ctx, 'participation.said.heard')
    return participation.hear.href()
  },
})

exportRoute(routes, participation.voicesExport, may.read, {
  title: (ctx) => ctx.t('participation.voices.title'),
  back: () => participation.voices.href(),
  async list(ctx) {
    const { rows } = await reading.voicesToRead(ctx, { state: 'heard' }, 1, 100_000)
    const { t } = ctx
    return listOf({
      name: 'participation.voices',
      title: t('participation.voices.title'),
      file: `voci-${ctx.today}`,
      rows,
      columns: [
        { header: t('participation.voices.day'), kind: 'day', cell: ({ on_day }) => on_day },
        { header: t('participation.voices.channel'), cell: ({ channel }) => t(`participation.channel.${channel}`) },
        { header: t('participation.voices.page'), cell: ({ about }) => about },
        { header: t('participation.voices.language'), cell: ({ language }) => languageName(language, ctx.lang) },
        { header: t('participation.voices.topic'), cell: ({ topic }) => t(`participation.topic.${topic}`) },
        { header: t('participation.voices.theme'), width: 2, cell: ({ theme_title }) => theme_title },
        { header: t('participation.voices.said'), width: 4, cell: ({ text }) => text },
      ],
    })
  },
})

routes.page(participation.toTell, may.tell, async (ctx) => <CallsPage calls={await replies.callsToMake(ctx)} />)
routes.form(participation.told, may.tell, forms.nothing, {
  show: () => {
    throw new NotFound()
  },
  async submit(ctx, { wish }) {
    await replies.markCalled(ctx, wish)
    say(ctx, 'participation.said.told')
    return participation.toTell.href()
  },
})

routes.form(participation.meetings, may.hear, forms.meetingForm, {
  show: async (ctx, _params, form) => (
    <MeetingsPage
      form={{ ...form, values: { on_day: ctx.today, ...form.values } }}
      meetings={await speaking.listMeetings(ctx)}
    />
  ),
  async submit(ctx, _params, input) {
    const meeting = await speaking.addMeeting(ctx, input)
    say(ctx, 'participation.said.meeting')
    return participation.meeting.href({ meeting })
  },
})
routes.form(participation.meeting, may.hear, forms.meetingVoiceForm, {
  show: async (ctx, { meeting }, form) => (
    <MeetingPage {...(await speaking.meetingToRead(ctx, meeting))} form={form} languages={spoken(ctx)} />
  ),
  async submit(ctx, { meeting }, input) {
    await speaking.hearInMeeting(ctx, meeting, input)
    say(ctx, 'participation.said.heard')
    return participation.meeting.href({ meeting })
  },
})

routes.page(participation.questionnaires, may.read, async (ctx) => {
  const names = new Map((await comuni(ctx)).map(({ code, name }) => [code, name]))
  return (
    <QuestionnairesPage {...(await results.questionnaireResults(ctx))} comune={(code) => names.get(code) ?? code} />
  )
})

type VoiceForms = { form?: Form<typeof forms.readingForm>; place?: Form<typeof forms.placeForm> }
async function voicePage(ctx: Ctx, id: string, { form, place }: VoiceForms = {}) {
  const whole = await reading.voiceToRead(ctx, id)
  const { voice } = whole
  const values = { text: voice.text, topic: voice.topic, verdict: voice.verdict ?? 'heard', reason: voice.reason ?? '' }
  const comune = voice.comune ? (await comuni(ctx)).find(({ code }) => code === voice.comune)?.name : undefined
  return (
    <VoiceReadPage
      {...whole}
      form={
        form
          ? { ...form, values: Object.keys(form.values).length > 0 ? form.values : values }
          : { ...blank(ctx), values }
      }
      place={place ?? { ...blank(ctx), values: { theme_id: voice.theme_id ?? '' } }}
      comune={comune ?? null}
    />
  )
}
routes.form(participation.voice, may.see_voice, forms.readingForm, {
  show: (ctx, { voice }, form) => voicePage(ctx, voice, { form }),
  async submit(ctx, { voice }, input) {
    await reading.readVoice(ctx, voice, input)
    say(ctx, input.danger ? 'participation.said.handed_on' : 'participation.said.read')
    return participation.voice.href({ voice })
  },
})
routes.form(participation.place, may.keep_themes, forms.placeForm, {
  show: (ctx, { voice }, form) => voicePage(ctx, voice, { place: form }),
  async submit(ctx, { voice }, input) {
    await themes.placeVoice(ctx, voice, input)
    say(ctx, 'participation.said.placed')
    return participation.voices.href({}, { stato: 'unplaced' })
  },
})
routes.form(participation.alarm, may.take_up, forms.nothing, {
  show: (ctx, { voice }) => voicePage(ctx, voice),
  async submit(ctx, { voice }) {
    await reading.takeUp(ctx, voice)
    say(ctx, 'participation.said.taken_up')
    return participation.voice.href({ voice })
  },
})

// --- themes ---------------------------------------------------------------------------------------------------------

routes.form(participation.themes, may.keep_themes, forms.themeForm, {
  show: async (ctx, _params, form) => <ThemesPage themes={await themes.themeList(ctx)} form={form} />,
  async submit(ctx, _params, input) {
    const theme = await themes.newTheme(ctx, input)
    say(ctx, 'participation.said.theme')
    return participation.theme.href({ theme })
  },
})

async function themePage(ctx: Ctx, id: string, some: Partial<ThemeForms> = {}, problem?: string) {
  const given = { status: blank(ctx), merge: blank(ctx), split: blank(ctx), ...some } as ThemeForms
  const said = problem ?? [given.status, given.merge, given.split].find(({ errors }) => errors.form)?.errors.form
  return <ThemePage {...(await themes.themeWhole(ctx, id))} forms={given} problem={said} />
}
routes.page(participation.theme, may.keep_themes, (ctx, { theme }) => themePage(ctx, theme))
routes.form(participation.status, may.keep_themes, forms.statusForm, {
  show: (ctx, { theme }, form) => themePage(ctx, theme, { status: form }),
  async submit(ctx, { theme }, { status, note }) {
    await themes.setStatus(ctx, theme, status, note)
    say(ctx, 'participation.said.status')
    return participation.theme.href({ theme })
  },
})
routes.form(participation.merge, may.keep_themes, forms.mergeForm, {
  show: (ctx, { theme }, form) => themePage(ctx, theme, { merge: form }),
  async submit(ctx, { theme }, { into_id }) {
    await themes.mergeTheme(ctx, theme, into_id)
    say(ctx, 'participation.said.merged')
    return participation.theme.href({ theme: into_id })
  },
})
routes.form(participation.split, may.keep_themes, forms.splitForm, {
  show: (ctx, { theme }, form) => themePage(ctx, theme, { split: form }),
  async submit(ctx, { theme }, { title, voices }) {
    const other = await themes.splitTheme(ctx, theme, title, voices)
    say(ctx, 'participation.said.split')
    return participation.theme.href({ theme: other })
  },
})
routes.form(participation.propose, may.keep_themes, forms.nothing, {
  show: (ctx, { theme }, form) => themePage(ctx, theme, {}, form.errors.form),
  async submit(ctx, { theme }) {
    await themes.proposeTheme(ctx, theme)
    say(ctx, 'participation.said.proposed')
    return participation.theme.href({ theme })
  },
})
routes.form(participation.reply, may.keep_themes, forms.replyForm, {
  async show(ctx, { theme, language }, form) {
    const { reply, ...whole } = await replies.replyToWrite(ctx, theme, language)
    const values = reply && { title: reply.title, you_said: reply.you_said, we_did: reply.we_did, origin: reply.origin }
    const known = Object.keys(form.values).length > 0 ? form.values : (values ?? { origin: 'person' })
    return <ReplyPage {...whole} language={language} form={{ ...form, values: known }} />
  },
  async submit(ctx, { theme, language }, input) {
    await replies.writeReply(ctx, theme, language, input)
    say(ctx, 'participation.said.written')
    return participation.theme.href({ theme })
  },
})
routes.form(participation.publication, may.keep_themes, forms.nothing, {
  show: (ctx, { theme }, form) => themePage(ctx, theme, {}, form.errors.form),
  async submit(ctx, { theme }) {
    await replies.publishReply(ctx, theme)
    say(ctx, 'participation.said.published')
    return participation.theme.href({ theme })
  },
})
routes.form(participation.withdrawal, may.keep_themes, forms.nothing, {
  show: (ctx, { theme }, form) => themePage(ctx, theme, {}, form.errors.form),
  async submit(ctx, { theme }) {
    await replies.withdrawReply(ctx, theme)
    say(ctx, 'participation.said.withdrawn')
    return participation.theme.href({ theme })
  },
})

// --- at the end of an activity --------------------------------------------------------------------------------------

routes.page(participation.results, may.see_results, async (ctx, _params, { query }) => {
  const service = oneOf(services, query.get('servizio'))
  return (
    <ResultsPage
      results={await results.results(ctx, service)}
      service={service}
      query={query}
      open={await results.surveysOpen(ctx)}
    />
  )
})
exportRoute(routes, participation.resultsExport, may.see_results, {
  title: (ctx) => ctx.t('participation.results.title'),
  back: () => participation.results.href(),
  list: results.resultsToExport,
})

routes.form(participation.ask, may.ask, forms.askForm, {
  async show(ctx, { person }, form) {
    const head = await surveys.personToAsk(ctx, person)
    const language = oneOf(languages, head.language)
    return (
      <AskPage
        head={head}
        languages={languages}
        form={{ ...form, values: { ...(language && { language }), ...form.values } }}
      />
    )
  },
  async submit(ctx, { person }, { service, language }) {
    const { survey_id, mailed } = await surveys.askFromFile(ctx, person, service, language)
    say(ctx, mailed ? 'participation.said.asked_by_mail' : 'participation.said.asked')
    return participation.survey.href({ survey: survey_id })
  },
})
const surveyPage = async (ctx: Ctx, survey: string) => (
  <StaffSurveyPage {...(await surveys.surveyToRead(ctx, survey))} />
)
routes.page(participation.survey, may.ask, (ctx, { survey }) => surveyPage(ctx, survey))
routes.form(participation.surveyCode, may.ask, forms.nothing, {
  show: (ctx, { survey }) => surveyPage(ctx, survey),
  async submit(ctx, { survey }) {
    const shown = await surveys.linkToShow(ctx, survey)
    return <CodePage {...shown} svg={pictureOf(shown.link)} />
  },
})
routes.form(participation.surveyPaper, may.ask, forms.nothing, {
  show: (ctx, { survey }) => surveyPage(ctx, survey),
  submit: (ctx, { survey }) => surveys.surveyPaper(ctx, survey, pictureOf),
})
routes.form(participation.surveyKey, may.ask, forms.keyForm, {
  async show(ctx, { survey }, form) {
    const { survey: of, papers } = await surveys.surveyToRead(ctx, survey)
    const values = { on_day: ctx.today, ...(papers.length > 0 && { filled: 'paper' }), ...form.values }
    return <KeyPage survey={of} papers={papers} form={{ ...form, values }} />
  },
  async submit(ctx, { survey }, input) {
    await surveys.keyIn(ctx, survey, input)
    say(ctx, 'participation.said.keyed')
    return participation.survey.href({ survey })
  },
})
routes.form(participation.surveyWithdrawal, may.ask, forms.nothing, {
  show: (ctx, { survey }) => surveyPage(ctx, survey),
  async submit(ctx, { survey }) {
    await surveys.withdrawAnswer(ctx, survey)
    say(ctx, 'participation.said.answer_withdrawn')
    return participation.survey.href({ survey })
  },
})

/** A square that a telephone reads, as a drawing without colour or style of its own. */
function pictureOf(address: string) {
  const { modules } = qrcode.create(address, { errorCorrectionLevel: 'M' })
  const edge = 3
  const size = modules.size + 2 * edge
  const dark = [...modules.data].flatMap((on, at) =>
    on ? [`M${(at % modules.size) + edge} ${Math.floor(at / modules.size) + edge}h1v1h-1z`] : [],
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${dark.join('')}" fill="#000"/></svg>`
}

// --- letters --------------------------------------------------------------------------------------------------------

routes.page(participation.letters, may.answer_letters, async (ctx, _params, { query }) => {
  const page = pageIn(query)
  const state = oneOf(letterStatesAsked, query.get('stato')) ?? 'waiting'
  return <InboxPage {...(await letters.inbox(ctx, state, page, rowsAtOnce))} state={state} page={page} />
})

type LetterForms = { form?: Form<typeof forms.answerLetterForm>; given?: Form<typeof forms.givenForm> }
const letterPage = async (ctx: Ctx, letter: string, { form, given }: LetterForms = {}) => (
  <LetterPage {...(await letters.letterToRead(ctx, letter))} form={form ?? blank(ctx)} given={given ?? blank(ctx)} />
)
routes.form(participation.letter, may.answer_letters, forms.answerLetterForm, {
  show: (ctx, { letter }, form) => letterPage(ctx, letter, { form }),
  async submit(ctx, { letter }, { text }) {
    await letters.answerLetter(ctx, letter, text)
    say(ctx, 'participation.said.letter_answered')
    return participation.letter.href({ letter })
  },
})
routes.form(participation.letterGiven, may.answer_letters, forms.givenForm, {
  show: (ctx, { letter }, form) => letterPage(ctx, letter, { given: form }),
  async submit(ctx, { letter }, { to_account }) {
    await letters.giveLetter(ctx, letter, to_account)
    say(ctx, 'participation.said.given')
    return participation.letter.href({ letter })
  },
})
for (const [address, act, said] of [
  [participation.letterClosed, letters.closeLetter, 'participation.said.closed'],
  [participation.letterReopened, letters.reopenLetter, 'participation.said.reopened'],
] as const)
  routes.form(address, may.answer_letters, forms.nothing, {
    show: (ctx, { letter }) => letterPage(ctx, letter),
    async submit(ctx, { letter }) {
      await act(ctx, letter)
      say(ctx, said)
      return participation.letter.href({ letter })
    },
  })
