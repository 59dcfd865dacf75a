/**
 * The full report over a large ledger, 100,000 people and 1,000,000 facts in 36 months, beside a tenth of it, which shows how the
 * questions grow. `node bench/ledger.ts [people] [facts]` builds both in scratch databases, asks as the application does, and
 * prints a table.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { commandLine } from '../src/kernel/actor.ts'
import { type Config, parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import type { DB } from '../src/kernel/database/rows.ts'
import { openWords } from '../src/kernel/i18n.ts'
import { openLimits } from '../src/kernel/limits.ts'
import { foundIndicators } from '../src/monitoring/actions/definitions.ts'
import { report } from '../src/monitoring/actions/figures.ts'
import { countsIn, evidenceOf, notCountable, peopleOf } from '../src/monitoring/actions/people.ts'

const ambito = { id: '01900000-0000-7000-8000-000000000001', slug: 'prova', name: 'Ambito di prova' }
const whole = { from: '2028-09-01', to: '2028-09-24' }

/** What each question may take, in milliseconds, on two cores. */
const limits: Record<string, number> = { 'full report': 1500, 'people of one cell': 200 }

async function benchLedger(people: number, facts: number) {
  const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-'))
  const config = parseConfig({ DATA_DIR: data_dir })
  try {
    await inDatabase(config, (inCtx, owner) => build(owner, inCtx, people, facts))
    // In a second life of the server: nobody asks while the facts of three years are still being written down.
    return await inDatabase(config, measure)
  } finally {
    rmSync(data_dir, { recursive: true })
  }
}

async function inDatabase<Result>(config: Config, work: (inCtx: InCtx, owner: Kysely<DB>) => Promise<Result>) {
  const postgres = await openPostgres(config)
  try {
    await migrate(postgres.owner_url, config)
    const pools = openPools(postgres)
    const ground = {
      db: pools.app,
      words: openWords(),
      base_url: '',
      demo: true,
      listeners: new Map(),
      modules: [],
      looks_into_files: false,
      seal: (text: string) => text,
      beside: pools.beside,
      limits: openLimits(pools.beside_pool),
    }
    try {
      return await work((ask) => openCtx(ground, { ambito, actor: commandLine, lang: 'it' }, ask), pools.owner)
    } finally {
      await pools.close()
    }
  } finally {
    await postgres.stop()
  }
}

/** In a hundred facts: visits, their needs, and what the other services will tell. */
const shares = {
  'desk.visit.foreigners': 20,
  'desk.visit.refugees': 12,
  'desk.visit.digital': 8,
  'desk.need.DOC.RINNOVO': 14,
  'desk.need.FAM.RICONG': 6,
  'desk.need.CASA.SAP': 8,
  'desk.need.DIG.SPID': 8,
  'desk.need.LAV.RICERCA': 9,
  'courses.attendance.language': 5,
  'courses.attendance.experiential': 2,
  'orientation.session.individual': 3,
  'courses.level_gained': 1,
  'participation.survey.helpful': 2,
  'mediation.assisted': 2,
}

type InCtx = <Result>(work: (ctx: Ctx) => Promise<Result>) => Promise<Result>

async function measure(inCtx: InCtx) {
  const { people } = await inCtx((ctx) => peopleOf(ctx, { code: 'O.2.3', ...whole }))
  const somebody = people[7]?.person_id ?? ''
  const questions: Record<string, (ctx: Ctx) => Promise<unknown>> = {
    'full report': (ctx) => report(ctx, whole),
    'people of one cell': (ctx) => peopleOf(ctx, { code: 'O.2.3', cell: { gender: 'F', age: '18-60' }, ...whole }),
    'people of a small cell': (ctx) => peopleOf(ctx, { code: 'O.2.3', cell: { gender: 'X', age: '>60' }, ...whole }),
    'people of a result': (ctx) => peopleOf(ctx, { code: 'R.2.8', cell: { gender: 'M', age: '18-60' }, ...whole }),
    'new people of a cell': (ctx) =>
      peopleOf(ctx, { code: 'O.2.3', cell: { gender: 'F', age: '18-60' }, only_new: true, ...whole }),
    'not countable': (ctx) => notCountable(ctx, { to: whole.to }),
    'evidence of one person': (ctx) => evidenceOf(ctx, somebody, 'O.2.3', whole.to),
    'where one person counts': (ctx) => countsIn(ctx, somebody),
  }
  const answers: { question: string; median: number; slowest: number; result: string }[] = []
  for (const [question, ask] of Object.entries(questions)) {
    const took: number[] = []
    let answer: unknown
    for (let round = 0; round < 5; round++) {
      const began = performance.now()
      answer = await inCtx(ask)
      took.push(performance.now() - began)
    }
    took.sort((a, b) => a - b)
    answers.push({ question, median: took[2] ?? 0, slowest: took[4] ?? 0, result: inShort(answer) })
  }
  return answers
}

function inShort(answer: unknown) {
  const { indicators, people, facts } = answer as {
    indicators?: { code: string; value: number; new: number }[]
    people?: unknown[]
    facts?: unknown[]
  }
  const row = indicators?.find(({ code }) => code === 'O.2.3')
  if (row) return `O.2.3 = ${row.value}, new ${row.new}`
  return people ? `${people.length} people` : facts ? `${facts.length} facts` : ''
}

