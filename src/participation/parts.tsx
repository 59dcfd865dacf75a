/** What other pages show of participation. */
import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { Chip } from '../ui/chip.tsx'
import { useFrame } from '../ui/frame.ts'
import { Day } from '../ui/time.tsx'
import { may } from './rules/may.ts'
import { type Survey, surveysOfPersons } from './store/surveys.ts'
import { open, participation } from './urls.ts'

export { LetterForm } from './pages/letter.tsx'
export { Faces } from './pages/pictured.tsx'

/** On the desk's day: what somebody says is missing is written down at once. Nothing for who may not. */
export function HearLink() {
  const { actor, t } = useFrame()
  if (!actor.can(may.hear)) return null
  return (
    <a class="btn btn-outline-primary" href={participation.hear.href()}>
      {t('participation.hear.title')}
    </a>
  )
}

/** On the front page: one question, two buttons. */
export function YourVoice() {
  const { lang, t } = useFrame()
  return (
    <section class="d-print-none" aria-labelledby="voce">
      <h2 id="voce">{t('participation.voice.title')}</h2>
      <p class="actions">
        <a class="btn btn-outline-primary" href={open.voice.href({ l: lang })}>
          {t('participation.voice.text')}
        </a>
        <a class="btn btn-outline-primary" href={open.replies.href({ l: lang })}>
          {t('participation.replies.go')}
        </a>
      </p>
    </section>
  )
}

/** After "was this page useful?": what is missing is a voice like any other, and says which page it is about. */
export function WhatIsMissing({ page }: { page: string }) {
  const { lang, t } = useFrame()
  return (
    <a class="btn btn-outline-primary" href={open.voice.href({ l: lang }, { pagina: page })}>
      {t('participation.voice.text')}
    </a>
  )
}

/** A person's questionnaires: that they were asked and answered; what was answered stands in no file. */
export async function surveySection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  if (!ctx.actor.can(may.ask)) return []
  const surveys = await surveysOfPersons(ctx, person_ids)
  return [
    {
      order: 60,
      title: ctx.t('participation.file.title'),
      body: <SurveysOfPerson surveys={surveys} person={person_ids[0] as string} />,
    },
  ]
}

function SurveysOfPerson({ surveys, person }: { surveys: Survey[]; person: string }) {
  const { t } = useFrame()
  return (
    <>
      <ul class="plain">
        {surveys.map((survey) => (
          <li>
            <a href={participation.survey.href({ survey: survey.id })}>
              {t(`participation.service.${survey.service}`)}
            </a>{' '}
            <Day on={survey.asked_on} as="date" />{' '}
            {survey.answer_id ? (
              <Chip state="good">{t('participation.file.answered')}</Chip>
            ) : (
              <Chip state="wait">{t('participation.file.open')}</Chip>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href={participation.ask.href({ person })}>{t('participation.ask.title')}</a>
      </p>
    </>
  )
}
