/** Papers are read back with a reader that is not the writer: poppler. */
import { spawnSync } from 'node:child_process'

function poppler(program: string, pdf: Uint8Array, args: string[]) {
  const { stdout, status, stderr } = spawnSync(program, args, { input: pdf, maxBuffer: 200_000_000 })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
  return stdout
}

/** What `pdfinfo` says: `{ Tagged: 'yes', Title: … }`. */
export function infoOf(pdf: Uint8Array): Record<string, string> {
  const lines = poppler('pdfinfo', pdf, ['-']).toString().split('\n')
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
}

/** The tree a screen reader walks. */
export const structureOf = (pdf: Uint8Array) => poppler('pdfinfo', pdf, ['-struct-text', '-']).toString()

export const textOf = (pdf: Uint8Array) => poppler('pdftotext', pdf, ['-layout', '-', '-']).toString()

/** Without spaces, line ends and the marks of direction: whole words are found, however they were laid out. */
export const lettersOf = (pdf: Uint8Array) => bare(poppler('pdftotext', pdf, ['-', '-']).toString())
export const bare = (text: string) => text.replaceAll(/[\s\u200e\u200f\u2066-\u2069\u202a-\u202e]/g, '')

/** A page in shades of grey, one byte each. */
export function pictureOf(pdf: Uint8Array, { page = 1, dpi = 150 } = {}) {
  const pgm = poppler(
    'pdftoppm',
    pdf,
    ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), '-', '-'].slice(0, -1),
  )
  const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(pgm.toString('latin1', 0, 40))
  if (!head) throw new Error('pdftoppm gave no picture')
  return { width: Number(head[1]), height: Number(head[2]), grey: new Uint8Array(pgm.subarray(head[0].length)) }
}
