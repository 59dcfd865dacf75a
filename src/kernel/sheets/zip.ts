/** The little of ZIP that a workbook needs. Sizes are checked before anything is opened and again while it is. */
import { inflateRawSync } from 'node:zlib'
import { NotASheet } from './not-a-sheet.ts'

const most_opened = 200 * 1024 * 1024
const most_parts = 2000

const broken = () => new NotASheet('kernel.sheet.broken')
type Part = { method: number; packed: number; size: number; at: number }

/** The parts of an archive by name, each opened when it is asked for. */
export function openZip(bytes: Uint8Array) {
  const parts = directory(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const whole = [...parts.values()].reduce((sum, { size }) => sum + size, 0)
  if (parts.size > most_parts || whole > most_opened) throw new NotASheet('kernel.sheet.opens_too_large')
  return {
    has: (name: string) => parts.has(name),
    text(name: string) {
      const part = parts.get(name)
      return part ? new TextDecoder().decode(contents(bytes, part)) : undefined
    },
  }
}

function directory(view: DataView) {
  try {
    const end = endOf(view)
    const count = view.getUint16(end + 10, true)
    const parts = new Map<string, Part>()
    let at = view.getUint32(end + 16, true)
    for (let number = 0; number < count; number++) {
      if (view.getUint32(at, true) !== 0x02014b50) throw broken()
      const [name_length, extra, comment] = [
        view.getUint16(at + 28, true),
        view.getUint16(at + 30, true),
        view.getUint16(at + 32, true),
      ]
      const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, name_length))
      parts.set(name.replace(/^\//, ''), {
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      })
      at += 46 + name_length + extra + comment
    }
    return parts
  } catch (error) {
    throw error instanceof NotASheet ? error : broken()
  }
}

/** The last record of the archive; a comment may follow it. */
function endOf(view: DataView) {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  throw broken()
}

function contents(bytes: Uint8Array, { method, packed, size, at }: Part) {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (view.getUint32(at, true) !== 0x04034b50) throw broken()
    const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
    const raw = bytes.subarray(from, from + packed)
    // A part that opens larger than it says stops here.
    return method === 0 ? raw : inflateRawSync(raw, { maxOutputLength: Math.max(size, 1) })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new NotASheet('kernel.sheet.opens_too_large')
    throw broken()
  }
}
