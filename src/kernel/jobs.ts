/**
 * The worker: graphile-worker as owner takes jobs; each runs in its own `ctx` on the app pool, in the Ambito it was queued in.
 * Listeners and timers are jobs too.
 *
 * queued ── taken ── done
 *             ├── failed ── again after a pause, up to 25 times
 *             └── its process killed ── given back by `freeOrphans`, within half a minute
 */
import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type JobHelpers,
  Logger,
  parseCronItems,
  type Runner,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import type pg from 'pg'
import { backgroundJob } from './actor.ts'
import type { Config } from './config.ts'
import { type Ctx, type Ground, openCtx } from './ctx.ts'
import { deliver, deliveryOf, type SlowJob } from './events.ts'
import { lookInto } from './files/scan.ts'
import { faultOf, log } from './log.ts'
import { sendMailJob } from './mail.ts'
import { deliverMail } from './mail-delivery.ts'
import { jobsDone } from './metrics.ts'
import type { Module, Timer } from './module.ts'
import { takeRunJob, tryRunJob } from './register/runs.ts'
import { readScan } from './scans/scans.ts'
import { sweep } from './sweep.ts'
import { witness, witnessTimer } from './witness.ts'
import { freeOrphans, showLife } from './worker-life.ts'

type Queued = { ambito_id: string; payload: { event_ids?: string[]; mail_id?: string } }
type WorkGround = Ground & {
  config: Config
  owner_pool: pg.Pool
  ambitoById: (ctx_db: Ctx['db'], id: string) => Promise<Ctx['ambito'] | undefined>
  everyAmbito: () => Promise<string[]>
}

const quiet = { error: 'error', warn: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** What the house itself does by the clock, as a module would. */
const ownTimers: readonly Timer[] = [{ name: 'kernel.sweep', cron: '17 2 * * *', run: sweep }, witnessTimer]

const ownJobs = [lookInto, readScan, tryRunJob, takeRunJob, witness]

function taskList(ground: WorkGround): TaskList {
  const tasks: TaskList = {}
  const open = <Result>(ambito_id: string, work: (ctx: Ctx) => Promise<Result>) =>
    openCtx(
      ground,
      async (db) => {
        const ambito = await ground.ambitoById(db, ambito_id)
        if (!ambito) throw new Error('no such ambito')
        return { ambito, actor: backgroundJob, lang: 'it' }
      },
      work,
    )
  const add = (name: string, work: (ctx: Ctx, payload: Queued['payload']) => Promise<void>) => {
    tasks[name] = (raw) => open((raw as Queued).ambito_id, (ctx) => work(ctx, (raw as Queued).payload))
  }
  const addTimer = (timer: Timer) => {
    add(timer.name, (ctx) => timer.run(ctx))
    // Cron knows no Ambito: it queues the timer once for each.
    tasks[`every.${timer.name}`] = async (_, helpers) => {
      for (const ambito_id of await ground.everyAmbito())
        await helpers.addJob(timer.name, { ambito_id, payload: {} }, { jobKey: `${timer.name}:${ambito_id}` })
    }
  }
  tasks[sendMailJob.name] = async (raw, { job }: JobHelpers) => {
    const { ambito_id, payload } = raw as Queued
    const office = {
      config: ground.config,
      open: <Result>(work: (ctx: Ctx) => Promise<Result>) => open(ambito_id, work),
    }
    await deliverMail(office, payload.mail_id ?? '', job.attempts >= job.max_attempts)
  }
  const addSlow = ({ name, slowly }: SlowJob<never>) => {
    tasks[name] = (raw, { job }: JobHelpers) => {
      const { ambito_id, payload } = raw as Queued
      const last_attempt = job.attempts >= job.max_attempts
      return slowly({ config: ground.config, open: (work) => open(ambito_id, work), last_attempt }, payload as never)
    }
  }
  for (const job of ownJobs) addSlow(job as SlowJob<never>)
  for (const timer of ownTimers) addTimer(timer)
  for (const module of ground.modules) {
    for (const job of module.jobs ?? []) {
      if ('slowly' in job) addSlow(job)
      else add(job.name, (ctx, payload) => job.run(ctx, payload as never))
    }
    for (const listener of module.listeners ?? [])
      add(deliveryOf(listener), (ctx, { event_ids }) => deliver(ctx, listener, event_ids ?? []))
    for (const timer of module.timers ?? []) addTimer(timer)
  }
  return tasks
}

const crontab = (modules: readonly Module[]) =>
  parseCronItems(
    [...ownTimers, ...modules.flatMap((module) => module.timers ?? [])].map(({ name, cron }) => ({
      task: `every.${name}`,
      match: cron,
      identifier: name,
    })),
  )

/** Ends of jobs are counted and told; each pool of workers shows that it lives, as long as it does. */
function watched(ground: WorkGround): WorkerEvents {
  const events: WorkerEvents = new EventEmitter()
  const lives = new Map<string, () => void>()
  events.on('pool:create', ({ workerPool }) => lives.set(workerPool.id, showLife(ground.owner_pool, workerPool.id)))
  for (const end of ['pool:release', 'pool:fatalError'] as const)
    events.on(end, ({ workerPool }) => lives.get(workerPool.id)?.())
  events.on('job:success', ({ job }) => jobsDone.inc({ job: job.task_identifier, end: 'done' }))
  events.on('job:error', ({ job, error }) => {
    jobsDone.inc({ job: job.task_identifier, end: 'failed' })
    log.error({ job: job.task_identifier, attempt: job.attempts, ...faultOf(error) }, 'job failed')
  })
  return events
}

/** Ends are written at once and waited for; without these two lines an end that cannot be written would end the process. */
const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }
const orphans_every = 15_000

