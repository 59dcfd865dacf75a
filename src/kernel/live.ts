/**
 * Lists that keep themselves up to date. Whoever changes something says which topic, inside the transaction; after its commit
 * every process hears of it (one LISTEN each) and tells the pages that follow the topic only *changed*: they fetch for themselves.
 */
import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'

/** `changed(ctx, queueOf(opening))`: heard after the commit, and not at all if it never comes. */
export async function changed({ db, ambito_id }: Ctx, topic: string) {
  await sql`select pg_notify('live_changed', ${`${ambito_id} ${topic}`})`.execute(db)
}

const beat_every = 25_000
/** A stream ends by itself, so that the next request asks again who is there. */
const longest = 10 * 60_000
const most_remembered = 2_000

export function openLive() {
  const readers = new Map<string, Set<Reader>>()
  /** When a topic last changed, for pages that were made before it and follow after it. */
  const last = new Map<string, number>()
  let closed = false

  const forget = (topic: string, reader: Reader) => {
    const all = readers.get(topic)
    all?.delete(reader)
    if (all?.size === 0) readers.delete(topic)
  }

  return {
    /** What a page gets that was made at `since` (milliseconds). */
    follow(topic: string, since: number): ReadableStream<Uint8Array> {
      let reader: Reader
      return new ReadableStream({
        start(controller) {
          reader = openReader(controller, () => forget(topic, reader))
          reader.say('retry: 3000\n\n')
          if ((last.get(topic) ?? 0) >= since) reader.say(CHANGED)
          if (closed) return reader.end()
          readers.set(topic, (readers.get(topic) ?? new Set()).add(reader))
        },
        cancel: () => reader.end(),
      })
    },
    /** The payload of a notification: Ambito and topic. */
    heard(topic: string) {
      if (last.size >= most_remembered) last.delete(last.keys().next().value as string)
      last.delete(topic)
      last.set(topic, Date.now())
      for (const reader of readers.get(topic) ?? []) reader.say(CHANGED)
    },
    /** The connection to the database was lost for a while: anything may have changed. */
    missed() {
      for (const topic of [...readers.keys()]) this.heard(topic)
    },
    close() {
      closed = true
      for (const reader of [...readers.values()].flatMap((all) => [...all])) reader.end()
    },
  }
}
export type Live = ReturnType<typeof openLive>

const CHANGED = 'event: changed\ndata: 1\n\n'
type Reader = { say(text: string): void; end(): void }

function openReader(controller: ReadableStreamDefaultController<Uint8Array>, forget: () => void): Reader {
  const bytes = new TextEncoder()
  let over = false
  const reader: Reader = {
    say(text) {
      if (!over) controller.enqueue(bytes.encode(text))
    },
    end() {
      if (over) return
      over = true
      clearInterval(beat)
      clearTimeout(end)
      forget()
      // Already closed by the reader when the browser has left.
      try {
        controller.close()
      } catch {}
    },
  }
  const beat = setInterval(() => reader.say(': \n\n'), beat_every)
  const end = setTimeout(() => reader.end(), longest)
  beat.unref()
  end.unref()
  return reader
}
