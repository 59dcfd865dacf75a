/** A title of stay as registers write it: label, code or free words; what cannot be mapped alone is for a person to decide. */
import { folded } from '../../kernel/cells.ts'
import { permitList, undecidedKind } from '../codes.ts'
import words from '../lists/register-words.json' with { type: 'json' }

export type TitleRead = { kind: string; status: string | null; as_written: string | null }

const small = new Set(words.title_small.split('|').flatMap((phrase) => phrase.split(' ')))
const bare = (text: string) =>
  text
    .split(' ')
    .filter((word) => !small.has(word))
    .join(' ')

/** Every wording of a kind, whole and without small words; one that means two kinds means neither. */
const book = new Map<string, string>()
const twice = new Set<string>()
for (const { code, it, en, aliases = [] } of permitList)
  for (const wording of [
    code.replaceAll('_', ' '),
    it,
    en,
    ...aliases,
    it.replace(/\([^)]*\)/g, ''),
    en.replace(/\([^)]*\)/g, ''),
  ])
    for (const key of new Set([folded(wording), bare(folded(wording))])) {
      if (key === '') continue
      if (book.has(key) && book.get(key) !== code) twice.add(key)
      book.set(key, code)
    }
for (const key of twice) book.delete(key)

const statuses = words.title_status.map(([status, phrases]) => ({
  status: status as string,
  phrase: new RegExp(`\\b(?:${phrases})\\b`),
}))

const no_permit = new Set(words.no_permit)
const not_needed = new Set([...words.no_title_needed, ...words.not_said])

/** «Senza», «irregolare»: nobody's register is to say it of a person, so it is as if nothing had been written (domain.md §3.4). */
export const saysNoPermit = (cell: string) =>
  no_permit.has(folded(cell)) ||
  /^(?:senza|priv[oa] di|without|no) (?:\S+ )?(?:titolo|permesso|documenti|permit|title|pds|papers|documents)\b/.test(
    folded(cell),
  )

/** @returns null when no title is meant: an empty cell, or a citizen who needs none */
export function readTitle(cell: string): TitleRead | null {
  const text = folded(cell)
  if (text === '' || not_needed.has(text) || saysNoPermit(cell)) return null
  const whole = kindOf(text)
  if (whole) return { kind: whole, status: null, as_written: whole === undecidedKind ? cell : null }
  const found = statuses.find(({ phrase }) => phrase.test(text))
  const rest = found ? text.replace(found.phrase, ' ').replace(/\s+/g, ' ').trim() : text
  const kind = kindOf(rest) ?? undecidedKind
  return { kind, status: found?.status ?? null, as_written: kind === undecidedKind ? cell : null }
}

const kindOf = (text: string) => book.get(text) ?? book.get(bare(text))
