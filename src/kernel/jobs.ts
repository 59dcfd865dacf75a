/**
 * The worker: graphile-worker as owner takes jobs; each runs in its own `ctx` on the app pool, in the Ambito it was queued in.
 * Listeners and timers are jobs too.
 */
import { type JobHelpers, Logger, parseCronItems, type Runner, run, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { backgroundJob } from './actor.ts'
import { type Ctx, type Ground, openCtx } from './ctx.ts'
import { deliver, deliveryOf } from './events.ts'
import { log } from './log.ts'
import { jobsDone } from './metrics.ts'
import type { Module } from './module.ts'

type Queued = { ambito_id: string; payload: { event_ids?: string[] } }
type WorkGround = Ground & { owner_pool: pg.Pool; ambitoById: (ctx_db: Ctx['db'], id: string) => Promise<Ctx['ambito'] | undefined>; everyAmbito: () => Promise<string[]> }

const quiet = { error: 'error', warn: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const

function taskList(ground: WorkGround): TaskList {
  const tasks: TaskList = {}
  const add = (name: string, work: (ctx: Ctx, payload: Queued['payload']) => Promise<void>) => {
    tasks[name] = async (raw, _helpers: JobHelpers) => {
      const { ambito_id, payload } = raw as Queued
      await openCtx(
        ground,
        async (db) => {
          const ambito = await ground.ambitoById(db, ambito_id)
          if (!ambito) throw new Error(`job ${name}: no such ambito`)
          return { ambito, actor: backgroundJob, lang: 'it' }
        },
        (ctx) => work(ctx, payload),
      )
    }
  }
  for (const module of ground.modules) {
    for (const job of module.jobs ?? []) add(job.name, (ctx, payload) => job.run(ctx, payload as never))
    for (const listener of module.listeners ?? []) add(deliveryOf(listener), (ctx, { event_ids }) => deliver(ctx, listener, event_ids ?? []))
    for (const timer of module.timers ?? []) {
      add(timer.name, (ctx) => timer.run(ctx))
      // Cron knows no Ambito: it queues the timer once for each.
      tasks[`every.${timer.name}`] = async (_, helpers) => {
        for (const ambito_id of await ground.everyAmbito()) await helpers.addJob(timer.name, { ambito_id, payload: {} }, { jobKey: `${timer.name}:${ambito_id}` })
      }
    }
  }
  return tasks
}

const crontab = (modules: readonly Module[]) =>
  parseCronItems(modules.flatMap((module) => (module.timers ?? []).map((timer) => ({ task: `every.${timer.name}`, match: timer.cron, identifier: timer.name }))))

function watch(events: WorkerEvents) {
  events.on('job:success', ({ job }) => jobsDone.inc({ job: job.task_identifier, end: 'done' }))
  events.on('job:error', ({ job, error }) => {
    jobsDone.inc({ job: job.task_identifier, end: 'failed' })
    log.error({ job: job.task_identifier, attempt: job.attempts, reason: error instanceof Error ? error.message : String(error) }, 'job failed')
  })
}

export async function startWorker(ground: WorkGround): Promise<Runner> {
  const runner = await run({
    pgPool: ground.owner_pool,
    taskList: taskList(ground),
    parsedCronItems: crontab(ground.modules),
    concurrency: 4,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: graphileLogger,
  })
  watch(runner.events)
  return runner
}

/** Runs what is due now and returns; for commands and tests, beside a running server or without one. */
export async function runDueJobs(ground: WorkGround) {
  await runOnce({ pgPool: ground.owner_pool, taskList: taskList(ground), concurrency: 2, noHandleSignals: true, logger: graphileLogger })
}


const graphileLogger = new Logger(() => (level, message) => log[quiet[level as keyof typeof quiet] ?? 'debug']({ from: 'worker' }, message))
