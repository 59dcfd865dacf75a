/**
 * Registers people have kept in spreadsheets come in through here. A module contributes the kinds it can take; here the
 * columns are found, each row gets its identity, known rows are passed by, refused ones are given back.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Permission } from './actor.ts'
import { folded } from './cells.ts'
import type { Ctx } from './ctx.ts'
import type { Problem } from './errors.ts'
import type { TextKey, Translate } from './i18n.ts'
import { type Delimiter, NotASheet, type Sheet, type Workbook, withoutMark, writeCsv } from './sheets.ts'

export type Column = {
  readonly key: string
  /** How it is headed, the usual Italian word first; compared without case, accents, spaces, punctuation and small words. */
  readonly headers: readonly string[]
  /** Equal cells however they are written: 25/9/25 is 2025-09-25. */
  readonly same?: (cell: string) => string
  /** What must be written down nowhere: emptied as soon as the file is read. */
  readonly unsaid?: (cell: string) => boolean
  /** Its header may be merged over the columns beside it, whose cells then belong to it. */
  readonly spreads?: boolean
}

export type RegisterKind = {
  readonly kind: string
  readonly name: TextKey
  /** Who may bring it in from the page, and see what it left out. */
  readonly may: Permission
  readonly columns: readonly Column[]
  /** Of each group one column must be there. */
  readonly needed: readonly (readonly string[])[]
  /** Takes a chunk inside one transaction: known rows were taken before and are only named, to be counted. */
  take(ctx: Ctx, rows: readonly RegisterRow[]): Promise<Taken>
  /**
   * Pairs that may be one person, among the people of a file: `find` looks for them, `count` says how many are left to
   * decide. What was taken is looked at by a listener of its own; `find` is for what is only tried.
   */
  readonly duplicates?: {
    find(ctx: Ctx, people: readonly string[]): Promise<void>
    count(ctx: Ctx, people: readonly string[]): Promise<number>
  }
}

export type Cells = Readonly<Record<string, string>>
export type RegisterRow = { readonly id: string; readonly line: string; readonly cells: Cells; readonly known: boolean }
export type CellProblem = { readonly column: string; readonly problem: Problem }
export type RowSaid = { readonly line: string; readonly said: readonly CellProblem[] }
export type Taken = {
  /** Not stored: given back to be mended. */
  refused: RowSaid[]
  /** Stored, with something to look at. */
  remarks: RowSaid[]
  /** Named rows whose person was known already, from this file or before it. */
  people_found: number
  people_created: number
  facts: number
  /** Whom the rows are about. */
  people: string[]
}
export type Answer = {
  rows: number
  accepted: number
  rejected: number
  people_found: number
  people_created: number
  possible_duplicates: number
  facts: number
}

export type FileRow = { id: string; line: string; cells: Cells; raw: string[] }
export type Register = { header: string[]; rows: FileRow[]; delimiter: Delimiter; ignored_sheets: string[] }

export const rows_at_once = 1000

export const findKind = (ctx: Pick<Ctx, 'modules'>, kind: string) => kindsOf(ctx).find((one) => one.kind === kind)
export const kindsOf = ({ modules }: Pick<Ctx, 'modules'>) => modules.flatMap((module) => module.registers ?? [])

// --- columns --------------------------------------------------------------------------------------------------------

const small = new Set([
  'di',
  'del',
  'della',
  'dello',
  'dell',
  'il',
  'la',
  'lo',
  'l',
  'of',
  'the',
  'al',
  'a',
  'e',
  'o',
  'and',
])
const headerKey = (header: string) =>
  folded(header.replace(/\([^)]*\)/g, ' '))
    .split(' ')
    .filter((word) => !small.has(word))
    .join('')

function headerBook(columns: readonly Column[]) {
  const book = new Map<string, Column>()
  for (const column of columns)
    for (const header of [column.key.replaceAll('_', ' '), ...column.headers])
      if (!book.has(headerKey(header))) book.set(headerKey(header), column)
  return (header: string) => book.get(headerKey(header))
}

/** Headers that name no column, or one that another names already: what stands under them is left alone. */
export function headersNotRead(header: readonly string[], { columns }: Pick<RegisterKind, 'columns'>) {
  const book = headerBook(columns)
  const read = new Set<Column>()
  return header.filter((word) => {
    const column = book(word)
    if (word === '' || (column && !read.has(column))) {
      if (column) read.add(column)
      return false
    }
    return true
  })
}

type Found = { header: string[]; columns: (Column | undefined)[]; first_row: number }

/** Titles, empty lines and a second row of headers may stand above the rows. */
const rows_searched = 20

