/**
 * The tavolo, in a scratch house: an agenda with 200 things to do and 100 themes beside its bare queries, 25 invitations queued,
 * and the search over ten years of decisions beside a bare scan for the same words.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { commandLine } from '../src/kernel/actor.ts'
import { parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { foundInstallation } from '../src/kernel/found.ts'
import { buildHouse } from '../src/kernel/house.ts'
import { modules } from '../src/modules.ts'
import { invite } from '../src/tavolo/actions/convening.ts'
import { decisionRegister } from '../src/tavolo/actions/decisions.ts'
import { planMeeting } from '../src/tavolo/actions/meetings.ts'
import { agendaOf } from '../src/tavolo/actions/reading.ts'
import { findMeeting } from '../src/tavolo/store/meetings.ts'
import { look } from '../src/ui/look.tsx'

const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-tavolo-'))
const config = parseConfig({ DATA_DIR: data_dir, DEMO: '1', DEMO_PASSWORD: 'measured-only', LOG_LEVEL: 'error' })
const postgres = await openPostgres(config)
await migrate(postgres.owner_url, config)
const pools = openPools(postgres)
const house = buildHouse(config, pools, modules, look)
await foundInstallation(house)
const all = await house.modules.find((module) => module.ambiti)?.ambiti?.all(house.db)
const ambito = all?.find(({ slug }) => slug === 'lodi') as Ctx['ambito']
const inCtx = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
  openCtx(house, { ambito, actor: commandLine, lang: 'it' }, work)

const rounds = Number(process.argv[2] ?? 30)
/** The middle of many, inside one transaction: what is measured is the work, not the opening of it. */
async function middle(work: (ctx: Ctx) => Promise<unknown>) {
  return inCtx(async (ctx) => {
    const took: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      await work(ctx)
      took.push(performance.now() - began)
    }
    return took.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] as number
  })
}
const ms = (value: number) => `${value.toFixed(1)} ms`
let wrong = 0
function say(question: string, took: number, most: number, beside?: number) {
  if (took > most) wrong++
  console.log(
    `${question}\n    ${ms(took)}${beside === undefined ? '' : `, bare queries ${ms(beside)}`}   (aim: ≤ ${most} ms)`,
  )
}

// --- the agenda -----------------------------------------------------------------------------------------------------

const day = await inCtx(async (ctx) => Temporal.PlainDate.from(ctx.today).add({ days: 6 }).toString())
const plan = (on_day: string) =>
  inCtx((ctx) => planMeeting(ctx, { on_day, starts_at: '10:00', ends_at: '12:00', mode: 'online', jitsi: false }))
const full = await plan(day)
await inCtx(async ({ db, ambito_id, today }) => {
  await sql`insert into tavolo.task (ambito_id, what, given_on, due_on)
    select ${ambito_id}, 'Cosa da fare numero ' || n, ${today}::date - 30 - n % 300, ${today}::date + n % 60 from generate_series(1, 200) n`.execute(
    db,
  )
  await sql`insert into tavolo.item (ambito_id, meeting_id, kind, source_id, title, data, position)
    select ${ambito_id}, ${full}, 'theme', gen_random_uuid(), 'Tema numero ' || n, '{"people": 12, "topic": "SCU"}', 30 from generate_series(1, 100) n`.execute(
    db,
  )
})
await house.owner_pool.query('analyze')
const bare = await middle(async ({ db, ambito_id }) => {
  await sql`select * from tavolo.task where ambito_id = ${ambito_id} and given_on < ${day} and (closed_on is null or closed_on >= ${day})`.execute(
    db,
  )
  await sql`select * from tavolo.item where ambito_id = ${ambito_id} and meeting_id = ${full} and removed_at is null order by position`.execute(
    db,
  )
})
const agenda = await middle(async (ctx) => agendaOf(ctx, await findMeeting(ctx, full)))
say('the agenda of a meeting with 200 open tasks and 100 themes', agenda, 50, bare)

// --- invitations ----------------------------------------------------------------------------------------------------

await inCtx(async ({ db, ambito_id, today }) => {
  await sql`update tavolo.seat set until_on = from_on where ambito_id = ${ambito_id}`.execute(db)
  await sql`with m as (insert into tavolo.member (ambito_id, name, email)
      select ${ambito_id}, 'Persona ' || n, 'p' || n || '@bench.example' from generate_series(1, 25) n returning id),
    o as (select id from territory.organisation where ambito_id = ${ambito_id} limit 1)
    insert into tavolo.seat (ambito_id, member_id, organisation_id, kind, from_on)
      select ${ambito_id}, m.id, o.id, 'member', ${today}::date - 1 from m, o`.execute(db)
})
const took: number[] = []
for (let round = 0; round < 5; round++) {
  const id = await plan(
    Temporal.PlainDate.from(day)
      .add({ days: 60 + round })
      .toString(),
  )
  const began = performance.now()
  const { sent } = await inCtx((ctx) => invite(ctx, id, { seats: [], again: false }))
  took.push(performance.now() - began)
  if (sent !== 25) throw new Error(`${sent} invitations instead of 25`)
}
say('25 invitations with their calendar files and links, queued', took.toSorted((a, b) => a - b)[2] as number, 200)

// --- decisions ------------------------------------------------------------------------------------------------------

const decisions = 12_000
await inCtx(async ({ db, ambito_id }) => {
  await sql`insert into tavolo.decision (ambito_id, meeting_id, year, number, text, folded, on_day)
    select ${ambito_id}, ${full}, 2016 + n / 1200, 5000 + n, t, lower(t), date '2016-01-01' + n / 4
    from generate_series(0, ${decisions - 1}) n, lateral (select 'Decisione ' || n || ' sul ' ||
      (array['calendario dei corsi', 'modulo della scuola', 'servizio di mediazione', 'lavoro stagionale', 'permesso di soggiorno'])[1 + n % 5]
      || ' del gruppo ' || md5(n::text) || repeat(' e degli enti che ne fanno parte', 4) as t) x`.execute(db)
})
await house.owner_pool.query('analyze')
for (const text of ['modulo scuola', 'permesso 4711', 'nessuna parola simile']) {
  const words = text.split(' ')
  const scan = await middle(({ db, ambito_id }) =>
    sql`select id, text from tavolo.decision where ambito_id = ${ambito_id} and ${sql.join(
      words.map((word) => sql`folded like ${`%${word}%`}`),
      sql` and `,
    )} order by on_day desc, number desc limit 50`.execute(db),
  )
  const found = await middle((ctx) => decisionRegister(ctx, { text, year: undefined }, 1))
  say(`"${text}" among ${decisions.toLocaleString('en')} decisions of ten years`, found, 50, scan)
}

await pools.close()
await postgres.stop()
rmSync(data_dir, { recursive: true, force: true })
process.exit(wrong > 0 ? 1 : 0)
