/**
 * Mediation on call. `node bench/mediation.ts [rounds [contest ranking idle year]]` builds a scratch database and prints a
 * table: the contest for one call beside the same SQL statement as pgbench would send it, ranking, what open calls cost when nothing happens, and a year of a Region
 * against the control "mail to everybody, first answer wins".
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { commandLine } from '../src/kernel/actor.ts'
import { parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools, type Pools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import type { DB } from '../src/kernel/database/rows.ts'
import { openWords } from '../src/kernel/i18n.ts'
import { openLimits } from '../src/kernel/limits.ts'
import { answerOffer } from '../src/mediation/actions/assigning.ts'
import { candidatesFor } from '../src/mediation/actions/searching.ts'
import { watch } from '../src/mediation/jobs.ts'
import { gini } from '../src/mediation/rules/hours.ts'
import { type Candidate, rank } from '../src/mediation/rules/ranking.ts'
import { findCall } from '../src/mediation/store/calls.ts'
import { taking } from '../src/mediation/store/search.ts'
import { approvedCall, crowd, inRome, offeredCall } from '../test/kit/mediation.ts'

const ambito = { id: '01900000-0000-7000-8000-000000000001', slug: 'prova', name: 'Ambito di prova' }
type InCtx = <Result>(work: (ctx: Ctx) => Promise<Result>) => Promise<Result>
type Row = { question: string; result: string; aim: string }
const quantile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

export async function benchMediation(rounds = 20, only: readonly string[] = []) {
  const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-'))
  const postgres = await openPostgres(parseConfig({ DATA_DIR: data_dir }))
  try {
    await migrate(postgres.owner_url, parseConfig({ DATA_DIR: data_dir }))
    const pools = openPools(postgres)
    const ground = {
      db: pools.app,
      words: openWords(),
      base_url: 'http://localhost',
      demo: true,
      listeners: new Map(),
      modules: [],
      limits: openLimits(pools.app_pool),
    }
    const inCtx: InCtx = (work) => openCtx(ground as never, { ambito, actor: commandLine, lang: 'it' }, work)
    try {
      await found(pools.owner)
      const parts = {
        contest: () => contest(inCtx, pools, rounds),
        ranking: () => ranking(inCtx),
        idle: () => idle(inCtx, pools.owner),
        year,
      }
      const rows: Row[] = []
      for (const [name, part] of Object.entries(parts))
        if (only.length === 0 || only.includes(name)) rows.push(...(await part()))
      return rows
    } finally {
      await pools.close()
    }
  } finally {
    await postgres.stop()
    rmSync(data_dir, { recursive: true })
  }
}

async function found(owner: Kysely<DB>) {
  await sql`insert into territory.ambito (id, slug, name, region, demo) values (${ambito.id}, ${ambito.slug}, ${ambito.name}, 'Lombardia', true)`.execute(
    owner,
  )
  await sql`insert into territory.comune (ambito_id, code, name, province, cadastral, cap, lat, lon) values (${ambito.id}, '098031', 'Lodi', 'LO', 'E648', '26900', 45.3, 9.5)`.execute(
    owner,
  )
}

/** Work at nineteen connections, the others in line: the pool gives up on whoever waits two seconds. */
async function atOnce<Result>(many: number, work: (at: number) => Promise<Result>) {
  const answers: Result[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: 19 }, async () => {
      while (next < many) {
        const at = next++
        answers[at] = await work(at)
      }
    }),
  )
  return answers
}

/** The limit: that one statement as a script of pgbench would send it, nothing of ours around it. */
async function bare(pool: pg.Pool, { sql: text, parameters }: CompiledQuery) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.ambito', '${ambito.id}', true)`)
    await client.query({ name: 'taking', text, values: [...parameters] })
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** Rounds before the first that counts: a house in use has open connections with their plans, and statistics of its tables. */
const warming = 6

