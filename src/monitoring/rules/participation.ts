/** What people said at the end of an activity, as the ledger keeps it. */
import type { Announced, EventType } from '../../kernel/events.ts'
import type { surveyAnswered } from '../../participation/events.ts'
import type { Told } from './facts.ts'

type Answered = typeof surveyAnswered extends EventType<infer Payload> ? Payload : never

export const answerEvidence = (answer_id: string) => `participation.answer:${answer_id}`

/** "A little" is kept apart until the lead agrees that it is positive: a definition may name it then, for the days before too. */
export function factOfAnswer(
  { event_id, payload }: Announced<Answered>,
  a_little_is_positive: boolean,
): Told | undefined {
  if (payload.useful === 'no') return undefined
  const helpful = payload.useful === 'yes' || a_little_is_positive
  return {
    event_id,
    kind: helpful ? 'participation.survey.helpful' : 'participation.survey.little',
    action: '03',
    person_id: payload.person_id,
    on_day: payload.on,
    evidence: answerEvidence(payload.answer_id),
  }
}
