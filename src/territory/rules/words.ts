/** What a register writes is compared without case, accents, punctuation or doubled spaces. */
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Every folded word → its code; a word that means two codes means neither. */
export function wordBook<Code extends string>(entries: Iterable<readonly [Code, Iterable<string>]>) {
  const book = new Map<string, Code>()
  const twice = new Set<string>()
  for (const [code, words] of entries)
    for (const word of words) {
      const key = fold(word)
      if (book.has(key) && book.get(key) !== code) twice.add(key)
      book.set(key, code)
    }
  for (const key of twice) book.delete(key)
  return (text: string): Code | undefined => book.get(fold(text))
}
