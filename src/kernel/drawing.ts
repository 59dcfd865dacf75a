/** A signature drawn with a finger: strokes on a field of 600 by 200, as the page sends them, and the picture they make. */
import { crc32, deflateSync } from 'node:zlib'

export const field = { width: 600, height: 200 }
type Point = readonly [x: number, y: number]

/** `12,80 14,82;300,40 310,44`: strokes, each a row of points. Undefined when that is no drawing, or hardly a dot. */
export function strokesOf(typed: string): Point[][] | undefined {
  if (!/^\d{1,3},\d{1,3}(?:[ ;]\d{1,3},\d{1,3})*$/.test(typed)) return undefined
  const strokes = typed
    .split(';')
    .map((stroke) => stroke.split(' ').map((point) => point.split(',').map(Number) as unknown as Point))
  const inside = strokes.flat().every(([x, y]) => x < field.width && y < field.height)
  return inside && lengthOf(strokes) >= shortest ? strokes : undefined
}
const shortest = 60
const lengthOf = (strokes: readonly Point[][]) =>
  strokes
    .flatMap((stroke) => stroke.slice(1).map(([x, y], at) => distance(stroke[at] as Point, [x, y])))
    .reduce((all, one) => all + one, 0)
const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])

/** A grey PNG, black on white. */
export function pictureOf(strokes: readonly Point[][]): Uint8Array {
  const rows = Array.from({ length: field.height }, () => new Uint8Array(field.width).fill(255))
  for (const stroke of strokes)
    for (const [at, point] of stroke.entries()) drawLine(rows, stroke[Math.max(0, at - 1)] as Point, point)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(field.width, 0)
  head.writeUInt32BE(field.height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const pixels = Buffer.concat(rows.flatMap((row) => [Buffer.of(0), row]))
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const thick = 2
function drawLine(rows: readonly Uint8Array[], from: Point, to: Point) {
  const steps = Math.max(1, Math.ceil(distance(from, to)))
  for (let step = 0; step <= steps; step++) {
    const [x, y] = [0, 1].map((axis) =>
      Math.round((from[axis] as number) + (((to[axis] as number) - (from[axis] as number)) * step) / steps),
    ) as [number, number]
    for (let dy = -thick; dy <= thick; dy++)
      for (let dx = -thick; dx <= thick; dx++)
        if (dx * dx + dy * dy <= thick * thick && x + dx >= 0 && x + dx < field.width)
          rows[y + dy]?.fill(0, x + dx, x + dx + 1)
  }
}

function chunk(name: string, data: Uint8Array) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(named, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}
