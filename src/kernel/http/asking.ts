/** Who asks, in which Ambito and language, and what may be known of the request. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { visitor } from '../actor.ts'
import type { Ctx, Who } from '../ctx.ts'
import { Forbidden } from '../errors.ts'
import type { House } from '../house.ts'
import { isLanguage, type Language, languages } from '../i18n.ts'
import type { LanguageOn } from '../look.ts'
import type { Asked, Route } from '../routes.ts'
import { cookieName, findSession, touchSession } from '../session.ts'

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** `kept`: the answer is finished bytes, squeezed already where that is wanted. */
export type Variables = { request_id: string; route: string; lang?: string; kept?: true }
export type Web = Context<{ Variables: Variables }>

/** No live session: the reader is sent to sign in, and what was typed waits in a draft. */
export class SignInNeeded extends Error {
  readonly account_id: string | null
  constructor(account_id: string | null) {
    super('sign in')
    this.account_id = account_id
  }
}
/** The Ambito has not switched this language on: the reader is led to one it has. */
export class LanguageOff extends Error {
  readonly on: readonly Language[]
  constructor(on: readonly LanguageOn[]) {
    super('language off')
    this.on = on.map(({ lang }) => lang)
  }
}

export function publicWho(house: House, web: Web) {
  return async (db: Ctx['db']): Promise<Who> => ({
    ambito: await house.ambitoOfHost(db, hostName(web)),
    actor: visitor,
    lang: languageAsked(web),
  })
}

export function whoAsks(house: House, web: Web, route: Route) {
  if (route.surface !== 'staff') return publicWho(house, web)
  return async (db: Ctx['db']): Promise<Who> => {
    const token = sessionToken(web)
    const session = token ? await findSession(db, token) : undefined
    const found = session?.live ? await house.actorOfAccount(db, session.account_id, session.current_ambito) : undefined
    if (!token || !session || !found) {
      if (route.may === 'anybody')
        return { ambito: await house.ambitoOfHost(db, hostName(web)), actor: visitor, lang: staffLanguage(web) }
      throw new SignInNeeded(session && !session.live ? session.account_id : null)
    }
    web.set('lang', found.lang)
    // A page that looks again by itself keeps nobody signed in.
    if (session.stale && !route.changes && web.req.header('x-live') === undefined) await touchSession(db, token)
    const ambito =
      (session.current_ambito && (await house.ambitoById(db, session.current_ambito))) ||
      (await house.ambitoOfHost(db, hostName(web)))
    if (typeof route.may !== 'string' && !found.actor.can(route.may)) throw new Forbidden()
    return { ambito, ...found }
  }
}

export const sessionToken = (web: Web) => tokenIn(web.req.header('cookie'))

export function tokenIn(cookies: string | undefined) {
  const cookie = cookies?.split(/;\s*/).find((one) => one.startsWith(`${cookieName}=`))
  return cookie?.slice(cookieName.length + 1)
}

export function asked(web: Web): Asked {
  const session = sessionToken(web)
  return {
    query: new URL(web.req.url).searchParams,
    host: hostName(web),
    ...(session && { session }),
    address_hash: createHash('sha256').update(peer(web)).digest('base64url').slice(0, 16),
    fragment: web.req.header('hx-request') === 'true',
  }
}

export const peer = (web: Web) =>
  (web.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ??
  '127.0.0.1'
const hostName = (web: Web) => (web.req.header('host') ?? '').toLowerCase().replace(/:\d+$/, '')
export const sortedQuery = (web: Web) =>
  [...new URL(web.req.url).searchParams]
    .sort()
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
    .join('&')

export function languageAsked(web: Web): Language {
  const inPath = web.req.path.split('/')[1]
  if (isLanguage(inPath)) return inPath
  return preferred(web.req.header('accept-language'), languages)
}
export const staffLanguage = (web: Web) =>
  preferred(web.req.header('accept-language'), languages) === 'it' ? 'it' : 'en'

export function preferred(header: string | undefined, offered: readonly Language[]): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(/;\s*q=/)
      return { lang: tag.toLowerCase().split('-')[0] ?? '', q: q === undefined ? 1 : Number(q) || 0 }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  return (
    offered.find((lang) => lang === wanted.find(({ lang: one }) => offered.includes(one as Language))?.lang) ?? 'it'
  )
}
