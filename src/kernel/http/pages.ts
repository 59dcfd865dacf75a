/** Pages drawn for one reader, and the streams that say when they have changed. */
import type { Child } from 'hono/jsx'
import { type Ctx, openCtx } from '../ctx.ts'
import { blankForm, type Form } from '../form.ts'
import type { House } from '../house.ts'
import type { Bytes, Route } from '../routes.ts'
import { bytesOf, finished } from './answer.ts'
import { asked, uuid, type Web, whoAsks } from './asking.ts'

/** Whoever does not ask for a stream gets its beginning and its end. */
export async function followed(house: House, web: Web, route: Route) {
  const topic = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
    const followed = await route.changes?.(ctx, web.req.param())
    return `${ctx.ambito_id} ${followed}`
  })
  const stream = web.req.header('accept')?.includes('text/event-stream')
    ? house.live.follow(topic, Number(web.req.query('dal')) || 0)
    : ''
  return web.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
}

export async function livePage(house: House, web: Web, route: Route) {
  const { body, headers } = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
    if (!route.form)
      return finished(house, web, route, ctx, (await route.show?.(ctx, web.req.param(), asked(web))) as Child | Bytes)
    const { form, draft_back } = await formWithDraft(ctx, web)
    const node = await route.form.show(ctx, web.req.param(), form as Form<never>, asked(web))
    return finished(house, web, route, ctx, node, { draft_back })
  })
  return web.body(await bytesOf(body), 200, { 'cache-control': 'no-store', ...headers })
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
