/** A sheet came back with signatures where no name was printed: whoever looks at the scan says whose they are. */
import { accountNames } from '../../accounts/actions.ts'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { type PageRow, type SpareLine, sayWhoSigned, sheetKinds, spareLines } from '../../kernel/scans/scans.ts'
import type { LineInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { programme } from '../urls.ts'
import { pageSeen } from './signed-sheets.ts'

type Thing = { kind: string; thing_id: string }

/** The lines of a register that were printed empty, those who may have signed on them, and who was said to have. */
async function linesOf(ctx: Ctx, { kind, thing_id }: Thing) {
  const signers = sheetKinds(ctx).get(kind)?.signers
  const { lines, signed } = signers ? await spareLines(ctx, kind, thing_id) : { lines: [], signed: new Set() }
  const all = signers && lines.length > 0 ? await signers(ctx, thing_id) : []
  const by_id = new Map(all.map((one) => [one.id, one]))
  return {
    lines: lines.map((line) => ({ ...line, who: by_id.get(line.signer ?? '') ?? null })),
    unsigned: all.filter(({ id }) => !signed.has(id)),
  }
}
export type NamedLine = Awaited<ReturnType<typeof linesOf>>['lines'][number]

const onPage = (row: PageRow) => (line: SpareLine) => line.printing === row.printing && line.sheet === row.sheet

export async function linesOfPage(ctx: Ctx, row: PageRow) {
  if (!row.kind || !row.thing_id) return null
  const { lines, unsigned } = await linesOf(ctx, { kind: row.kind, thing_id: row.thing_id })
  const own = lines.filter(onPage(row))
  const authors = await accountNames(
    ctx,
    own.flatMap(({ recorded_by }) => recorded_by ?? []),
  )
  return own.length === 0 ? null : { lines: own, unsigned, authors }
}
export type LinesOfPage = NonNullable<Awaited<ReturnType<typeof linesOfPage>>>

/** As a form carries a line: its place, and how much had been said of it when the page was drawn. */
export const lineAsked = ({ spare, nth }: Pick<SpareLine, 'spare' | 'nth'>) => `${spare}.${nth}`

export async function nameLine(ctx: Ctx, scan_id: string, page: number, { line, signer }: LineInput) {
  const taken = await takeLine(ctx, scan_id, page, line)
  const who = taken.unsigned.find(({ id }) => id === signer)
  refuse({
    line: taken.line.signer ? 'kernel.scan.line_said' : undefined,
    signer: who ? undefined : 'kernel.form.not_a_choice',
  })
  await write(ctx, taken, signer, who?.person_id)
  say(ctx, 'programme.scans.lines.saved')
}

export async function takeBackLine(ctx: Ctx, scan_id: string, page: number, line: string) {
  const taken = await takeLine(ctx, scan_id, page, line)
  refuse({ form: taken.line.signer ? undefined : 'kernel.scan.line_said' })
  await write(ctx, taken, null, taken.line.who?.person_id)
  say(ctx, 'programme.scans.lines.taken_back')
}

async function takeLine(ctx: Ctx, scan_id: string, page: number, asked: string) {
  const row = await pageSeen(ctx, scan_id, page)
  const thing = { kind: row.kind ?? '', thing_id: row.thing_id ?? '' }
  const { lines, unsigned } = await linesOf(ctx, thing)
  const spare = asked.split('.')[0]
  const line = lines.find((one) => onPage(row)(one) && String(one.spare) === spare)
  if (!line) return refuseLine('kernel.form.not_a_choice')
  if (lineAsked(line) !== asked) return refuseLine('kernel.scan.line_said')
  return { row, thing, line, unsigned }
}
function refuseLine(line: 'kernel.form.not_a_choice' | 'kernel.scan.line_said'): never {
  refuse({ line })
  throw new Error('refused')
}

async function write(
  ctx: Ctx,
  { row, thing, line }: Awaited<ReturnType<typeof takeLine>>,
  signer: string | null,
  person_id: string | undefined,
) {
  await sayWhoSigned(ctx, thing, line, signer)
  const detail = { scan: row.scan_id, page: row.page, row: line.row, signed: signer !== null }
  looked(ctx, { what: 'programme.signed_line', ...(person_id && { person_id }), detail })
}

/** For the register's own page: who signed on an empty line, and the scans where the others can be said. */
export async function signedLines(ctx: Ctx, kind: string, thing_id: string) {
  const { lines, unsigned } = await linesOf(ctx, { kind, thing_id })
  const seen = ctx.actor.can(may.file_all_sheets)
  return {
    named: lines.filter(({ signer }) => signer !== null),
    free: seen && unsigned.length > 0 ? lines.filter(({ signer }) => signer === null) : [],
    at: ({ scan_id, page }: SpareLine) =>
      seen ? programme.scanPage.href({ id: scan_id, page: String(page + 1) }) : undefined,
  }
}
export type SignedLines = Awaited<ReturnType<typeof signedLines>>
