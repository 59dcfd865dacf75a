import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/kit/database.ts'
import { commandLine } from '../kernel/actor.ts'
import { type Ctx, openCtx } from '../kernel/ctx.ts'
import { openPools } from '../kernel/database/pools.ts'
import { Refused } from '../kernel/errors.ts'
import { openWords } from '../kernel/i18n.ts'
import { openLimits } from '../kernel/limits.ts'
import { fillAmbito, foundAmbiti } from './actions/founding.ts'
import {
  addAgreement,
  addClosure,
  addOrganisation,
  allAmbiti,
  ambitoOfHost,
  changeOrganisation,
  closedDaysOf,
  closureOn,
  closuresOn,
  comuneOf,
  comuni,
  isClosed,
  officesFor,
  organisations,
  places,
  retireOrganisation,
  setOffices,
} from './actions.ts'

const pools = openPools(await freshDatabase())
afterAll(() => pools.close())
const ground = {
  db: pools.app,
  words: openWords(),
  base_url: 'http://localhost:3000',
  demo: true,
  listeners: new Map(),
  beside: pools.beside,
  limits: openLimits(pools.beside_pool),
  modules: [],
  looks_into_files: false,
  seal: (text: string) => text,
}

async function inCtx<Result>(work: (ctx: Ctx) => Promise<Result>, slug = 'lodi', lang = 'it') {
  const ambito = (await allAmbiti(pools.app)).find((one) => one.slug === slug)
  if (!ambito) throw new Error(slug)
  return openCtx(ground, { ambito, actor: commandLine, lang }, work)
}

beforeAll(async () => {
  await foundAmbiti(pools.owner, true)
  for (const slug of ['lodi', 'vicino']) await inCtx(fillAmbito, slug)
})

test('founding twice changes nothing', async () => {
  const before = await allAmbiti(pools.app)
  await foundAmbiti(pools.owner, true)
  expect(await allAmbiti(pools.app)).toEqual(before)
  expect(before.map(({ slug, demo }) => [slug, demo])).toEqual([
    ['lodi', false],
    ['vicino', true],
  ])
})

test('the neighbour answers at its own host, everybody else is Lodi', async () => {
  const slugAt = (host: string) => pools.app.transaction().execute(async (db) => (await ambitoOfHost(db, host)).slug)
  expect([
    await slugAt('vicino.localhost'),
    await slugAt('localhost'),
    await slugAt('lodi.localhost'),
    await slugAt('x'),
  ]).toEqual(['vicino', 'lodi', 'lodi', 'lodi'])
})

test('61 Comuni here, five invented ones next door, and neither sees the other', async () => {
  expect(await inCtx(comuni)).toHaveLength(61)
  const next_door = await inCtx(comuni, 'vicino')
  expect(next_door).toHaveLength(5)
  expect(next_door.map(({ name }) => name)).not.toContain('Lodi')
  expect((await inCtx(organisations, 'vicino')).map(({ name }) => name)).not.toContain('Questura di Lodi')
})

test('San Colombano goes to the offices of Milano, Codogno to those of Lodi', async () => {
  const offices = (code: string) => inCtx(async (ctx) => (await officesFor(ctx, code)).map(({ name }) => name))
  expect(await offices('015191')).toEqual(['Questura di Milano', 'Prefettura di Milano'])
  expect(await offices('098019')).toEqual(['Questura di Lodi', 'Prefettura di Lodi'])
})

test('the offices of a Comune are set all at once, and only bodies of the address book', async () => {
  const health = (await inCtx((ctx) => organisations(ctx, { kinds: ['health'] }))).map(({ id }) => id)
  await inCtx(async (ctx) =>
    setOffices(ctx, '098035', [...health, ...(await officesFor(ctx, '098035')).map(({ id }) => id)]),
  )
  expect(await inCtx(async (ctx) => (await officesFor(ctx, '098035')).map(({ kind }) => kind))).toEqual([
    'questura',
    'prefettura',
    'health',
    'health',
  ])
  await expect(inCtx((ctx) => setOffices(ctx, '098035', [crypto.randomUUID()]))).rejects.toThrow(Refused)
})

