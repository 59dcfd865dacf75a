import type { Ctx } from '../kernel/ctx.ts'
import { saidOf } from '../kernel/scans/scans.ts'
import { registerSheet } from './actions/papers.ts'
import { emptySheets, sheetsOfPersons } from './store/sheets.ts'

export async function exportDigital(ctx: Ctx, person_ids: string[]) {
  const sheets = await sheetsOfPersons(ctx, person_ids)
  const signatures = await saidOf(
    ctx,
    registerSheet,
    sheets.map(({ session_id }) => session_id),
  )
  return { sheets, signatures }
}

export const eraseDigital = emptySheets
