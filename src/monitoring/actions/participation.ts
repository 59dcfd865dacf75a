/** The ledger listens to participation: who found an activity helpful for their life here. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type Announced, on } from '../../kernel/events.ts'
import { surveyAnswered, surveyWithdrawn } from '../../participation/events.ts'
import { aLittleIsPositive, settingOf } from '../../programme/actions.ts'
import { answerEvidence, factOfAnswer } from '../rules/participation.ts'
import { recordFacts, reverse } from './ledger.ts'

type Answers = Parameters<typeof factOfAnswer>[0][]
async function hearAnswers(ctx: Ctx, events: Answers) {
  for (const event of events) {
    const fact = factOfAnswer(event, await settingOf(ctx, aLittleIsPositive, event.payload.on))
    if (fact) await recordFacts(ctx, [fact])
  }
}

/** A "no" left no fact, so there is nothing of it to take back. */
async function hearWithdrawals(ctx: Ctx, events: Announced<{ answer_id: string; useful: string }>[]) {
  const counted = events.filter(({ payload }) => payload.useful !== 'no')
  await reverse(
    ctx,
    counted.map(({ event_id, payload }) => ({ event_id, evidence: answerEvidence(payload.answer_id) })),
  )
}

export const participationListeners = [
  on(surveyAnswered, 'monitoring.surveys', hearAnswers),
  on(surveyWithdrawn, 'monitoring.surveys_withdrawn', hearWithdrawals),
]
