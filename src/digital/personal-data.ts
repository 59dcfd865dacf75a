import type { Ctx } from '../kernel/ctx.ts'
import { emptySheets, sheetsOfPersons } from './store/sheets.ts'

export const exportDigital = async (ctx: Ctx, person_ids: string[]) => ({
  sheets: await sheetsOfPersons(ctx, person_ids),
})

export const eraseDigital = emptySheets
