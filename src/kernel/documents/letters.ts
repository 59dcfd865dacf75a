/**
 * The letters our papers can be set in: Amiri for Arabic, Persian and Urdu (Noto Arabic is read back garbled), Noto for the
 * others. PDF/UA refuses a letter without a shape, and the fonts of the machine must not decide what a paper looks like.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const families = {
  'noto-sans': ['NotoSans', '400Regular', '700Bold', '400Regular_Italic'],
  amiri: ['Amiri', '400Regular', '700Bold'],
  'noto-sans-bengali': ['NotoSansBengali', '400Regular', '700Bold'],
  'noto-sans-gurmukhi': ['NotoSansGurmukhi', '400Regular', '700Bold'],
  'noto-sans-devanagari': ['NotoSansDevanagari', '400Regular', '700Bold'],
  'noto-sans-sinhala': ['NotoSansSinhala', '400Regular', '700Bold'],
  'noto-sans-ethiopic': ['NotoSansEthiopic', '400Regular', '700Bold'],
  'noto-sans-sc': ['NotoSansSC', '400Regular', '700Bold'],
} as const

const packages = createRequire(import.meta.url)
const fonts = Object.entries(families).flatMap(([name, [file, ...weights]]) => {
  const folder = dirname(packages.resolve(`@expo-google-fonts/${name}/package.json`))
  return weights.map((weight) => ({
    folder: join(folder, weight),
    file: join(folder, weight, `${file}_${weight}.ttf`),
    weight,
  }))
})

export const fontFolders = fonts.map(({ folder }) => folder)

/** Code points that have a shape in one of the fonts. */
export function coveredLetters() {
  const covered = new Set<number>()
  for (const { file, weight } of fonts)
    if (weight === '400Regular') for (const point of codePoints(readFileSync(file))) covered.add(point)
  return covered
}

/** The table `cmap` of a TrueType font: formats 4 (segments) and 12 (groups). */
function* codePoints(font: Buffer) {
  const cmap = tableAt(font, 'cmap')
  for (let at = 0; at < font.readUInt16BE(cmap + 2); at++) {
    const sub = cmap + font.readUInt32BE(cmap + 8 + at * 8)
    const format = font.readUInt16BE(sub)
    if (format === 12) yield* groups(font, sub)
    if (format === 4) yield* segments(font, sub)
  }
}

function tableAt(font: Buffer, name: string) {
  for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16)
    if (font.toString('latin1', at, at + 4) === name) return font.readUInt32BE(at + 8)
  throw new Error(`a font without ${name}`)
}

function* groups(font: Buffer, sub: number) {
  const count = font.readUInt32BE(sub + 12)
  for (let at = sub + 16; at < sub + 16 + count * 12; at += 12)
    for (let point = font.readUInt32BE(at); point <= font.readUInt32BE(at + 4); point++) yield point
}

function* segments(font: Buffer, sub: number) {
  const doubled = font.readUInt16BE(sub + 6)
  const [ends, starts] = [sub + 14, sub + 16 + doubled]
  const [deltas, offsets] = [starts + doubled, starts + 2 * doubled]
  for (let at = 0; at < doubled; at += 2) {
    const [start, end] = [font.readUInt16BE(starts + at), font.readUInt16BE(ends + at)]
    const offset = font.readUInt16BE(offsets + at)
    for (let point = start; point <= end && point !== 0xffff; point++) {
      const glyph =
        offset === 0
          ? (point + font.readUInt16BE(deltas + at)) & 0xffff
          : font.readUInt16BE(offsets + at + offset + 2 * (point - start))
      if (glyph !== 0) yield point
    }
  }
}
