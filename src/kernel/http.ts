/**
 * The front door. Mounts the routes of the modules; each answers in a `ctx` of its own, after the commit. What happens to
 * pages, forms and refusals on the way is in http/.
 */
import { extname } from 'node:path'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress, COMPRESSIBLE_CONTENT_TYPE_REGEX as isCompressible } from 'hono/compress'
import { sql } from 'kysely'
import type { House } from './house.ts'
import { answered } from './http/api.ts'
import { languageAsked, peer, type Variables, type Web } from './http/asking.ts'
import { keptPage } from './http/kept.ts'
import { followed, livePage } from './http/pages.ts'
import { problem } from './http/problem.ts'
import { fail, refuse } from './http/refusals.ts'
import { isPage, squeezed } from './http/squeezed.ts'
import { submitted } from './http/submitted.ts'
import { languages } from './i18n.ts'
import { log } from './log.ts'
import { registry, requestSeconds } from './metrics.ts'
import type { Route } from './routes.ts'
import { allowedHost, crossSite, securityHeaders } from './security.ts'

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
  app.use(squeezed)

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

function mount(house: House, app: Http | Hono<never>, route: Route) {
  const http = app as Http
  const pattern = route.pattern.replace(/^\/:l(?=\/|$)/, `/:l{(?:${languages.join('|')})}`)
  const named = async (web: Web, next: () => Promise<void>) => {
    web.set('route', route.pattern)
    await next()
  }
  if (route.surface !== 'machine' && !route.kept && !route.changes) http.use(pattern, compress(allButPages))
  http.use(pattern, named)
  if (route.show) http.get(pattern, (web) => (route.kept ? keptPage(house, web, route) : livePage(house, web, route)))
  if (route.changes) http.get(pattern, (web) => followed(house, web, route))
  if (route.api) {
    http.get(pattern, (web) => answered(house, web, route, 'get'))
    const maxSize = route.api.post?.takes === 'file' ? 11_000_000 : 64_000
    http.post(pattern, bodyLimit({ maxSize, onError: (web) => problem(house, web as Web, 413) }), (web) =>
      answered(house, web, route, 'post'),
    )
  }
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

/** A file made for one who asks may be long, and is compressed as it streams. */
const allButPages = { contentTypeFilter: (type: string) => isCompressible.test(type) && !isPage(type) }

function mountMachines(house: House, app: Http | Hono<never>) {
  const http = app as Http
  http.get('/healthz', (web) => web.text('ok'))
  http.get('/readyz', async (web) => {
    try {
      await sql`select 1`.execute(house.db)
      return web.text('ready')
    } catch {
      return web.text('database not reachable', 503, { 'retry-after': '5' })
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
  http.get('/assets/:name', (web) => {
    const name = web.req.param('name')
    const bytes = house.look.assets.get(name)
    if (!bytes) return web.notFound()
    const type = assetTypes[extname(name)] ?? 'application/octet-stream'
    return web.body(bytes, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' })
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
