/** Headers of every answer, hosts we answer to, and requests sent from other sites (design.md §3; quality.md §5, 6, 19, 34). */
import type { HonoRequest } from 'hono'
import type { Config } from './config.ts'

export function securityHeaders({ base_url }: Config, style_hashes: readonly string[]): [string, string][] {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${style_hashes.map((hash) => `'${hash}'`).join(' ')}`.trim(),
    "img-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return [
    ['content-security-policy', policy.join('; ')],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
    ['strict-transport-security', `max-age=${base_url.startsWith('https:') ? 63072000 : 31536000}; includeSubDomains`],
  ]
}

export function allowedHost({ base_url }: Config, host: string | undefined) {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '')
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === new URL(base_url).hostname
  )
}

/** Browsers always say where a POST comes from; one that comes from elsewhere, or says `null`, is refused. */
export function crossSite(request: HonoRequest) {
  const site = request.header('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') return true
  const origin = request.header('origin')
  if (origin === undefined) return false
  try {
    return new URL(origin).host !== request.header('host')
  } catch {
    return true
  }
}
