/** For everybody, without account. A GET only shows. */
import { NotFound, Refused } from '../../kernel/errors.ts'
import type { Limit } from '../../kernel/limits.ts'
import { type Outside, router } from '../../kernel/routes.ts'
import { comuni } from '../../territory/actions.ts'
import { myLetter, writeBack, writeLetter } from '../actions/letters.ts'
import { repliesAtOnce, repliesShown } from '../actions/replies.ts'
import { answerQuestionnaire, speak } from '../actions/speaking.ts'
import { answerByLink, surveyOfLink } from '../actions/surveys.ts'
import { questions } from '../codes.ts'
import { aboutPage, letterForm, questionnaireForm, surveyForm, voiceForm, writeBackForm } from '../forms.ts'
import { MyLetterPage, WritePage } from '../pages/letter.tsx'
import { givenIn, QuestionnairePage } from '../pages/questionnaire.tsx'
import { RepliesPage } from '../pages/replies.tsx'
import { SurveyPage } from '../pages/survey.tsx'
import { ThanksPage, VoicePage } from '../pages/voice.tsx'
import { letterLimit, linkLimit, questionnaireLimit, voiceLimit } from '../rules/limits.ts'
import { open } from '../urls.ts'

const routes = router()
export default routes.all

async function mayTry({ limits }: Outside, limit: Limit, address_hash: string) {
  if (!(await limits.take(limit, address_hash))) throw new Refused({ form: 'participation.error.too_many' })
}

// --- a voice --------------------------------------------------------------------------------------------------------

routes.openForm(open.voice, voiceForm, {
  async show(ctx, _params, form, { query }) {
    const { data: about } = aboutPage.safeParse(query.get('pagina'))
    const values = { ...(about && { about }), ...form.values }
    return <VoicePage form={{ ...form, values }} comuni={await comuni(ctx)} />
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, voiceLimit, address_hash),
  async submit(ctx, { l }, input) {
    await speak(ctx, input)
    return open.thanks.href({ l })
  },
})
routes.open(open.thanks, () => <ThanksPage of="voice" />)

routes.openForm(open.questionnaire, questionnaireForm, {
  async show(ctx, _params, form, { query }) {
    const typed = Object.keys(form.values).length > 0
    const given = givenIn((name) => (typed ? form.values[name] : query.get(name)))
    const back = questions.find((name) => name === query.get('torna'))
    const sent_on = questions.find((name) => name === query.get('avanti'))
    return (
      <QuestionnairePage
        form={form}
        given={given}
        at={typed ? undefined : back}
        skipped={!typed && sent_on !== undefined && given[sent_on] === undefined}
        comuni={await comuni(ctx)}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, questionnaireLimit, address_hash),
  async submit(ctx, { l }, input) {
    await answerQuestionnaire(ctx, input)
    return open.questionnaireThanks.href({ l })
  },
})
routes.open(open.questionnaireThanks, () => <ThanksPage of="questionnaire" />)

routes.open(open.replies, async (ctx, _params, { query }) => {
  const asked = query.get('pagina') ?? '1'
  // The page is kept: only what means something may differ.
  if (!/^[1-9]\d{0,3}$/.test(asked)) throw new NotFound()
  const shown = await repliesShown(ctx, Number(asked))
  if (shown.page > 1 && shown.lines.length === 0) throw new NotFound()
  return <RepliesPage {...shown} size={repliesAtOnce} />
})

// --- at the end of an activity --------------------------------------------------------------------------------------

routes.openForm(open.survey, surveyForm, {
  async show(ctx, { token }, form) {
    const { service, answer_id } = await surveyOfLink(ctx, token)
    return <SurveyPage form={form} service={service} answered={answer_id !== null} />
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, linkLimit, address_hash),
  async submit(ctx, { l, token }, input) {
    await answerByLink(ctx, token, input)
    return open.survey.href({ l, token })
  },
})

// --- a letter -------------------------------------------------------------------------------------------------------

routes.openForm(open.write, letterForm, {
  show: (_ctx, _params, form) => <WritePage form={form} />,
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, letterLimit, address_hash),
  async submit(ctx, { l }, input, { address_hash }) {
    const token = await writeLetter(ctx, input, address_hash)
    return open.letter.href({ l, token }, { inviato: 1 })
  },
})

routes.openForm(open.letter, writeBackForm, {
  show: async (ctx, { token }, form, { query }) => (
    <MyLetterPage of={await myLetter(ctx, token)} form={form} just_sent={query.has('inviato')} />
  ),
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, linkLimit, address_hash),
  async submit(ctx, { l, token }, { text }) {
    await writeBack(ctx, token, text)
    return open.letter.href({ l, token }, { inviato: 1 })
  },
})
