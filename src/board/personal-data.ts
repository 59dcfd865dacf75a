/** What the board holds of a person: the events they came to. Names and contacts of sign-ups go by themselves after a month. */
import type { Ctx } from '../kernel/ctx.ts'
import * as store from './store/events.ts'

export const exportBoard = async (ctx: Ctx, person_ids: string[]) => ({
  event_attendance: await store.attendanceOfPersons(ctx, person_ids),
})

/** The attendance stays, so that counts stay. */
export const eraseBoard = async (ctx: Ctx, person_ids: string[]) => {
  await store.emptySignUps(ctx, person_ids)
}
