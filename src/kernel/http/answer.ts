/** Finished answers: a page in its frame, or bytes; made when the transaction is nearly over, sent after it. */
import type { Child } from 'hono/jsx'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { House } from '../house.ts'
import { direction } from '../i18n.ts'
import type { Frame } from '../look.ts'
import { type Bytes, isBytes, type Route } from '../routes.ts'
import { asked, LanguageOff, sessionToken, tokenIn, type Web } from './asking.ts'

/** Called when the transaction is over: see `Bytes`. */
export async function bytesOf(body: Bytes['body']): Promise<Uint8Array<ArrayBuffer>> {
  const made = typeof body === 'function' ? await body() : body
  return (typeof made === 'string' ? new TextEncoder().encode(made) : made) as Uint8Array<ArrayBuffer>
}

export const headersOfBytes = ({ type, name, headers }: Bytes): Record<string, string> => ({
  'content-type': type,
  ...headers,
  ...(name && { 'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"` }),
})

export async function finished(
  house: House,
  web: Web,
  route: Route,
  ctx: Ctx,
  answer: Child | Bytes,
  extra: { draft_back?: boolean } = {},
) {
  if (isBytes(answer)) return { body: answer.body, headers: { ...headersOfBytes(answer), ...headersOf(ctx) } }
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

export async function keepSaid(ctx: Ctx, web: Web) {
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
export const headersOf = (ctx: Ctx): Record<string, string> => moreHeaders.get(ctx) ?? {}
