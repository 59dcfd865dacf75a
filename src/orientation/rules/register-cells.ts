/** One row of a register of guidance, as people have kept it, read into what it says. */
import { folded, past, readDay } from '../../kernel/cells.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import type { SessionKind } from '../codes.ts'
import { most_minutes } from './plans.ts'

const sameDay = (cell: string) => {
  const read = readDay(cell, past('9999-12-31'))
  return typeof read === 'string' ? cell : read.day
}
export const guidanceColumns: readonly Column[] = [
  { key: 'date', headers: ['Data', 'Data colloquio', 'Giorno', 'Date'], same: sameDay },
  { key: 'activity', headers: ['Tipo', 'Attività', 'Tipo di colloquio', 'Prestazione', 'Activity', 'Kind'] },
  { key: 'minutes', headers: ['Minuti', 'Durata', 'Minutes'] },
  { key: 'hours', headers: ['Ore', 'Ore erogate', 'Hours'] },
  { key: 'operator', headers: ['Operatore', 'Orientatore', 'Consulente', 'Operator', 'Adviser'] },
  { key: 'subject', headers: ['Argomento', 'Oggetto', 'Titolo', 'Subject'] },
]

export type Activity = SessionKind | 'recognition'
const kinds: readonly (readonly [Activity, RegExp])[] = [
  ['recognition', /riconosc|equipoll|equivalen|recogni/],
  ['accompaniment', /accompagn|going along|accompan/],
  ['group', /grupp|collettiv|laborator|group/],
  ['individual', /individual|colloqui|orientament|consulenz|interview|session/],
]
/** Without a word it is what most rows are: a talk with one person. */
export const activityOf = (cell: string | undefined): Activity | undefined =>
  cell ? kinds.find(([, words]) => words.test(folded(cell)))?.[0] : 'individual'

/** `45`, `45 min`, `1h30`, `1:30`; hours also `1,5`. */
export function minutesIn(cell: string, unit: 'minutes' | 'hours'): number | undefined {
  const text = cell.trim().toLowerCase()
  const clock = /^(\d{1,2})\s*(?:[:h])\s*(\d{2})?\s*(?:m|min)?$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2] ?? 0)
  const found = /^(\d{1,4}(?:[.,]\d{1,2})?)\s*(minuti|min|m|'|ore|ora|h|hours?)?\.?$/.exec(text)
  if (!found) return undefined
  const number = Number((found[1] as string).replace(',', '.'))
  const in_hours = found[2] ? /^(ore|ora|h)/.test(found[2]) : unit === 'hours'
  return Math.round(in_hours ? number * 60 : number)
}

export type GuidanceSaid = { on: string; activity: Activity; minutes: number; operator: string; subject: string }
export function readGuidance(
  cells: Cells,
  project: { starts_on: string },
  today: string,
): { said?: GuidanceSaid; problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const wrong = (column: string, problem: CellProblem['problem']) => {
    problems.push({ column, problem })
  }
  const read = cells.date ? readDay(cells.date, past(today)) : 'not_a_day'
  const on = typeof read === 'object' && read.precision === 'day' ? read.day : undefined
  if (!cells.date) wrong('date', 'kernel.form.required')
  else if (!on) wrong('date', 'kernel.form.not_a_day')
  else if (on > today) wrong('date', 'orientation.error.future')
  else if (on < project.starts_on) wrong('date', 'orientation.error.before_project')
  const activity = activityOf(cells.activity)
  if (!activity) wrong('activity', 'orientation.error.register_activity')
  const minutes = cells.minutes
    ? minutesIn(cells.minutes, 'minutes')
    : cells.hours
      ? minutesIn(cells.hours, 'hours')
      : undefined
  // An application has no length; everything else is paid by it.
  if (activity !== 'recognition') {
    const column = cells.minutes || !cells.hours ? 'minutes' : 'hours'
    if (minutes === undefined) wrong(column, 'orientation.error.register_minutes')
    else if (minutes < 5) wrong(column, 'orientation.error.too_short')
    else if (minutes > most_minutes) wrong(column, 'orientation.error.too_long')
  }
  if (problems.length > 0 || !on || !activity) return { problems }
  return {
    said: {
      on,
      activity,
      minutes: minutes ?? 0,
      operator: (cells.operator ?? '').slice(0, 80),
      subject: (cells.subject ?? '').slice(0, 200),
    },
    problems,
  }
}
