/** Who is who in an attendance file, and which names must not be read by everybody. */
import { folded } from '../../kernel/cells.ts'

const partsOf = (name: string) => folded(name).split(' ').filter(Boolean).toSorted().join(' ')

type Known = { id: string; name: string; email: string }
/** By address first, then by name in whatever order; two of the same name are nobody. */
export function finderOf<Person extends Known>(people: readonly Person[]) {
  const by_email = new Map(people.filter(({ email }) => email).map((one) => [one.email.toLowerCase(), one]))
  const by_name = Map.groupBy(people, ({ name }) => partsOf(name))
  return ({ name, email }: { name: string; email: string }) => {
    const found = by_email.get(email.toLowerCase())
    if (found) return found
    const same = by_name.get(partsOf(name)) ?? []
    return same.length === 1 ? same[0] : undefined
  }
}

/** The names of people that stand in a text as whole words, surname and given name both. */
export function namesIn(text: string, names: readonly string[]) {
  const words = new Set(folded(text).split(' '))
  return names.filter((name) => {
    const parts = folded(name).split(' ').filter(Boolean)
    return parts.length > 1 && parts.every((part) => words.has(part))
  })
}
