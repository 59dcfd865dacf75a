/**
 * A register of 20,000 visits into an empty database and again into a full one, events and ledger included, beside the bare
 * inserts of the same rows. `node bench/import.ts [rows]` prints a table.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { visitsRegister } from '../src/desk/actions/register.ts'
import { visitRecorded } from '../src/desk/events.ts'
import { commandLine } from '../src/kernel/actor.ts'
import { parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { on } from '../src/kernel/events.ts'
import { openWords } from '../src/kernel/i18n.ts'
import { runDueJobs } from '../src/kernel/jobs.ts'
import { openLimits } from '../src/kernel/limits.ts'
import { importCommand } from '../src/kernel/register/command.ts'
import { openSeal } from '../src/kernel/seal.ts'
import { foundIndicators } from '../src/monitoring/actions/definitions.ts'
import { hearVisits } from '../src/monitoring/actions/ledger.ts'
import { hearFilesChanged } from '../src/people/actions/duplicates.ts'
import { foundMatrix } from '../src/people/actions.ts'
import { filesChanged } from '../src/people/events.ts'
import { registerFile } from './register-file.ts'

const ambito = { id: '01900000-0000-7000-8000-000000000001', slug: 'prova', name: 'Ambito di prova' }
const wanted_per_second = 1000

export async function benchImport(rows = 20_000) {
  const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-'))
  const config = parseConfig({ DATA_DIR: data_dir })
  const postgres = await openPostgres(config)
  try {
    await migrate(postgres.owner_url, config)
    const pools = openPools(postgres)
    const listeners = [
      on(visitRecorded, 'monitoring.visits', hearVisits),
      on(filesChanged, 'people.duplicates', hearFilesChanged),
    ]
    const ground = {
      config,
      db: pools.app,
      owner_pool: pools.owner_pool,
      words: openWords(),
      base_url: '',
      demo: true,
      listeners: new Map(listeners.map((one) => [one.event, [one]])),
      modules: [{ name: 'bench', level: 1 as const, needs: [], listeners, registers: [visitsRegister] }],
      beside: pools.beside,
      limits: openLimits(pools.beside_pool),
      looks_into_files: false,
      seal: openSeal(config.secret),
      ambitoById: async () => ambito,
      everyAmbito: async () => [ambito.id],
    }
    const inCtx = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
      openCtx(ground, { ambito, actor: commandLine, lang: 'it' }, work)
    try {
      await sql`insert into programme.project (ambito_id, name, fund, starts_on, ends_on, total_cents, contribution_cents, lead, partner, contact)
        values (${ambito.id}, 'Prova', 'FAMI', '2025-09-25', '2028-09-24', 0, 0, 'Regione', 'Azienda', 'prova@example.org')`.execute(
        pools.owner,
      )
      await inCtx(foundIndicators)
      await inCtx(foundMatrix)
      const ground_of_command = {
        print(text: string) {
          printed = text
        },
        tell: () => {},
        db: pools.app,
        async inCtx<Result>(work: (ctx: Ctx) => Promise<Result>) {
          const result = await inCtx(work)
          await runDueJobs(ground)
          return result
        },
      }
      let printed = ''
      const feed = async (what: string, file: Uint8Array) => {
        const path = join(data_dir, 'registro.csv')
        writeFileSync(path, file)
        const cpu = cpuOf(data_dir)
        const began = performance.now()
        await importCommand.run(['visits', path, '--format', 'json'], ground_of_command)
        const whole = performance.now() - began
        const { people_created, facts } = JSON.parse(printed)
        return line(what, rows, whole, cpuOf(data_dir) - cpu, `${people_created} people, ${facts} facts`)
      }
      const first = registerFile(rows)
      return [
        await feed('register into an empty database', first),
        await feed('the same again', first),
        await feed('another one, into the full database', registerFile(rows, 12)),
        await bare(inCtx, rows, data_dir),
      ]
    } finally {
      await pools.close()
    }
  } finally {
    await postgres.stop()
    rmSync(data_dir, { recursive: true })
  }
}

function line(what: string, rows: number, whole: number, cpu: number, result: string) {
  const rate = (milliseconds: number) => Math.round(rows / (milliseconds / 1000))
  return {
    what,
    rows,
    'whole, ms': Math.round(whole),
    'rows/s': rate(whole),
    // What a machine with nothing else to do on one core would reach; the figure to look at when others work beside.
    'rows per second of processor': cpu > 0 ? rate(cpu) : null,
    wanted: wanted_per_second,
    result,
  }
}

/** Milliseconds of processor used until now by this process and by the database (Linux; elsewhere by this process alone). */
function cpuOf(data_dir: string) {
  const { user, system } = process.cpuUsage()
  const ours = (user + system) / 1000
  try {
    const postmaster = readFileSync(join(data_dir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]
    const ticks = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => statOf(pid))
      .filter((fields) => fields[1] === postmaster)
      .reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0)
    return ours + ticks * 10
  } catch {
    return ours
  }
}

function statOf(pid: string) {
  try {
    // After the name in brackets: state, parent, …, the tenth and eleventh of them the ticks in user and in system.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return []
  }
}

/** The control: what the visits, their needs, their events and their facts cost the database alone, by the thousand. */
async function bare(
  inCtx: <Result>(work: (ctx: Ctx) => Promise<Result>) => Promise<Result>,
  rows: number,
  data_dir: string,
) {
  const cpu = cpuOf(data_dir)
  const began = performance.now()
  for (let chunk = 0; chunk < rows / 1000; chunk++)
    await inCtx(async ({ db }) => {
      const made = sql`(select n, md5(${chunk} || ' ' || n)::uuid as id from generate_series(1, 1000) n)`
      await sql`insert into desk.visit (ambito_id, id, opening_id, on_day, channel, for_whom, outcome)
        select ${ambito.id}, id, (select id from desk.opening limit 1), '2026-01-07', 'walk_in', 'self', 'solved' from ${made} m`.execute(
        db,
      )
      await sql`insert into desk.visit_need (ambito_id, visit_id, need) select ${ambito.id}, id, 'CASA' from ${made} m`.execute(
        db,
      )
      await sql`insert into kernel.event (ambito_id, id, name, payload) select ${ambito.id}, id, 'desk.visit_recorded', '{}' from ${made} m`.execute(
        db,
      )
      await sql`insert into monitoring.fact (ambito_id, kind, action, on_day, evidence, event_id)
        select ${ambito.id}, kind, '02', '2026-01-07', 'desk.visit:' || id, id from ${made} m, unnest(array['desk.visit.foreigners', 'desk.need.CASA']) kind`.execute(
        db,
      )
    })
  return line(
    'control: the bare inserts of as many nameless visits',
    rows,
    performance.now() - began,
    cpuOf(data_dir) - cpu,
    '',
  )
}

if (import.meta.main) console.table(await benchImport(Number(process.argv[2]) || undefined))
