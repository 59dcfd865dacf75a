/** One row of a register of meetings, as the tavolo has kept it: one row is one meeting. */
import { folded, past, readDay, readWhole } from '../../kernel/cells.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import type { Mode } from '../codes.ts'

const sameDay = (cell: string) => {
  const read = readDay(cell, past('9999-12-31'))
  return typeof read === 'string' ? cell : read.day
}
export const meetingColumns: readonly Column[] = [
  { key: 'number', headers: ['Numero', 'N.', 'Incontro', 'Number'] },
  { key: 'date', headers: ['Data', 'Data incontro', 'Giorno', 'Date'], same: sameDay },
  { key: 'starts', headers: ['Inizio', 'Ora inizio', 'Dalle', 'Starts'] },
  { key: 'ends', headers: ['Fine', 'Ora fine', 'Alle', 'Ends'] },
  { key: 'mode', headers: ['Modalità', 'Mode'] },
  { key: 'place', headers: ['Luogo', 'Sede', 'Link', 'Place'] },
  { key: 'chair', headers: ['Presiede', 'Coordina', 'Chair'] },
  { key: 'present', headers: ['Presenti', 'Partecipanti', 'Enti presenti', 'Present'] },
  { key: 'topics', headers: ['Argomenti', 'Ordine del giorno', 'Temi', 'Topics'] },
  { key: 'summary', headers: ['Sintesi', 'Verbale', 'Summary'] },
  { key: 'decisions', headers: ['Decisioni', 'Decisions'] },
  { key: 'tasks', headers: ['Da fare', 'Compiti', 'Azioni', 'Impegni', 'Tasks'] },
  { key: 'approved', headers: ['Approvato', 'Approvato il', 'Data approvazione', 'Approved'], same: sameDay },
]

export type Present = { body: string; name: string }
export type MeetingSaid = {
  number: number | null
  on: string
  starts_at: string
  ends_at: string
  mode: Mode
  place: string
  chair: string
  present: Present[]
  topics: string[]
  summary: string
  decisions: string[]
  tasks: { what: string; who: string; due_on: string | null }[]
  approved_on: string
}

const time = (cell: string) => {
  const found = /^(\d{1,2})(?:[.:,h ]\s*(\d{2}))?(?::\d{2})?$/i.exec(cell.trim())
  const [hour, minute] = [Number(found?.[1] ?? Number.NaN), Number(found?.[2] ?? 0)]
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined
}
const parts = (cell: string) =>
  cell
    .split(/[;\n|]+/)
    .map((part) => part.replace(/^\s*(?:[-–•*]|\d+[.)])\s*/, '').trim())
    .filter(Boolean)

/** `Comune di Lodi: Anna Rossi`, `Anna Rossi (Comune di Lodi)`, `Comune di Lodi – Anna Rossi`. */
export function presentIn(part: string): Present | undefined {
  const inside = /^([^(]+)\(([^)]+)\)$/.exec(part)
  if (inside) return { name: (inside[1] as string).trim(), body: (inside[2] as string).trim() }
  const beside = /^(.+?)\s*(?::|\s[-–]\s)\s*(.+)$/.exec(part)
  return beside ? { body: (beside[1] as string).trim(), name: (beside[2] as string).trim() } : undefined
}

/** `Scrivere alla Questura – Comune di Lodi – entro 15/4/2026`: the day and who are recognised wherever they stand. */
function taskIn(part: string, latest: string) {
  const pieces = part.split(/\s[-–]\s/).map((piece) => piece.trim())
  let due_on: string | null = null
  const rest = pieces.filter((piece) => {
    const read = readDay(
      piece.replace(/^(?:entro(?:\s+il)?|by)\s+/i, ''),
      past(`${Number(latest.slice(0, 4)) + 5}-12-31`),
    )
    if (typeof read !== 'object' || read.precision !== 'day') return true
    due_on = read.day
    return false
  })
  return { what: (rest[0] ?? part).slice(0, 500), who: rest[1] ?? '', due_on }
}

const modeOf = (cell: string): Mode | undefined => {
  const word = folded(cell)
  if (word === '') return 'online'
  if (/mist|ibrid|mixed|hybrid/.test(word)) return 'mixed'
  if (/presenza|sede|person|sala/.test(word)) return 'in_person'
  return /on ?line|remoto|distanza|video|teams|zoom|meet/.test(word) ? 'online' : undefined
}

export function readMeeting(cells: Cells, today: string): { said?: MeetingSaid; problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const wrong = (column: string, problem: CellProblem['problem']) => void problems.push({ column, problem })
  const cell = (key: string) => cells[key] ?? ''
  const read = readDay(cell('date'), past(today))
  const on = typeof read === 'object' && read.precision === 'day' ? read.day : ''
  if (on === '') wrong('date', 'kernel.form.not_a_day')
  else if (on > today) wrong('date', 'tavolo.error.after_today')
  const starts_at = cell('starts') ? time(cell('starts')) : '10:00'
  const ends_at = cell('ends')
    ? time(cell('ends'))
    : starts_at &&
      `${starts_at.slice(0, 2) < '22' ? String(Number(starts_at.slice(0, 2)) + 2).padStart(2, '0') : '23'}:${starts_at.slice(0, 2) < '22' ? starts_at.slice(3) : '59'}`
  if (!starts_at) wrong('starts', 'kernel.form.not_a_time')
  if (!ends_at) wrong('ends', 'kernel.form.not_a_time')
  else if (starts_at && ends_at <= starts_at) wrong('ends', 'tavolo.error.ends_before')
  const mode = modeOf(cell('mode'))
  if (!mode) wrong('mode', 'kernel.form.not_a_choice')
  const number = cell('number') ? readWhole(cell('number')) : null
  if (number === undefined || number === 0) wrong('number', 'kernel.form.not_a_number')
  const people = parts(cell('present')).map(presentIn)
  if (people.length === 0) wrong('present', 'kernel.form.required')
  if (people.includes(undefined)) wrong('present', 'tavolo.error.present_cell')
  const approved = cell('approved') ? readDay(cell('approved'), past(today)) : undefined
  const approved_on = typeof approved === 'object' && approved.precision === 'day' ? approved.day : on
  if (approved !== undefined && approved !== 'none' && typeof approved !== 'object')
    wrong('approved', 'kernel.form.not_a_day')
  if (approved_on && approved_on < on) wrong('approved', 'tavolo.error.before_held')
  const decisions = parts(cell('decisions'))
  const topics = parts(cell('topics'))
  if (decisions.some((one) => one.length > 2000)) wrong('decisions', ['kernel.form.too_long', { max: 2000 }])
  if (topics.some((one) => one.length > 200)) wrong('topics', ['kernel.form.too_long', { max: 200 }])
  if (cell('summary').length > 40_000) wrong('summary', ['kernel.form.too_long', { max: 40_000 }])
  if (problems.length > 0) return { problems }
  return {
    problems,
    said: {
      number: number ?? null,
      on,
      starts_at: starts_at as string,
      ends_at: ends_at as string,
      mode: mode as Mode,
      place: cell('place').slice(0, 200),
      chair: cell('chair').slice(0, 120),
      present: people as Present[],
      topics,
      summary: cell('summary'),
      decisions,
      tasks: parts(cell('tasks')).map((part) => taskIn(part, on)),
      approved_on,
    },
  }
}
