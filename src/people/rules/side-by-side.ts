/** Two files of perhaps one person, laid beside each other. */
export type Agreement = 'agrees' | 'differs' | null

/** Something known of both: do they share it? Nothing is said when only one of them has it. */
export function agreement(one: readonly string[], other: readonly string[]): Agreement {
  if (one.length === 0 || other.length === 0) return null
  return one.some((value) => other.includes(value)) ? 'agrees' : 'differs'
}
