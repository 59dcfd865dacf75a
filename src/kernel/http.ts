/**
 * The front door. Mounts the routes of the modules, opens a `ctx` for each request, answers after the commit, and turns
 * the four kinds of refusal into pages.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { Child } from 'hono/jsx'
import { sql } from 'kysely'
import { visitor } from './actor.ts'
import type { Kept } from './bytes-cache.ts'
import { refusedByDatabase } from './constraints.ts'
import { type Ctx, openCtx, type Who } from './ctx.ts'
import { Conflict, Forbidden, NotFound, Refused } from './errors.ts'
import {
  blankForm,
  type Form,
  marks,
  parseTyped,
  readTyped,
  redrawn,
  type Schema,
  secretsOf,
  type Typed,
} from './form.ts'
import type { House } from './house.ts'
import { direction, isLanguage, type Language, languages } from './i18n.ts'
import { faultOf, log } from './log.ts'
import type { Failure, Frame, LanguageOn } from './look.ts'
import { registry, requestSeconds } from './metrics.ts'
import { root } from './root.ts'
import { type Asked, type Bytes, type Given, isBytes, type Route, type Upload } from './routes.ts'
import { allowedHost, crossSite, securityHeaders } from './security.ts'
import { cookieName, findSession, touchSession } from './session.ts'

export const signInPath = '/staff/accesso'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
type Variables = { request_id: string; route: string; lang?: string }
type Web = Context<{ Variables: Variables }>

/** No live session: the reader is sent to sign in, and what was typed waits in a draft. */
class SignInNeeded extends Error {
  readonly account_id: string | null
  constructor(account_id: string | null) {
    super('sign in')
    this.account_id = account_id
  }
}
/** The Ambito has not switched this language on: the reader is led to one it has. */
class LanguageOff extends Error {
  readonly on: readonly Language[]
  constructor(on: readonly LanguageOn[]) {
    super('language off')
    this.on = on.map(({ lang }) => lang)
  }
}
/** The form was already done by an earlier request: the same answer again. */
class AlreadyDone extends Error {
  readonly location: string
  constructor(location: string) {
    super('already done')
    this.location = location
  }
}

export function buildHttp(house: House) {
  const app = new Hono<{ Variables: Variables }>()
  const headers = securityHeaders(house.config, house.look.style_hashes)

  app.use(async (web, next) => {
    const began = performance.now()
    web.set('request_id', crypto.randomUUID().slice(0, 8))
    await next()
    // A file brings a stricter policy of its own.
    for (const [name, value] of headers) if (!web.res.headers.has(name)) web.header(name, value)
    const seconds = (performance.now() - began) / 1000
    const route = web.get('route') ?? 'none'
    requestSeconds.observe({ route, status: String(web.res.status) }, seconds)
    log.debug(
      {
        id: web.get('request_id'),
        method: web.req.method,
        route,
        status: web.res.status,
        ms: Math.round(seconds * 1000),
      },
      'answered',
    )
  })
  app.use(async (web, next) => {
    if (!allowedHost(house.config, web.req.header('host'))) return web.text('Unknown host', 421)
    if (!['GET', 'HEAD', 'POST', 'OPTIONS'].includes(web.req.method)) return web.text('Method not allowed', 405)
    if (web.req.method === 'POST' && crossSite(web.req)) return fail(house, web, 'forbidden', 403)
    return next()
  })

  mountMachines(house, app)
  for (const route of house.modules.flatMap((module) => module.routes ?? [])) mount(house, app, route)

  app.get('/', (web) => web.redirect(`/${languageAsked(web)}/`, 302))
  for (const lang of languages) app.get(`/${lang}`, (web) => web.redirect(`/${lang}/`, 301))
  app.get('/staff/', (web) => web.redirect('/staff', 301))
  app.notFound((web) => fail(house, web, 'not_found', 404))
  app.onError((error, web) => refuse(house, web, error))
  return app
}
export type Http = ReturnType<typeof buildHttp>

// --- mounting -------------------------------------------------------------------------------------------------------