function findHeader({ rows }: Sheet, columns: readonly Column[]): Found | undefined {
  const book = headerBook(columns)
  const tried = rows.slice(0, rows_searched).flatMap((row, at) => {
    const next = rows[at + 1]
    return [
      matched(
        row.map((cell) => [cell]),
        book,
        at + 1,
      ),
      ...(next ? [matched(twoRows(row, next, book), book, at + 2)] : []),
    ]
  })
  const count = (found: Found) => new Set(found.columns.filter(Boolean)).size
  return tried.reduce<Found | undefined>((best, one) => (count(one) > (best ? count(best) : 0) ? one : best), undefined)
}

/** A group above («Titolo di soggiorno», over three columns) and what stands under it («Numero») are read together: «Numero titolo». */
function twoRows(upper: readonly string[], lower: readonly string[], book: (header: string) => Column | undefined) {
  let group = ''
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
    const above = upper[at] ?? ''
    const below = lower[at] ?? ''
    if (above !== '') group = above
    if (below === '') return [above]
    const groups = [group, ...(book(group)?.headers ?? [])]
    return [...groups.flatMap((one) => [`${below} ${one}`, `${one} ${below}`]), below]
  })
}

function matched(
  candidates: readonly (readonly string[])[],
  book: (header: string) => Column | undefined,
  first_row: number,
): Found {
  const taken = new Set<Column>()
  const header: string[] = []
  const columns = candidates.map((words) => {
    const word = words.find((one) => one !== '' && book(one) && !taken.has(book(one) as Column))
    header.push(word ?? words.at(-1) ?? '')
    const column = word ? book(word) : undefined
    if (column) taken.add(column)
    return column
  })
  for (let at = 1; at < columns.length; at++)
    if (!columns[at] && header[at] === '' && columns[at - 1]?.spreads) columns[at] = columns[at - 1]
  return { header, columns, first_row }
}

const lacking = (columns: readonly (Column | undefined)[], { needed }: RegisterKind) =>
  needed.filter((group) => !columns.some((column) => column && group.includes(column.key)))

/**
 * The rows of a workbook under their columns; every sheet that has the header counts.
 * @throws NotASheet when no sheet has the needed columns
 */
export function readRegister({ sheets, delimiter }: Workbook, kind: RegisterKind): Register {
  const found = sheets.map((sheet) => ({ sheet, found: findHeader(sheet, kind.columns) }))
  const right = found.filter(
    (one): one is { sheet: Sheet; found: Found } =>
      one.found !== undefined && lacking(one.found.columns, kind).length === 0,
  )
  const [first] = right
  if (!first)
    throw new NotASheet(
      whatLacks(
        found.map((one) => one.found),
        kind,
      ),
    )
  const named = sheets.length > 1
  const rows = right.flatMap(({ sheet, found }) => fileRows(sheet, found, kind, named, first.found))
  if (rows.length === 0) throw new NotASheet('kernel.sheet.empty')
  return {
    header: first.found.header,
    rows: identified(rows, kind),
    delimiter,
    ignored_sheets: found
      .filter(({ sheet }) => !right.some((one) => one.sheet === sheet))
      .map(({ sheet }) => sheet.name),
  }
}

function whatLacks(found: readonly (Found | undefined)[], kind: RegisterKind): Problem {
  const title = (key: string) => kind.columns.find((column) => column.key === key)?.headers[0] ?? key
  const groups = found
    .map((one) => lacking(one?.columns ?? [], kind))
    .reduce((fewest, one) => (one.length < fewest.length ? one : fewest))
  return [
    'kernel.sheet.lacks',
    { count: groups.length, columns: groups.map((group) => group.map(title).join(' / ')).join(', ') },
  ]
}

type ReadRow = Omit<FileRow, 'id'>

function fileRows(
  { name, rows, lines }: Sheet,
  { header, columns, first_row }: Found,
  kind: RegisterKind,
  named: boolean,
  first: Found,
): ReadRow[] {
  const same_header = header.join('\n') === first.header.join('\n')
  return rows.slice(first_row).flatMap((row, at) => {
    const cells: Record<string, string> = {}
    const shown = [...row]
    for (const [index, column] of columns.entries()) {
      const cell = withoutMark(row[index] ?? '')
      if (!column || cell === '') continue
      if (column.unsaid?.(cell)) shown[index] = ''
      else cells[column.key] = cells[column.key] ? `${cells[column.key]} ${cell}` : cell
    }
    const line = `${named ? `${name} ` : ''}${lines[first_row + at]}`
    // A header repeated in the middle, as when pages were pasted one under the other.
    const repeated = columns.every(
      (column, index) => !column || headerKey(row[index] ?? '') === headerKey(header[index] ?? ''),
    )
    const empty = kind.columns.every(({ key }) => !cells[key]) && shown.every((cell) => cell === '')
    return repeated || empty
      ? []
      : [{ line, cells, raw: same_header ? shown : first.header.map((word) => shown[header.indexOf(word)] ?? '') }]
  })
}

