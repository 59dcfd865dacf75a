/**
 * A process killed with jobs in hand leaves them locked, and with them the queue of their listener, for hours. So a worker
 * shows that it lives by an advisory lock under its name; what is locked by a name that nobody holds goes back to the queue.
 */
import type pg from 'pg'
import { log } from './log.ts'

/** The namespace of these locks. */
const alive = 7_020_062

/** Holds the lock of `worker_id` until released, on a connection of its own; taken again when that breaks. */
export function showLife(pool: pg.Pool, worker_id: string) {
  let client: pg.PoolClient | undefined
  let over = false
  let again: NodeJS.Timeout | undefined

  async function hold() {
    try {
      const fresh = await pool.connect()
      client = fresh
      fresh.once('end', () => {
        if (over) return
        fresh.release(true)
        client = undefined
        again = setTimeout(hold, 500)
      })
      await fresh.query('select pg_advisory_lock($1, hashtext($2))', [alive, worker_id])
    } catch {
      if (!client && !over) again = setTimeout(hold, 500)
    }
    if (over) release()
  }
  function release() {
    over = true
    clearTimeout(again)
    // Destroyed, not given back: the lock ends with its connection.
    client?.release(true)
    client = undefined
  }
  void hold()
  return release
}

/** Gives back what workers that are gone had in hand. A worker just born may not hold its lock yet, hence the ten seconds. */
export async function freeOrphans(pool: pg.Pool) {
  const { rowCount } = await pool.query(
    `with held as (
       select locked_by as worker, locked_at from graphile_worker.jobs where locked_by is not null
       union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null),
     orphaned as materialized (
       select worker from (select worker from held group by worker having max(locked_at) < now() - interval '10 seconds') old
       where pg_try_advisory_xact_lock($1, hashtext(worker)))
     select graphile_worker.force_unlock_workers(array_agg(worker)) from orphaned having count(*) > 0`,
    [alive],
  )
  if (rowCount) log.warn('jobs of a worker that ended badly go back to the queue')
}
