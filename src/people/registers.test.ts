/** A register through the page: tried first, taken when somebody says so, its bad rows given back; never more than once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { changedTables, rowPrints } from '../../test/kit/rows.ts'
import { forgetRuns } from '../kernel/register/runs.ts'
import { kindsOf, readRegister } from '../kernel/register.ts'
import { root } from '../kernel/root.ts'
import { readWorkbook } from '../kernel/sheets.ts'
import { people } from './urls.ts'

const town = await openTestHouse()
const operator = await town.as('operatore@demo.example')
const sample = readFileSync(join(root, 'test/registro-accessi.csv'))

async function send(bytes: Uint8Array | string, fields: Record<string, string> = { kind: 'visits' }) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...(await operator.hidden(people.registers.href())), ...fields }))
    form.append(name, value)
  form.append('file', new File([bytes as BlobPart], 'registro del desk.csv', { type: 'text/csv' }))
  return operator.post(people.registers.href(), form)
}
const where = (answer: Response) => answer.headers.get('location') ?? ''
const runOf = (answer: Response) => ({ run: /registri\/([0-9a-f-]{36})/.exec(where(answer))?.[1] ?? '' })
const countOf = async (table: string) =>
  (await town.house.owner_pool.query(`select count(*)::int as n from ${table}`)).rows[0].n as number
const words = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('a file is tried and nothing is written; then it is taken, and the second time it adds nothing', async () => {
  await town.settle()
  const before = await rowPrints(town.house.owner_pool)
  const run = runOf(await send(sample))
  expect(words(await operator.page(people.registerRun.href(run)))).toContain('Prova in corso')
  await town.settle()
  const tried = words(await operator.page(people.registerRun.href(run)))
  expect(tried).toMatch(/Righe lette 949 Righe accettate 943 Righe rifiutate 6/)
  expect(tried).toContain('Importa 943 righe')
  // The run itself, and who looked at the rows it would leave out; and the demonstration feeds an agenda soon after it was made.
  const changed = changedTables(before, await rowPrints(town.house.owner_pool), ['tavolo.item'])
  expect(changed.filter((name) => !name.startsWith('kernel.'))).toEqual([])

  const take = people.registerTake.href(run)
  const pressed = await Promise.all([1, 2].map(() => operator.submit(take, {}, { on: people.registerRun.href(run) })))
  expect(pressed.map(({ status }) => status).sort()).toEqual([303, 422])
  await town.settle()
  const page = words(await operator.page(people.registerRun.href(run)))
  expect(page).toMatch(/Importato\. .*Righe accettate 943 Righe rifiutate 6 .*Persone create 4\d\d/)
  const visits = await countOf('desk.visit')
  expect((await operator.submit(take, {}, { on: people.registers.href() })).status).toBe(422)

  const again = runOf(await send(sample))
  await town.settle()
  const known = words(await operator.page(people.registerRun.href(again)))
  expect([known.includes('erano già state importate'), known.includes('Importa 943')]).toEqual([true, false])
  await operator.submit(people.registerTake.href(again), {}, { on: people.registerRun.href(again) })
  await town.settle()
  expect(words(await operator.page(people.registerRun.href(again)))).toMatch(/Persone create 0 .*Fatti registrati 0/)
  expect(await countOf('desk.visit')).toBe(visits)

  const rejects = await (await operator.get(people.registerRejects.href(run))).text()
  expect(rejects.trim().split('\r\n')).toHaveLength(7)
  expect(rejects.split('\r\n')[0]).toContain('Motivo del rifiuto')
})

test('each register says its columns and gives an empty sheet that it reads; other columns are named', async () => {
  const page = words(await operator.page(people.registers.href()))
  expect(page).toContain('Servono: Data, Sportello, Cognome o Nome')
  for (const kind of kindsOf(town.house).filter(({ kind }) => ['people', 'visits', 'attendance'].includes(kind))) {
    const blank = async (format: string) =>
      Buffer.from(await (await operator.get(people.registerBlank.href({ kind: kind.kind, format }))).arrayBuffer())
    const csv = String(await blank('csv'))
    const [row] = readRegister(readWorkbook(Buffer.from(`${csv}${kind.columns.map(() => 'x').join(';')}\n`)), kind).rows
    expect(Object.keys(row?.cells ?? {})).toEqual(kind.columns.map(({ key }) => key))
    expect(readWorkbook(await blank('xlsx')).sheets).toEqual([
      expect.objectContaining({ rows: [kind.columns.map(({ headers }) => headers[0])] }),
    ])
  }
  expect((await operator.get(people.registerBlank.href({ kind: 'visits', format: 'pdf' }))).status).toBe(404)
  expect((await operator.get(people.registerBlank.href({ kind: 'meetings', format: 'csv' }))).status).toBe(403)
  const run = runOf(await send('Data;Sportello;Cognome;Telefono casa;Nome;Nome\n31/02/2026;Immigrati;Nessuna;1;A;B\n'))
  await town.settle()
  const tried = words(await operator.page(people.registerRun.href(run)))
  expect(tried).toContain('2 colonne non vengono lette Telefono casa, Nome')
  expect(tried).toContain('Nessuna riga si può importare')
})

test('a run whose worker was killed is offered to go on, and goes on where it was', async () => {
  const run = runOf(
    await send('Data;Sportello;Cognome\n07/01/2026;Immigrati;Ripresa Una\n08/01/2026;Immigrati;Ripresa Due\n'),
  )
  await town.settle()
  const resume = people.registerResume.href(run)
  expect((await operator.submit(resume, {}, { on: people.registerRun.href(run) })).status).toBe(422)
  await town.house.owner_pool.query(
    `update kernel.register_run set wanted_at = kernel.now(), moved_at = kernel.now() - interval '3 minutes' where id = $1`,
    [run.run],
  )
  expect(words(await operator.page(people.registerRun.href(run)))).toContain('Si è fermato')
  expect((await operator.submit(resume, {}, { on: people.registerRun.href(run) })).status).toBe(303)
  await town.settle()
  expect(words(await operator.page(people.registerRun.href(run)))).toContain('Importato.')
})

test('what is no register comes back with a sentence, and only those who may see people may feed one', async () => {
  const picture = await send(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]))
  expect([picture.status, words(await picture.text()).includes('non è un foglio di calcolo')]).toEqual([422, true])
  const empty = await send('')
  expect([empty.status, words(await empty.text()).includes('Il file è vuoto')]).toEqual([422, true])
  expect((await send(sample, { kind: 'lettere' })).status).toBe(422)
  expect((await operator.submit(people.registers.href(), { kind: 'visits' })).status).toBe(422)
  expect((await (await town.as('admin@demo.example')).get(people.registers.href())).status).toBe(403)
  // Each register says who may feed it: SELF brings in its months, and does not see what the desk left out.
  const self = await town.as('self@demo.example')
  const kinds = (html: string) => [...html.matchAll(/<option value="(\w+)"/g)].map(([, kind]) => kind)
  expect(kinds(await self.page(people.registers.href()))).toEqual(['orientation'])
  expect(kinds(await operator.page(people.registers.href()))).toEqual(['people', 'visits', 'attendance'])
  expect((await self.submit(people.registers.href(), { kind: 'visits' })).status).toBe(422)
  const visits = await town.house.owner_pool.query("select id from kernel.register_run where kind = 'visits' limit 1")
  expect((await self.get(people.registerRun.href({ run: visits.rows[0].id }))).status).toBe(403)
  const neighbour = await town.as('operatore@vicino.example')
  const { rows } = await town.house.owner_pool.query('select id from kernel.register_run limit 1')
  expect((await neighbour.get(people.registerRun.href({ run: rows[0].id }))).status).toBe(404)
})

test('rows nobody wanted go after a week, all after a month', async () => {
  await send('Data;Sportello;Cognome\n07/01/2026;Immigrati;Mai Voluta\n')
  await town.settle()
  const unwanted = async () => await countOf('kernel.register_run where wanted_at is null')
  const wanted = (await countOf('kernel.register_run')) - (await unwanted())
  expect(await unwanted()).toBeGreaterThan(0)
  await town.moveClock('8 days')
  await town.inCtx(forgetRuns)
  expect([await unwanted(), await countOf('kernel.register_run')]).toEqual([0, wanted])
  await town.moveClock('31 days')
  await town.inCtx(forgetRuns)
  expect([await countOf('kernel.register_run'), await countOf('kernel.register_part')]).toEqual([0, 0])
})
