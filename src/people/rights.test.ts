/** What a person may ask: a copy of everything, and that it be gone from every table. */
import { expect, test } from 'vitest'
import { feedVisits } from '../../test/kit/feed.ts'
import { openTestHouse } from '../../test/kit/house.ts'
import { findPeople } from './actions.ts'
import { people } from './urls.ts'

const town = await openTestHouse()
const coordinator = await town.as('coordinatrice@demo.example')

/** Tables that hold any of these words, in whatever column. */
async function tablesWith(words: readonly string[]) {
  const { owner_pool } = town.house
  const { rows } = await owner_pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  )
  const found = []
  for (const { name } of rows) {
    const held = await owner_pool.query(`select from ${name} t where t::text ~* $1 limit 1`, [words.join('|')])
    if (held.rowCount) found.push(name)
  }
  return found
}

test('a copy holds what every service wrote; once erased, no table holds the person, and the count stands', async () => {
  await feedVisits(
    town,
    [
      {
        Cognome: 'Zanzibarini',
        Nome: 'Quetzala',
        'Data di nascita': '12/10/1990',
        Sesso: 'F',
        Cittadinanza: 'Perù',
        Telefono: '333 909 0909',
        'Titolo di soggiorno': 'famiglia',
        'Numero titolo': 'I90909090',
        'Titolo visto': 'sì',
        Informativa: 'sì',
        Note: 'Quetzala torna giovedì',
      },
    ],
    '--ambito',
    'lodi',
  )
  const { lines } = await town.inCtx((ctx) => findPeople(ctx, 'zanzibarini quetzala'))
  const id = lines[0]?.id as string
  expect(await coordinator.page(people.file.href({ id }))).toContain(people.rights.href({ id }))
  const copy = await coordinator.submit(people.copy.href({ id }), { format: 'csv', purpose: 'check' })
  const text = await copy.text()
  for (const known of ['Zanzibarini', '333 909 0909', 'I90909090', 'torna giovedì', 'desk', 'monitoring'])
    expect(text).toContain(known)

  const words = ['zanzibar', 'quetzal', '9090909']
  expect((await tablesWith(words)).length).toBeGreaterThan(4)
  const rights = people.rights.href({ id })
  expect((await coordinator.submit(rights, { why: 'asked' })).status).toBe(422)
  expect((await coordinator.submit(rights, { why: 'asked', sure: '1' })).status).toBe(303)
  await town.settle()
  expect(await tablesWith(words)).toEqual([])
  expect((await coordinator.get(people.file.href({ id }))).status).toBe(404)
  const { rows } = await town.house.owner_pool.query(
    'select verdict, gender from people.standing where person_id = $1 and valid @> current_date',
    [id],
  )
  expect(rows).toEqual([{ verdict: 'yes', gender: 'F' }])
})
