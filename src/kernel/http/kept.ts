/** Public pages: finished bytes, made once for all readers of a language. */
import type { Child } from 'hono/jsx'
import type { Kept } from '../bytes-cache.ts'
import { openCtx } from '../ctx.ts'
import type { House } from '../house.ts'
import type { Bytes, Route } from '../routes.ts'
import { bytesOf, finished } from './answer.ts'
import { asked, publicWho, sortedQuery, type Web } from './asking.ts'
import { databaseAway } from './refusals.ts'
import { taken } from './squeezed.ts'

export async function keptPage(house: House, web: Web, route: Route) {
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
  web.set('kept', true)
  const headers: Record<string, string> = {
    ...page.headers,
    etag: page.etag,
    'cache-control': 'public, max-age=0, must-revalidate',
    vary: 'Accept-Encoding',
  }
  const known = (web.req.header('if-none-match') ?? '').split(/,\s*/).map((etag) => etag.replace(/^W\//, ''))
  if (known.includes(page.etag) || known.includes('*')) return web.body(null, 304, headers)
  const how = taken(web)
  if (how) return web.body(page[how] as Uint8Array<ArrayBuffer>, 200, { ...headers, 'content-encoding': how })
  return web.body(page.plain as Uint8Array<ArrayBuffer>, 200, headers)
}
