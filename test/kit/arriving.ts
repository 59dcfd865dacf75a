/** People who arrive at the desk as fast as the server answers, until it no longer does: what it acknowledged is remembered. */

import { desk } from '../../src/desk/urls.ts'
import { parseConfig } from '../../src/kernel/config.ts'
import { openPostgres } from '../../src/kernel/database/postgres.ts'
import type { Running } from './server.ts'
import { ask } from './writers.ts'

export async function arriving({ ask: request, signIn }: Pick<Running, 'ask' | 'signIn'>, clients: number) {
  const cookie = await signIn('operatore@demo.example')
  const post = (path: string, fields: Record<string, string>) =>
    request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie } })
  const opened = await post(desk.openings.href(), { kind: 'foreigners', starts_at: '08:00', ends_at: '20:00' })
  const opening = /sportello\/([0-9a-f-]{36})/.exec(opened.headers.get('location') ?? '')?.[1] as string
  const acknowledged: string[] = []
  let stopped = false

  const comeIn = async (client: number) => {
    for (let number = 1; !stopped; number++) {
      const called_as = `${opening.slice(-6)}-${client}-${number}`
      try {
        const { status } = await post(desk.arrivals.href({ opening }), { called_as })
        if (status === 303) acknowledged.push(called_as)
      } catch {
        return
      }
    }
  }
  const over = Promise.all(Array.from({ length: clients }, (_, client) => comeIn(client)))
  return {
    over,
    acknowledged: () => acknowledged,
    stop() {
      stopped = true
      return over
    },
    /** Those the database of the folder does not know: the list must be empty. */
    async lost(data_dir: string) {
      const postgres = await openPostgres(parseConfig({ DATA_DIR: data_dir }))
      try {
        const { kept } = await ask(
          postgres.owner_url,
          `select coalesce(array_agg(called_as), '{}') as kept from desk.arrival`,
        )
        const there = new Set<string>(kept)
        return acknowledged.filter((one) => !there.has(one))
      } finally {
        await postgres.stop()
      }
    },
  }
}
