/** What has changed in the source since a translation was made, word by word. */
export type Piece = { kind: 'same' | 'gone' | 'new'; text: string }

const words = new Intl.Segmenter('it', { granularity: 'word' })
const cut = (text: string) => [...words.segment(text)].map(({ segment }) => segment)

/** Longest common subsequence; very long texts are compared line by line, so that a page never takes seconds. */
export function changesBetween(before: string, after: string): Piece[] {
  if (before === after) return after === '' ? [] : [{ kind: 'same', text: after }]
  const fine = before.length + after.length < 8000
  const split = fine ? cut : (text: string) => text.split(/(?<=\n)/)
  return joined(pieces(split(before), split(after)))
}

function pieces(a: readonly string[], b: readonly string[]): Piece[] {
  const wide = b.length + 1
  const common = new Uint16Array((a.length + 1) * wide)
  const at = (i: number, j: number) => common[i * wide + j] as number
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * wide + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const found: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ kind: 'same', text: a[i] as string })
      i++
      j++
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      found.push({ kind: 'gone', text: a[i++] as string })
    else found.push({ kind: 'new', text: b[j++] as string })
  }
  return found
}

function joined(all: readonly Piece[]): Piece[] {
  const whole: Piece[] = []
  for (const piece of all) {
    const last = whole.at(-1)
    if (last?.kind === piece.kind) last.text += piece.text
    else whole.push({ ...piece })
  }
  return whole
}
