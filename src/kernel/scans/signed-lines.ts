/** Empty lines of a sheet that came back, and who signed there: named by whoever looks at the scan, taken back by saying so. */
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../errors.ts'

export type SpareLine = {
  scan_id: string
  page: number
  printing: number
  sheet: number
  /** Among the empty lines of its sheet, from 1. */
  spare: number
  /** In the whole register, as it is printed beside the line. */
  row: number
  /** How often something was said of it. */
  nth: number
  signer: string | null
  recorded_at: string | null
  recorded_by: string | null
}

/** Every empty line of the sheets of a thing that came back, in order; and who is on a signed line already. */
export async function spareLines(ctx: Ctx, kind: string, thing_id: string) {
  const sheets = await sheetsWithLines(ctx, kind, thing_id)
  const said = sheets.length === 0 ? [] : await saidLast(ctx, kind, [thing_id])
  const lines = sheets.flatMap(({ scan_id, page, printing, sheet, lines: printed, spare: empty, before }) =>
    Array.from({ length: empty }, (_, at): SpareLine => {
      const spare = at + 1
      const last = said.find((one) => one.printing === printing && one.sheet === sheet && one.spare === spare)
      const row = before + printed.length + spare
      const { nth = 0, signer = null, recorded_at = null, recorded_by = null } = last ?? {}
      return { scan_id, page, printing, sheet, spare, row, nth, signer, recorded_at, recorded_by }
    }),
  )
  const signed = new Set([...sheets.flatMap((one) => one.lines), ...lines.flatMap(({ signer }) => signer ?? [])])
  return { lines, signed }
}

/** @param signer null: what was said is taken back */
export async function sayWhoSigned(
  { db, ambito_id, actor, now }: Ctx,
  { kind, thing_id }: { kind: string; thing_id: string },
  { printing, sheet, spare, nth }: SpareLine,
  signer: string | null,
) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('kernel.signed_line')
    .values({
      ambito_id,
      kind,
      thing_id,
      printing,
      sheet,
      spare,
      nth: nth + 1,
      signer,
      recorded_at: now.toString(),
      recorded_by: actor.account_id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  refuse({ form: Number(numInsertedOrUpdatedRows) === 1 ? undefined : 'kernel.scan.line_said' })
}

/** What was said last of each line of which anything was said. */
export const saidLast = ({ db, ambito_id }: Ctx, kind: string, thing_ids: readonly string[]) =>
  db
    .selectFrom('kernel.signed_line')
    .distinctOn(['thing_id', 'printing', 'sheet', 'spare'])
    .select(['thing_id', 'printing', 'sheet', 'spare', 'nth', 'signer', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('kind', '=', kind)
    .where('thing_id', 'in', [...thing_ids])
    .orderBy('thing_id')
    .orderBy('printing')
    .orderBy('sheet')
    .orderBy('spare')
    .orderBy('nth', 'desc')
    .execute()

/** For a person who asks what is kept of them: where they were said to have signed, and when that was taken back. */
export const saidOf = ({ db, ambito_id }: Ctx, kind: string, signers: readonly string[]) =>
  signers.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('kernel.signed_line as s')
        .select(['s.signer', 's.thing_id', 's.sheet', 's.spare', 's.recorded_at'])
        .select(
          sql<
            string | null
          >`(select n.recorded_at from kernel.signed_line n where n.ambito_id = s.ambito_id and n.kind = s.kind
            and n.thing_id = s.thing_id and n.printing = s.printing and n.sheet = s.sheet and n.spare = s.spare and n.nth = s.nth + 1)`.as(
            'replaced_at',
          ),
        )
        .where('s.ambito_id', '=', ambito_id)
        .where('s.kind', '=', kind)
        .where('s.signer', 'in', [...signers])
        .orderBy('s.recorded_at')
        .execute()

/** Of a sheet scanned twice, the last scan; `before` counts the rows of the sheets that lie on top of it. */
const sheetsWithLines = ({ db, ambito_id }: Ctx, kind: string, thing_id: string) =>
  db
    .selectFrom('kernel.scan_page as p')
    .innerJoin('kernel.printed_sheet as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'p.ambito_id')
        .onRef('s.kind', '=', 'p.kind')
        .onRef('s.thing_id', '=', 'p.thing_id')
        .onRef('s.printing', '=', 'p.printing')
        .onRef('s.sheet', '=', 'p.sheet'),
    )
    .distinctOn(['s.printing', 's.sheet'])
    .select(['p.scan_id', 'p.page', 's.printing', 's.sheet', 's.lines', 's.spare'])
    .select(
      sql<number>`(select coalesce(sum(cardinality(b.lines) + b.spare), 0)::int from kernel.printed_sheet b
        where b.ambito_id = s.ambito_id and b.kind = s.kind and b.thing_id = s.thing_id and b.printing = s.printing
          and b.sheet < s.sheet)`.as('before'),
    )
    .where('p.ambito_id', '=', ambito_id)
    .where('p.kind', '=', kind)
    .where('p.thing_id', '=', thing_id)
    .where('p.filed_at', 'is not', null)
    .orderBy('s.printing')
    .orderBy('s.sheet')
    .orderBy('p.filed_at', 'desc')
    .execute()
