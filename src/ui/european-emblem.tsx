/**
 * The European emblem after its construction rules: 3 × 2 units, twelve stars on an invisible circle of 1/3 of the height,
 * each inscribed in a circle of 1/18 of the height, one point upright; azure #003399, gold #FFCC00.
 */
const width = 54
const height = 36

const starAt = (x: number, y: number, outer = height / 18, inner = outer * 0.381966) =>
  Array.from({ length: 10 }, (_, point) => {
    const radius = point % 2 === 0 ? outer : inner
    const angle = (point * Math.PI) / 5 - Math.PI / 2
    return `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`
  }).join('L')

const stars = Array.from({ length: 12 }, (_, hour) => {
  const angle = (hour * Math.PI) / 6
  return `M${starAt(width / 2 + (height / 3) * Math.sin(angle), height / 2 - (height / 3) * Math.cos(angle))}z`
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
