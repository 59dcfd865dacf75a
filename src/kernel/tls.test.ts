/** Over the network the database and the mail server must be who they say they are. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { afterAll, describe, expect, test } from 'vitest'
import { type Certificate, openAuthority } from '../../test/kit/certificate.ts'
import { freshDatabase } from '../../test/kit/database.ts'
import { parseConfig } from './config.ts'
import { migrate } from './database/migrate.ts'
import { openLine } from './mail-line.ts'

const authority = openAuthority()
const ours = authority.certify('ours', 'DNS:localhost,IP:127.0.0.2')
const theirs = authority.certify('theirs', 'DNS:altrove.example')
const { owner_url } = await freshDatabase()
const { searchParams, pathname } = new URL(owner_url)

/** `wrong`: what is said of it; none: it is let through. */
const cases: [string, { certificate: Certificate | null; known: boolean; wrong?: RegExp }][] = [
  [
    'its certificate is of an authority we do not know',
    { certificate: ours, known: false, wrong: /unable to (verify|get)/ },
  ],
  ['its certificate is for another name', { certificate: theirs, known: true, wrong: /does not match certificate/ }],
  ['it has none', { certificate: null, known: true, wrong: /SSL|STARTTLS/ }],
  ['its certificate is for it, of an authority we know', { certificate: ours, known: true }],
]

/** The database of the tests, which listens on a socket alone, behind a door on the network. */
async function openDoor(certificate: Certificate | null) {
  const door = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (first) => {
      // Whoever asks for TLS does so in eight bytes.
      const asked = first.length === 8
      if (asked && !certificate) return socket.end('N')
      if (asked) socket.write('S')
      const line = asked
        ? new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate as Certificate) })
        : socket
      const database = connect(`${searchParams.get('host')}/.s.PGSQL.5432`)
      database.on('error', () => {})
      line.on('error', () => database.destroy()).on('close', () => database.destroy())
      if (!asked) database.write(first)
      line.pipe(database).pipe(line)
    })
  })
  door.listen(0, 'localhost')
  await once(door, 'listening')
  afterAll(() => void door.close())
  return (door.address() as AddressInfo).port
}

const config = (DATABASE_URL: string) => parseConfig({ DATABASE_URL, SECRET: 'il segreto di tutte le prove' })

describe('the database', () => {
  test('elsewhere is asked for its certificate unless its address says otherwise', () => {
    const url = 'postgres://labimpact:p%40rola@db.lodi.example/lab'
    expect(config(url).database_url).toBe(`${url}?sslmode=verify-full`)
    for (const said of [`${url}?sslmode=disable`, 'postgres://a@localhost/lab', `postgres:///lab?host=/run/postgresql`])
      expect(config(said).database_url).toBe(said)
  })

  test.each(cases)('when %s', async (_, { certificate, known, wrong }) => {
    authority[known ? 'trust' : 'distrust']()
    const url = `postgres://labimpact@localhost:${await openDoor(certificate)}${pathname}?sslmode=verify-full`
    if (wrong) {
      const refused = migrate(url, config(url))
      await expect(refused).rejects.toThrow(/^The database does not let us in: .*DATABASE_URL/)
      return expect(refused).rejects.toThrow(wrong)
    }
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    expect((await client.query('select count(*)::int as n from kernel.migration')).rows[0].n).toBeGreaterThan(0)
    await client.end()
  })
})

describe('the mail server', () => {
  async function openServer(certificate: Certificate | null) {
    const server = new SMTPServer({
      ...certificate,
      disabledCommands: certificate ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      logger: false,
    })
    server.on('error', () => {})
    server.listen(0, '127.0.0.2')
    await once(server.server, 'listening')
    afterAll(() => server.close(() => {}))
    return `smtp://127.0.0.2:${(server.server.address() as AddressInfo).port}`
  }

  test.each(cases)('when %s', async (_, { certificate, known, wrong }) => {
    authority[known ? 'trust' : 'distrust']()
    const line = openLine(await openServer(certificate))
    if (wrong) return expect(line).rejects.toThrow(wrong)
    ;(await line).close()
  })

  test('in clear, when its address says so', async () => {
    ;(await openLine(`${await openServer(null)}?tls=none`)).close()
  })
})
