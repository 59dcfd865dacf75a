import type { Ctx } from '../kernel/ctx.ts'
import { emptySheets, sheetsOfPersons } from './store/recipients.ts'

export const exportMediation = async (ctx: Ctx, person_ids: string[]) => ({
  recipient_sheets: await sheetsOfPersons(ctx, person_ids),
})
/** That somebody was helped in a call stays, without a name. */
export const eraseMediation = emptySheets
