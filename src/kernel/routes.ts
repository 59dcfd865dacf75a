/**
 * Routes are data: what a module answers to, who may, and how. The HTTP part mounts them; the role matrix is read from them.
 */
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import type { Permission } from './actor.ts'
import type { Address, PathParams } from './address.ts'
import type { Ctx } from './ctx.ts'
import type { Form, Schema, Typed } from './form.ts'
import type { Limit, Limits } from './limits.ts'

export type Upload = { name: string; type: string; bytes: Uint8Array }
/** A finished answer that is no page: a file, a feed, a fragment with its own type. */
/** A page drawn by a handler (a JSX element; plain text would be an address). */
export type HtmlPage = Exclude<Child, string | number | boolean | null | undefined | readonly unknown[]>
export type Bytes = {
  /** A function is called after the commit: what is slow (setting a paper, packing a sheet) holds no transaction. */
  body: Uint8Array | string | (() => Promise<Uint8Array | string>)
  type: string /** File name for a download; none = shown in place. */
  name?: string
  headers?: Record<string, string>
}
export const isBytes = (answer: unknown): answer is Bytes =>
  typeof answer === 'object' && answer !== null && 'body' in answer && 'type' in answer

/** Where slow work is done that must not hold a transaction: hashing, mail, other machines. */
export type Outside = {
  readonly limits: Limits
  /** A short transaction of whoever asks, committed at once: it stays even if the form is refused after it. */
  open<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result>
}

/** What a handler may know of the request besides its path. */
export type Asked = {
  readonly query: URLSearchParams
  readonly host: string
  readonly session?: string
  readonly address_hash: string
  /** htmx asks for a part of a page: the answer goes without a document around it. */
  readonly fragment: boolean
}

type Params = Record<string, string>

/** Who a key speaks for. */
export type Caller = { readonly id: string }
/** How a program with a key comes in: see http/api.ts. */
export type ApiDoor<C extends Caller = Caller> = {
  /** Whose key this is; undefined for one we do not know, or no longer. */
  caller(ctx: Ctx, key: string): Promise<C | undefined>
  readonly limit: Limit
}
export type ApiAnswer = {
  body: object | Bytes
  status?: 200 | 201
  /** Of what was made: the `Location`. */
  at?: string
}
/** One thing a program may ask: what is described for others is what is done. */
export type ApiDeed<C extends Caller = Caller, P = Params, S extends Schema = Schema> = {
  readonly summary: string
  readonly description?: string
  readonly schema?: S
  /** What is sent is a file: its bytes as they are, and nothing else. */
  readonly takes?: 'file'
  readonly gives?: 'file'
  readonly query?: Readonly<Record<string, { description: string; schema: object }>>
  /** The JSON Schema of the answer, or the name of one the document holds. */
  readonly answers: object
  readonly status?: 200 | 201
  answer(
    ctx: Ctx,
    asked: { caller: C; params: P; query: URLSearchParams; input: z.infer<S>; file: Uint8Array },
  ): Promise<ApiAnswer>
}
export type Api = {
  readonly door: ApiDoor<never>
  readonly get?: ApiDeed<never, never>
  readonly post?: ApiDeed<never, never>
}
type Show = (ctx: Ctx, params: Params, asked: Asked) => Promise<Child | Bytes> | Child | Bytes
export type Given = Asked & { files: Map<string, Upload[]> }
type Before = (outside: Outside, params: Params, input: never, given: Given) => Promise<unknown>
type Submit = (
  ctx: Ctx,
  params: Params,
  input: never,
  given: Given & { prepared: never },
) => Promise<string | Bytes | HtmlPage>
type ShowForm = (ctx: Ctx, params: Params, form: Form<never>, asked: Asked) => Promise<Child> | Child

export type Route = {
  readonly surface: 'staff' | 'public' | 'machine'
  readonly pattern: string
  /** Staff routes without one are open to every signed-in account. */
  readonly may: Permission | 'signed_in' | 'anybody'
  readonly show?: Show
  /** The topic a page follows, see live.ts. */
  readonly changes?: (ctx: Ctx, params: Params) => Promise<string>
  readonly form?: {
    readonly schema: Schema
    show: ShowForm
    before?: Before | undefined
    submit: Submit
    readonly max_bytes: number
  }
  readonly api?: Api
  /** Public pages are finished bytes, kept until `publish(ctx)`; those that differ from reader to reader are not. */
  readonly kept: boolean
}

