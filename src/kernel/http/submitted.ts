/** A form that was sent: done once, or shown again with what was typed. */
import type { Child } from 'hono/jsx'
import { refusedByDatabase } from '../constraints.ts'
import { type Ctx, openCtx } from '../ctx.ts'
import { Conflict, Forbidden, NoRoom, Refused } from '../errors.ts'
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
} from '../form.ts'
import type { House } from '../house.ts'
import { faultOf, log } from '../log.ts'
import { needRoom } from '../room.ts'
import type { Given, Route, Upload } from '../routes.ts'
import { bytesOf, finished, headersOf, keepSaid } from './answer.ts'
import { asked, SignInNeeded, uuid, type Web, whoAsks } from './asking.ts'
import { sendToSignIn } from './refusals.ts'

/** The form was already done by an earlier request: the same answer again. */
class AlreadyDone extends Error {
  readonly location: string
  constructor(location: string) {
    super('already done')
    this.location = location
  }
}

export async function submitted(house: House, web: Web, route: Route) {
  const form = route.form as NonNullable<Route['form']>
  const { typed, files, empty } = await readBody(web, form.schema)
  try {
    if (empty !== undefined) throw new Refused({ [empty]: 'kernel.file.empty' })
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
      // Who only comes in or goes out is let through, to read.
      if (route.surface !== 'staff' || route.may !== 'anybody') await needRoom(house.config)
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
async function redraw(house: House, web: Web, route: Route, typed: Typed, refused: Refused) {
  const { body, headers } = await openCtx(house, whoAsks(house, web, route), async (ctx) => {
    const form = redrawn(blankForm(ctx.ambito_id), typed, refused.problems, ctx.t)
    const node = await route.form?.show(ctx, web.req.param(), form as Form<never>, asked(web))
    return finished(house, web, route, ctx, node as Child)
  })
  const status = refused instanceof NoRoom ? 503 : 422
  return web.body(await bytesOf(body), status, { 'cache-control': 'no-store', ...headers })
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
  let empty: string | undefined
  for (const [name, value] of data.entries()) {
    // Where no file was chosen the browser sends one without a name.
    if (typeof value === 'string' || (value.size === 0 && value.name === '')) continue
    if (value.size === 0) empty ??= name
    const upload = { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) }
    files.set(name, [...(files.get(name) ?? []), upload])
  }
  return { typed: readTyped(data.entries() as Iterable<[string, unknown]>, secretsOf(schema)), files, empty }
}

function withoutMarks(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith('_')))
}

/** What may be shown again or kept in a draft. */
function withoutSecrets(schema: Schema, typed: Typed): Typed {
  const secrets = secretsOf(schema)
  return Object.fromEntries(Object.entries(withoutMarks(typed)).filter(([name]) => !secrets.has(name)))
}
