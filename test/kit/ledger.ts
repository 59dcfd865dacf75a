/** A ledger with nobody in it yet, and people who come to be served: for the counting cases of domain.md §3.2. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { type Actor, backgroundJob } from '../../src/kernel/actor.ts'
import { type Ctx, openCtx } from '../../src/kernel/ctx.ts'
import { openPools } from '../../src/kernel/database/pools.ts'
import { openWords } from '../../src/kernel/i18n.ts'
import { openLimits } from '../../src/kernel/limits.ts'
import { foundIndicators, recordFacts, report } from '../../src/monitoring/actions.ts'
import { freshDatabase } from './database.ts'

export type Title = {
  kind?: string
  status?: string
  issued_on?: string | null
  expires_on?: string | null
  seen?: boolean
}
export type Citizenship = {
  belongs: 'third' | 'eu' | 'it'
  country?: string
  since?: string | null
  until?: string | null
}
export type Somebody = {
  born?: string | null
  gender?: 'F' | 'M' | 'X' | null
  citizenships?: Citizenship[]
  titles?: Title[]
  notice?: boolean
}

/** Everything a person needs to count, on any day. */
export const complete: Required<Somebody> = {
  born: '1991-03-01',
  gender: 'F',
  citizenships: [{ belongs: 'third', country: 'EG' }],
  titles: [{ kind: 'LAV_SUB' }],
  notice: true,
}

const matrix = [
  ['kind', 'LAV_SUB', 'yes'],
  ['kind', 'RICH_ASILO', 'check'],
  ['kind', 'BREVE', 'no'],
  ['status', 'VALIDO', 'as_kind'],
  ['status', 'IN_RINNOVO', 'as_kind'],
  ['status', 'SCADUTO', 'no'],
] as const

export const project = { starts_on: '2025-09-25', ends_on: '2028-09-24' }
export type Happened = {
  on: string
  action?: string
  minutes?: number
  organisation?: string
  evidence?: string
  event_id?: string
}

export async function openLedger() {
  const pools = openPools(await freshDatabase())
  afterAll(() => pools.close())
  let ambito = { id: '', slug: 'prova', name: 'Ambito di prova' }
  const ground = {
    db: pools.app,
    words: openWords(),
    base_url: 'http://localhost',
    demo: true,
    modules: [],
    looks_into_files: false,
    seal: (text: string) => text,
    listeners: new Map(),
    beside: pools.beside,
    limits: openLimits(pools.beside_pool),
  }
  const inCtx = <Result>(work: (ctx: Ctx) => Promise<Result>, actor: Actor = backgroundJob) =>
    openCtx(ground, { ambito, actor, lang: 'it' }, work)

  async function person(somebody: Somebody = {}) {
    const id = randomUUID()
    const { born, gender, citizenships, titles, notice } = { ...complete, ...somebody }
    await inCtx(async ({ db, ambito_id }) => {
      await sql`insert into people.person (ambito_id, id, canonical_id, born, born_precision, gender)
        values (${ambito_id}, ${id}, ${id}, ${born}, ${born === null ? null : 'day'}, ${gender})`.execute(db)
      for (const { belongs, country = 'XX', since = null, until = null } of citizenships)
        await sql`insert into people.citizenship (ambito_id, person_id, country, belongs, since, until)
          values (${ambito_id}, ${id}, ${country}, ${belongs}, ${since}, ${until})`.execute(db)
      for (const { kind = 'LAV_SUB', status = 'VALIDO', issued_on = null, expires_on = null, seen = true } of titles)
        await sql`insert into people.title (ambito_id, person_id, kind, status, issued_on, expires_on, seen_on)
          values (${ambito_id}, ${id}, ${kind}, ${status}, ${issued_on}, ${expires_on}, ${seen ? '2026-11-01' : null})`.execute(
          db,
        )
      if (notice)
        await sql`insert into people.privacy_notice (ambito_id, person_id, given_on, language, how)
          values (${ambito_id}, ${id}, '2026-11-01', 'it', 'explained')`.execute(db)
    })
    return id
  }

  /** An Ambito of its own, with a project, its indicators and a small matrix. */
  async function found() {
    ambito = { ...ambito, id: randomUUID() }
    await inCtx(async (ctx) => {
      const { db, ambito_id } = ctx
      await sql`insert into programme.project (ambito_id, name, fund, starts_on, ends_on, total_cents, contribution_cents, lead, partner, contact)
        values (${ambito_id}, 'Prova', 'FAMI', ${project.starts_on}, ${project.ends_on}, 0, 0, 'Regione', 'Azienda', 'prova@example.org')`.execute(
        db,
      )
      await foundIndicators(ctx)
      for (const [about, code, verdict] of matrix)
        await sql`insert into people.eligibility (ambito_id, about, code, verdict) values (${ambito_id}, ${about}, ${code}, ${verdict})`.execute(
          db,
        )
    })
  }
  await found()

  return {
    pools,
    inCtx,
    /** Begins again, with nobody. */
    startAgain: found,
    person,
    /** Something a module announces, heard by the ledger. */
    async happened(
      kind: string,
      person_id: string | null,
      { on, action = '02', evidence = `desk.visit:${randomUUID()}`, event_id = randomUUID(), ...more }: Happened,
    ) {
      const fact = { event_id, kind, action, person_id, on_day: on, evidence, ...more }
      await inCtx((ctx) => recordFacts(ctx, [fact]))
      return fact
    },
    /** Value and new of each row, by code. */
    async figures(period: { from?: string; to?: string } = {}) {
      const { indicators } = await inCtx((ctx) =>
        report(ctx, { from: period.from ?? project.starts_on, to: period.to ?? project.ends_on }),
      )
      return new Map(indicators.map((figure) => [figure.code, figure]))
    },
    /** Two files are one person: what merging writes. */
    merge: (id: string, into: string) =>
      inCtx(({ db, ambito_id }) =>
        sql`update people.person set canonical_id = ${into} where ambito_id = ${ambito_id} and id = ${id}`.execute(db),
      ),
  }
}
