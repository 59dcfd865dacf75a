/** How many steps surely fit on a sheet: every page carries its own mark, so none may run on to the next. */

/** In half-width letters: a Chinese sign takes the room of two. */
const room = (text: string) => [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0)
export const linesOf = (texts: readonly string[], letters: number) =>
  Math.max(1, ...texts.map((text) => Math.ceil(room(text) / letters)))

/** Things of some lines each on sheets of so many lines; the first sheet may have less room. */
export function packed<Thing>(
  things: readonly Thing[],
  lines: (thing: Thing) => number,
  first: number,
  others: number,
) {
  const sheets: Thing[][] = [[]]
  let left = first
  for (const thing of things) {
    const needed = lines(thing)
    if (needed > left && (sheets.at(-1)?.length || left < others)) {
      sheets.push([])
      left = others
    }
    sheets.at(-1)?.push(thing)
    left -= needed
  }
  return sheets
}
