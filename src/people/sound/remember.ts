// A register of a hundred thousand rows holds some ten thousand different words.
const KEPT = 20_000

/** The same question is asked of the same word thousands of times in one import: answer it once. */
export function remember<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const now = answer(text)
    if (known.size >= KEPT) known.clear()
    known.set(text, now)
    return now
  }
}
