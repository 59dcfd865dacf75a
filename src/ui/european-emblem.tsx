/**
 * The European emblem after its construction rules: 3 × 2 units, twelve stars on an invisible circle of 1/3 of the height,
 * each inscribed in a circle of 1/18 of the height, one point upright; azure #003399, gold #FFCC00.
 */
const width = 54
const height = 36

const outer = height / 18
const inner = outer * 0.381966
const short = (value: number) => String(Math.round(value * 100) / 100)

const pointOf = (point: number) => {
  const radius = point % 2 === 0 ? outer : inner
  const angle = (point * Math.PI) / 5 - Math.PI / 2
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}
/** From the upright point around, in steps: the same words for every star, which squeeze to nothing. */
const around = Array.from({ length: 9 }, (_, at) => {
  const [from, to] = [pointOf(at), pointOf(at + 1)]
  return `${short(to.x - from.x)} ${short(to.y - from.y)}`
}).join(' ')

const stars = Array.from({ length: 12 }, (_, hour) => {
  const angle = (hour * Math.PI) / 6
  const x = width / 2 + (height / 3) * Math.sin(angle)
  const y = height / 2 - (height / 3) * Math.cos(angle)
  return `M${short(x)} ${short(y - outer)}l${around}z`
}).join('')

/** Always beside the words about the funding. */
export function EuropeanEmblem() {
  return (
    <svg
      class="emblem-flag"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <path fill="#039" d={`M0 0h${width}v${height}H0z`} />
      <path fill="#fc0" d={stars} />
    </svg>
  )
}