/**
 * A worker for as long as the process runs: one that lost the database is followed by another. It would come back by itself,
 * but after pauses of up to a minute; so `renew` is called when the database is heard again, and what is in hand ends beside.
 */
export async function startWorker(ground: WorkGround) {
  const leaving = new Set<Promise<void>>()
  let stopping = false
  let heard = Promise.withResolvers<void>()
  let runner = await openRunner(ground)
  const kept = keepRunning()
  const care = setInterval(() => void freeOrphans(ground.owner_pool).catch(() => {}), orphans_every)

  async function keepRunning() {
    for (;;) {
      await Promise.race([runner.promise.catch(() => {}), heard.promise])
      heard = Promise.withResolvers()
      letGo(runner)
      while (!stopping) {
        try {
          runner = await openRunner(ground)
          break
        } catch (error) {
          log.warn(faultOf(error), 'the worker cannot start yet')
          await sleep(1000)
        }
      }
      if (stopping) return letGo(runner)
    }
  }
  function letGo(old: Runner) {
    const gone = old
      .stop()
      .catch(() => {})
      .then(() => void leaving.delete(gone))
    leaving.add(gone)
  }

  return {
    renew: () => heard.resolve(),
    async stop() {
      stopping = true
      clearInterval(care)
      heard.resolve()
      // A database that is away would be waited for; what is in hand is then given back by `freeOrphans`.
      await Promise.race([kept.then(() => Promise.all(leaving)), sleep(8000, undefined, { ref: false })])
    },
  }
}

async function openRunner(ground: WorkGround): Promise<Runner> {
  await freeOrphans(ground.owner_pool)
  return run({
    pgPool: ground.owner_pool,
    taskList: taskList(ground),
    parsedCronItems: crontab(ground.modules),
    concurrency: 4,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: graphileLogger,
    events: watched(ground),
    preset,
  })
}

/** Runs what is due now and returns; for commands and tests, beside a running server or without one. */
export async function runDueJobs(ground: WorkGround) {
  const tasks = taskList(ground)
  // One round may leave a job whose queue was being given free at that moment.
  do
    await runOnce({
      pgPool: ground.owner_pool,
      taskList: tasks,
      concurrency: 2,
      noHandleSignals: true,
      logger: graphileLogger,
      events: watched(ground),
      preset,
    })
  while (await isAnyDue(ground.owner_pool, Object.keys(tasks)))
}

async function isAnyDue(pool: pg.Pool, names: string[]) {
  const { rowCount } = await pool.query(
    `select from graphile_worker.jobs j where task_identifier = any ($1) and run_at <= now() and locked_at is null and attempts < max_attempts
       and not exists (select from graphile_worker._private_job_queues q where q.queue_name = j.queue_name and q.locked_at is not null) limit 1`,
    [names],
  )
  return rowCount === 1
}

// What it says of a failed task repeats the message of the error, which may hold what people typed: `watch` tells of those.
const graphileLogger = new Logger(() => (level, message) => {
  if (!message.startsWith('Failed task'))
    log[quiet[level as keyof typeof quiet] ?? 'debug']({ from: 'worker' }, message)
})
