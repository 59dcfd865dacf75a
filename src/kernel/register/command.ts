/** `import <kind> <file>`: a register from the command line, a thousand rows to a transaction. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Ctx } from '../ctx.ts'
import type { Problem } from '../errors.ts'
import type { Translate } from '../i18n.ts'
import type { Command, CommandGround } from '../module.ts'
import {
  type Answer,
  chunksOf,
  type FileRow,
  findKind,
  kindsOf,
  lookAtSizes,
  openAnswer,
  type Register,
  type RegisterKind,
  readRegister,
  rejectsCsv,
  rows_at_once,
  sayProblems,
  takeRows,
} from '../register.ts'
import { most_bytes, NotASheet, readWorkbook, too_large } from '../sheets.ts'

const help = `Brings in a register kept in a spreadsheet: CSV or XLSX, up to 50 MB (docs/import.md).
Good rows come in, the others are left out and said why; the same file twice adds nothing.

  --dry-run        answers the same and writes nothing
  --rejects FILE   writes the rows left out, with the reason, to be mended and fed again
  --format json    prints {"rows","accepted","rejected","people_found","people_created","possible_duplicates","facts"}
  --ambito SLUG    where, when there are several

Exits 0 also when rows were left out, 2 when the file could not be read as such a register.`

type Asked = { kind: string; file: string; dry: boolean; rejects: string | undefined; json: boolean }
type Outcome = {
  answer: Answer
  rejects: { raw: readonly string[]; why: string }[]
  remarks: { line: string; what: string }[]
}

export const importCommand: Command = {
  name: 'import',
  usage: '<kind> <file.csv|xlsx> [--dry-run] [--rejects FILE] [--format json]',
  help,
  async run(argv, ground) {
    const asked = readArguments(argv)
    if (typeof asked === 'string') return sorry(ground, `${asked} See: import --help`)
    const { kind, kinds, t } = await ground.inCtx(async (ctx) => ({
      kind: findKind(ctx, asked.kind),
      kinds: kindsOf(ctx).map((one) => one.kind),
      t: ctx.t,
    }))
    if (!kind) return sorry(ground, `There is no register '${asked.kind}'. The registers are ${kinds.join(', ')}.`)
    try {
      const register = readRegister(readWorkbook(await readBytes(asked.file)), kind)
      for (const name of register.ignored_sheets) ground.tell(t('kernel.register.sheet_ignored', { name }))
      const outcome = await (asked.dry ? tryOut(ground, kind, register) : takeIn(ground, kind, register))
      await giveBack(ground, asked, register, outcome, t)
      return 0
    } catch (error) {
      if (error instanceof NotASheet) return sorry(ground, sentence(t, error.problem))
      if (error instanceof NoFile) return sorry(ground, error.message)
      throw error
    }
  },
}

function sorry({ tell }: CommandGround, why: string) {
  tell(why)
  return 2
}
const sentence = (t: Translate, problem: Problem) =>
  typeof problem === 'string' ? t(problem) : t(problem[0], problem[1])

function readArguments(argv: string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, rejects: { type: 'string' }, format: { type: 'string' } },
    })
    const [kind, file, ...more] = positionals
    if (!kind || !file) return 'A kind and a file are needed: import visits registro.csv.'
    if (more.length > 0) return `One file at a time: '${more[0]}' is too much.`
    if (values.format && values.format !== 'json' && values.format !== 'text')
      return `The format is json or text, not '${values.format}'.`
    return { kind, file, dry: values['dry-run'] === true, rejects: values.rejects, json: values.format === 'json' }
  } catch (error) {
    return (error as Error).message
  }
}

class NoFile extends Error {}

async function readBytes(file: string) {
  try {
    const { size } = await stat(file)
    if (size > most_bytes) throw new NotASheet(too_large)
    return await readFile(file)
  } catch (error) {
    if (error instanceof NotASheet) throw error
    const { code } = error as { code?: string }
    throw new NoFile(code === 'ENOENT' ? `There is no file '${file}'.` : `'${file}' cannot be read (${code}).`)
  }
}

/** While the facts of a chunk are being heard, the next one is taken already; it waits only for the commit before it. */
async function takeIn(ground: CommandGround, kind: RegisterKind, { rows }: Register): Promise<Outcome> {
  const taking = openTaking(kind)
  const people = new Set<string>()
  let heard: Promise<unknown> = Promise.resolve()
  for (const [number, chunk] of chunksOf(rows).entries()) {
    const before = heard
    await new Promise<void>((taken, failed) => {
      heard = ground
        .inCtx(async (ctx) => {
          const of_chunk = await takeRows(ctx, kind, chunk, number)
          taken()
          return { of_chunk, t: ctx.t }
        })
        .then(({ of_chunk, t }) => taking.add(chunk, of_chunk, t, people))
      heard.catch(failed)
    })
    await before
    ground.tell(`${Math.min((number + 1) * rows_at_once, rows.length)} / ${rows.length}`)
  }
  await heard
  await ground.inCtx(lookAtSizes)
  taking.outcome.answer.possible_duplicates = await ground.inCtx(
    async (ctx) => (await kind.duplicates?.count(ctx, [...people])) ?? 0,
  )
  return taking.outcome
}

