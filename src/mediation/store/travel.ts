/** Minutes between two Comuni. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

export async function fillTravel(
  { db, ambito_id }: Ctx,
  rows: readonly { from: string; to: string; minutes: number }[],
) {
  await sql`insert into mediation.travel (ambito_id, from_comune, to_comune, minutes)
    select ${ambito_id}, r->>'from', r->>'to', (r->>'minutes')::int from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r
    on conflict do nothing`.execute(db)
}
/** Minutes from and to one Comune, and among those of the bookings. */
export async function travelTable({ db, ambito_id }: Ctx, comune: string) {
  const rows = await db
    .selectFrom('mediation.travel')
    .select(['from_comune', 'to_comune', 'minutes'])
    .where('ambito_id', '=', ambito_id)
    .where(({ eb, or }) => or([eb('from_comune', '=', comune), eb('to_comune', '=', comune)]))
    .execute()
  const minutes = new Map(rows.map((row) => [`${row.from_comune} ${row.to_comune}`, row.minutes]))
  return (from: string | null, to: string | null) =>
    from === null || to === null || from === to ? 0 : (minutes.get(`${from} ${to}`) ?? 60)
}
