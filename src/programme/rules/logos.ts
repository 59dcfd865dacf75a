export const logoVersions = ['light', 'dark', 'bw'] as const
export type LogoVersion = (typeof logoVersions)[number]
export type LogoFile = { type: 'image/svg+xml' | 'image/png'; width: number; height: number }

/** Reads what an uploaded logo really is, whatever it is called; undefined when a page may not carry it. */
export function readLogo(bytes: Uint8Array): LogoFile | undefined {
  return readPng(bytes) ?? readSvg(bytes)
}

const pngHead = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
function readPng(bytes: Uint8Array): LogoFile | undefined {
  if (bytes.length < 33 || !pngHead.every((byte, at) => bytes[at] === byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return sized('image/png', view.getUint32(16), view.getUint32(20))
}

// Anything that runs, loads from elsewhere or carries another document inside.
const forbidden =
  /<script|<foreignobject|<iframe|<image|<!entity|<!doctype[^>]*\[|\son\w+\s*=|javascript:|@import|(?:href|src)\s*=\s*["']?\s*(?!#)[^"'\s#>]|url\(\s*["']?(?!#)/i

function readSvg(bytes: Uint8Array): LogoFile | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
  const tag = /<svg\b[^>]*>/.exec(text)?.[0]
  if (!tag || forbidden.test(text)) return undefined
  const side = (name: string) => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(tag)?.[1])
  const box = /\sviewBox="([^"]+)"/
    .exec(tag)?.[1]
    ?.trim()
    .split(/[\s,]+/)
    .map(Number)
  return sized('image/svg+xml', side('width') || box?.[2] || 0, side('height') || box?.[3] || 0)
}

function sized(type: LogoFile['type'], width: number, height: number): LogoFile | undefined {
  const [w, h] = [Math.round(width), Math.round(height)]
  return w >= 1 && h >= 1 && w <= 20_000 && h <= 20_000 ? { type, width: w, height: h } : undefined
}