test('a Comune is found as a register writes it', async () => {
  const find = await inCtx(comuneOf)
  expect(find('casale')?.name).toBe('Casalpusterlengo')
})

test('a name stands once in the address book; one that left makes room', async () => {
  const id = await inCtx((ctx) => addOrganisation(ctx, { name: 'Istituto di prova', kind: 'school' }))
  await expect(
    inCtx((ctx) => addOrganisation(ctx, { name: 'ISTITUTO di prova', kind: 'school' })),
  ).rejects.toMatchObject({ problems: { name: 'territory.error.name_taken' } })
  await inCtx((ctx) =>
    changeOrganisation(ctx, id, { name: 'Istituto di prova', kind: 'school', comune: '098019', phone: '0371 000000' }),
  )
  await inCtx((ctx) => retireOrganisation(ctx, id))
  await inCtx((ctx) => addOrganisation(ctx, { name: 'Istituto di prova', kind: 'school' }))
  expect(
    (await inCtx((ctx) => organisations(ctx, { kinds: ['school'], ended: true }))).map(({ ended_on, comune_name }) => [
      ended_on !== null,
      comune_name,
    ]),
  ).toEqual(
    expect.arrayContaining([
      [true, 'Codogno'],
      [false, null],
    ]),
  )
})

test('an agreement is added, never rewritten', async () => {
  const [cpia] = await inCtx((ctx) => organisations(ctx, { kinds: ['cpia'] }))
  await inCtx((ctx) => addAgreement(ctx, cpia?.id as string, { subject: 'Test A2', starts_on: '2026-09-01' }))
  await expect(
    inCtx((ctx) =>
      addAgreement(ctx, cpia?.id as string, { subject: 'Test A2', starts_on: '2026-09-01', ends_on: '2026-08-31' }),
    ),
  ).rejects.toThrow(Refused)
  await expect(
    inCtx((ctx) => ctx.db.updateTable('territory.agreement').set({ subject: 'altro' }).execute()),
  ).rejects.toThrow(/permission denied/)
})

test('closed: holidays for everybody, the patron of Lodi every year in Lodi only', async () => {
  expect(await inCtx((ctx) => closureOn(ctx, '2027-03-29'))).toBe("Lunedì dell'Angelo")
  expect(await inCtx((ctx) => closureOn(ctx, '2027-03-29'), 'lodi', 'en')).toBe('Easter Monday')
  expect([
    await inCtx((ctx) => isClosed(ctx, '2028-01-19')),
    await inCtx((ctx) => isClosed(ctx, '2028-01-19'), 'vicino'),
  ]).toEqual([true, false])
  await inCtx((ctx) =>
    addClosure(ctx, {
      from_day: '2026-12-28',
      to_day: '2027-01-02',
      name: 'Chiusura natalizia',
      kind: 'holiday',
      yearly: false,
    }),
  )
  const closed = await inCtx((ctx) =>
    closuresOn(ctx, ['2026-12-24', '2026-12-25', '2026-12-29', '2027-01-02', '2027-01-04']),
  )
  expect([...closed.keys()]).toEqual(['2026-12-25', '2026-12-29', '2027-01-02'])
  expect((await inCtx((ctx) => closedDaysOf(ctx, 2027))).map(({ from_day }) => from_day)).toContain('2027-01-19')
  await expect(
    inCtx((ctx) =>
      addClosure(ctx, { from_day: '2026-12-28', to_day: '2027-01-02', name: 'x', kind: 'holiday', yearly: true }),
    ),
  ).rejects.toMatchObject({ problems: { to_day: 'territory.error.over_new_year' } })
})

test('the desk stands in Via Cavour', async () => {
  expect(
    (await inCtx(places)).map(({ name, organisation_name, comune_name }) => [name, organisation_name, comune_name]),
  ).toEqual([['Sportello stranieri e rifugiati', 'MLFM', 'Lodi']])
})

test('a real installation has no neighbour', async () => {
  const real = openPools(await freshDatabase())
  afterAll(() => real.close())
  await foundAmbiti(real.owner, false)
  expect((await allAmbiti(real.app)).map(({ slug, demo }) => [slug, demo])).toEqual([['lodi', false]])
})