function mount(house: House, app: Http | Hono<never>, route: Route) {
  const http = app as Http
  const pattern = route.pattern.replace(/^\/:l(?=\/|$)/, `/:l{(?:${languages.join('|')})}`)
  const named = async (web: Web, next: () => Promise<void>) => {
    web.set('route', route.pattern)
    await next()
  }
  if (route.surface === 'staff' && !route.changes) http.use(pattern, compress())
  http.use(pattern, named)
  if (route.show) http.get(pattern, (web) => (route.kept ? keptPage(house, web, route) : livePage(house, web, route)))
  if (route.changes) http.get(pattern, (web) => followed(house, web, route))
  if (route.form) {
    const { max_bytes } = route.form
    http.get(pattern, (web) => livePage(house, web, route))
    http.post(
      pattern,
      bodyLimit({
        maxSize: max_bytes,
        onError: (web) => fail(house, web as Web, 'refused', 413, ['kernel.form.too_much']),
      }),
      (web) => submitted(house, web, route),
    )
  }
}

function mountMachines(house: House, app: Http | Hono<never>) {
  const http = app as Http
  http.get('/healthz', (web) => web.text('ok'))
  http.get('/readyz', async (web) => {
    try {
      await sql`select 1`.execute(house.db)
      return web.text('ready')
    } catch {
      return web.text('database not reachable', 503)
    }
  })
  http.get('/metrics', async (web) => {
    const token = house.config.metrics_token
    // Behind a proxy on this machine everybody seems to be here; the proxy says for whom it asks.
    const forwarded = web.req.header('x-forwarded-for') ?? web.req.header('forwarded')
    const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(peer(web)) && forwarded === undefined
    if (!local && !(token && web.req.header('authorization') === `Bearer ${token}`)) return web.text('Forbidden', 403)
    return web.body(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })
  http.use('/assets/*', compress())
  http.get('/assets/*', async (web) => {
    const path = normalize(web.req.path.slice('/assets/'.length))
    const type = assetTypes[extname(path)]
    if (path.startsWith('..') || !type) return web.notFound()
    try {
      const bytes = await readFile(join(root, 'dist/assets', path))
      return web.body(bytes, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' })
    } catch {
      return web.notFound()
    }
  })
}

const assetTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

// --- public pages ---------------------------------------------------------------------------------------------------

async function keptPage(house: House, web: Web, route: Route) {
  const host = (web.req.header('host') ?? '').toLowerCase()
  const key = `${host} ${web.req.path}?${sortedQuery(web)} ${route.surface === 'machine' ? (web.req.header('accept-language') ?? '') : ''}`
  let page = house.cache.find(key)
  try {
    page ??= await house.cache.once(key, () => makeKept(house, web, route, key))
  } catch (error) {
    // While the database is away the last page there was is better than none.
    page = databaseAway(error as Error) ? house.cache.findOld(key) : undefined
    if (!page) throw error
  }
  return sendKept(web, page)
}

async function makeKept(house: House, web: Web, route: Route, key: string) {
  const made = await openCtx(house, publicWho(house, web), async (ctx) => {
    const generation = house.cache.generation(ctx.ambito_id)
    const answer = await route.show?.(ctx, web.req.param(), asked(web))
    return {
      ambito_id: ctx.ambito_id,
      generation,
      ...(await finished(house, web, route, ctx, answer as Child | Bytes)),
    }
  })
  return house.cache.keep(key, made.ambito_id, made.generation, await bytesOf(made.body), made.headers)
}

function sendKept(web: Web, page: Kept) {
  const headers: Record<string, string> = {
    ...page.headers,
    etag: page.etag,
    'cache-control': 'public, max-age=0, must-revalidate',
    vary: 'Accept-Encoding',
  }
  const known = (web.req.header('if-none-match') ?? '').split(/,\s*/).map((etag) => etag.replace(/^W\//, ''))
  if (known.includes(page.etag) || known.includes('*')) return web.body(null, 304, headers)
  const accepted = web.req.header('accept-encoding') ?? ''
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted))
    return web.body(page.br as Uint8Array<ArrayBuffer>, 200, { ...headers, 'content-encoding': 'br' })
  if (/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted))
    return web.body(page.gzip as Uint8Array<ArrayBuffer>, 200, { ...headers, 'content-encoding': 'gzip' })
  return web.body(page.plain as Uint8Array<ArrayBuffer>, 200, headers)
}

// --- streams --------------------------------------------------------------------------------------------------------

/** Whoever does not ask for a stream gets its beginning and its end. */
async function followed(house: House, web: Web, route: Route) {
  const topic = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
    const followed = await route.changes?.(ctx, web.req.param())
    return `${ctx.ambito_id} ${followed}`
  })
  const stream = web.req.header('accept')?.includes('text/event-stream')
    ? house.live.follow(topic, Number(web.req.query('dal')) || 0)
    : ''
  return web.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
}