type Handlers<P extends string, S extends Schema, Prepared> = {
  show(ctx: Ctx, params: PathParams<P>, form: Form<S>, asked: Asked): Promise<Child> | Child
  /** Runs before the transaction opens; `submit` gets what it answers as `prepared`. */
  before?(outside: Outside, params: PathParams<P>, input: z.infer<S>, given: Given): Promise<Prepared>
  /** @returns where to go (303), or a page or a finished answer */
  submit(
    ctx: Ctx,
    params: PathParams<P>,
    input: z.infer<S>,
    given: Given & { prepared: Prepared },
  ): Promise<string | Bytes | HtmlPage>
}
type Page<P extends string> = (ctx: Ctx, params: PathParams<P>, asked: Asked) => Promise<Child | Bytes> | Child | Bytes

/** `const routes = router()`, then `routes.page(…)`, `routes.form(…)`; `routes.all` goes into `module.ts`. */
export function router() {
  const all: Route[] = []
  const add = (route: Route) => {
    all.push(route)
  }
  return {
    all,
    /** A staff page. */
    page: <P extends string>({ pattern }: Address<P>, may: Route['may'], show: Page<P>) =>
      add({ surface: 'staff', pattern, may, show: show as unknown as Show, kept: false }),
    /** A staff form: GET shows, POST does or shows again with 422. */
    form: <P extends string, S extends Schema, Prepared>(
      { pattern }: Address<P>,
      may: Route['may'],
      schema: S,
      { show, before, submit }: Handlers<P, S, Prepared>,
      max_bytes = 256_000,
    ) =>
      add({
        surface: 'staff',
        pattern,
        may,
        kept: false,
        form: {
          schema,
          show: show as unknown as ShowForm,
          before: before as unknown as Before | undefined,
          submit: submit as unknown as Submit,
          max_bytes,
        },
      }),
    /** A stream that only says *changed*: `topic` looks up what is followed, and refuses who may not see it. */
    changes: <P extends string>(
      { pattern }: Address<P>,
      may: Route['may'],
      topic: (ctx: Ctx, params: PathParams<P>) => Promise<string>,
    ) => add({ surface: 'staff', pattern, may, changes: topic as unknown as Route['changes'] & {}, kept: false }),
    /** A public page: finished bytes, the same for every reader of that language. */
    open: <P extends string>({ pattern }: Address<P>, show: Page<P>, kept = true) =>
      add({ surface: 'public', pattern, may: 'anybody', show: show as unknown as Show, kept }),
    /** A public form without account. */
    openForm: <P extends string, S extends Schema, Prepared>(
      { pattern }: Address<P>,
      schema: S,
      { show, before, submit }: Handlers<P, S, Prepared>,
      max_bytes = 64_000,
    ) =>
      add({
        surface: 'public',
        pattern,
        may: 'anybody',
        kept: false,
        form: {
          schema,
          show: show as unknown as ShowForm,
          before: before as unknown as Before | undefined,
          submit: submit as unknown as Submit,
          max_bytes,
        },
      }),
    /** For a program of others, with a key of its own: JSON in, JSON out, problems as RFC 9457. */
    api: <P extends string, C extends Caller, S extends Schema = Schema>(
      { pattern }: Address<P>,
      door: ApiDoor<C>,
      deeds: { get?: ApiDeed<C, PathParams<P>>; post?: ApiDeed<C, PathParams<P>, S> & { schema: S } },
    ) => add({ surface: 'machine', pattern, may: 'anybody', kept: false, api: { door, ...deeds } as unknown as Api }),
    /** Feeds, open data, interfaces for machines: no page around it. */
    machine: <P extends string>(
      { pattern }: Address<P>,
      show: (ctx: Ctx, params: PathParams<P>, asked: Asked) => Promise<Bytes>,
      kept = true,
    ) => add({ surface: 'machine', pattern, may: 'anybody', show: show as unknown as Show, kept }),
  }
}
export type { Typed }
