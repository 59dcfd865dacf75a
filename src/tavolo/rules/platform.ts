/** The attendance file of a meeting platform (Teams, Zoom, Meet, Webex, Jitsi), in whatever language it was exported. */
import { folded } from '../../kernel/cells.ts'

export type Logged = { name: string; email: string; minutes: number | null }

const names = [
  'nome',
  'nome completo',
  'nome e cognome',
  'nome partecipante',
  'partecipante',
  'name',
  'full name',
  'participant',
  'participant name',
  'name original name',
  'nome nome originale',
  'nom',
  'nom complet',
  'nombre',
  'nombre completo',
  'display name',
  'user name',
  'nome utente',
  'name vollstandiger',
  'vollstandiger name',
  'teilnehmer',
  'attendee',
  'attendee name',
  'first name',
]
const surnames = ['cognome', 'last name', 'surname', 'nom de famille', 'apellidos', 'nachname']
const emails = [
  'email',
  'e mail',
  'posta elettronica',
  'indirizzo e mail',
  'indirizzo email',
  'email address',
  'user email',
  'e mail utente',
  'email utente',
  'adresse e mail',
  'correo electronico',
  'participant id upn',
  'id partecipante upn',
  'attendee email',
  'adresse electronique',
]
const durations = [
  'durata',
  'durata minuti',
  'durata riunione',
  'in meeting duration',
  'durata nella riunione',
  'duration',
  'duration minutes',
  'total duration minutes',
  'duree',
  'duracion',
  'dauer',
  'time in call',
  'durata totale minuti',
  'attendance duration',
  'tempo di partecipazione',
  'duracion minutos',
  'duree minutes',
]

/** @returns undefined when no row is a header with names */
export function readPlatformFile(sheets: readonly { rows: readonly (readonly string[])[] }[]): Logged[] | undefined {
  for (const { rows } of sheets) {
    const head = rows.findIndex((row) => columnOf(row, names) >= 0 && row.length > 1)
    const only = head < 0 ? rows.findIndex((row) => columnOf(row, names) >= 0) : head
    if (only < 0) continue
    const found = readRows(rows, only)
    if (found.length > 0) return found
  }
  return undefined
}

const columnOf = (row: readonly string[], wanted: readonly string[]) =>
  row.findIndex((cell) => wanted.includes(folded(cell.replaceAll(/\([^)]*\)/g, ' '))) || wanted.includes(folded(cell)))

function readRows(rows: readonly (readonly string[])[], head: number) {
  const header = rows[head] as readonly string[]
  const [name, surname, email, duration] = [names, surnames, emails, durations].map((wanted) =>
    columnOf(header, wanted),
  ) as [number, number, number, number]
  const people = new Map<string, Logged>()
  for (const row of rows.slice(head + 1)) {
    const cell = (at: number) => (at >= 0 ? (row[at] ?? '').trim() : '')
    const whole = [cell(name), cell(surname)].filter(Boolean).join(' ')
    // "Anna Rossi (Comune di Lodi)", "Anna Rossi (ospite)": what is in brackets is no name.
    const said = whole.replaceAll(/\s*[([][^)\]]*[)\]]/g, '').trim()
    // Where Teams' second table ends, a line of one cell or a number begins another.
    if (said === '' || /^\d+[.)]?\s/.test(said) || row.filter((one) => one !== '').length < 2) {
      if (people.size > 0 && row.filter((one) => one !== '').length < 2 && header.length > 1) break
      if (header.length > 1) continue
    }
    const address = /[^\s<>]+@[^\s<>]+/.exec(cell(email))?.[0].toLowerCase() ?? ''
    const key = address || folded(said)
    if (key === '') continue
    const minutes = minutesIn(cell(duration))
    const before = people.get(key)
    // Whoever fell out and came back is one person, there for the sum.
    people.set(key, {
      name: before?.name ?? said,
      email: address,
      minutes: minutes === null ? (before?.minutes ?? null) : (before?.minutes ?? 0) + minutes,
    })
  }
  return [...people.values()]
}

/** `1h 23m 5s`, `1 ora 23 min`, `01:23:05`, `83`: whole minutes, or null. */
export function minutesIn(text: string): number | null {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim())
  if (clock) return Math.min(1440, Number(clock[1]) * 60 + Number(clock[2]))
  const hours = /(\d+)\s*(?:h|or[ae]|hours?|heures?|horas?|std)/i.exec(text)
  const rest = /(\d+)\s*(?:m|min)/i.exec(text)
  const seconds = /(\d+)\s*s/i.exec(text)
  if (hours || rest || seconds)
    return Math.min(1440, Number(hours?.[1] ?? 0) * 60 + Number(rest?.[1] ?? 0) + (!hours && !rest ? 1 : 0))
  return /^\d{1,4}$/.test(text.trim()) ? Math.min(1440, Number(text)) : null
}