// --- pages and forms ------------------------------------------------------------------------------------------------

async function livePage(house: House, web: Web, route: Route) {
  const { body, headers } = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
    if (!route.form)
      return finished(house, web, route, ctx, (await route.show?.(ctx, web.req.param(), asked(web))) as Child | Bytes)
    const { form, draft_back } = await formWithDraft(ctx, web)
    const node = await route.form.show(ctx, web.req.param(), form as Form<never>, asked(web))
    return finished(house, web, route, ctx, node, { draft_back })
  })
  return web.body(await bytesOf(body), 200, { 'cache-control': 'no-store', ...headers })
}

async function submitted(house: House, web: Web, route: Route) {
  const form = route.form as NonNullable<Route['form']>
  const { typed, files } = await readBody(web, form.schema)
  try {
    const asking = { ...asked(web), files }
    const given = { ...asking, prepared: (await prepare(house, web, route, typed, asking)) as never }
    const { body, headers, location } = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
      if (
        route.surface === 'staff' &&
        route.may !== 'anybody' &&
        typed[marks.ambito] !== undefined &&
        typed[marks.ambito] !== ctx.ambito_id
      )
        throw new Conflict()
      const once = typeof typed[marks.once] === 'string' ? (typed[marks.once] as string) : null
      if (once) await takeOnce(ctx, once, web.req.path)
      const answer = await form.submit(
        ctx,
        web.req.param(),
        parseTyped(form.schema, withoutMarks(typed)) as never,
        given,
      )
      if (typeof answer !== 'string') {
        // A page cannot be answered a second time from memory: a search sent again searches again.
        if (once) await ctx.db.deleteFrom('kernel.submission').where('token', '=', once).execute()
        return { location: null, ...(await finished(house, web, route, ctx, answer)) }
      }
      if (once)
        await ctx.db.updateTable('kernel.submission').set({ location: answer }).where('token', '=', once).execute()
      await keepSaid(ctx, web)
      return { location: answer, body: new Uint8Array(), headers: headersOf(ctx) }
    })
    if (location !== null) return web.body(null, 303, { location, 'cache-control': 'no-store', ...headers })
    return web.body(await bytesOf(body), 200, { 'cache-control': 'no-store', ...headers })
  } catch (error) {
    if (error instanceof AlreadyDone)
      return web.body(null, 303, { location: error.location, 'cache-control': 'no-store' })
    if (error instanceof SignInNeeded) return sendToSignIn(house, web, error, withoutSecrets(form.schema, typed))
    const refused = error instanceof Refused ? error : refusedByDatabase(error, Object.keys(form.schema.shape))
    if (!refused) throw error
    if (refused !== error)
      log.warn({ id: web.get('request_id'), route: route.pattern, ...faultOf(error) }, 'refused by the database')
    return redraw(house, web, route, withoutSecrets(form.schema, typed), refused)
  }
}

/** What a form does before its transaction: see `Outside`. */
async function prepare(house: House, web: Web, route: Route, typed: Typed, given: Given) {
  const form = route.form
  if (!form?.before) return undefined
  const open = <Result>(work: (ctx: Ctx) => Promise<Result>) => openCtx(house, whoAsks(house, web, route), work)
  return form.before(
    { limits: house.limits, open },
    web.req.param(),
    parseTyped(form.schema, withoutMarks(typed)) as never,
    given,
  )
}

/** The same page again in a fresh transaction, with what was typed and one sentence per field. */
async function redraw(house: House, web: Web, route: Route, typed: Typed, { problems }: Refused) {
  const { body, headers } = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
    const form = redrawn(blankForm(ctx.ambito_id), typed, problems, ctx.t)
    const node = await route.form?.show(ctx, web.req.param(), form as Form<never>, asked(web))
    return finished(house, web, route, ctx, node as Child)
  })
  return web.body(await bytesOf(body), 422, { 'cache-control': 'no-store', ...headers })
}

