/**
 * For programs of others: JSON in, JSON out, and files as they are. A key says who calls, a session never does: cookies are not read here, so no
 * browser can be made to speak for anybody. A POST carries an Idempotency-Key; what was done once is answered again, and
 * what was refused leaves no trace of it, since both are written in the transaction that did it.
 */
import { createHash } from 'node:crypto'
import { refusedByDatabase } from '../constraints.ts'
import { type Ctx, openCtx } from '../ctx.ts'
import { NoRoom, Refused, TooMany, Unknown } from '../errors.ts'
import { parseTyped, type Schema, typedFrom } from '../form.ts'
import type { House } from '../house.ts'
import type { Limit } from '../limits.ts'
import { faultOf, log } from '../log.ts'
import { needRoom } from '../room.ts'
import { type Api, type ApiAnswer, type ApiDeed, type Caller, isBytes, type Route } from '../routes.ts'
import { bytesOf, headersOfBytes } from './answer.ts'
import { asked, publicWho, staffLanguage, type Web } from './asking.ts'
import { problem } from './problem.ts'

/** Guessing a key is hopeless; trying is made slow as well. */
const wrongKeys: Limit = { name: 'kernel.api_keys', points: 30, seconds: 600 }

type Deed = ApiDeed<Caller>

export async function answered(house: House, web: Web, route: Route, method: 'get' | 'post') {
  const { door, [method]: deed } = route.api as Api & Record<'get' | 'post', Deed | undefined>
  if (!deed) return problem(house, web, 405)
  const key = /^Bearer +([\w~+/.-]{16,200}=*)$/i.exec(web.req.header('authorization') ?? '')?.[1]
  if (!key) return unknown(house, web)
  const sent = method === 'post' ? await (deed.takes === 'file' ? fileSent : jsonSent)(house, web) : undefined
  if (sent instanceof Response) return sent
  const who = publicWho(house, web)
  try {
    const answer = await openCtx(
      house,
      async (db) => ({ ...(await who(db)), lang: staffLanguage(web) }),
      async (ctx) => {
        const caller = await (door as { caller(ctx: Ctx, key: string): Promise<Caller | undefined> }).caller(ctx, key)
        if (!caller) throw new Unknown()
        if (!(await ctx.limits.take(door.limit, caller.id))) throw new TooMany(door.limit.seconds)
        const { query } = asked(web)
        const params = web.req.param()
        if (!sent) return deed.answer(ctx, { caller, params, query, input: {}, file: none })
        const done = await doneOnce(ctx, caller, sent, () => {
          const schema = deed.schema as Schema
          const input = parseTyped(schema, typedFrom(sent.json, schema))
          return deed.answer(ctx, { caller, params, query, input, file: sent.file })
        })
        await needRoom(house.config)
        return done
      },
    )
    if (isBytes(answer.body))
      return web.body(await bytesOf(answer.body.body), 200, {
        ...headersOfBytes(answer.body),
        'cache-control': 'no-store',
      })
    return web.body(JSON.stringify(answer.body), answer.status ?? 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(answer.at && { location: answer.at }),
    })
  } catch (error) {
    if (error instanceof Unknown)
      return (await house.limits.take(wrongKeys, asked(web).address_hash))
        ? unknown(house, web)
        : tooMany(house, web, wrongKeys)
    if (error instanceof TooMany) return tooMany(house, web, error)
    if (error instanceof NoRoom)
      return problem(house, web, 503, { errors: error.problems, headers: { 'retry-after': '300' } })
    if (error instanceof Refused) return problem(house, web, 422, { errors: error.problems })
    const refused = refusedByDatabase(error, Object.keys(deed.schema?.shape ?? {}))
    if (!refused) throw error
    log.warn({ id: web.get('request_id'), route: route.pattern, ...faultOf(error) }, 'refused by the database')
    return problem(house, web, 422, { errors: refused.problems })
  }
}

const none = new Uint8Array()
const hashed = (what: string | Uint8Array) => createHash('sha256').update(what).digest()
const unknown = (house: House, web: Web) =>
  problem(house, web, 401, { detail: 'kernel.api.no_key', headers: { 'www-authenticate': 'Bearer' } })
const tooMany = (house: House, web: Web, { seconds }: { seconds: number }) =>
  problem(house, web, 429, {
    detail: ['kernel.api.too_many', { seconds }],
    headers: { 'retry-after': String(seconds) },
  })

type Sent = { once: string; asked_hash: Buffer; json: Record<string, unknown>; file: Uint8Array }

async function jsonSent(house: House, web: Web): Promise<Sent | Response> {
  const type = (web.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return problem(house, web, 415, { detail: 'kernel.api.not_json' })
  const once = onceOf(web)
  if (!once) return problem(house, web, 400, { detail: 'kernel.api.once_missing' })
  const text = await web.req.text()
  try {
    const json: unknown = JSON.parse(text || '{}')
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return { once, asked_hash: hashed(text), json: json as Record<string, unknown>, file: none }
  } catch {}
  return problem(house, web, 400, { detail: 'kernel.api.not_json' })
}

/** Whatever it says it is: what a file is, is read from its bytes. */
async function fileSent(house: House, web: Web): Promise<Sent | Response> {
  const once = onceOf(web)
  if (!once) return problem(house, web, 400, { detail: 'kernel.api.once_missing' })
  const file = new Uint8Array(await web.req.arrayBuffer())
  return { once, asked_hash: hashed(file), json: {}, file }
}

function onceOf(web: Web) {
  const once = web.req.header('idempotency-key') ?? ''
  return /^[\x21-\x7e]{8,80}$/.test(once) ? `${web.req.path} ${once}` : undefined
}

/** Two at once: the second waits for the first, and gets its answer. */
async function doneOnce(ctx: Ctx, caller: Caller, { once, asked_hash }: Sent, work: () => Promise<ApiAnswer>) {
  const mine = { ambito_id: ctx.ambito_id, caller_id: caller.id, once_hash: hashed(once) }
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('kernel.api_answer')
    .values({ ...mine, asked_hash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  const row = ctx.db
    .selectFrom('kernel.api_answer')
    .select(['asked_hash', 'answer'])
    .where('ambito_id', '=', mine.ambito_id)
    .where('caller_id', '=', mine.caller_id)
    .where('once_hash', '=', mine.once_hash)
  if (!numInsertedOrUpdatedRows) {
    const before = await row.executeTakeFirstOrThrow()
    if (!asked_hash.equals(before.asked_hash as Buffer)) throw new Refused({ form: 'kernel.api.once_other' })
    return before.answer as unknown as ApiAnswer
  }
  const answer = await work()
  await ctx.db
    .updateTable('kernel.api_answer')
    .set({ answer: JSON.stringify(answer) })
    .where('ambito_id', '=', mine.ambito_id)
    .where('caller_id', '=', mine.caller_id)
    .where('once_hash', '=', mine.once_hash)
    .execute()
  return answer
}
