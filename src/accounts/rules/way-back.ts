import { secondStep, setUp, signIn, signOut } from '../urls.ts'

const closed: readonly string[] = [signIn, secondStep, setUp, signOut].map(({ pattern }) => pattern)

/** Where to go after signing in: a staff page of ours, whatever the address asks for. */
export function wayBack(query: URLSearchParams) {
  const path = localPath(query.get('verso') ?? '')
  const draft = query.get('bozza') ?? ''
  return /^[0-9a-f-]{36}$/.test(draft) ? `${path}${path.includes('?') ? '&' : '?'}bozza=${draft}` : path
}

export function localPath(asked: string) {
  if (!/^\/staff(?:[/?][\w\-./?=&%~:,]*)?$/.test(asked) || asked.includes('//')) return '/staff'
  const { pathname, search } = new URL(asked, 'http://here')
  if (!/^\/staff(?:\/|$)/.test(pathname) || closed.includes(pathname)) return '/staff'
  return `${pathname}${search}`
}

/** The same two words, carried from step to step. */
export const carried = (query: URLSearchParams) => ({
  verso: query.get('verso') ?? undefined,
  bozza: query.get('bozza') ?? undefined,
})