async function takeOnce(ctx: Ctx, token: string, path: string) {
  if (!uuid.test(token)) throw new Conflict()
  const taken = await ctx.db
    .insertInto('kernel.submission')
    .values({ token, account_id: ctx.actor.account_id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('token')
    .executeTakeFirst()
  if (taken) return
  const earlier = await ctx.db
    .selectFrom('kernel.submission')
    .select(['location', 'account_id'])
    .where('token', '=', token)
    .executeTakeFirst()
  if (earlier?.account_id !== ctx.actor.account_id) throw new Conflict()
  throw new AlreadyDone(earlier.location ?? path)
}

async function readBody(web: Web, schema: Schema) {
  const type = (web.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data') throw new Forbidden()
  let data: FormData
  try {
    data = await web.req.formData()
  } catch {
    throw new Refused({ form: 'kernel.form.invalid' })
  }
  const files = new Map<string, Upload[]>()
  for (const [name, value] of data.entries()) {
    if (typeof value === 'string' || value.size === 0) continue
    const upload = { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) }
    files.set(name, [...(files.get(name) ?? []), upload])
  }
  return { typed: readTyped(data.entries() as Iterable<[string, unknown]>, secretsOf(schema)), files }
}

function withoutMarks(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith('_')))
}

/** What may be shown again or kept in a draft. */
function withoutSecrets(schema: Schema, typed: Typed): Typed {
  const secrets = secretsOf(schema)
  return Object.fromEntries(Object.entries(withoutMarks(typed)).filter(([name]) => !secrets.has(name)))
}

// --- who asks -------------------------------------------------------------------------------------------------------

function publicWho(house: House, web: Web) {
  return async (db: Ctx['db']): Promise<Who> => ({
    ambito: await house.ambitoOfHost(db, hostName(web)),
    actor: visitor,
    lang: languageAsked(web),
  })
}

