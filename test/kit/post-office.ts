/** A real SMTP server in this process, which takes mail, refuses it or keeps one waiting as it is told. */
import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Taken = { from: string; to: string[]; raw: string; mail: ParsedMail }
type Step = 'greeting' | 'sender' | 'recipient' | 'text'
/** Answers in order for each step; without one, the mail is taken. `hang`: never answers; `drop`: closes the line. */
type Script = Partial<Record<Step, (number | 'hang' | 'drop' | undefined)[]>>

export async function openPostOffice(port = 0) {
  const taken: Taken[] = []
  const script: Script = {}
  let slow_ms = 0
  let held: { arrived(): void; letGo: Promise<void> } | undefined
  let silent = 0
  const silence = new EventEmitter()

  const answer = (step: Step, session: { id: string }, done: (error?: Error) => void) => {
    const next = script[step]?.shift()
    if (next === undefined) return done()
    if (next === 'hang') {
      silent++
      return void silence.emit('kept')
    }
    if (next === 'drop') return lines.get(session.id)?.()
    done(Object.assign(new Error(`${next} told to say so`), { responseCode: next }))
  }
  const lines = new Map<string, () => void>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onConnect: (session, done) => answer('greeting', session, done as never),
    onMailFrom: (_, session, done) => answer('sender', session, done as never),
    onRcptTo: (_, session, done) => answer('recipient', session, done as never),
    async onData(stream, session, done) {
      const chunks: Buffer[] = []
      try {
        for await (const chunk of stream) chunks.push(chunk)
      } catch {
        return
      }
      const raw = Buffer.concat(chunks).toString()
      if (held) {
        held.arrived()
        await held.letGo
      }
      if (slow_ms) await new Promise((wait) => setTimeout(wait, slow_ms))
      const refused = script.text?.[0]
      // Taken although its answer never comes: that is what makes doubt.
      if (refused === undefined || refused === 'drop' || refused === 'hang') {
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw,
          mail: await simpleParser(raw),
        })
      }
      answer('text', session, done as never)
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket) => {
    for (const session of server.connections as never as Iterable<{ id: string; _socket: unknown }>)
      if (session._socket === socket) lines.set(session.id, () => socket.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const at = (server.server.address() as AddressInfo).port
  return {
    /** Waits for long: whoever wants to see somebody wait in vain asks for less. */
    url: `smtp://127.0.0.1:${at}?timeout=60000`,
    port: at,
    taken,
    tell(told: Script) {
      silent = 0
      Object.assign(script, { greeting: [], sender: [], recipient: [], text: [] }, told)
    },
    /** So many have been kept without an answer since it was told what to say. */
    async silentTo(lines: number) {
      while (silent < lines) await once(silence, 'kept')
    },
    /** From now on no text is answered before `letGo`; `arrived` when the first is there. */
    hold() {
      const [arrived, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      held = { arrived: arrived.resolve, letGo: free.promise }
      const letGo = () => {
        held = undefined
        free.resolve()
      }
      return { arrived: arrived.promise, letGo }
    },
    slow: (ms: number) => {
      slow_ms = ms
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}
