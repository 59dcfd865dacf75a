/** A whole house on a database of its own, and people who knock at its door: `as('operatore@demo.example')`. */
import { afterAll } from 'vitest'
import { commandLine } from '../../src/kernel/actor.ts'
import { type Ctx, openCtx } from '../../src/kernel/ctx.ts'
import { openPools } from '../../src/kernel/database/pools.ts'
import { foundInstallation } from '../../src/kernel/found.ts'
import { buildHouse } from '../../src/kernel/house.ts'
import { buildHttp, type Http } from '../../src/kernel/http.ts'
import { runDueJobs } from '../../src/kernel/jobs.ts'
import type { Module } from '../../src/kernel/module.ts'
import { cookieName, startSession } from '../../src/kernel/session.ts'
import { modules } from '../../src/modules.ts'
import { look } from '../../src/ui/look.tsx'
import { type Database, freshDatabase } from './database.ts'
import { configOf } from './founding.ts'

export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>
type Fields = Record<string, string | string[]>

type Wanted = {
  demo?: boolean
  env?: Record<string, string> /** Modules of the test's own, beside ours. */
  also?: readonly Module[] /** Share the database of another house, as a second process would. */
  beside?: Database
}

export async function openTestHouse({ demo = true, env = {}, also = [], beside }: Wanted = {}) {
  const database = beside ?? (await freshDatabase(demo ? 'demonstration' : 'empty'))
  const config = configOf(database, demo, env)
  const pools = openPools(database)
  // Nobody is sent away for waiting two seconds on a machine that does much else; whoever waits for ever fails the test.
  for (const pool of [pools.app_pool, pools.beside_pool]) pool.options.connectionTimeoutMillis = 30_000
  const house = buildHouse(config, pools, [...modules, ...also], look)
  await foundInstallation(house)
  const http = buildHttp(house)
  afterAll(() => pools.close())

  const ambito = async (slug: string) => {
    const found = (await house.modules.find((module) => module.ambiti)?.ambiti?.all(house.db))?.find(
      (one) => one.slug === slug,
    )
    if (!found) throw new Error(`no ambito '${slug}'`)
    return found
  }

  // Of many who deliver at once, those who come while one is at it share the next round.
  let round = Promise.resolve()
  let next: Promise<void> | undefined
  const settle = () => {
    next ??= round
      .catch(() => {})
      .then(() => {
        next = undefined
        round = runDueJobs(house)
        return round
      })
    return next
  }

  return {
    house,
    pools,
    http,
    database,
    /** Work done by the system itself, in an Ambito; its facts are delivered before this returns. */
    async inCtx<Result>(work: (ctx: Ctx) => Promise<Result>, slug = 'lodi') {
      const result = await openCtx(house, { ambito: await ambito(slug), actor: commandLine, lang: 'it' }, work)
      await settle()
      return result
    },
    /** Delivers what has been announced and queued until now. */
    settle,
    /** Moves the clock of every process. */
    moveClock: (interval: string) =>
      house.owner_pool.query('update kernel.clock_offset set ahead = $1::interval', [interval]),
    /** Somebody signed in, in the Ambito of the account (or in the one named). */
    async as(email: string, slug = email.endsWith('@vicino.example') ? 'vicino' : 'lodi') {
      const { rows } = await house.owner_pool.query<{ id: string }>(
        'select id from accounts.account where email = $1',
        [email],
      )
      if (!rows[0]) throw new Error(`no account ${email}`)
      const token = await startSession({ db: house.db as never }, rows[0].id, (await ambito(slug)).id)
      return browser(http, `${cookieName}=${token}`)
    },
    visitor: () => browser(http),
  }
}

/** What a browser does, without one: keeps the cookie, sends forms with the marks their page carried. */
export function browser(http: Http, cookie = '', host = 'localhost') {
  const headers = (more: Record<string, string> = {}) => ({ host, ...(cookie && { cookie }), ...more })
  const request = (path: string, init: RequestInit = {}) =>
    http.request(`http://${host}${path}`, {
      redirect: 'manual',
      ...init,
      headers: headers(init.headers as Record<string, string>),
    })

  async function take(answer: Response) {
    const set = answer.headers.get('set-cookie')
    if (set) cookie = set.includes('Max-Age=0') ? '' : (set.split(';')[0] ?? '')
    return answer
  }

  return {
    get: async (path: string, more: Record<string, string> = {}) => take(await request(path, { headers: more })),
    /** The text of a page; fails the test when it is no page. */
    async page(path: string) {
      const answer = await request(path)
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
      return answer.text()
    },
    /** A bare POST, as sent. */
    post: async (path: string, fields: Fields | FormData, more: Record<string, string> = {}) =>
      take(
        await request(path, {
          method: 'POST',
          body: fields instanceof FormData ? fields : encoded(fields),
          headers: more,
        }),
      ),
    /** Opens the page, fills its form in and sends it: hidden marks go along. */
    async submit(path: string, fields: Fields, { on = path }: { on?: string } = {}) {
      const page = await (await request(on)).text()
      return take(await request(path, { method: 'POST', body: encoded({ ...hiddenOf(page, path), ...fields }) }))
    },
    cookie: () => cookie,
    hidden: async (path: string) => hiddenOf(await (await request(path)).text(), path),
  }
}

function encoded(fields: Fields) {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
  return body
}

/** The hidden fields of the form that posts to `path` (or of the first one that carries marks). */
function hiddenOf(page: string, path: string) {
  const forms = page.match(/<form\b[\s\S]*?<\/form>/g) ?? []
  const form =
    forms.find((one) => one.includes(`action="${path}"`)) ??
    forms.find((one) => one.includes('_once') && !/action="/.test(one.slice(0, one.indexOf('>')))) ??
    ''
  const fields: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    if (name) fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? ''
  }
  return fields
}
