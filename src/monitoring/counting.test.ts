/** The counting cases of domain.md §3.2, in those words; what modules to come will announce is told to the ledger here. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { openLedger } from '../../test/kit/ledger.ts'
import { notCountable, peopleOf, reverse } from './actions.ts'

const { inCtx, person, happened, figures, merge, pools } = await openLedger()
beforeEach(() => pools.owner_pool.query('truncate monitoring.fact'))

const values = async (codes: string[], period = {}) => {
  const found = await figures(period)
  return codes.map((code) => found.get(code)?.value)
}
const o23 = ['O.2.3', 'O.2.3.1', 'O.2.3.2', 'O.2.3.3']
const waiting = async () =>
  (await inCtx((ctx) => notCountable(ctx, { to: '2028-09-24' }))).people.map(({ person_id, reason }) => [
    person_id,
    reason,
  ])

describe('Egyptian woman, 34, two language courses (A1 then A2), levels ALFA→A1→A2', () => {
  async function attends() {
    const woman = await person({ born: '1991-03-01', gender: 'F' })
    await happened('courses.attendance.language', woman, { on: '2026-02-02' })
    await happened('courses.level_gained', woman, { on: '2026-05-29' })
    await happened('courses.attendance.language', woman, { on: '2026-10-05' })
    await happened('courses.level_gained', woman, { on: '2027-02-26' })
    return woman
  }

  test('counts once in O.2.3 and .1, and once in R.2.8', async () => {
    await attends()
    expect(await values([...o23, 'R.2.8'])).toEqual([1, 1, 0, 0, 1])
    expect((await figures()).get('O.2.3')?.cells).toEqual([{ gender: 'F', age: '18-60', value: 1 }])
  })

  test('same woman later gets SELF orientation', async () => {
    await happened('orientation.session.individual', await attends(), { on: '2027-04-12', minutes: 60 })
    expect(await values(o23)).toEqual([1, 1, 0, 1])
  })
})

test('Romanian man at the sportello: visits = 1, reason EU', async () => {
  const man = await person({ gender: 'M', citizenships: [{ belongs: 'eu', country: 'RO' }] })
  await happened('desk.visit.foreigners', man, { on: '2026-11-16' })
  expect(await values([...o23, 'P.A2.07.visits', 'P.A2.07.people', 'P.A2.07.new'])).toEqual([0, 0, 0, 0, 1, 1, 1])
  expect(await waiting()).toEqual([[man, 'eu_or_italian']])
})

test('Moroccan man who became Italian in the middle of the course: count from the date he was TCN, stays 1', async () => {
  const man = await person({
    gender: 'M',
    citizenships: [
      { belongs: 'third', country: 'MA' },
      { belongs: 'it', country: 'IT', since: '2026-06-02' },
    ],
  })
  await happened('courses.attendance.language', man, { on: '2026-05-11' })
  await happened('courses.attendance.language', man, { on: '2026-06-15' })
  expect(await values(o23)).toEqual([1, 1, 0, 0])
  expect((await figures({ from: '2026-06-01', to: '2026-06-30' })).get('O.2.3')).toMatchObject({ value: 1, new: 0 })
})

test('a man who had become Italian before he came does not count', async () => {
  const man = await person({
    citizenships: [
      { belongs: 'third', country: 'MA' },
      { belongs: 'it', country: 'IT', since: '2026-06-02' },
    ],
  })
  await happened('desk.visit.foreigners', man, { on: '2026-06-02' })
  expect(await values(o23)).toEqual([0, 0, 0, 0])
})

test('Nigerian asylum applicant at the refugees desk: per matrix, shown in a "to be decided" list', async () => {
  const man = await person({
    gender: 'M',
    citizenships: [{ belongs: 'third', country: 'NG' }],
    titles: [{ kind: 'RICH_ASILO' }],
  })
  await happened('desk.visit.refugees', man, { on: '2026-11-19' })
  expect(await values(['O.2.3'])).toEqual([0])
  expect(await waiting()).toEqual([[man, 'kind_to_decide']])
})

test('Person enrolled, never attended: enrolment only', async () => {
  await happened('courses.enrolment', await person(), { on: '2026-02-02' })
  expect(await values([...o23, 'P.A2.03.enrolled', 'P.A2.03.attending'])).toEqual([0, 0, 0, 0, 1, 0])
})

test('Pupil mediated with parents, three people in the room: those registered and eligible; the requesting teacher never counts', async () => {
  const event_id = randomUUID()
  const evidence = `mediation.call:${randomUUID()}`
  const room = [await person({ born: '2015-04-01', gender: 'M' }), await person(), await person({ notice: false })]
  for (const one of [...room, null]) await happened('mediation.assisted', one, { on: '2026-11-17', event_id, evidence })
  await happened('mediation.hours.on_site', null, { on: '2026-11-17', minutes: 90, event_id, evidence })
  expect(await values([...o23, 'P.A2.06.hours', 'P.A2.06.on_site'])).toEqual([2, 0, 0, 0, 1.5, 1.5])
  expect((await figures()).get('O.2.3')?.cells).toEqual([
    { gender: 'F', age: '18-60', value: 1 },
    { gender: 'M', age: '<18', value: 1 },
  ])
})

test('two files of the same person, once merged, count once; undone, twice', async () => {
  const [one, other] = [await person({ gender: 'M' }), await person({ gender: 'M', titles: [] })]
  await happened('desk.visit.foreigners', one, { on: '2026-11-16' })
  await happened('desk.visit.digital', other, { on: '2026-10-06', action: '03' })
  expect(await values(['O.2.3'])).toEqual([1])
  await merge(other, one)
  expect((await figures({ from: '2026-11-01', to: '2026-11-30' })).get('O.2.3')).toMatchObject({ value: 1, new: 0 })
  expect(await waiting()).toEqual([])
  await merge(other, other)
  expect((await figures({ from: '2026-11-01', to: '2026-11-30' })).get('O.2.3')).toMatchObject({ value: 1, new: 1 })
})

test('Girl of 17 at first visit, 18 at the course: band <18 in every row', async () => {
  const girl = await person({ born: '2008-11-20', gender: 'F' })
  await happened('desk.visit.foreigners', girl, { on: '2026-11-19' })
  await happened('courses.attendance.language', girl, { on: '2026-12-01' })
  const found = await figures()
  for (const code of ['O.2.3', 'O.2.3.1'])
    expect(found.get(code)?.cells).toEqual([{ gender: 'F', age: '<18', value: 1 }])
})

test('Operator of a Comune at the training: P.A1.04 = 1, and twice in class is still one', async () => {
  const evidence = `courses.trainee:${randomUUID()}`
  await happened('courses.attendance.operators', null, { on: '2026-03-02', action: '01', evidence })
  await happened('courses.attendance.operators', null, { on: '2026-03-09', action: '01', evidence })
  expect(await values(['O.2.3', 'P.A1.04', 'P.A1.06'])).toEqual([0, 1, 0])
})

describe('the age band', () => {
  test.each([
    ['2008-11-17', '2026-11-16', '<18'],
    ['2008-11-16', '2026-11-16', '18-60'],
    ['2008-02-29', '2026-02-28', '<18'],
    ['2008-02-29', '2026-03-01', '18-60'],
    ['1965-11-17', '2026-11-16', '18-60'],
    ['1965-11-16', '2026-11-16', '>60'],
  ])('of somebody born on %s is, on %s, %s', async (born, on, age) => {
    await happened('desk.visit.foreigners', await person({ born, gender: 'X' }), { on })
    expect((await figures()).get('O.2.3')?.cells).toEqual([{ gender: 'X', age, value: 1 }])
  })
})

test('a person counts once, from the earliest kept fact: new then, cumulative ever after', async () => {
  const woman = await person({ titles: [{ issued_on: '2026-03-10', expires_on: '2027-03-09' }] })
  for (const on of ['2026-03-09', '2026-03-10', '2026-05-04']) await happened('desk.visit.foreigners', woman, { on })
  const row = async (from: string, to: string) => (await figures({ from, to })).get('O.2.3')
  expect(await row('2026-03-01', '2026-03-09')).toMatchObject({ value: 0, new: 0 })
  expect(await row('2026-03-10', '2026-03-10')).toMatchObject({ value: 1, new: 1 })
  expect(await row('2026-03-11', '2026-12-31')).toMatchObject({ value: 1, new: 0 })
})

test('a title seen and a notice given after the service count for the service', async () => {
  const woman = await person({ titles: [], notice: false })
  await happened('desk.visit.foreigners', woman, { on: '2026-02-02' })
  expect(await waiting()).toEqual([[woman, 'title_not_shown']])
  await inCtx(async ({ db, ambito_id }) => {
    await sql`insert into people.title (ambito_id, person_id, kind, status, seen_on) values (${ambito_id}, ${woman}, 'LAV_SUB', 'VALIDO', '2026-11-20')`.execute(
      db,
    )
    await sql`insert into people.privacy_notice (ambito_id, person_id, given_on, language, how) values (${ambito_id}, ${woman}, '2026-11-20', 'ar', 'mediator')`.execute(
      db,
    )
  })
  expect((await figures({ from: '2026-02-01', to: '2026-02-28' })).get('O.2.3')).toMatchObject({ value: 1, new: 1 })
})

test('days outside the project do not count; its first and last day do', async () => {
  for (const on of ['2025-09-24', '2025-09-25', '2028-09-24', '2028-09-25'])
    await happened('desk.visit.foreigners', await person(), { on })
  expect(await values(['O.2.3', 'P.A2.07.visits'], { from: '2025-01-01', to: '2030-12-31' })).toEqual([2, 2])
})

test('the four numbers of the desk: visits, people, new people, interventions', async () => {
  const [old, young] = [await person(), await person({ notice: false })]
  const came = async (who: string | null, on: string, needs: number) => {
    const shared = { on, evidence: `desk.visit:${randomUUID()}`, event_id: randomUUID() }
    await happened('desk.visit.foreigners', who, shared)
    for (const need of ['DOC.SLP', 'FAM.RICONG', 'CASA.SAP'].slice(0, needs))
      await happened(`desk.need.${need}`, who, shared)
  }
  await came(old, '2026-10-05', 2)
  await came(old, '2026-11-02', 1)
  await came(old, '2026-11-09', 1)
  await came(young, '2026-11-09', 3)
  await came(null, '2026-11-09', 1)
  const found = await figures({ from: '2026-11-01', to: '2026-11-30' })
  const four = ['visits', 'people', 'new', 'interventions'].map((word) => found.get(`P.A2.07.${word}`))
  expect(four.map((figure) => [figure?.value, figure?.new])).toEqual([
    [5, 4],
    [2, 2],
    [2, 1],
    [8, 6],
  ])
  expect(await values(['O.2.5'])).toEqual([1])
})

test('what was taken back counts no more, in any row', async () => {
  const woman = await person()
  const { evidence } = await happened('desk.visit.foreigners', woman, { on: '2026-10-05', minutes: 15 })
  await happened('desk.need.FAM.RICONG', woman, { on: '2026-10-05', evidence })
  await happened('desk.visit.foreigners', woman, { on: '2026-11-02' })
  await inCtx((ctx) => reverse(ctx, [{ event_id: randomUUID(), evidence }]))
  expect(await values(['O.2.3', 'O.2.5', 'P.A2.07.visits', 'P.A2.07.interventions'])).toEqual([1, 0, 1, 0])
  expect((await figures({ from: '2026-11-01', to: '2026-11-30' })).get('O.2.3')).toMatchObject({ new: 1 })
})

test('a result counts only persons already in their output row', async () => {
  const [attended, outside] = [await person(), await person()]
  await happened('courses.attendance.language', attended, { on: '2026-02-02' })
  await happened('courses.level_gained', attended, { on: '2026-05-29' })
  await happened('desk.visit.foreigners', outside, { on: '2026-02-02' })
  await happened('courses.level_gained', outside, { on: '2026-05-29' })
  expect(await values(['O.2.3', 'O.2.3.1', 'R.2.8'])).toEqual([2, 1, 1])
  await happened('courses.attendance.language', outside, { on: '2026-10-05' })
  expect((await figures({ from: '2026-10-01', to: '2026-10-31' })).get('R.2.8')).toMatchObject({ value: 2, new: 1 })
})

test('FAM counts what is below it, and nothing that only begins alike', async () => {
  await happened('desk.need.FAM.RICONG.X', await person(), { on: '2026-02-02' })
  await happened('desk.need.FAM.RICONGIUNTO', await person(), { on: '2026-02-02' })
  expect(await values(['O.2.5'])).toEqual([1])
})

test('days and bodies are counted once each', async () => {
  for (const on of ['2026-11-10', '2026-11-10', '2026-11-17'])
    await happened('desk.visit.digital', null, { on, action: '03' })
  expect((await figures({ from: '2026-11-11', to: '2026-11-30' })).get('P.A3.01')).toMatchObject({ value: 2, new: 1 })
})

test('every figure opens to its people: as many as it says, in each cell', async () => {
  for (let number = 0; number < 12; number++) {
    const who = await person({
      gender: number % 3 === 0 ? 'M' : 'F',
      born: number % 4 === 0 ? '2012-01-01' : '1980-01-01',
      notice: number % 6 !== 5,
    })
    await happened('desk.visit.foreigners', who, { on: '2026-10-05' })
    if (number % 2 === 0) await happened('desk.visit.foreigners', who, { on: '2026-11-05' })
  }
  const period = { from: '2026-11-01', to: '2026-11-30' }
  const found = await figures(period)
  const opened = (code: string, more = {}) => inCtx((ctx) => peopleOf(ctx, { code, ...period, ...more }))
  expect((await opened('O.2.3')).people).toHaveLength(found.get('O.2.3')?.value ?? -1)
  for (const { gender, age, value } of found.get('O.2.3')?.cells ?? [])
    expect((await opened('O.2.3', { cell: { gender, age } })).people).toHaveLength(value)
  expect((await opened('P.A2.07.people', { only_new: true })).people).toHaveLength(
    found.get('P.A2.07.people')?.new ?? -1,
  )
  const first = await opened('P.A2.07.people', { limit: 7 })
  const rest = await opened('P.A2.07.people', { limit: 7, after: first.next })
  expect(new Set([...first.people, ...rest.people].map(({ person_id }) => person_id)).size).toBe(12)
  expect(rest.next).toBe(null)
})
