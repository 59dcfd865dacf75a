import QRCode from 'qrcode'

const margin = 4

/** Black on white in every colour scheme: a camera does not read it the other way round. */
export function QrCode({ of, alt }: { of: string; alt: string }) {
  const { modules } = QRCode.create(of, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * margin
  const dark = Array.from(modules.data).flatMap((on, at) =>
    on ? [`M${margin + (at % modules.size)} ${margin + Math.floor(at / modules.size)}h1v1h-1z`] : [],
  )
  return (
    <svg
      class="img-fluid"
      viewBox={`0 0 ${side} ${side}`}
      width="240"
      height="240"
      role="img"
      aria-label={alt}
      shape-rendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
