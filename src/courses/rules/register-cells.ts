/** One row of a register of attendance, as people have kept it, read into what it says. */
import { folded, past, readDay } from '../../kernel/cells.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import list from '../lists/cefr-levels.json' with { type: 'json' }
import { minutesBetween } from './lessons.ts'

const sameDay = (cell: string) => {
  const read = readDay(cell, past('9999-12-31'))
  return typeof read === 'string' ? cell : read.day
}
const sameTime = (cell: string) => timeOf(cell) ?? cell
export const courseColumns: readonly Column[] = [
  { key: 'course', headers: ['Corso', 'Titolo del corso', 'Course'] },
  { key: 'date', headers: ['Data', 'Giorno', 'Data lezione', 'Date'], same: sameDay },
  { key: 'hours', headers: ['Ore', 'Ore frequentate', 'Hours'] },
  { key: 'time_in', headers: ['Entrata', 'Ora entrata', 'In'], same: sameTime },
  { key: 'time_out', headers: ['Uscita', 'Ora uscita', 'Out'], same: sameTime },
  { key: 'entry_level', headers: ['Livello ingresso', 'Livello in ingresso', 'Entry level'] },
  { key: 'course_hours', headers: ['Ore del corso', 'Ore previste', 'Durata del corso', 'Course hours'] },
  { key: 'places', headers: ['Posti', 'Capienza', 'Posti disponibili', 'Places'] },
  { key: 'exit_level', headers: ['Livello uscita', 'Livello in uscita', 'Exit level'] },
]

/** `14.30`, `14:30`, `9`, and the fraction of a day a spreadsheet keeps. */
export function timeOf(cell: string): string | undefined {
  const fraction = /^0?[.,]\d+$/.test(cell) ? Math.round(Number(cell.replace(',', '.')) * 1440) : undefined
  const found = fraction === undefined ? /^(\d{1,2})(?:[.:,h ]\s*(\d{2}))?(?::\d{2})?$/i.exec(cell.trim()) : null
  const [hour, minute] =
    fraction === undefined
      ? [Number(found?.[1] ?? Number.NaN), Number(found?.[2] ?? 0)]
      : [Math.floor(fraction / 60), fraction % 60]
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined
}

/** `2`, `2,5`, `2h`, `2:30`. */
export function minutesOfHours(cell: string): number | undefined {
  const clock = /^(\d{1,2}):(\d{2})$/.exec(cell.trim())
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const found = /^(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|ore|ora|hours?)?$/i.exec(cell.trim())
  return found ? Math.round(Number((found[1] as string).replace(',', '.')) * 60) : undefined
}

const levelBook = new Map(
  list.items.flatMap(({ code, it, en }) => [code, it, en].map((word) => [folded(word), code] as const)),
)
/** `A1`, `Pre-A1`, `alfa`, `livello A2`, `A1.2`. */
export function levelOf(cell: string): string | undefined {
  const words = folded(cell).replace(/^(livello|level) /, '')
  if (/^alfa/.test(words)) return 'ALFA'
  if (/^pre ?a ?1/.test(words)) return 'PRE_A1'
  return levelBook.get(words) ?? levelBook.get((/^[abc][12]/.exec(words.replace(' ', '')) ?? [''])[0])
}

export type AttendanceSaid = {
  course: string
  on: string
  minutes: number
  from: string | null
  to: string | null
  entry: string | null
  exit: string | null
  /** Of the course itself, if the register says so. */
  course_hours: number | null
  places: number | null
}

export function readAttendance(cells: Cells, today: string): { said?: AttendanceSaid; problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const wrong = (column: string, problem: CellProblem['problem']) => {
    problems.push({ column, problem })
  }
  const course = (cells.course ?? '').slice(0, 160)
  if (!course) wrong('course', 'courses.error.register_course')
  const read = cells.date ? readDay(cells.date, past(today)) : 'not_a_day'
  const on = typeof read === 'object' && read.precision === 'day' ? read.day : undefined
  if (!cells.date) wrong('date', 'kernel.form.required')
  else if (!on) wrong('date', 'kernel.form.not_a_day')
  else if (on > today) wrong('date', 'courses.error.register_future')
  const [from, to] = [cells.time_in ? timeOf(cells.time_in) : null, cells.time_out ? timeOf(cells.time_out) : null]
  if (from === undefined) wrong('time_in', 'kernel.form.not_a_time')
  if (to === undefined) wrong('time_out', 'kernel.form.not_a_time')
  const between = from && to ? minutesBetween(from, to) : undefined
  if (between !== undefined && between <= 0) wrong('time_out', 'courses.error.out_before_in')
  const minutes = cells.hours ? minutesOfHours(cells.hours) : between
  if (minutes === undefined || minutes < 0 || minutes > 600) wrong('hours', 'courses.error.register_hours')
  const level = (key: string) => {
    const found = cells[key] ? levelOf(cells[key]) : null
    if (found === undefined) wrong(key, 'courses.error.register_level')
    return found ?? null
  }
  const [entry, exit] = [level('entry_level'), level('exit_level')]
  const number = (key: string, most: number) => {
    const cell = cells[key] ?? ''
    if (cell === '') return null
    const found = /^\d{1,4}(?:[.,]0+)?(?: ?(?:h|ore|posti))?$/i.test(cell.trim()) ? Number.parseInt(cell, 10) : 0
    if (found < 1 || found > most) wrong(key, 'courses.error.register_number')
    return found
  }
  const [course_hours, places] = [number('course_hours', 1000), number('places', 500)]
  if (problems.length > 0) return { problems }
  const whole = between !== undefined && between === minutes
  return {
    said: {
      course,
      on: on as string,
      minutes: minutes as number,
      from: whole ? (from as string) : null,
      to: whole ? (to as string) : null,
      entry,
      exit,
      course_hours,
      places,
    },
    problems,
  }
}
