/**
 * The file of a person of whom two hundred things are known, and her plan at Equipe SELF: each page asked as a browser asks it,
 * beside its own queries alone, sent again on a bare connection.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openingsToday, recordVisit } from '../src/desk/actions.ts'
import { commandLine } from '../src/kernel/actor.ts'
import { addDays } from '../src/kernel/clock.ts'
import { parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { foundInstallation } from '../src/kernel/found.ts'
import { buildHouse } from '../src/kernel/house.ts'
import { buildHttp } from '../src/kernel/http.ts'
import { runDueJobs } from '../src/kernel/jobs.ts'
import { cookieName, startSession } from '../src/kernel/session.ts'
import { modules } from '../src/modules.ts'
import { openPlan } from '../src/orientation/actions/plans.ts'
import { addEntry, recordMilestone } from '../src/orientation/actions/records.ts'
import { holdSession } from '../src/orientation/actions/sessions.ts'
import { insertStep } from '../src/orientation/store/plans.ts'
import { orientation } from '../src/orientation/urls.ts'
import { createPerson, giveNotice, recordTitle } from '../src/people/actions.ts'
import { people } from '../src/people/urls.ts'
import { look } from '../src/ui/look.tsx'

const rounds = Number(process.argv[2] ?? 200)
const limit = 60
const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-file-'))
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

// --- two hundred things ---------------------------------------------------------------------------------------------

const times = (count: number) => Array.from({ length: count }, (_, at) => at)
const [person, plan] = await inCtx(async (ctx) => {
  const id = await createPerson(ctx, {
    surname: 'Misura',
    given_names: 'Amina',
    born: '1990-01-01',
    gender: 'F',
    citizenship: 'EG',
  })
  await recordTitle(ctx, id, { kind: 'LAV_SUB', status: 'VALIDO', expires_on: '2028-01-01', seen: true })
  await giveNotice(ctx, id, { language: 'ar', how: 'explained' })
  const plan_id = await openPlan(
    ctx,
    id,
    { goal: 'Lavorare', availability: [], transport: [], licences: [], mediator_present: false },
    { opened_on: addDays(ctx.today, -300) },
  )
  const [opening] = await openingsToday(ctx)
  for (const _ of times(50))
    await recordVisit(ctx, opening?.id as string, {
      person_id: id,
      needs: ['LAV.RICERCA'],
      outcome: 'solved',
      minutes: 10,
      mandate_seen: false,
      help: [],
      mediator_present: false,
      answer_wanted: false,
    })
  for (const at of times(60))
    await holdSession(ctx, { kind: 'individual', on_day: addDays(ctx.today, -at), minutes: 45, topics: ['cv'] }, [
      { person_id: id, plan_id },
    ])
  for (const at of times(50))
    await insertStep(ctx, plan_id, {
      kind: 'search',
      text: `Passo ${at}`,
      text_own: '',
      owner: 'person',
      owner_text: '',
      due_on: addDays(ctx.today, at),
    })
  for (const at of times(20))
    await recordMilestone(ctx, plan_id, 'registration', { what: 'did', on_day: addDays(ctx.today, -at) })
  for (const at of times(17)) await addEntry(ctx, plan_id, 'work', { title: `Lavoro ${at}`, from_when: `${2000 + at}` })
  return [id, plan_id]
})
await runDueJobs(house)

// --- asked, and asked bare ------------------------------------------------------------------------------------------

const http = buildHttp(house)
const { rows: accounts } = await pools.owner_pool.query(
  "select id from accounts.account where email = 'self@demo.example'",
)
const token = await startSession({ db: house.db as never }, accounts[0].id, ambito.id)
const ask = async (path: string) => {
  const answer = await http.request(`http://localhost${path}`, {
    headers: { host: 'localhost', cookie: `${cookieName}=${token}` },
  })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return (await answer.text()).length
}

type Asked = { text: string; values: unknown[] | undefined }
/** What one request asks of the database, in its order. */
async function queriesOf(path: string): Promise<Asked[]> {
  const asked: Asked[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first, second] = given as [string | Asked, unknown[] | undefined]
    const text = typeof first === 'string' ? first : first.text
    if (text) asked.push({ text, values: typeof first === 'string' ? second : first.values })
    return (query as (...all: unknown[]) => unknown).apply(this, given)
  } as never
  await ask(path)
  pg.Client.prototype.query = query
  return asked
}

async function measure(work: () => Promise<unknown>) {
  for (const _ of times(20)) await work()
  const took: number[] = []
  for (const _ of times(rounds)) {
    const began = performance.now()
    await work()
    took.push(performance.now() - began)
  }
  const sorted = took.sort((a, b) => a - b)
  return { median: sorted[Math.floor(rounds / 2)] as number, p95: sorted[Math.floor(rounds * 0.95)] as number }
}

const bare = new pg.Client({ connectionString: postgres.app_url })
await bare.connect()
const ms = ({ median, p95 }: { median: number; p95: number }) =>
  `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`
let late = false
for (const [name, path] of [
  ['the file of the person', people.file.href({ id: person })],
  ['her plan', orientation.plan.href({ plan })],
] as const) {
  await ask(path)
  const queries = await queriesOf(path)
  const alone = await measure(async () => {
    for (const { text, values } of queries) await bare.query(text, values as unknown[])
  })
  const page = await measure(() => ask(path))
  late ||= page.p95 > limit
  console.log(
    `${name}: ${ms(page)} (limit ${limit}); its ${queries.length} queries alone: ${ms(alone)}; ${await ask(path)} letters`,
  )
}
await bare.end()
await pools.close()
await postgres.stop()
rmSync(data_dir, { recursive: true })
process.exit(late ? 1 : 0)
