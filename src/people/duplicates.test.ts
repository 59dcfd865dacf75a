/** The same person behind two files: found, compared, merged, separated again, completely. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { feedVisits } from '../../test/kit/feed.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { report } from '../monitoring/actions.ts'
import {
  createPerson,
  decidePair,
  duplicatesToday,
  findPeople,
  mergePersons,
  mergesOf,
  openFile,
  splitRow,
  undoMerge,
} from './actions.ts'
import { people } from './urls.ts'

let town: TestHouse
beforeAll(async () => {
  town = await openTestHouse({ demo: false })
})

type Row = { id: string; canonical_id: string }
const canonicals = async (ids: string[]) => {
  const { rows } = await town.inCtx(({ db }) =>
    sql<Row>`select id, canonical_id from people.person where id = any (${ids}::uuid[])`.execute(db),
  )
  return Object.fromEntries(rows.map((row) => [row.id, row.canonical_id]))
}
/** Everything that must be as before: who stands for whom, where everybody stands, what everybody is found by. */
const print = () =>
  town.inCtx(async ({ db }) => {
    const rows = async (query: ReturnType<typeof sql>) => JSON.stringify((await query.execute(db)).rows)
    return [
      await rows(sql`select id, canonical_id from people.person order by id`),
      await rows(
        sql`select canonical_id, valid, verdict, reason, gender, born from people.standing_period order by canonical_id, valid`,
      ),
      await rows(sql`select person_id, key from people.search_key order by person_id, key`),
    ]
  })
const three = (name: string) =>
  town.inCtx(async (ctx) => {
    const make = (given_names: string) =>
      createPerson(ctx, { surname: name, given_names, born: '1980', gender: 'F', citizenship: 'EG' })
    return [await make('Amina'), await make('Aminah'), await make('Ameena')] as [string, string, string]
  })
const merge = (one: string, other: string) => town.inCtx((ctx) => mergePersons(ctx, one, other))
const mergeOf = async (one: string, other: string) => {
  const merges = await town.inCtx((ctx) => mergesOf(ctx, [one]))
  return merges.find((row) => row.ended_at === null && [row.one, row.other].includes(other))?.id as string
}
const undo = async (one: string, other: string) => {
  const id = await mergeOf(one, other)
  await town.inCtx((ctx) => undoMerge(ctx, id))
}

describe('merging', () => {
  test('two files become one person and come apart as if nothing had been', async () => {
    const [a, b] = await three('Hassan')
    const before = await print()
    await merge(a, b)
    const now = await canonicals([a, b])
    expect(now[a]).toBe(now[b])
    await undo(a, b)
    expect(await print()).toEqual(before)
  })

  test('three in a circle are one person until the last tie is undone', async () => {
    const [a, b, c] = await three('Circolo')
    const before = await print()
    await merge(a, b)
    await merge(b, c)
    await merge(c, a)
    expect(new Set(Object.values(await canonicals([a, b, c]))).size).toBe(1)
    await undo(c, a)
    expect(new Set(Object.values(await canonicals([a, b, c]))).size).toBe(1)
    await undo(a, b)
    const apart = await canonicals([a, b, c])
    expect([apart[a], apart[b] === apart[c]]).toEqual([a, true])
    await undo(b, c)
    expect(await print()).toEqual(before)
  })

  test('of a chain the first link can be undone alone', async () => {
    const [a, b, c] = await three('Catena')
    await merge(a, b)
    await merge(b, c)
    await undo(a, b)
    const now = await canonicals([a, b, c])
    expect(now[a]).toBe(a)
    expect(now[b]).toBe(now[c])
    expect(now[b]).not.toBe(a)
  })

  test('merged twice it is one merge, and nobody is merged with themselves', async () => {
    const [a, b] = await three('Doppia')
    await Promise.all([merge(a, b), merge(b, a), merge(a, b)])
    expect((await town.inCtx((ctx) => mergesOf(ctx, [a]))).length).toBe(1)
    await expect(merge(a, a)).rejects.toThrow()
  })

  test('search finds the person once, by the spelling of either file; the file shows both', async () => {
    const [a, b] = await town.inCtx(async (ctx) => [
      await createPerson(ctx, {
        surname: 'Ouattara',
        given_names: 'Salimata',
        born: '1991',
        citizenship: 'CI',
        phone: '333 700 8001',
      }),
      await createPerson(ctx, {
        surname: 'Watara',
        given_names: 'Salimatou',
        born: '04/05/1991',
        phone: '333 700 8002',
        citizenship: 'CI',
      }),
    ])
    await merge(a, b)
    for (const typed of ['ouattara salimata', 'watara salimatou', '3337008002']) {
      const { lines } = await town.inCtx((ctx) => findPeople(ctx, typed))
      expect([typed, lines.map((line) => line.id)]).toEqual([typed, [(await canonicals([a]))[a]]])
    }
    // What the other file knows better is known, and who is unsafe to write to in one of them is so.
    await town.house.owner_pool.query('update people.person set contact_safe = false where id = $1', [b])
    const { person, phones, citizenships, head } = await town.inCtx((ctx) => openFile(ctx, a))
    expect([phones.length, citizenships.length, person.contact_safe]).toEqual([2, 1, false])
    expect([person.born, head.born_precision]).toEqual(['1991-05-04', 'day'])
    const { rows } = await town.house.owner_pool.query(
      'select distinct born::text from people.standing_period where canonical_id = $1',
      [person.canonical_id],
    )
    expect(rows).toEqual([{ born: '1991-05-04' }])
  })
})

