/** What participation holds of a person: the questionnaires asked of them. Voices name nobody; letters and addresses go by themselves. */
import type { Ctx } from '../kernel/ctx.ts'
import { eraseWords, surveysOfPersons } from './store/surveys.ts'

export const exportParticipation = async (ctx: Ctx, person_ids: string[]) => ({
  exit_surveys: await surveysOfPersons(ctx, person_ids),
})
/** The words go, and the links; that somebody found it useful stays, so that counts stay. */
export const eraseParticipation = (ctx: Ctx, person_ids: string[]) => eraseWords(ctx, person_ids)