async function contest(inCtx: InCtx, pools: Pools, rounds: number): Promise<Row[]> {
  const mediators = await inCtx((ctx) => crowd(ctx, 200, 'aa'))
  let [took, bare_took]: [number[], number[]] = [[], []]
  let [double, whole_ms, bare_ms] = [0, 0, 0]
  for (let round = 0; round < warming + rounds; round++) {
    console.error(`  round ${round + 1} of ${warming + rounds}`)
    if (round === 2) await sql`analyze`.execute(pools.owner)
    if (round === warming) {
      took = []
      bare_took = []
      whole_ms = bare_ms = 0
    }
    const at = (hours: number) => ({
      starts_at: inRome('2030-01-07', '09:00').add({ hours: 24 * round + hours }),
      minutes: 60,
    })
    const { offers } = await inCtx((ctx) => offeredCall(ctx, mediators, at(0), { language: 'aa' }))
    let began = performance.now()
    const answers = await atOnce(200, async (one) => {
      const from = performance.now()
      const answer = await inCtx((ctx) => answerOffer(ctx, offers[one] as string, { answer: 'accept' }))
      took.push(performance.now() - from)
      return answer
    })
    whole_ms += performance.now() - began
    if (answers.filter((answer) => answer === 'won').length !== 1) double++
    const { call_id } = await inCtx((ctx) => offeredCall(ctx, [], at(5), { language: 'aa' }))
    const { starts_at, minutes } = at(5)
    const statements = mediators.map((mediator_id) =>
      taking(
        { ambito_id: ambito.id, actor: commandLine },
        { call_id, mediator_id, offer_id: null, how: 'offer', starts_at, ends_at: starts_at.add({ minutes }) },
      ).compile(pools.app),
    )
    began = performance.now()
    await atOnce(200, async (one) => {
      const from = performance.now()
      await bare(pools.app_pool, statements[one] as (typeof statements)[0])
      bare_took.push(performance.now() - from)
    })
    bare_ms += performance.now() - began
  }
  const p50p99 = (of: number[]) => `${quantile(of, 0.5).toFixed(1)} / ${quantile(of, 0.99).toFixed(1)}`
  const rate = (ms: number) => Math.round((rounds * 200) / (ms / 1000))
  return [
    {
      question: `200 accept one call × ${rounds}: rounds without exactly one winner`,
      result: String(double),
      aim: '0',
    },
    {
      question: 'a decision, p50 / p99 in ms, beside the statement alone',
      result: `${p50p99(took)} beside ${p50p99(bare_took)}`,
      aim: 'p99 ≤ 100',
    },
    {
      question: 'decisions a second, beside the statement alone',
      result: `${rate(whole_ms)} of ${rate(bare_ms)} (${Math.round((bare_ms / whole_ms) * 100)}%)`,
      aim: '≥ 50%',
    },
  ]
}

async function ranking(inCtx: InCtx): Promise<Row[]> {
  await inCtx((ctx) => crowd(ctx, 1000, 'bb'))
  const call_id = await inCtx((ctx) =>
    approvedCall(ctx, { starts_at: inRome('2030-06-03', '10:00'), minutes: 60 }, { language: 'bb' }),
  )
  const took: number[] = []
  let ranked = 0
  for (let round = 0; round < 11; round++)
    await inCtx(async (ctx) => {
      const call = await findCall(ctx, call_id)
      const began = performance.now()
      ranked = (await candidatesFor(ctx, call)).ranked.length
      took.push(performance.now() - began)
    })
  return [{ question: `ranking ${ranked} mediators, median ms`, result: quantile(took, 0.5).toFixed(1), aim: '≤ 50' }]
}

/** Ten thousand open calls, each with a wave that ends some day: what the clock's look at them takes. */
async function idle(inCtx: InCtx, owner: Kysely<DB>): Promise<Row[]> {
  const template = await inCtx((ctx) =>
    approvedCall(ctx, { starts_at: inRome('2031-01-06', '10:00'), minutes: 60 }, { language: 'cc' }),
  )
  const look = async () => {
    const took: number[] = []
    for (let round = 0; round < 21; round++) {
      const began = performance.now()
      await inCtx(watch)
      took.push(performance.now() - began)
    }
    return quantile(took, 0.5)
  }
  const empty = await look()
  await sql`with made as (
      insert into mediation.call (ambito_id, state, body_id, contact_id, language, field, purpose, mode, minutes, comune)
      select c.ambito_id, 'offered', c.body_id, c.contact_id, c.language, c.field, c.purpose, c.mode, c.minutes, c.comune
      from mediation.call c, generate_series(1, 10000) where c.id = ${template} returning ambito_id, id)
    insert into mediation.wave (ambito_id, call_id, number, deadline) select ambito_id, id, 1, kernel.now() + interval '1 year' from made`.execute(
    owner,
  )
  await sql`analyze mediation.wave`.execute(owner)
  const full = await look()
  return [
    {
      question: 'the clock looks: ms with none / with 10,000 open calls',
      result: `${empty.toFixed(1)} / ${full.toFixed(1)}`,
      aim: 'no more',
    },
  ]
}

// --- a year of a Region ---------------------------------------------------------------------------------------------