/** What a row is known by: its cells, however written, and which of several equal ones in the file it is. */
function identified(rows: readonly ReadRow[], { kind, columns }: RegisterKind): FileRow[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const same = columns.flatMap(({ key, same }) =>
      row.cells[key] ? [[key, same ? same(row.cells[key]) : row.cells[key]]] : [],
    )
    const print = JSON.stringify([kind, ...same])
    const ordinal = seen.get(print) ?? 0
    seen.set(print, ordinal + 1)
    return { ...row, id: idOf(`${ordinal} ${print}`) }
  })
}

/** The first 128 bits of a SHA-256, in the shape of a uuid of version 8. */
function idOf(text: string) {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${'89ab'[Number.parseInt(hex[16] as string, 16) & 3]}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

// --- taking ---------------------------------------------------------------------------------------------------------

/**
 * One chunk in the transaction of `ctx`, the `number`th of its file; two that feed the same kind at once wait for each other.
 */
export async function takeRows(ctx: Ctx, kind: RegisterKind, rows: readonly FileRow[], number: number): Promise<Taken> {
  // A thousand rows at once may take longer than what somebody waits for in front of a page; and a plan made while the
  // tables are empty would read them whole for every row, even when they are full.
  await sql`select set_config('statement_timeout', '2min', true), set_config('enable_seqscan', 'off', true)`.execute(
    ctx.db,
  )
  await sql`select pg_advisory_xact_lock(hashtextextended(${`register ${ctx.ambito_id} ${kind.kind}`}, 0))`.execute(
    ctx.db,
  )
  const ids = rows.map(({ id }) => id)
  const before = await ctx.db
    .selectFrom('kernel.register_row')
    .select('id')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('kind', '=', kind.kind)
    .where('id', 'in', ids)
    .execute()
  const known = new Set(before.map(({ id }) => id))
  const taken = await kind.take(
    ctx,
    rows.map(({ id, line, cells }) => ({ id, line, cells, known: known.has(id) })),
  )
  const refused = new Set(taken.refused.map(({ line }) => line))
  const fresh = rows.filter(({ id, line }) => !known.has(id) && !refused.has(line)).map(({ id }) => id)
  await sql`insert into kernel.register_row (ambito_id, kind, id) select ${ctx.ambito_id}, ${kind.kind}, id from unnest(${fresh}::uuid[]) id`.execute(
    ctx.db,
  )
  if (fresh.length > 0 && sizes_at.has(number)) await lookAtSizes(ctx)
  return taken
}

/** A register into an empty house makes large tables of empty ones within a minute. */
const sizes_at = new Set([0, 1, 4, 16, 64])

/** What the planner knew of the tables holds no more. */
export async function lookAtSizes({ db }: Pick<Ctx, 'db'>) {
  await sql`select set_config('statement_timeout', '2min', true)`.execute(db)
  await sql`select kernel.look_at_sizes()`.execute(db)
}

export const chunksOf = <Row>(rows: readonly Row[]) =>
  Array.from({ length: Math.ceil(rows.length / rows_at_once) }, (_, at) =>
    rows.slice(at * rows_at_once, (at + 1) * rows_at_once),
  )

/** What has been taken so far, chunk by chunk. */
export function openAnswer() {
  const answer: Answer = {
    rows: 0,
    accepted: 0,
    rejected: 0,
    people_found: 0,
    people_created: 0,
    possible_duplicates: 0,
    facts: 0,
  }
  return {
    answer,
    add(rows: number, taken: Pick<Taken, 'people_found' | 'people_created' | 'facts'> & { refused: number }) {
      answer.rows += rows
      answer.accepted += rows - taken.refused
      answer.rejected += taken.refused
      answer.people_found += taken.people_found
      answer.people_created += taken.people_created
      answer.facts += taken.facts
    },
  }
}

// --- giving back ----------------------------------------------------------------------------------------------------

/** One sentence per cell: «Data: questo giorno non esiste». */
export function sayProblems(said: readonly CellProblem[], { columns }: Pick<RegisterKind, 'columns'>, t: Translate) {
  const title = (key: string) => columns.find((column) => column.key === key)?.headers[0] ?? key
  const words = (problem: Problem) => (typeof problem === 'string' ? t(problem) : t(problem[0], problem[1]))
  return said.map(({ column, problem }) => `${title(column)}: ${words(problem)}`).join(' · ')
}

/** The refused rows as they stood in the file, with one column more; mended, the file can be fed again. */
export function rejectsCsv(
  { header, delimiter }: Pick<Register, 'header' | 'delimiter'>,
  rejects: readonly { raw: readonly string[]; why: string }[],
  t: Translate,
) {
  const title = t('kernel.register.why')
  const own = header.flatMap((word, at) => (word === title ? [] : [at]))
  return writeCsv(
    [
      [...own.map((at) => header[at] as string), title],
      ...rejects.map(({ raw, why }) => [...own.map((at) => withoutMark(raw[at] ?? '')), why]),
    ],
    delimiter,
  )
}