class TriedOut extends Error {}

/** Everything in one transaction, which is then taken back. */
async function tryOut(ground: CommandGround, kind: RegisterKind, { rows }: Register): Promise<Outcome> {
  const taking = openTaking(kind)
  await ground
    .inCtx(async (ctx) => {
      const people = new Set<string>()
      for (const [number, chunk] of chunksOf(rows).entries()) {
        const taken = await takeRows(ctx, kind, chunk, number)
        await kind.duplicates?.find(ctx, taken.people)
        taking.add(chunk, taken, ctx.t, people)
        ground.tell(`${taking.outcome.answer.rows} / ${rows.length}`)
      }
      taking.outcome.answer.possible_duplicates = (await kind.duplicates?.count(ctx, [...people])) ?? 0
      throw new TriedOut()
    })
    .catch((end: Error) => {
      if (!(end instanceof TriedOut)) throw end
    })
  return taking.outcome
}

function openTaking(kind: RegisterKind) {
  const { answer, add } = openAnswer()
  const outcome: Outcome = { answer, rejects: [], remarks: [] }
  return {
    outcome,
    add(chunk: readonly FileRow[], taken: Awaited<ReturnType<typeof takeRows>>, t: Ctx['t'], people: Set<string>) {
      add(chunk.length, { ...taken, refused: taken.refused.length })
      const raw = new Map(chunk.map((row) => [row.line, row.raw]))
      for (const { line, said } of taken.refused)
        outcome.rejects.push({ raw: raw.get(line) ?? [], why: sayProblems(said, kind, t) })
      for (const { line, said } of taken.remarks) outcome.remarks.push({ line, what: sayProblems(said, kind, t) })
      for (const person of taken.people) people.add(person)
    },
  }
}

const remarks_told = 20

async function giveBack(
  { print, tell }: CommandGround,
  asked: Asked,
  register: Register,
  { answer, rejects, remarks }: Outcome,
  t: Translate,
) {
  for (const { line, what } of remarks.slice(0, remarks_told)) tell(t('kernel.register.remark', { line, what }))
  if (remarks.length > remarks_told) tell(t('kernel.register.more_remarks', { count: remarks.length - remarks_told }))
  if (rejects.length > 0 && asked.rejects) await writeFile(asked.rejects, rejectsCsv(register, rejects, t))
  if (rejects.length > 0)
    tell(
      asked.rejects
        ? t('kernel.register.rejects_written', { count: rejects.length, file: asked.rejects })
        : t('kernel.register.rejects_ask', { count: rejects.length }),
    )
  if (asked.dry) tell(t('kernel.register.dry'))
  print(
    asked.json
      ? JSON.stringify(answer)
      : Object.entries(answer)
          .map(([what, count]) => `${t(`kernel.register.answer.${what as keyof Answer}`).padEnd(46)} ${count}`)
          .join('\n'),
  )
}
