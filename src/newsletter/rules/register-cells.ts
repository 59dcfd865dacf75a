/** One row of a list somebody has kept: an address, and the proof that its owner agreed. */
import { ahead, folded, readDay } from '../../kernel/cells.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import { type Topic, topics } from '../codes.ts'

const sameDay = (cell: string) => {
  const read = readDay(cell, ahead)
  return typeof read === 'string' ? cell : read.day
}
export const subscriberColumns: readonly Column[] = [
  {
    key: 'email',
    headers: ['E-mail', 'Indirizzo e-mail', 'Posta elettronica', 'Mail'],
    same: (cell) => cell.toLowerCase(),
  },
  { key: 'name', headers: ['Nome', 'Name'] },
  { key: 'language', headers: ['Lingua', 'Language'] },
  { key: 'topics', headers: ['Argomenti', 'Topics'] },
  { key: 'consent_on', headers: ['Data del consenso', 'Consenso', 'Data consenso', 'Consent date'], same: sameDay },
  { key: 'consent_where', headers: ['Dove è il consenso', 'Dove', 'Prova del consenso', 'Fonte', 'Consent where'] },
]

export type SubscriberSaid = {
  email: string
  name: string
  language: string
  topics: Topic[]
  consent_on: string
  consent_where: string
}
type Finders = {
  address(text: string): string | undefined
  /** Undefined when it is none of the site's. */
  language(text: string): string | undefined
  today: string
}

export function readSubscriber(
  cells: Cells,
  { address, language, today }: Finders,
): { said?: SubscriberSaid; problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const need = (key: string) => {
    if (!cells[key]) problems.push({ column: key, problem: 'kernel.form.required' })
    return cells[key] ?? ''
  }
  const email = address(need('email'))
  if (cells.email && !email) problems.push({ column: 'email', problem: 'kernel.form.not_an_email' })
  const read = readDay(need('consent_on'), ahead)
  const on = typeof read === 'object' && read.precision === 'day' ? read.day : undefined
  if (cells.consent_on && !on) problems.push({ column: 'consent_on', problem: 'kernel.form.not_a_day' })
  else if (on && on > today) problems.push({ column: 'consent_on', problem: 'newsletter.error.register_future' })
  const reads = cells.language ? language(cells.language) : 'it'
  if (!reads) problems.push({ column: 'language', problem: 'newsletter.error.register_language' })
  const said = {
    email: email ?? '',
    name: (cells.name ?? '').slice(0, 80),
    language: reads ?? 'it',
    topics: topics.filter((topic) =>
      folded(cells.topics ?? '')
        .split(/[^a-z]+/)
        .includes(topic),
    ),
    consent_on: on ?? '',
    consent_where: need('consent_where').slice(0, 300),
  }
  return problems.length === 0 ? { said, problems } : { problems }
}
