export const referenceKinds = ['protocol', 'act', 'cup', 'cig', 'mail', 'file', 'other'] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/** A reference hangs on a thing by name and id; the page it came from stays inside the staff side. */
export const isThing = (kind: string, thing_id: string) =>
  /^[a-z_]+\.[a-z_]+$/.test(kind) && /^[0-9a-f-]{36}$/.test(thing_id)
export const safeBack = (path: string | null | undefined) =>
  path && /^\/staff\/[\w\-./?=&%]*$/.test(path) && !path.includes('//') ? path : undefined

/** CUP: 15 letters and digits, the first a letter. CIG: 10 letters and digits. Others are as the office writes them. */
export function referenceError(what: ReferenceKind, number: string) {
  const bare = number.replace(/[\s.-]/g, '').toUpperCase()
  if (what === 'cup' && !isCup(bare)) return 'programme.error.cup' as const
  if (what === 'cig' && !/^[A-Z0-9]{10}$/.test(bare)) return 'programme.error.cig' as const
  return undefined
}
export const isCup = (text: string) => /^[A-Z][0-9A-Z]{14}$/.test(text)
