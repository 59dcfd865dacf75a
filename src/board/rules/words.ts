/** Words as they are searched: without accents and vowel marks, in small letters, forgiving one wrong letter or two. */
const segmenters = new Map<string, Intl.Segmenter>()
function segmenter(lang: string) {
  let found = segmenters.get(lang)
  if (!found) {
    found = new Intl.Segmenter(lang, { granularity: 'word' })
    segmenters.set(lang, found)
  }
  return found
}

/** Vowel signs of Bengali, Gurmukhi and the like are letters of the word; marks of the other scripts are not. */
const marks = /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Greek}]\p{M}*)\p{M}/gu

export function folded(word: string) {
  return word
    .normalize('NFKD')
    .replaceAll(marks, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[آأإٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll('ـ', '')
    .replaceAll('ё', 'е')
    .replaceAll(/ß/g, 'ss')
    .replaceAll('ı', 'i')
}
// "The" is written to the Arabic word it belongs to.
const withoutArticle = (word: string) => (/^ال\p{Script=Arabic}{3,}/u.test(word) ? word.slice(2) : word)

export function wordsOf(text: string, lang: string): string[] {
  const found = new Set<string>()
  for (const { segment, isWordLike } of segmenter(lang).segment(text.slice(0, 20_000))) {
    if (!isWordLike) continue
    // "dell’ufficio" is one segment.
    for (const part of segment.split(/['’]/)) {
      const word = withoutArticle(folded(part)).slice(0, 40)
      if (word.length > 1 || /\p{Script=Han}|\d/u.test(word)) found.add(word)
    }
  }
  return [...found]
}

/** How many wrong letters a word of this length may have and still be meant. */
export const tolerance = (word: string) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2)

/** Damerau-Levenshtein, given up beyond `most`. */
export function distance(a: string, b: string, most: number) {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let two: number[] = []
  let one = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((one[j] as number) + 1, (row[j - 1] as number) + 1, (one[j - 1] as number) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (two[j - 2] as number) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > most) return most + 1
    two = one
    one = row
  }
  return one[b.length] as number
}

/** The words of the board that were probably meant: those nearest, all of them (*permeso*: permesso, permessi). */
export function nearWords(typed: string, all: readonly string[]) {
  const most = tolerance(typed)
  if (most === 0) return []
  return all
    .map((word) => ({
      word,
      away: Math.min(distance(typed, word, most), distance(typed, word.slice(0, typed.length), most)),
    }))
    .filter(({ away }) => away <= most)
    .sort((a, b) => a.away - b.away)
    .filter(({ away }, _, [nearest]) => away === nearest?.away)
    .slice(0, 12)
    .map(({ word }) => word)
}