const served = {
  Cittadinanza: 'Egitto',
  'Titolo di soggiorno': 'famiglia',
  'Titolo visto': 'sì',
  Informativa: 'sì',
  'Scadenza titolo': '07/06/2028',
}
const figure = async () =>
  (await town.inCtx((ctx) => report(ctx, { from: '2025-09-25', to: ctx.today }))).indicators.find(
    ({ code }) => code === 'O.2.3',
  )?.value
const personCalled = (surname: string) =>
  town.inCtx(async ({ db }) =>
    (
      await sql<{
        person_id: string
      }>`select distinct person_id from people.joined_row where said ->> 'surname' = ${surname} and ended_at is null`.execute(
        db,
      )
    ).rows.map((row) => row.person_id),
  )

describe('merging and registers', () => {
  test('an import between a merge and its undoing: each row stays with the file it was about', async () => {
    await feedVisits(town, [
      {
        Cognome: 'Trabelsi',
        Nome: 'Mariem',
        'Data di nascita': '02/02/1985',
        Sesso: 'F',
        Telefono: '333 100 2001',
        ...served,
      },
      {
        Cognome: 'Trabelsi',
        Nome: 'Meriem',
        'Data di nascita': '1985',
        Sesso: 'F',
        Telefono: '333 100 2002',
        ...served,
      },
    ])
    const [a, b] = (await personCalled('Trabelsi')) as [string, string]
    const counted = (await figure()) as number
    await merge(a, b)
    expect(await figure()).toBe(counted - 1)
    const between = await feedVisits(town, [
      { Data: '08/01/2026', Cognome: 'Trabelsi', Nome: 'Mariem', Telefono: '333 100 2001' },
      { Data: '09/01/2026', Cognome: 'Trabelsi', Nome: 'Meriem', Telefono: '333 100 2002' },
    ])
    expect(between.json).toMatchObject({ people_found: 2, people_created: 0 })
    await undo(a, b)
    expect(await figure()).toBe(counted)
    const visits = await town.inCtx(({ db }) =>
      sql<{
        person_id: string
        n: number
      }>`select person_id, count(*)::int as n from desk.visit where person_id = any (${[a, b]}::uuid[]) group by 1`.execute(
        db,
      ),
    )
    expect(visits.rows.map(({ n }) => n)).toEqual([2, 2])
  })

  test('a row taken for the wrong person is split off with its visit, its names and its papers', async () => {
    const phone = { Telefono: '333 200 3001' }
    await feedVisits(town, [
      { Cognome: 'Benali', Nome: 'Karima', 'Data di nascita': '1979', Sesso: 'F', ...phone, Cittadinanza: 'Marocco' },
      {
        Data: '08/01/2026',
        Cognome: 'Benali',
        Nome: 'Karima',
        ...phone,
        ...served,
        Cittadinanza: 'Marocco',
        Note: 'parla piano',
      },
      { Data: '09/01/2026', Cognome: 'Ben Ali', Nome: 'Carima', ...phone, Informativa: 'sì' },
    ])
    const [wrong, ...none] = await personCalled('Benali')
    expect(none).toEqual([])
    const counted = (await figure()) as number
    const rows = await town.inCtx(({ db }) =>
      sql<{
        id: string
        reason: string
      }>`select id, reason from people.joined_row where person_id = ${wrong} order by on_day`.execute(db),
    )
    expect(rows.rows.map(({ reason }) => reason)).toEqual(['new', 'same_phone_and_name', 'same_phone_and_name'])
    const to = await town.inCtx((ctx) => splitRow(ctx, rows.rows[1]?.id as string))
    // The one who is left never showed a title; whoever was split off did, but nobody knows when she was born.
    expect(await figure()).toBe(counted - 1)
    const [left, off] = await town.inCtx(async (ctx) => [await openFile(ctx, wrong as string), await openFile(ctx, to)])
    expect([left.titles.length, off.titles.length, off.person.born, left.person.born]).toEqual([
      0,
      1,
      null,
      '1979-07-01',
    ])
    // The third row had said that the notice was given, after the second had said so already.
    expect([left.notices.length, off.notices.length]).toEqual([1, 1])
    expect(off.phones.map(({ typed }) => typed)).toEqual(['333 200 3001'])
    expect(left.phones.length).toBe(1)
    const visits = await town.inCtx(({ db }) =>
      sql<{ person_id: string; withdrawn: boolean; note: string | null }>`
      select v.person_id, exists (select from desk.withdrawal w where w.visit_id = v.id) as withdrawn, (select text from desk.note n where n.visit_id = v.id) as note
      from desk.visit v where v.on_day = '2026-01-08' and v.person_id = any (${[wrong as string, to]}::uuid[]) order by withdrawn`.execute(
        db,
      ),
    )
    expect(visits.rows).toEqual([
      { person_id: to, withdrawn: false, note: 'parla piano' },
      { person_id: wrong, withdrawn: true, note: null },
    ])
    // Fed again, the file knows its rows.
    await expect(town.inCtx((ctx) => splitRow(ctx, rows.rows[0]?.id as string))).rejects.toThrow()
  })
})

