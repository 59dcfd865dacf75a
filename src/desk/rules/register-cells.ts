/** What a row of the desk's register says of a visit, besides the person. */
import { folded, past, readDay, readWhole } from '../../kernel/cells.ts'
import type { Problem } from '../../kernel/errors.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import { needList, openingKinds, outcomes } from '../codes.ts'
import columns from '../lists/register-columns.json' with { type: 'json' }
import words from '../lists/register-words.json' with { type: 'json' }

type OpeningKind = (typeof openingKinds)[number]
type Outcome = (typeof outcomes)[number]

export type VisitSaid = {
  on: string
  desk: OpeningKind
  needs: string[]
  outcome: Outcome
  minutes: number | null
  notes: string[]
  sent_to: string | null
}
export type VisitRead = { said: VisitSaid | null; problems: CellProblem[]; remarks: CellProblem[] }

/** Days before today's date are enough to tell 1925 from 2025: a register is of these years. */
const sameDay = (cell: string) => {
  const read = readDay(cell, (year) => 2000 + year)
  return typeof read === 'object' ? read.day : cell
}
export const visitColumnsBefore: readonly Column[] = columns.before.map((column) =>
  column.key === 'date' ? { ...column, same: sameDay } : column,
)
export const visitColumnsAfter: readonly Column[] = columns.after.map((column) =>
  column.key === 'notes' ? { ...column, spreads: true } : column,
)

/** Every code, label and other word of a need; one that means two means neither. */
const needs = new Map<string, string>()
const twice = new Set<string>()
for (const { code, it, en, aliases = [] } of needList)
  for (const word of new Set([code, it, en, ...aliases].map(folded))) {
    // A group and one of its needs may be called alike: the need is meant.
    if (needs.has(word) && !code.startsWith(`${needs.get(word)}.`)) twice.add(word)
    needs.set(word, code)
  }
for (const word of twice) needs.delete(word)

const other = 'ALT'
const kinds = words.desk.map(([kind, pattern]) => ({
  kind: kind as OpeningKind,
  pattern: new RegExp(`\\b(?:${pattern})`),
}))
const ends = words.outcome.map(([outcome, pattern]) => ({
  outcome: outcome as Outcome,
  pattern: new RegExp(`\\b(?:${pattern})`),
}))

export function readVisit(cells: Cells, project: { starts_on: string; ends_on: string }, today: string): VisitRead {
  const problems: CellProblem[] = []
  const remarks: CellProblem[] = []
  const notes: string[] = []
  const note = (column: string, problem: Problem, kept?: string) => {
    remarks.push({ column, problem })
    if (kept) notes.push(kept)
  }
  const wrong = (column: string, problem: Problem) => void problems.push({ column, problem })

  const on = visitDay(cells.date ?? '', project, today)
  if (typeof on !== 'string') wrong('date', on.problem)
  const minutes = cells.minutes ? readWhole(cells.minutes) : undefined
  const possible = minutes !== undefined && minutes >= 1 && minutes <= 480
  if (cells.minutes && !possible && minutes !== 0) note('minutes', 'desk.register.minutes', cells.minutes)
  const desk = readDesk(cells.desk ?? '', (problem) => note('desk', problem, cells.desk))
  const asked = readNeeds(cells.needs ?? '', (problem, word) => note('needs', problem, word))
  const outcome = readOutcome(cells.outcome ?? '', (problem) => note('outcome', problem, cells.outcome))
  if (cells.notes) notes.push(cells.notes)
  if (problems.length > 0 || typeof on !== 'string') return { said: null, problems, remarks }
  return {
    said: {
      on,
      desk,
      needs: asked,
      outcome,
      minutes: possible ? (minutes as number) : null,
      notes,
      sent_to: outcome === 'sent' ? sentTo(cells.outcome ?? '') : null,
    },
    problems,
    remarks,
  }
}

/** Never a day in the future or outside the project. */
function visitDay(
  cell: string,
  { starts_on, ends_on }: { starts_on: string; ends_on: string },
  today: string,
): string | { problem: Problem } {
  const read = readDay(cell, past(today))
  if (read === 'none') return { problem: 'desk.register.no_day' }
  if (read === 'not_a_day' || read.precision === 'year') return { problem: 'desk.register.not_a_day' }
  if (read.day > today) return { problem: 'desk.register.day_to_come' }
  if (read.day < starts_on) return { problem: 'desk.register.before_project' }
  return read.day > ends_on ? { problem: 'desk.register.after_project' } : read.day
}

function readDesk(cell: string, unknown: (problem: Problem) => void): OpeningKind {
  const text = folded(cell)
  const exact = openingKinds.find((kind) => kind === text)
  const found = exact ?? kinds.find(({ pattern }) => pattern.test(text))?.kind
  if (!found) unknown('desk.register.unknown_desk')
  return found ?? 'foreigners'
}

/** Codes, labels and other words; first whole, since a label may have a comma in it, then word by word. */
function readNeeds(cell: string, unknown: (problem: Problem, word: string) => void): string[] {
  if (folded(cell) === '') return []
  const whole = needs.get(folded(cell))
  if (whole) return [whole]
  const found = cell
    .split(/\s*[,/;+\n]\s*/)
    .filter((word) => folded(word) !== '')
    .flatMap((word) => {
      const code =
        needs.get(folded(word)) ??
        needs.get(folded(word.replace(/^(?:per|richiesta(?: di)?|info(?:rmazioni)? su|aiuto per|for|about)\s+/i, '')))
      if (!code) unknown('desk.register.unknown_need', word)
      return code ?? other
    })
  return [...new Set(found)]
}

function readOutcome(cell: string, unknown: (problem: Problem) => void): Outcome {
  const text = folded(cell)
  const found =
    outcomes.find((outcome) => outcome.replace('_', ' ') === text) ??
    ends.find(({ pattern }) => pattern.test(text))?.outcome
  if (!found && text !== '') unknown('desk.register.unknown_outcome')
  // Nothing written: the visit was, and nobody said that something is still to do.
  return found ?? (text === '' ? 'solved' : 'in_progress')
}

/** «inviato a CPIA»: where to. */
const sentTo = (cell: string) => /\b(?:a|al|alla|all'|ai|to|presso)\s+(.{2,200})$/i.exec(cell)?.[1]?.trim() ?? null
