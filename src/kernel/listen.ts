/** One LISTEN per process. A connection that breaks is made anew; what may have been missed meanwhile is treated as changed. */
import pg from 'pg'
import { log } from './log.ts'

export function listenTo(url: string, channels: Record<string, (payload: string) => void>, onReconnect: () => void) {
  let client: pg.Client | undefined
  let closed = false

  async function connect(again: boolean) {
    if (closed) return
    const fresh = new pg.Client({ connectionString: url, application_name: 'labimpact listen', keepAlive: true })
    fresh.on('error', () => {})
    fresh.on('end', () => {
      if (!closed) setTimeout(() => void connect(true), 500).unref()
    })
    fresh.on('notification', ({ channel, payload }) => channels[channel]?.(payload ?? ''))
    try {
      await fresh.connect()
      for (const channel of Object.keys(channels)) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
      client = fresh
      if (again) onReconnect()
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'listening for changes: not connected yet')
      await fresh.end().catch(() => {})
    }
  }

  return {
    ready: connect(false),
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
