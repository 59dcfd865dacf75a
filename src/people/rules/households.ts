import type { Problems } from '../../kernel/errors.ts'
import type { GuardianInput } from '../forms/households.ts'

/** Of a member, seen from the person the household was opened with. */
export const relations = ['partner', 'child', 'parent', 'sibling', 'relative', 'other'] as const
/** What a member is for another: the household says what each is for its first person; null where that does not tell. */
export function relationTo(own: string | null, member: string) {
  if (own === null || own === 'first') return member
  if (member !== 'first') return own === 'child' && member === 'child' ? 'sibling' : null
  return own === 'child' ? 'parent' : own === 'parent' ? 'child' : own
}

/** In the order in which they sign: who was appointed comes before who is there by birth. */
export const guardianRoles = ['tutore', 'comune', 'parent', 'other'] as const

const FULL_AGE = 18
/** From here on a minor may be written to alone about information and appointments (domain.md §6.4). */
const MAY_BE_WRITTEN_TO = 14

export const yearsOn = (born: string, day: string) =>
  Temporal.PlainDate.from(born).until(day, { largestUnit: 'year' }).years
export const isMinor = (born: string | null, day: string) => born !== null && yearsOn(born, day) < FULL_AGE
export const mayBeWrittenTo = (born: string | null, day: string) =>
  born === null || yearsOn(born, day) >= MAY_BE_WRITTEN_TO

/** The first day on which somebody signs for themselves. */
export function ofAgeOn(born: string) {
  const day = Temporal.PlainDate.from(born).add({ years: FULL_AGE })
  return (isMinor(born, day.toString()) ? day.add({ days: 1 }) : day).toString()
}

export const signsFirst = (a: { role: string; since: string }, b: { role: string; since: string }) =>
  guardianRoles.indexOf(a.role as 'parent') - guardianRoles.indexOf(b.role as 'parent') ||
  a.since.localeCompare(b.since)

export function guardianErrors(
  input: GuardianInput,
  { born, guardian_born, today }: { born: string | null; guardian_born: string | null | undefined; today: string },
): Problems<GuardianInput> {
  return {
    ...(born && !isMinor(born, today) && { form: 'people.error.not_a_minor' as const }),
    ...(guardian_born !== undefined &&
      isMinor(guardian_born, today) && { guardian_id: 'people.error.signs_as_minor' as const }),
    ...(!input.guardian_id && !input.name && { name: 'people.error.who_signs' as const }),
    ...(input.role === 'comune' && !input.comune && { comune: 'people.error.which_comune' as const }),
    ...(!input.guardian_id && !input.phone && !input.email && { phone: 'people.error.no_contact' as const }),
  }
}
