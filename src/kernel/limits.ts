/** Limits live in PostgreSQL: they survive a restart and hold across processes, and stay when the request is rolled back. */
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'

export type Limit = { readonly name: string; readonly points: number; readonly seconds: number }

export function openLimits(pool: pg.Pool) {
  const limiters = new Map<string, RateLimiterPostgres>()

  function limiterOf({ name, points, seconds }: Limit) {
    let limiter = limiters.get(name)
    if (!limiter) {
      limiter = new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        schemaName: 'kernel',
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: seconds,
      })
      limiters.set(name, limiter)
    }
    return limiter
  }

  return {
    /** @returns false when `key` has used up its points; the key must not be personal data in clear (hash it) */
    async take(limit: Limit, key: string): Promise<boolean> {
      try {
        await limiterOf(limit).consume(key)
        return true
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return false
        throw refusal
      }
    },
    /** What was taken for a try that turned out right. */
    async giveBack(limit: Limit, key: string) {
      await limiterOf(limit).reward(key)
    },
    async forget(limit: Limit, key: string) {
      await limiterOf(limit).delete(key)
    },
  }
}
export type Limits = ReturnType<typeof openLimits>
