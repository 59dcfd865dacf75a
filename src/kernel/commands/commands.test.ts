/** The whole installation, kept: looked at, copied out in one file, brought back elsewhere, made anew. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { command } from '../../../test/kit/command.ts'
import { type Database, freshDatabase } from '../../../test/kit/database.ts'
import { configOf } from '../../../test/kit/founding.ts'
import { openTestHouse } from '../../../test/kit/house.ts'
import { newsletter } from '../../newsletter/urls.ts'
import { participation } from '../../participation/urls.ts'
import { createPerson } from '../../people/actions.ts'
import { people } from '../../people/urls.ts'
import { tables } from './backup-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'labimpact-kept-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => join(folder, name)

const town = await openTestHouse()
const odd = 'Ng\u2028ọzi\r\tÀ\\.b'
const person = await town.inCtx((ctx) => createPerson(ctx, { surname: odd, given_names: 'Prova' } as never))
/** The commands read the configuration of the house: here, of a house on this database. */
const on = (database: Database, demo = true) => ({ house: { ...town.house, config: configOf(database, demo, {}) } })

/** Every row of every table, in one print each. */
async function prints({ owner_url }: Database) {
  const client = new pg.Client({ connectionString: owner_url })
  await client.connect()
  try {
    await client.query('set extra_float_digits = 1')
    const found: [string, string][] = []
    for (const { name } of await tables(client)) {
      const { rows } = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${name} t`,
      )
      found.push([name, rows[0].print])
    }
    return new Map(found)
  } finally {
    await client.end()
  }
}

describe('a backup', () => {
  test('is one file for the office alone, and brings every row back in another database', async () => {
    const made = await command(on(town.database), 'backup', file('whole'))
    expect([made.status, made.out]).toEqual([0, expect.stringContaining('rows')])
    expect(statSync(file('whole')).mode & 0o777).toBe(0o600)
    const there = await freshDatabase('empty')
    expect((await command(on(there), 'restore', file('whole'))).err).toContain('--replace')
    const restored = await command(on(there), 'restore', file('whole'), '--replace')
    expect([restored.status, restored.err]).toEqual([0, expect.stringContaining('SECRET')])
    expect(await prints(there)).toEqual(await prints(town.database))
    expect((await command(on(there), 'doctor')).out).not.toMatch(/^bad/m)
  })

  test('of before brings nobody back who was erased since, nor what people had us take away, wherever it is restored', async () => {
    const marked = await freshDatabase('empty')
    const house = on(marked)
    const { rows: taken } = await town.house.owner_pool.query<{ reader: string; email: string; voice: string }>(
      `select s.id as reader, s.email, v.id as voice from newsletter.subscriber s join participation.voice v using (ambito_id)
       where s.left_at is null and s.confirmed_at is not null and v.text <> '' and not exists (select from participation.placement p where p.voice_id = v.id) limit 1`,
    )
    const { reader, email, voice } = taken[0] as (typeof taken)[0]
    const editor = await town.as('redazione@demo.example')
    const on_list = { on: newsletter.subscribers.href() }
    const voice_at = participation.voice.href({ voice })
    const aside = { text: '', topic: 'ALT', verdict: 'aside', reason: 'La rivuole chi l’ha scritta' }
    expect((await editor.submit(newsletter.remove.href({ id: reader }), {}, on_list)).status).toBe(303)
    expect((await editor.submit(voice_at, { ...aside, verdict: 'heard' })).status).toBe(422)
    expect((await editor.submit(voice_at, aside)).status).toBe(303)
    const coordinator = await town.as('coordinatrice@demo.example')
    expect((await coordinator.submit(people.rights.href({ id: person }), { why: 'asked', sure: '1' })).status).toBe(303)
    await town.settle()
    const told = readFileSync(join(town.house.config.data_dir, 'witness.list'), 'utf8')
    expect(told).toContain(person)
    expect(told).not.toContain('Prova')
    expect(told).not.toContain(email)
    expect((await command(on(town.database), 'backup', file('newer'))).status).toBe(0)
    const restored = await command(house, 'restore', file('whole'), '--replace')
    expect([restored.status, restored.out]).toEqual([0, expect.stringContaining('erased again')])
    const client = new pg.Client({ connectionString: marked.owner_url })
    await client.connect()
    try {
      const { rows } = await client.query(
        `select erased_at is not null as erased, (select count(*)::int from people.name n where n.person_id = p.id) as names from people.person p where id = $1`,
        [person],
      )
      expect(rows).toEqual([{ erased: true, names: 0 }])
      const { rows: again } = await client.query(
        `select s.email, s.mark is not null as known, v.text from newsletter.subscriber s join participation.voice v using (ambito_id) where s.id = $1 and v.id = $2`,
        [reader, voice],
      )
      expect(again).toEqual([{ email: null, known: true, text: '' }])
      // Nobody changed the trail since the restore; then somebody does, chain and all.
      expect((await command(house, 'doctor')).out).toMatch(/^ok +trail/m)
      await command(house, 'backup', join(house.house.config.data_dir, 'night'))
      await client.query('update kernel.audit_head set position = 0; truncate kernel.audit')
      expect((await command(house, 'doctor')).out).toMatch(/^bad +trail .*witness\.list/m)
    } finally {
      await client.end()
    }
  })

  test('never overwrites a file', async () => {
    writeFileSync(file('mine'), 'mine')
    expect((await command(on(town.database), 'backup', file('mine'))).status).toBe(1)
    expect(readFileSync(file('mine'), 'utf8')).toBe('mine')
  })

  test.each<[string, (whole: Buffer) => Buffer]>([
    ['cut off', (whole) => whole.subarray(0, whole.length - 200)],
    ['without its last table', (whole) => cut(whole, (text) => text.slice(0, text.lastIndexOf('\ncopy ')))],
    ['with a letter changed', (whole) => cut(whole, (text) => text.replaceAll('operatore@demo', 'operatora@demo'))],
    ['of a newer release', (whole) => cut(whole, (text) => text.replace('__people.sql', '__peopla.sql'))],
    ['that is none', () => Buffer.from('Name,Surname\n')],
  ])('%s is refused before anything is touched', async (name, spoil) => {
    writeFileSync(file(name), spoil(readFileSync(file('whole'))))
    const there = await freshDatabase('empty')
    const before = await prints(there)
    const refused = await command(on(there), 'restore', file(name), '--replace')
    expect([refused.status, refused.out]).toEqual([1, ''])
    expect(refused.err).not.toBe('')
    expect(await prints(there)).toEqual(before)
  })
})
const cut = (whole: Buffer, change: (text: string) => string) =>
  gzipSync(Buffer.from(change(gunzipSync(whole).toString('latin1')), 'latin1'))

describe('the doctor', () => {
  test('finds a sound house sound', async () => {
    const { status, out } = await command(on(town.database), 'doctor')
    expect([status, out.match(/^(?!ok).*/gm)?.filter((line) => line && !line.includes('Nothing listens'))]).toEqual([
      0,
      [],
    ])
  })

  test('names a table that lost its wall, a job given up and a letter that waits', async () => {
    const { house, database } = await openTestHouse()
    const person = await house.owner_pool.query('select ambito_id, id from people.person limit 1')
    await house.owner_pool.query('alter table people.phone no force row level security')
    await house.owner_pool.query(
      `select graphile_worker.add_job('never', max_attempts := 1); update graphile_worker._private_jobs set attempts = 1 where max_attempts = 1`,
    )
    await house.owner_pool.query(
      `insert into kernel.mail (ambito_id, to_address, kind, queued_at, message_id) values ($1, 'a@b.it', 'prova', now() - interval '2 days', 'x')`,
      [person.rows[0].ambito_id],
    )
    const { status, out } = await command(on(database), 'doctor')
    expect(status).toBe(1)
    expect(out).toMatch(/^bad +walls +.*people\.phone/m)
    expect(out).toMatch(/^bad +jobs +1 /m)
    expect(out).toMatch(/^mind +letters +1 /m)
  })

  test('says what a real installation lacks', async () => {
    const { status, out } = await command(on(town.database, false), 'doctor')
    expect(status).toBe(1)
    expect(out).toMatch(/^bad +mail +No SMTP_URL/m)
    expect(out).toMatch(/^bad +address +.*localhost/m)
  })
})

describe('the demonstration made anew', () => {
  test('is as on its first day, and a real installation is not touched', async () => {
    expect((await command(on(town.database, false), 'demo', 'reset')).status).toBe(2)
    const done = await command(on(town.database), 'demo', 'reset')
    expect([done.status, done.err]).toEqual([0, ''])
    const { rows } = await town.house.owner_pool.query('select from people.person where id = $1', [person])
    expect(rows).toEqual([])
    expect(await (await town.as('operatore@demo.example')).page('/staff')).toContain('Lab')
  })
})
