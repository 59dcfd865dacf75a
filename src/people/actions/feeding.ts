/** Registers kept in spreadsheets, brought in from a page: looked at first, taken when somebody says so. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, Refused } from '../../kernel/errors.ts'
import { csvOf } from '../../kernel/exports/csv.ts'
import { listOf } from '../../kernel/exports/list.ts'
import { xlsxOf } from '../../kernel/exports/xlsx.ts'
import { headOfRun, openRun, recentRuns, resumeRun, startRun, wantRun } from '../../kernel/register/runs.ts'
import {
  findKind,
  headersNotRead,
  kindsOf,
  type Register,
  readRegister,
  rejectsCsv,
  sayProblems,
} from '../../kernel/register.ts'
import type { Bytes, Upload } from '../../kernel/routes.ts'
import { NotASheet, readWorkbook } from '../../kernel/sheets.ts'
import { may } from '../rules.ts'

export async function registersHere(ctx: Ctx) {
  allow(ctx.actor.can(may.feed_registers))
  const kinds = kindsOf(ctx).filter((kind) => ctx.actor.can(kind.may))
  return { kinds, runs: await recentRuns(ctx, kinds) }
}

/** A sheet with nothing but the headers, to be filled in. */
export function blankRegister(ctx: Ctx, name: string, format: string): Bytes {
  const kind = findKind(ctx, name)
  if (!kind || (format !== 'csv' && format !== 'xlsx')) throw new NotFound()
  allow(ctx.actor.can(kind.may))
  const list = listOf({
    name: 'people.blank_register',
    title: ctx.t(kind.name),
    file: name,
    rows: [],
    columns: kind.columns.map(({ headers: [header = ''] }) => ({ header, width: 1.5, cell: () => null })),
  })
  return format === 'csv'
    ? { type: 'text/csv; charset=utf-8', name: `${name}.csv`, body: csvOf(list) }
    : {
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        name: `${name}.xlsx`,
        body: () => xlsxOf(list),
      }
}

/** Reads the file, outside of any transaction. */
export function readUpload(
  kinds: readonly Parameters<typeof readRegister>[1][],
  kind: string,
  upload: Upload | undefined,
): Register {
  const wanted = kinds.find((one) => one.kind === kind)
  if (!wanted) throw new Refused({ kind: 'kernel.form.not_a_choice' })
  if (!upload) throw new Refused({ file: 'kernel.form.required' })
  try {
    return readRegister(readWorkbook(upload.bytes), wanted)
  } catch (error) {
    if (error instanceof NotASheet) throw new Refused({ file: error.problem })
    throw error
  }
}

export async function feedRegister(ctx: Ctx, kind: string, file_name: string, register: Register) {
  const wanted = findKind(ctx, kind)
  if (!wanted) throw new Refused({ kind: 'kernel.form.not_a_choice' })
  allow(ctx.actor.can(wanted.may))
  return startRun(ctx, wanted, file_name, register)
}

/** @throws NotFound; a register may be opened, taken and gone on with by those who may bring it in */
async function ownRun(ctx: Ctx, id: string) {
  const run = await openRun(ctx, id)
  const kind = findKind(ctx, run.kind)
  if (!kind) throw new NotFound()
  allow(ctx.actor.can(kind.may))
  return { run, kind }
}

/** How far a file is, and each row that was left out or is to be looked at, in words. */
export async function openFeeding(ctx: Ctx, id: string) {
  const { run, kind } = await ownRun(ctx, id)
  const inWords = ({ line, said }: (typeof run.remarks)[number]) => ({
    line,
    what: sayProblems(said, kind, ctx.t),
  })
  const { header } = await headOfRun(ctx, id)
  const not_read = headersNotRead(header, kind).filter((word) => word !== ctx.t('kernel.register.why'))
  if (run.rejects.length > 0) looked(ctx, { what: 'people.register_rejects', detail: { rows: run.rejects.length } })
  return { run, kind, not_read, rejects: run.rejects.map(inWords), remarks: run.remarks.map(inWords) }
}

export async function takeRegister(ctx: Ctx, id: string) {
  await ownRun(ctx, id)
  await wantRun(ctx, id)
}

export async function resumeRegister(ctx: Ctx, id: string) {
  await ownRun(ctx, id)
  await resumeRun(ctx, id)
}

/** The rows left out as they stood in the file, with the reason beside them: mended, the file is fed again. */
export async function rejectedRows(ctx: Ctx, id: string): Promise<Bytes> {
  const { run, kind } = await openFeeding(ctx, id)
  const head = await headOfRun(ctx, id)
  const rejects = run.rejects.map(({ raw, said }) => ({ raw, why: sayProblems(said, kind, ctx.t) }))
  return {
    type: 'text/csv; charset=utf-8',
    name: ctx.t('people.registers.rejects_file'),
    body: async () => rejectsCsv(head, rejects, ctx.t),
  }
}
