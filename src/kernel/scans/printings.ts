/** Which lines stood on which printed sheet. A register that grew after it was signed is open again, for what was added. */
import type { Ctx } from '../ctx.ts'
import { saidLast } from './signed-lines.ts'

/** Somebody who signs, by whatever id their module has for it, and since when they stand in the register. */
export type Line = { id: string; at: string }
export type Printed = { lines: readonly string[]; spare?: number }
/** How many sheets came back, and who stands on none of them. */
export type Signing = { sheets: number; missing: readonly string[] }

export const isSigned = (signing: Signing | undefined) =>
  signing !== undefined && signing.sheets > 0 && signing.missing.length === 0

/** @returns the number their marks carry; the same lines on the same sheets keep the number they had */
export async function numberPrinting(
  ctx: Ctx,
  { kind, thing_id }: { kind: string; thing_id: string },
  sheets: readonly Printed[],
): Promise<number> {
  const { db, ambito_id, actor, now } = ctx
  const last = await db
    .selectFrom('kernel.printed_sheet')
    .select(['printing', 'lines', 'spare'])
    .where('ambito_id', '=', ambito_id)
    .where('kind', '=', kind)
    .where('thing_id', '=', thing_id)
    .orderBy('printing', 'desc')
    .orderBy('sheet')
    .limit(sheets.length + 1)
    .execute()
  const printing = last[0]?.printing ?? 0
  const before = last.filter((one) => one.printing === printing).map(({ lines, spare }) => ({ lines, spare }))
  const wanted = sheets.map(({ lines, spare = 0 }) => ({ lines, spare }))
  if (JSON.stringify(before) === JSON.stringify(wanted)) return printing
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('kernel.printed_sheet')
    .values(
      wanted.map(({ lines, spare }, at) => ({
        ambito_id,
        kind,
        thing_id,
        printing: printing + 1,
        sheet: at + 1,
        lines: [...lines],
        spare,
        printed_at: now.toString(),
        printed_by: actor.account_id,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  // Somebody printed it at the same moment: theirs is the last one now.
  return Number(numInsertedOrUpdatedRows) === wanted.length
    ? printing + 1
    : numberPrinting(ctx, { kind, thing_id }, sheets)
}

/** Of the paper whose mark nobody could read: the last one that was printed before it was scanned. */
export async function printingBefore(
  { db, ambito_id }: Ctx,
  ref: { kind: string; thing_id: string; sheet: number },
  at: string,
) {
  const found = await db
    .selectFrom('kernel.printed_sheet')
    .select('printing')
    .where('ambito_id', '=', ambito_id)
    .where('kind', '=', ref.kind)
    .where('thing_id', '=', ref.thing_id)
    .where('sheet', '=', ref.sheet)
    .where('printed_at', '<=', at)
    .orderBy('printing', 'desc')
    .executeTakeFirst()
  return found?.printing ?? null
}

/** Of each thing with the lines it has now. A paper this house did not print is taken at the word of who filed it. */
export async function signingOf(ctx: Ctx, kind: string, things: ReadonlyMap<string, readonly Line[]>) {
  const back = things.size === 0 ? [] : await sheetsBack(ctx, kind, [...things.keys()])
  const by_thing = Map.groupBy(back, ({ thing_id }) => thing_id)
  const said = back.some(({ spare }) => spare) ? await saidLast(ctx, kind, [...by_thing.keys()]) : []
  const said_of = Map.groupBy(said, ({ thing_id }) => thing_id)
  return new Map(
    [...things].map(([id, lines]): [string, Signing] => {
      const own = by_thing.get(id) ?? []
      const told = said_of.get(id) ?? []
      const named = new Set([...own.flatMap((sheet) => sheet.lines ?? []), ...told.map(({ signer }) => signer)])
      const when = (at: string) => Temporal.Instant.from(at.replace(' ', 'T')).epochMilliseconds
      // Where somebody looked and said who signed, nothing is guessed any more.
      const unseen = own.filter(
        (sheet) => !told.some((one) => one.printing === sheet.printing && one.sheet === sheet.sheet),
      )
      let spare = unseen.reduce((sum, sheet) => sum + (sheet.spare ?? 0), 0)
      const last = Math.max(0, ...unseen.map(({ filed_at }) => when(filed_at)))
      const missing = lines.filter((line) => {
        if (named.has(line.id) || own.some((sheet) => sheet.lines === null)) return false
        // Who was written down before the paper came back signed on an empty line.
        return spare === 0 || when(line.at) > last || spare-- === 0
      })
      return [id, { sheets: own.length, missing: missing.map((line) => line.id) }]
    }),
  )
}

const sheetsBack = ({ db, ambito_id }: Ctx, kind: string, thing_ids: readonly string[]) =>
  db
    .selectFrom('kernel.scan_page as p')
    .leftJoin('kernel.printed_sheet as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'p.ambito_id')
        .onRef('s.kind', '=', 'p.kind')
        .onRef('s.thing_id', '=', 'p.thing_id')
        .onRef('s.printing', '=', 'p.printing')
        .onRef('s.sheet', '=', 'p.sheet'),
    )
    .distinctOn(['p.thing_id', 'p.printing', 'p.sheet'])
    .select(['p.thing_id', 'p.printing', 'p.sheet', 'p.filed_at', 's.lines', 's.spare'])
    .where('p.ambito_id', '=', ambito_id)
    .where('p.kind', '=', kind)
    .where('p.thing_id', 'in', [...thing_ids])
    .where('p.filed_at', 'is not', null)
    .orderBy('p.thing_id')
    .orderBy('p.printing')
    .orderBy('p.sheet')
    .orderBy('p.filed_at', 'desc')
    .$narrowType<{ thing_id: string; filed_at: string }>()
    .execute()