describe('the short list', () => {
  test('a pair is compared side by side and decided; told apart it does not come back', async () => {
    const demo = await openTestHouse()
    await demo.settle()
    // The demonstration brings a pair of its own.
    await demo.inCtx(async (ctx) => {
      for (const { one, other } of (await duplicatesToday(ctx)).pairs) await decidePair(ctx, one, other, 'different')
    })
    await feedVisits(
      demo,
      [
        {
          Cognome: 'Zambrano',
          Nome: 'Lucía',
          'Data di nascita': '1990',
          Sesso: 'F',
          Telefono: '333 300 4001',
          ...served,
          Cittadinanza: 'Perù',
        },
        {
          Cognome: 'Zambrano',
          Nome: 'Lucia',
          'Data di nascita': '12/10/1990',
          Sesso: 'F',
          Telefono: '333 300 4002',
          ...served,
          Cittadinanza: 'Perù',
        },
        { Cognome: 'Zambrano', Nome: 'Lucia', Telefono: '333 300 4003' },
      ],
      '--ambito',
      'lodi',
    )
    const operator = await demo.as('operatore@demo.example')
    expect(await operator.page('/staff')).toContain('3 coppie di schede')
    const list = await operator.page(people.duplicates.href())
    expect(list).toContain('cambia il numero')
    const pairs = [...list.matchAll(/\/staff\/stessa-persona\/([0-9a-f-]{36})\/([0-9a-f-]{36})/g)].map(([path]) => path)
    expect(pairs.length).toBe(3)
    const page = await operator.page(pairs[0] as string)
    expect(page).toContain('Tutto quello che si sa')
    expect(page).toContain('1990-10-12')
    expect(page.split('<title>')[1]?.split('</title>')[0]).not.toContain('Zambrano')
    expect((await operator.submit(pairs[0] as string, { decision: 'same' })).status).toBe(303)
    expect((await operator.submit(pairs[0] as string, { decision: 'same' })).status).toBe(422)
    const after = await demo.inCtx((ctx) => duplicatesToday(ctx))
    expect([after.done, after.waiting]).toEqual([2, 1])
    const { one, other } = after.pairs[0] as { one: string; other: string }
    expect((await operator.submit(people.pair.href({ one, other }), { decision: 'different' })).status).toBe(303)
    expect((await demo.inCtx((ctx) => duplicatesToday(ctx))).waiting).toBe(0)
    // Told apart by mistake, they are one after all; the page after offers to take that back.
    expect((await operator.submit(people.pair.href({ one, other }), { decision: 'unsure' })).status).toBe(422)
    const again = await operator.submit(people.pair.href({ one, other }), { decision: 'same' })
    const undo = /\/staff\/persone\/[0-9a-f-]+\/unioni\/[0-9a-f-]+\/fine/
    const [separate] = undo.exec(await operator.page(again.headers.get('location') ?? '')) ?? []
    expect((await operator.submit(separate ?? '', {})).status).toBe(303)
    expect((await demo.inCtx((ctx) => duplicatesToday(ctx))).waiting).toBe(0)
    expect(await operator.page('/staff')).not.toMatch(/coppi[ae] di schede/)
    const office = await demo.as('progetto@demo.example')
    expect((await office.get(people.duplicates.href())).status).toBe(403)
    const readings = await demo.inCtx(({ db }) =>
      sql<{ n: number }>`select count(*)::int as n from kernel.audit where what = 'people.file'`.execute(db),
    )
    expect(readings.rows[0]?.n).toBeGreaterThan(1)
  })

  test('somebody created at the desk under another spelling is suggested', async () => {
    await town.inCtx(async (ctx) => {
      await createPerson(ctx, { surname: 'Kovalenko', given_names: 'Oleksandr', born: '17/05/1971' })
      await createPerson(ctx, { surname: 'Коваленко', given_names: 'Олександр', born: '17/05/1971' })
    })
    const { pairs } = await town.inCtx((ctx) => duplicatesToday(ctx, true))
    expect(pairs.some(({ reasons }) => reasons.includes('scripts_differ') && reasons.includes('same_birth'))).toBe(true)
  })

  test('who is not sure is asked again only when more speaks for it', async () => {
    const { pairs } = await town.inCtx((ctx) => duplicatesToday(ctx, true))
    const { one, other } = pairs[0] as { one: string; other: string }
    await town.inCtx((ctx) => decidePair(ctx, one, other, 'unsure'))
    const later = await town.inCtx((ctx) => duplicatesToday(ctx, true))
    expect(later.pairs.some((pair) => pair.one === one && pair.other === other)).toBe(false)
  })
})