/** The same numbers at every run. */
function dice(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Worker = Candidate & { eager: number; total: number }
const languages = ['ar', 'sq', 'zh', 'ur', 'pa', 'bn', 'uk', 'es', 'fr', 'en', 'ti', 'si']

/** 35 Ambiti, 900 mediators, 60,000 calls; each answers in her own time, some are quick to every mail and some slow. */
function simulate(way: 'waves' | 'everybody') {
  const roll = dice(7)
  const start = inRome('2030-01-01', '00:00')
  const pools = Array.from({ length: 35 }, () => [] as Worker[])
  for (let at = 0; at < 900; at++) {
    const own = Math.floor(roll() ** 1.6 * languages.length)
    pools[at % 35]?.push({
      id: String(at).padStart(4, '0'),
      gender: roll() < 0.75 ? 'F' : 'M',
      base_comune: 'x',
      max_travel_minutes: 60,
      short_notice: false,
      remote: true,
      fields: [],
      monthly_minutes: 60 * 60,
      in_contract: true,
      contract_left: null,
      languages: [languages[own] as string, languages[(own + 7) % languages.length] as string].map(
        (language, rank) => ({ language, variety: '', level: rank === 0 ? ('mother' as const) : ('good' as const) }),
      ),
      week: [],
      exceptions: [],
      busy: [],
      minutes_this_month: 0,
      asked_lately: 0,
      stance: null,
      known_to_case: false,
      eager: roll(),
      total: 0,
    })
  }
  const waits: number[] = []
  let [covered, letters, month] = [0, 0, -1]
  for (let call = 0; call < 60_000; call++) {
    const hour = (call / 60_000) * 365 * 24
    if (Math.floor(hour / 730) !== month) {
      month = Math.floor(hour / 730)
      for (const pool of pools) for (const worker of pool) worker.minutes_this_month = 0
    }
    const pool = pools[Math.floor(roll() * 35)] as Worker[]
    const starts_at = start.add({ minutes: Math.floor(hour * 60 + (2 + roll() * 8) * 24 * 60) })
    const language = languages[Math.floor(roll() ** 1.6 * languages.length)] as string
    const wanted = {
      language,
      variety: '',
      other_language: null,
      field: 'SCU_PRI',
      mode: 'PRES',
      minutes: 60 + Math.floor(roll() * 3) * 30,
      comune: 'x',
      gender: null,
      same_mediator: false,
      urgent: false,
      options: [{ starts_at, ends_at: starts_at.add({ minutes: 120 }) }],
    }
    const { ranked } = rank(wanted, pool, () => 15)
    const width = way === 'waves' ? 3 : ranked.length
    let won: Worker | undefined
    for (let first = 0, wave = 0; first < ranked.length && !won; wave++) {
      const asked = ranked.slice(first, first + width * 2 ** wave)
      letters += asked.length
      // Hours until she answers, and whether she can: the eager ones look first.
      const answers = asked
        .map(({ of }) => ({ of, after: (1 - of.eager) * 10 * roll() + 0.1, yes: roll() < 0.45 }))
        .filter(({ yes }) => yes)
      const best = answers.toSorted((a, b) => a.after - b.after)[0]
      if (best) {
        won = best.of
        waits.push(wave * 12 + best.after)
      }
      first += asked.length
    }
    if (!won) continue
    covered++
    won.total += wanted.minutes
    won.minutes_this_month += wanted.minutes
    won.busy = [...won.busy.slice(-12), { starts_at, ends_at: starts_at.add({ minutes: wanted.minutes }), comune: 'x' }]
  }
  // Fair among those who could have been asked the same: within each Ambito and first language.
  const groups = Map.groupBy(
    pools.flatMap((pool, at) => pool.map((worker) => ({ worker, key: `${at} ${worker.languages[0]?.language}` }))),
    ({ key }) => key,
  )
  const inequality = [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => gini(group.map(({ worker }) => worker.total)))
  return {
    covered: covered / 60_000,
    wait: quantile(waits, 0.5),
    letters: letters / 60_000,
    gini: inequality.reduce((sum, one) => sum + one, 0) / inequality.length,
  }
}

function year(): Row[] {
  const began = performance.now()
  const [ours, control] = [simulate('waves'), simulate('everybody')]
  const both = (show: (of: typeof ours) => string) => `${show(ours)} / ${show(control)}`
  return [
    {
      question: 'a year of a Region, waves / everybody: share covered',
      result: both(({ covered }) => `${(covered * 100).toFixed(1)}%`),
      aim: 'as many',
    },
    { question: '… median hours to cover', result: both(({ wait }) => wait.toFixed(1)), aim: '' },
    { question: '… Gini of hours among equals', result: both(({ gini }) => gini.toFixed(2)), aim: 'lower' },
    { question: '… letters a call', result: both(({ letters }) => letters.toFixed(1)), aim: 'fewer' },
    { question: '… simulated in seconds', result: ((performance.now() - began) / 1000).toFixed(0), aim: 'minutes' },
  ]
}

if (import.meta.main) console.table(await benchMediation(Number(process.argv[2] ?? 20), process.argv.slice(3)))
