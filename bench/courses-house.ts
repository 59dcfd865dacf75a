/**
 * Courses, in a scratch house: the contest for the last place, the register of thirty people and forty lessons on paper, five
 * hundred certificates, and what the page of a lesson weighs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { addTeacher, planEdition, planLessons, publishEdition } from '../src/courses/actions/editions.ts'
import { endEdition } from '../src/courses/actions/ending.ts'
import { enrolOpenly, enrolTrainee } from '../src/courses/actions/enrolling.ts'
import { issueCertificates } from '../src/courses/actions/outcomes.ts'
import { certificatesPaper, registerPaper } from '../src/courses/actions/papers.ts'
import { closeIn, lessonShown, markRest } from '../src/courses/actions/register.ts'
import { findEdition, lessonsOf } from '../src/courses/store/editions.ts'
import { enrolmentsOf } from '../src/courses/store/enrolments.ts'
import { certificatesOf } from '../src/courses/store/register.ts'
import { commandLine, visitor } from '../src/kernel/actor.ts'
import { parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { foundInstallation } from '../src/kernel/found.ts'
import { buildHouse } from '../src/kernel/house.ts'
import { buildHttp } from '../src/kernel/http.ts'
import { runDueJobs } from '../src/kernel/jobs.ts'
import type { Bytes } from '../src/kernel/routes.ts'
import { cookieName, startSession } from '../src/kernel/session.ts'
import { modules } from '../src/modules.ts'
import { look } from '../src/ui/look.tsx'

const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-courses-'))
const config = parseConfig({ DATA_DIR: data_dir, DEMO: '1', DEMO_PASSWORD: 'measured-only', LOG_LEVEL: 'error' })
const postgres = await openPostgres(config)
await migrate(postgres.owner_url, config)
const pools = openPools(postgres)
const house = buildHouse(config, pools, modules, look)
await foundInstallation(house)
const all = await house.modules.find((module) => module.ambiti)?.ambiti?.all(house.db)
const ambito = all?.find(({ slug }) => slug === 'lodi') as Ctx['ambito']
const inCtx = <Result>(work: (ctx: Ctx) => Promise<Result>, actor = commandLine) =>
  openCtx(house, { ambito, actor, lang: 'it' }, work)

async function course(title: string, capacity: number, lessons: number) {
  return inCtx(async (ctx) => {
    const id = await planEdition(ctx, {
      title,
      kind: 'operators',
      action: '01',
      civic: false,
      hours: lessons * 2,
      capacity,
      minimum: 1,
      women_only: false,
      childcare: false,
      choice: 'first_come',
      offer_hours: 24,
    })
    const teacher_id = await addTeacher(ctx, id, { name: 'Docente', role: 'teacher' })
    await planLessons(ctx, id, {
      from_day: '2026-01-08',
      days: ['1', '2', '3', '4', '5'],
      starts_at: '18:00',
      ends_at: '20:00',
      lessons,
      teacher_id,
    })
    await publishEdition(ctx, id)
    return { edition: await findEdition(ctx, id), lessons: (await lessonsOf(ctx, [id])).map((lesson) => lesson.id) }
  })
}
const fill = (id: string, people: number) =>
  inCtx(async (ctx) => {
    for (let at = 0; at < people; at++)
      await enrolTrainee(ctx, id, { name: `Cognome ${at} Nome`, email: `p${at}@${id.slice(-6)}.example`, body: 'Ente' })
  })
const hold = async (lessons: readonly string[]) => {
  for (const id of lessons)
    await inCtx(async (ctx) => {
      await markRest(ctx, id, 'page')
      await closeIn(ctx, id, { topic: 'Argomento della lezione' })
    })
}
const timed = async <Result>(work: () => Promise<Result>) => {
  const began = performance.now()
  const result = await work()
  return { ms: performance.now() - began, result }
}
const set = async ({ body }: Bytes) => (typeof body === 'function' ? body() : body)
const rows: { question: string; result: string; aim: string }[] = []
const say = (question: string, result: string, aim: string) => rows.push({ question, result, aim })
const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`

// --- the last place -------------------------------------------------------------------------------------------------

const people = 200
const rounds = Number(process.argv[2] ?? 3)
const took: number[] = []
let wrong = 0
for (let round = 0; round < rounds; round++) {
  const { edition } = await inCtx(async (ctx) => {
    const id = await planEdition(ctx, {
      title: `Ultimo posto ${round}`,
      kind: 'language',
      action: '02',
      civic: false,
      hours: 2,
      capacity: 1,
      minimum: 1,
      women_only: false,
      childcare: false,
      choice: 'first_come',
      offer_hours: 24,
    })
    await planLessons(ctx, id, {
      from_day: '2027-03-01',
      days: ['1'],
      starts_at: '18:00',
      ends_at: '20:00',
      lessons: 1,
    })
    await publishEdition(ctx, id)
    return { edition: await findEdition(ctx, id) }
  })
  const waiting = Array.from({ length: people }, (_, at) => at)
  // Nineteen connections at work, the others in line: the pool gives up on whoever waits two seconds.
  const come = async () => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift())
      await inCtx(
        (ctx) =>
          enrolOpenly(ctx, edition.slug, {
            given_names: `Persona ${at}`,
            phone: `+39 333 0000${at}`,
            needs_childcare: false,
            privacy: '1',
          }),
        visitor,
      )
  }
  const { ms: whole } = await timed(() => Promise.all(Array.from({ length: 19 }, come)))
  took.push(whole)
  const states = await inCtx((ctx) => enrolmentsOf(ctx, edition.id))
  const enrolled = states.filter(({ state }) => state === 'enrolled').length
  if (enrolled !== 1 || states.filter(({ state }) => state === 'waiting').length !== people - 1) wrong++
}
say(
  `${people} enrol for the last place, ${rounds} rounds`,
  `${wrong} rounds with more or less than one in; ${ms(Math.max(...took))} the slowest round`,
  '0 wrong rounds',
)

// --- papers ---------------------------------------------------------------------------------------------------------

const register = await course('Registro lungo', 30, 40)
await fill(register.edition.id, 30)
await hold(register.lessons)
const paper = () => inCtx((ctx) => registerPaper(ctx, register.edition)).then(set)
await paper()
const papers = [await timed(paper), await timed(paper), await timed(paper)].map((one) => one.ms)
say('the register of 30 people and 40 lessons, PDF/UA-1', ms(Math.min(...papers)), '≤ 500 ms')

const many = await course('Molti attestati', 500, 1)
await fill(many.edition.id, 500)
await hold(many.lessons)
await inCtx((ctx) => endEdition(ctx, many.edition.id, ctx.today))
const issued = await timed(() =>
  inCtx(async (ctx) => {
    const ids = (await enrolmentsOf(ctx, many.edition.id)).map(({ id }) => id)
    return issueCertificates(ctx, many.edition.id, ids)
  }),
)
const printed = await timed(() =>
  inCtx(async (ctx) => certificatesPaper(ctx, many.edition, await certificatesOf(ctx, many.edition.id))).then(set),
)
say(`${issued.result.issued} certificates issued and printed`, ms(issued.ms + printed.ms), '≤ 20 s')

// --- the page of a lesson -------------------------------------------------------------------------------------------

const open = await course('Una lezione', 30, 1)
await fill(open.edition.id, 30)
const http = buildHttp(house)
const { rows: accounts } = await house.owner_pool.query<{ id: string }>(
  "select id from accounts.account where email = 'operatore@demo.example'",
)
const token = await startSession({ db: house.db as never }, accounts[0]?.id as string, ambito.id)
const page = await http.request(`http://localhost/staff/corsi/lezioni/${open.lessons[0]}`, {
  headers: { host: 'localhost', cookie: `${cookieName}=${token}` },
})
const html = await page.text()
const { result: shown } = await timed(() => inCtx((ctx) => lessonShown(ctx, open.lessons[0] as string)))
say(
  `the page of a lesson of ${shown.rows.length} people`,
  `${Math.round(html.length / 1000)} KB, ${Math.round(gzipSync(html).length / 1000)} KB on the wire`,
  '≤ 60 KB',
)

await runDueJobs(house)
for (const { question, result, aim } of rows) console.log(`${question}\n    ${result}   (aim: ${aim})`)
await pools.close()
await postgres.stop()
rmSync(data_dir, { recursive: true, force: true })
process.exit(wrong > 0 ? 1 : 0)
