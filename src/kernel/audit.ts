/**
 * Who looked is recorded: opening a person's file, searching people and exporting lists append to a hash-chained trail in
 * the same transaction, as its last statement. The app role may only call `kernel.append_audit`; nobody may change a row.
 */
import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'

export type Reading = {
  what: string
  person_id?: string | null
  /** Codes, counts and purposes; never names. */
  detail?: Record<string, string | number | boolean | null>
}

export function looked(ctx: Ctx, reading: Reading) {
  ctx.readings.push(reading)
}

export async function writeReadings({ db, readings }: Ctx) {
  if (readings.length > 0) await sql`select kernel.append_audit(${JSON.stringify(readings)}::jsonb)`.execute(db)
}

/** The first row of this Ambito's trail that does not follow from the one before it, or null when the chain holds. */
export async function firstBrokenReading({ db, ambito_id }: Pick<Ctx, 'db' | 'ambito_id'>) {
  const { rows } = await sql<{ position: number | null }>`select kernel.broken_audit(${ambito_id}) as position`.execute(
    db,
  )
  return rows[0]?.position ?? null
}
