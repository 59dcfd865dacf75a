import type { Child } from 'hono/jsx'

const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** `undefined` when what somebody typed is not an address a page may carry. */
export function safeHref(typed: string) {
  try {
    const url = new URL(typed.trim())
    return allowed.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** An address typed in by people: a link when it is http, https, mailto or tel; otherwise shown as text. */
export function Link({ href, children }: { href: string; children?: Child }) {
  const safe = safeHref(href)
  if (!safe) return <bdi>{children ?? href}</bdi>
  return (
    <a href={safe} rel="noopener noreferrer">
      {children ?? <bdi dir="ltr">{href}</bdi>}
    </a>
  )
}
