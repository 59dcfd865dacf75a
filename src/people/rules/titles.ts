import { isLongTerm, openEnded } from '../codes.ts'

type Title = { kind: string; status: string; expires_on: string | null; recorded_at: string }

/**
 * The day the title in use ends: the one recorded last. None where the right itself does not end with the card: EU long-term
 * residents, a receipt that carries on, a title without expiry.
 */
export function currentExpiry(titles: readonly Title[]): string | null {
  if (titles.some((title) => isLongTerm(title.kind))) return null
  const [current] = [...titles].sort((a, b) => b.recorded_at.localeCompare(a.recorded_at))
  return !current || openEnded.has(current.status) ? null : current.expires_on
}
