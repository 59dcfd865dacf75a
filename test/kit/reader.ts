/** Whoever reads public pages a moment later: pages are kept until word comes that something was published. */
import { afterAll } from 'vitest'
import { listenTo } from '../../src/kernel/listen.ts'
import type { TestHouse } from './house.ts'

export async function openReader({ database, house, visitor }: TestHouse) {
  const waiting = new Map<string, () => void>()
  const hear = (word: string) => {
    house.cache.drop(word)
    waiting.get(word)?.()
  }
  const listening = listenTo(database.owner_url, { public_changed: hear }, () => {})
  await listening.ready
  afterAll(listening.close)
  /** Words arrive in the order of the commits: once ours is here, every word before it was. */
  async function caughtUp() {
    const { promise, resolve } = Promise.withResolvers<void>()
    const word = crypto.randomUUID()
    waiting.set(word, resolve)
    await house.owner_pool.query(`select pg_notify('public_changed', $1)`, [word])
    await promise
    waiting.delete(word)
  }
  const knock = visitor()
  return {
    ...knock,
    get: async (path: string, headers?: Record<string, string>) => {
      await caughtUp()
      return knock.get(path, headers)
    },
    page: async (path: string) => {
      await caughtUp()
      return knock.page(path)
    },
  }
}
