/** The one catcher: four kinds of refusal, and a database that is away, each with its page. */
import { visitor } from '../actor.ts'
import { Conflict, Forbidden, NotFound, Refused } from '../errors.ts'
import type { Typed } from '../form.ts'
import type { House } from '../house.ts'
import { direction, languages, type TextKey } from '../i18n.ts'
import { faultOf, log } from '../log.ts'
import type { Failure, Frame } from '../look.ts'
import { findSession } from '../session.ts'
import { LanguageOff, languageAsked, preferred, SignInNeeded, sessionToken, staffLanguage, type Web } from './asking.ts'
import { isForPrograms, problem } from './problem.ts'

export const signInPath = '/staff/accesso'

export async function refuse(house: House, web: Web, error: Error): Promise<Response> {
  if (error instanceof SignInNeeded) return sendToSignIn(house, web, error)
  if (error instanceof LanguageOff)
    return web.redirect(
      `/${preferred(web.req.header('accept-language'), error.on)}${web.req.path.replace(/^\/[a-z]+/, '')}`,
      302,
    )
  if (error instanceof Forbidden) return fail(house, web, 'forbidden', 403)
  if (error instanceof NotFound) return fail(house, web, 'not_found', 404)
  if (error instanceof Conflict) return fail(house, web, 'conflict', 409)
  if (error instanceof Refused)
    return fail(
      house,
      web,
      'refused',
      422,
      Object.values(error.problems).map((one) => (typeof one === 'string' ? one : one[0])),
    )
  if (databaseAway(error)) {
    const answer = await fail(house, web, 'unavailable', 503)
    answer.headers.set('retry-after', '5')
    return answer
  }
  if (badPathValue(error)) return fail(house, web, 'not_found', 404)
  log.error({ id: web.get('request_id'), route: web.get('route'), ...faultOf(error) }, 'failed')
  return fail(house, web, 'error', 500)
}

/**
 * A value in an address that no row can have (no uuid, a NUL, a number or a day out of range): for the reader the same as
 * one that does not exist.
 */
const badPathValue = (error: Error) =>
  impossible.has((error as { code?: string }).code ?? '') && !/json/.test(error.message)
const impossible = new Set(['22P02', '22021', '22003', '22007', '22008'])

const awayCodes = new Set([
  // Its disk is full.
  '53100',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  // The database is there and too busy: a statement or a lock took too long, or two changes met.
  '57014',
  '55P03',
  '40001',
  '40P01',
  '08006',
  '08001',
  '08003',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
])
export const databaseAway = (error: Error & { code?: string }) =>
  awayCodes.has(error.code ?? '') ||
  /Connection terminated|timeout exceeded when trying to connect|connection timeout|not queryable|Connection ended/i.test(
    error.message,
  )

export async function sendToSignIn(house: House, web: Web, { account_id }: SignInNeeded, typed?: Typed) {
  let draft: string | undefined
  if (typed && account_id) {
    const row = await house.db
      .insertInto('kernel.draft')
      .values({ account_id, path: web.req.path, typed: JSON.stringify(typed) })
      .returning('id')
      .executeTakeFirstOrThrow()
    draft = row.id
  }
  const query = new URLSearchParams({ verso: web.req.path, ...(draft && { bozza: draft }) })
  return web.body(null, 303, { location: `${signInPath}?${query}`, 'cache-control': 'no-store' })
}

/** A refusal speaks as the pages before it did: the account's language; the browser's where nobody is signed in. */
async function accountLanguage(house: House, web: Web, failure: Failure) {
  const token = sessionToken(web)
  const known = web.get('lang')
  if (known || !token || failure === 'unavailable' || failure === 'error') return known ?? staffLanguage(web)
  try {
    return await house.db.transaction().execute(async (db) => {
      const session = await findSession(db, token)
      const found = session?.live && (await house.actorOfAccount(db, session.account_id, session.current_ambito))
      return found ? found.lang : staffLanguage(web)
    })
  } catch {
    return staffLanguage(web)
  }
}

export async function fail(
  house: House,
  web: Web,
  failure: Failure,
  status: 403 | 404 | 409 | 413 | 422 | 500 | 503,
  keys: string[] = [],
): Promise<Response> {
  if (isForPrograms(web)) return problem(house, web, status, keys[0] ? { detail: keys[0] as TextKey } : {})
  const surface = web.req.path.startsWith('/staff') ? 'staff' : 'public'
  const lang = surface === 'staff' ? await accountLanguage(house, web, failure) : languageAsked(web)
  const t = house.words.translate(lang)
  const frame: Frame = {
    surface,
    lang,
    dir: direction(lang),
    t,
    ambito: { id: '', slug: '', name: "Lab'Impact" },
    actor: visitor,
    path: web.req.path,
    base_url: house.base_url,
    demo: house.demo,
    now: Temporal.Now.instant(),
    menu: [],
    said: [],
    draft_back: false,
    logos: [],
    // Nothing may be asked of the database here.
    languages: languages.map((one) => ({ lang: one, checked: true })),
  }
  const html = house.look.failure(frame, failure, {
    request_id: web.get('request_id'),
    sentences: keys.map((key) => t(key as never)),
  })
  return web.html(html, status, { 'cache-control': 'no-store' })
}