/** Everything by the set, with the triggers of standing asleep: they are caught up with at the end. */
async function build(owner: Kysely<DB>, inCtx: InCtx, people: number, facts: number) {
  const run = async (what: string, query: ReturnType<typeof sql>) => {
    const began = performance.now()
    await query.execute(owner)
    console.error(`  ${what} (${Math.round(performance.now() - began)} ms)`)
  }
  const at = ambito.id
  console.error(`Building ${people} people and ${facts} facts …`)
  await run(
    'project',
    sql`insert into programme.project (ambito_id, name, fund, starts_on, ends_on, total_cents, contribution_cents, lead, partner, contact)
    values (${at}, 'Prova', 'FAMI', '2025-09-25', '2028-09-24', 0, 0, 'Regione', 'Azienda', 'prova@example.org')`,
  )
  await inCtx(foundIndicators)
  await run(
    'matrix',
    sql`insert into people.eligibility (ambito_id, about, code, verdict) values (${at}, 'kind', 'LAV_SUB', 'yes'), (${at}, 'kind', 'FAM', 'yes'),
    (${at}, 'kind', 'RICH_ASILO', 'check'), (${at}, 'status', 'VALIDO', 'as_kind')`,
  )
  for (const table of ['person', 'citizenship', 'title', 'privacy_notice'])
    await sql`alter table ${sql.table(`people.${table}`)} disable trigger user`.execute(owner)
  await run(
    'people',
    sql`insert into people.person (ambito_id, id, canonical_id, born, born_precision, gender, created_at)
    select ${at}, id, id, born, 'day', (array['F', 'M', 'F', 'M', 'F', 'M', 'F', 'M', 'F', 'M', 'X', null])[1 + n % 12], '2025-09-01'
    from (select n, kernel.uuidv7() as id, date '1950-01-01' + (random() * 24000)::int as born from generate_series(1, ${people}::int) n offset 0) made`,
  )
  // One person in fifty was entered twice, and merged.
  await run(
    'merged',
    sql`with pair as (select id, lag(id) over (order by id) as into_id, row_number() over (order by id) as n from people.person)
    update people.person p set canonical_id = pair.into_id from pair where pair.id = p.id and pair.n % 50 = 0`,
  )
  await run(
    'citizenships',
    sql`insert into people.citizenship (ambito_id, person_id, country, belongs, since)
    select ${at}::uuid, id, 'EG', case when random() < 0.28 then 'eu' else 'third' end, null::date from people.person
    union all select ${at}::uuid, id, 'IT', 'it', date '2026-01-01' + (random() * 900)::int from people.person where random() < 0.03`,
  )
  await run(
    'titles',
    sql`insert into people.title (ambito_id, person_id, kind, status, issued_on, expires_on, seen_on)
    select ${at}::uuid, id, (array['LAV_SUB', 'FAM', 'LAV_SUB', 'FAM', 'RICH_ASILO'])[1 + (random() * 4)::int], 'VALIDO', from_day, from_day + 730, date '2026-06-01'
    from (select id, date '2025-01-01' + (random() * 300)::int as from_day from people.person where random() < 0.85) first
    union all select ${at}::uuid, id, 'LAV_SUB', 'VALIDO', from_day, from_day + 730, date '2027-06-01'
    from (select id, date '2027-01-01' + (random() * 300)::int as from_day from people.person where random() < 0.6) renewed`,
  )
  await run(
    'notices',
    sql`insert into people.privacy_notice (ambito_id, person_id, given_on, language, how) select ${at}, id, '2026-06-01', 'ar', 'mediator' from people.person where random() < 0.95`,
  )
  for (const table of ['person', 'citizenship', 'title', 'privacy_notice'])
    await sql`alter table ${sql.table(`people.${table}`)} enable trigger user`.execute(owner)
  await run('analyze', sql`analyze`)
  for (let tenth = 0; tenth < 10; tenth++)
    await run(
      `standing ${tenth + 1}/10`,
      sql`select people.refresh_standing(${at}, array(select canonical_id from (select canonical_id, ntile(10) over (order by canonical_id) as tenth from people.person) p where tenth = ${tenth + 1}))`,
    )
  const kinds = Object.entries(shares).flatMap(([kind, share]) => Array<string>(share).fill(kind))
  await run(
    'facts',
    sql`insert into monitoring.fact (ambito_id, kind, action, person_id, on_day, minutes, evidence, event_id, recorded_at)
    select ${at}, kind, case when kind like '%digital' or kind like '%DIG%' then '03' else '02' end, known.id, on_day, minutes, 'desk.visit:' || gen_random_uuid(), kernel.uuidv7(), on_day
    from (
      select (${kinds}::text[])[1 + floor(random() * ${kinds.length}::int)::int] as kind, case when random() < 0.95 then 1 + floor(random() * ${people}::int)::int end as number,
        date '2025-09-25' + floor(random() * 1096)::int as on_day, 5 + (random() * 40)::int as minutes
      from generate_series(1, ${facts}::int) offset 0
    ) made left join (select id, row_number() over () as number from people.person) known using (number)`,
  )
  await run(
    'reversals',
    sql`insert into monitoring.fact (ambito_id, kind, action, person_id, on_day, minutes, evidence, event_id, reverses)
    select ambito_id, kind, action, person_id, on_day, minutes, evidence, kernel.uuidv7(), id from monitoring.fact where random() < 0.005`,
  )
  await run('vacuum', sql`vacuum analyze`)
}

if (import.meta.main) {
  const [people = 100_000, facts = 1_000_000] = process.argv.slice(2).map(Number)
  const small = await benchLedger(people / 10, facts / 10)
  const large = await benchLedger(people, facts)
  console.table(
    large.map(({ question, median, slowest, result }, at) => {
      const before = small[at]?.median ?? 0
      return {
        question,
        [`${facts / 10} facts, median ms`]: Math.round(before),
        [`${facts} facts, median ms`]: Math.round(median),
        growth: `× ${(median / before).toFixed(1)}`,
        slowest: Math.round(slowest),
        limit: limits[question] ?? null,
        result,
      }
    }),
  )
}
