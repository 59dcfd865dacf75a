/**
 * Pictures are read from their bytes, never from their name. What cameras and programmes write beside the picture (the
 * place it was taken, the name of who took it) is left out before it is kept; only which side is up stays.
 */
import type { FileKind } from '../../kernel/files/kinds.ts'

export const pictureKinds = ['jpg', 'png', 'webp'] as const satisfies readonly FileKind[]
/** A page with a picture weighs 50 KB in all (issue D): its words, styles and script take up to 17 of them. */
export const most_bytes = 30_000
const widest = 4000

export type Picture = { kind: (typeof pictureKinds)[number]; width: number; height: number; bytes: Uint8Array }

/** Undefined for whatever is none of the three, is cut off, or is larger than a screen can show. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const picture = jpg(bytes, view) ?? png(bytes, view) ?? webp(bytes, view)
    if (!picture) return undefined
    const { width, height } = picture
    return width >= 1 && height >= 1 && width <= widest && height <= widest ? picture : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const word = (bytes: Uint8Array, at: number, length = 4) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(length, bytes.length - at)).toString('latin1')
const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

// --- JPEG: segments after FFD8, each with its length; the picture itself after FFDA ----------------------------------

function jpg(bytes: Uint8Array, view: DataView): Picture | undefined {
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let size: { width: number; height: number } | undefined
  let turned = 1
  for (let at = 2; ; ) {
    const marker = view.getUint16(at)
    if (marker < 0xff01) return undefined
    if (marker === 0xffda) {
      if (!size || word(bytes, bytes.length - 2, 2) !== '\xff\xd9') return undefined
      kept.push(bytes.subarray(at))
      break
    }
    const length = view.getUint16(at + 2)
    const segment = bytes.subarray(at, at + 2 + length)
    if (length < 2 || segment.length < 2 + length) return undefined
    if (isFrame(marker)) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker === 0xffe1) turned = orientationIn(segment) ?? turned
    // JFIF and Adobe's note on colours are needed to draw it; the other notes and comments are not.
    else if (marker <= 0xffe0 || marker === 0xffee) kept.push(segment)
    at += 2 + length
  }
  if (turned !== 1) kept.splice(1, 0, onlyOrientation(turned))
  const { width, height } = size
  // From the fifth on the picture lies on its side.
  return { kind: 'jpg', bytes: joined(kept), ...(turned > 4 ? { width: height, height: width } : { width, height }) }
}
const isFrame = (marker: number) => marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)

function orientationIn(segment: Uint8Array) {
  if (word(segment, 4) !== 'Exif') return undefined
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.length - 10)
  const little = tiff.getUint16(0) === 0x4949
  const first = tiff.getUint32(4, little)
  for (let entry = 0; entry < tiff.getUint16(first, little); entry++) {
    const at = first + 2 + entry * 12
    if (tiff.getUint16(at, little) !== 0x0112) continue
    const value = tiff.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
const onlyOrientation = (value: number) =>
  new Uint8Array([
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0],
  ])

// --- PNG: chunks of length, name, data, sum --------------------------------------------------------------------------

function png(bytes: Uint8Array, view: DataView): Picture | undefined {
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47 || word(bytes, 12) !== 'IHDR') return undefined
  const kept: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; ; ) {
    const length = view.getUint32(at)
    const chunk = bytes.subarray(at, at + 12 + length)
    if (chunk.length < 12 + length) return undefined
    const name = word(bytes, at + 4)
    if (!/^(tEXt|zTXt|iTXt|eXIf|tIME|acTL|fcTL|fdAT)$/.test(name)) kept.push(chunk)
    if (name === 'IEND') break
    at += 12 + length
  }
  return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20), bytes: joined(kept) }
}

// --- WebP: a RIFF of chunks; which of three kinds the first says ------------------------------------------------------

function webp(bytes: Uint8Array, view: DataView): Picture | undefined {
  if (word(bytes, 0) !== 'RIFF' || word(bytes, 8) !== 'WEBP') return undefined
  const kept: Uint8Array[] = []
  let size: { width: number; height: number } | undefined
  for (let at = 12; at < bytes.length; ) {
    const name = word(bytes, at)
    const length = view.getUint32(at + 4, true)
    const padded = length + (length % 2)
    const chunk = bytes.slice(at, at + 8 + padded)
    if (chunk.length < 8 + length) return undefined
    if (name === 'VP8X') {
      // It no longer carries what is left out; nothing moves.
      chunk[8] = (chunk[8] as number) & ~(0x08 | 0x04 | 0x02)
      size = { width: three(view, at + 12) + 1, height: three(view, at + 15) + 1 }
    } else if (name === 'VP8 ')
      size ??= { width: view.getUint16(at + 14, true) & 0x3fff, height: view.getUint16(at + 16, true) & 0x3fff }
    else if (name === 'VP8L') {
      const bits = view.getUint32(at + 9, true)
      size ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    if (['ANIM', 'ANMF'].includes(name)) return undefined
    if (['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP'].includes(name)) kept.push(chunk)
    at += 8 + padded
  }
  if (!size || !kept.some((chunk) => /^VP8[ L]$/.test(word(chunk, 0)))) return undefined
  const inside = joined(kept)
  const head = Buffer.alloc(12)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(inside.length + 4, 4)
  head.write('WEBP', 8, 'latin1')
  return { kind: 'webp', ...size, bytes: joined([head, inside]) }
}
const three = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