function whoAsks(house: House, web: Web, route: Route) {
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

const sessionToken = (web: Web) => tokenIn(web.req.header('cookie'))

function tokenIn(cookies: string | undefined) {
  const cookie = cookies?.split(/;\s*/).find((one) => one.startsWith(`${cookieName}=`))
  return cookie?.slice(cookieName.length + 1)
}

function asked(web: Web): Asked {
  const session = sessionToken(web)
  return {
    query: new URL(web.req.url).searchParams,
    host: hostName(web),
    ...(session && { session }),
    address_hash: createHash('sha256').update(peer(web)).digest('base64url').slice(0, 16),
    fragment: web.req.header('hx-request') === 'true',
  }
}

const peer = (web: Web) =>
  (web.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ??
  '127.0.0.1'
const hostName = (web: Web) => (web.req.header('host') ?? '').toLowerCase().replace(/:\d+$/, '')
const sortedQuery = (web: Web) =>
  [...new URL(web.req.url).searchParams]
    .sort()
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
    .join('&')

function languageAsked(web: Web): Language {
  const inPath = web.req.path.split('/')[1]
  if (isLanguage(inPath)) return inPath
  return preferred(web.req.header('accept-language'), languages)
}
const staffLanguage = (web: Web) => (preferred(web.req.header('accept-language'), languages) === 'it' ? 'it' : 'en')

function preferred(header: string | undefined, offered: readonly Language[]): Language {
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

async function sendToSignIn(house: House, web: Web, { account_id }: SignInNeeded, typed?: Typed) {
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

async function formWithDraft(ctx: Ctx, web: Web) {
  const draft = new URL(web.req.url).searchParams.get('bozza')
  if (!draft || !ctx.actor.account_id || !uuid.test(draft)) return { form: blankForm(ctx.ambito_id), draft_back: false }
  const row = await ctx.db
    .selectFrom('kernel.draft')
    .select('typed')
    .where('id', '=', draft)
    .where('account_id', '=', ctx.actor.account_id)
    .where('path', '=', web.req.path)
    .executeTakeFirst()
  return { form: blankForm(ctx.ambito_id, (row?.typed ?? {}) as never), draft_back: row !== undefined }
}

// --- finished answers -----------------------------------------------------------------------------------------------

/** Called when the transaction is over: see `Bytes`. */
async function bytesOf(body: Bytes['body']): Promise<Uint8Array<ArrayBuffer>> {
  const made = typeof body === 'function' ? await body() : body
  return (typeof made === 'string' ? new TextEncoder().encode(made) : made) as Uint8Array<ArrayBuffer>
}

async function finished(
  house: House,
  web: Web,
  route: Route,
  ctx: Ctx,
  answer: Child | Bytes,
  extra: { draft_back?: boolean } = {},
) {
  if (isBytes(answer)) {
    const headers: Record<string, string> = { 'content-type': answer.type, ...answer.headers, ...headersOf(ctx) }
    if (answer.name)
      headers['content-disposition'] = `attachment; filename="${answer.name.replaceAll(/[^\w.-]/g, '_')}"`
    return { body: answer.body, headers }
  }
  const frame = await frameOf(
    house,
    web,
    route.surface === 'staff' ? 'staff' : 'public',
    ctx,
    extra.draft_back ?? false,
  )
  const html = asked(web).fragment ? house.look.fragment(frame, answer) : house.look.page(frame, answer)
  return {
    body: new TextEncoder().encode(html),
    headers: { 'content-type': 'text/html; charset=utf-8', ...headersOf(ctx) },
  }
}

async function frameOf(
  house: House,
  web: Web,
  surface: Frame['surface'],
  ctx: Ctx,
  draft_back: boolean,
): Promise<Frame> {
  const menu = house.modules
    .flatMap((module) => module.menu ?? [])
    .filter(
      (line) =>
        surface === 'staff' && ctx.actor.kind === 'account' && (line.may === 'signed_in' || ctx.actor.can(line.may)),
    )
    .sort((a, b) => a.order - b.order)
    .map(({ text, href, order }, _, { length }) => ({ text: ctx.t(text), href, aside: length > 7 && order >= 75 }))
  const logos = (await Promise.all(house.modules.map((module) => module.logos?.(ctx) ?? []))).flat()
  const languages =
    surface === 'public' ? (await Promise.all(house.modules.map((module) => module.languages?.(ctx) ?? []))).flat() : []
  if (surface === 'public' && !languages.some(({ lang }) => lang === ctx.lang)) throw new LanguageOff(languages)
  return {
    surface,
    lang: ctx.lang,
    dir: direction(ctx.lang),
    t: ctx.t,
    ambito: ctx.ambito,
    actor: ctx.actor,
    path: web.req.path,
    base_url: ctx.base_url,
    demo: house.demo,
    now: ctx.now,
    menu,
    said: surface === 'staff' ? await takeSaid(ctx, web) : [],
    draft_back,
    logos,
    languages,
  }
}

async function keepSaid(ctx: Ctx, web: Web) {
  const token = tokenIn(headersOf(ctx)['set-cookie']) ?? sessionToken(web)
  if (ctx.outbox.said.length === 0 || !token) return
  const sentences = ctx.outbox.said.map(({ key, params }) => ctx.t(key, params))
  await sql`update kernel.session set said = said || ${JSON.stringify(sentences)}::jsonb where token_hash = sha256(${token}::bytea)`.execute(
    ctx.db,
  )
}

async function takeSaid(ctx: Ctx, web: Web): Promise<string[]> {
  const token = sessionToken(web)
  if (!token || asked(web).fragment) return []
  const { rows } = await sql<{ said: string[] }>`
    with waiting as (select token_hash, said from kernel.session where token_hash = sha256(${token}::bytea) and said <> '[]' for update)
    update kernel.session s set said = '[]' from waiting w where s.token_hash = w.token_hash returning w.said`.execute(
    ctx.db,
  )
  return rows[0]?.said ?? []
}

const moreHeaders = new WeakMap<Ctx, Record<string, string>>()
/** A header of the answer that only this page has. */
export function setHeader(ctx: Ctx, name: string, value: string) {
  moreHeaders.set(ctx, { ...moreHeaders.get(ctx), [name]: value })
}
/** Only sign-in and sign-out set the one cookie there is. */
export const setCookie = (ctx: Ctx, cookie: string) => setHeader(ctx, 'set-cookie', cookie)
const headersOf = (ctx: Ctx): Record<string, string> => moreHeaders.get(ctx) ?? {}

// --- refusals -------------------------------------------------------------------------------------------------------

/** The one catcher: four kinds, and a database that is away. */
async function refuse(house: House, web: Web, error: Error): Promise<Response> {
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
      Object.values(error.problems).map((problem) => (typeof problem === 'string' ? problem : problem[0])),
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

async function fail(
  house: House,
  web: Web,
  failure: Failure,
  status: 403 | 404 | 409 | 413 | 422 | 500 | 503,
  keys: string[] = [],
): Promise<Response> {
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
