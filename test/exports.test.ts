/** Every list and figure leaves the house in three formats, as it is seen, with the reason kept in the trail. */
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from './kit/house.ts'
import { infoOf, lettersOf } from './kit/paper.ts'

let house: TestHouse
let opening: string
beforeAll(async () => {
  house = await openTestHouse()
  await house.settle()
  const { rows } = await house.house.owner_pool.query<{ opening_id: string }>(
    `select v.opening_id from desk.visit v join territory.ambito a on a.id = v.ambito_id
     where a.slug = 'lodi' and v.person_id is not null group by v.opening_id order by count(*) desc limit 1`,
  )
  opening = (rows[0] as { opening_id: string }).opening_id
})

const lists = () => [
  { who: 'operatore@demo.example', list: `/staff/sportello/${opening}/elenco`, names: true },
  { who: 'progetto@demo.example', list: '/staff/monitoraggio', names: false },
  { who: 'progetto@demo.example', list: '/staff/monitoraggio/O.2.3', names: true },
  { who: 'operatore@demo.example', list: '/staff/monitoraggio/non-conteggiabili', names: true },
  { who: 'progetto@demo.example', list: '/staff/progetto', exported: '/staff/progetto/obiettivi', names: false },
  { who: 'operatore@demo.example', list: '/staff/territorio/enti', names: false },
]
const sent = async (who: string, path: string, fields: Record<string, string>) => {
  const answer = await (await house.as(who)).submit(path, fields)
  return {
    status: answer.status,
    name: answer.headers.get('content-disposition'),
    bytes: new Uint8Array(await answer.arrayBuffer()),
  }
}
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

describe.each([0, 1, 2, 3, 4, 5])('list %i', (at) => {
  const one = () => lists()[at] as ReturnType<typeof lists>[number]
  const path = () => `${one().exported ?? one().list}/esporta`

  test('is one tap away, asks why, and comes as CSV, spreadsheet and paper', async () => {
    const { who, list } = one()
    expect(await (await house.as(who)).page(list)).toContain(`href="${path()}`)
    const csv = await sent(who, path(), { format: 'csv', purpose: 'check' })
    expect([csv.status, csv.name]).toEqual([200, expect.stringMatching(/^attachment; filename="[\w.-]+\.csv"$/)])
    const [head = [], ...rows]: string[][] = parse(text(csv.bytes), { delimiter: ';', bom: true })
    expect(rows.length).toBeGreaterThan(0)
    expect(head.every((header) => /^\S/.test(header) && !/^[a-z_]+\.[a-z_.]+$/.test(header))).toBe(true)
    const xlsx = await sent(who, path(), { format: 'xlsx', purpose: 'check' })
    expect([...xlsx.bytes.subarray(0, 2)]).toEqual([0x50, 0x4b])
    const pdf = await sent(who, path(), { format: 'pdf', purpose: 'check' })
    expect(infoOf(pdf.bytes)).toMatchObject({ Tagged: 'yes', Title: expect.stringMatching(/\S/) })
    expect(lettersOf(pdf.bytes)).toContain((rows[0]?.find((cell) => cell.length > 1) ?? '').replaceAll(/\s/g, ''))
  })

  test('without a reason nothing leaves, and the reason is kept with the count', async () => {
    const { who } = one()
    expect((await sent(who, path(), { format: 'csv' })).status).toBe(422)
    const silent = await sent(who, path(), { format: 'csv', purpose: 'other' })
    expect([silent.status, text(silent.bytes)]).toEqual([422, expect.stringContaining('Scrivi a che cosa serve')])
    const { bytes } = await sent(who, path(), { format: 'csv', purpose: 'other', purpose_text: 'prova di controllo' })
    const rows = (parse(text(bytes), { delimiter: ';', bom: true }) as string[][]).length - 1
    const { rows: kept } = await house.house.owner_pool.query<{ detail: unknown }>(
      "select detail from kernel.audit where what = 'kernel.export' order by position desc limit 1",
    )
    expect(kept[0]?.detail).toMatchObject({ rows, format: 'csv', purpose: 'other', purpose_text: 'prova di controllo' })
    const [newest] = (await (await house.as('admin@demo.example')).page('/staff/esportazioni')).split('</tr>').slice(1)
    expect(newest).toMatch(/CSV.*Altro.*prova di controllo/s)
  })

  test('leaves only for those who may see it', async () => {
    for (const other of ['regione@demo.example', 'docente@demo.example']) {
      const answer = await (await house.as(other)).get(path())
      if (one().names) expect([other, answer.status]).toEqual([other, 403])
    }
    expect((await house.visitor().get(path())).status).toBe(303)
  })
})

test('filters go along: the export holds what is seen', async () => {
  const path = '/staff/territorio/enti/esporta'
  const [all, some] = [
    await sent('operatore@demo.example', path, { format: 'csv', purpose: 'check' }),
    await sent('operatore@demo.example', `${path}?nome=prefettura`, { format: 'csv', purpose: 'check' }),
  ]
  const rows = (bytes: Uint8Array) => (parse(text(bytes), { delimiter: ';', bom: true }) as string[][]).slice(1)
  expect(rows(some.bytes).length).toBeLessThan(rows(all.bytes).length)
  expect(rows(some.bytes).every(([name]) => /prefettura/i.test(name ?? ''))).toBe(true)
})
