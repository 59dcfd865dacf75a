/** What a row knows more than the person it belongs to. */
import { folded } from '../../kernel/cells.ts'
import { undecidedKind } from '../codes.ts'
import { titleNumber } from '../sound/numbers.ts'
import type { KnownName, KnownTitle } from '../store/registers.ts'
import type { SaidTitle } from './register-cells.ts'

const wordsOf = ({ surname, given }: Pick<KnownName, 'surname' | 'given'>) =>
  folded(`${surname} ${given}`).split(' ').sort().join(' ')
/** The same words in whatever order and cell: nothing new to keep. */
export const sameWords = (one: Pick<KnownName, 'surname' | 'given'>, other: Pick<KnownName, 'surname' | 'given'>) =>
  (one.surname === other.surname && one.given === other.given) || wordsOf(one) === wordsOf(other)

/** A name in Latin letters, then one in two cells, is the better one to show. */
export const worth = ({ surname, given, script }: Pick<KnownName, 'surname' | 'given' | 'script'>) =>
  (script === 'Latn' ? 2 : 0) + (surname && given ? 1 : 0)

/** Is it the same title, and does the row say more of it? @returns the title as known now, or undefined when nothing is new */
export function completedTitle(known: KnownTitle, said: SaidTitle): 'other' | 'known' | Omit<KnownTitle, 'id'> {
  if (!isSame(known, said)) return 'other'
  const seen_on = known.seen_on ?? said.seen_on
  const more = {
    kind: known.kind === undecidedKind ? said.kind : known.kind,
    status: known.seen_on || !said.seen_on ? known.status : said.status,
    number: known.number ?? said.number,
    expires_on: known.expires_on ?? said.expires_on,
    seen_on,
    as_written: known.as_written ?? said.as_written,
  }
  const { id: _, ...before } = known
  return Object.entries(more).every(([field, value]) => before[field as keyof typeof more] === value) ? 'known' : more
}

function isSame(known: KnownTitle, said: SaidTitle) {
  const numbers = [known.number && titleNumber(known.number), said.number && titleNumber(said.number)]
  if (numbers[0] && numbers[0] === numbers[1]) return true
  if (numbers[0] && numbers[1]) return false
  const expiries_meet = known.expires_on === said.expires_on || known.expires_on === null || said.expires_on === null
  return expiries_meet && (known.kind === said.kind || (known.kind === undecidedKind && known.as_written === null))
}
