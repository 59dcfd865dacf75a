import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { openLedger } from '../../test/kit/ledger.ts'
import { hearVisits, hearWithdrawals } from './actions.ts'

const { inCtx, person, pools } = await openLedger()
const visitOf = (
  person_id: string | null,
  more: { needs?: string[]; opening_kind?: string; outcome?: string } = {},
) => ({
  event_id: randomUUID(),
  payload: {
    visit_id: randomUUID(),
    person_id,
    on: '2026-11-16',
    opening_kind: 'refugees',
    opening_id: randomUUID(),
    minutes: 20,
    needs: ['FAM.RICONG', 'DOC.RINNOVO'],
    outcome: 'solved',
    ...more,
  },
})
const takenBack = ({ payload: { visit_id, on } }: ReturnType<typeof visitOf>) => ({
  event_id: randomUUID(),
  payload: { visit_id, on },
})

type Row = {
  kind: string
  action: string
  person_id: string | null
  on_day: string
  minutes: number | null
  evidence: string
  reversal: boolean
}
async function ledger() {
  return inCtx(async ({ db, ambito_id }) => {
    const { rows } =
      await sql<Row>`select kind, action, person_id, on_day, minutes, evidence, reverses is not null as reversal
      from monitoring.fact where ambito_id = ${ambito_id} order by reversal, kind`.execute(db)
    return rows
  })
}

beforeEach(() => pools.owner_pool.query('truncate monitoring.fact'))

test('a visit is one fact with its minutes, and one fact for each need', async () => {
  const somebody = await person()
  const visit = visitOf(somebody)
  await inCtx((ctx) => hearVisits(ctx, [visit]))
  const shared = {
    action: '02',
    person_id: somebody,
    on_day: '2026-11-16',
    evidence: `desk.visit:${visit.payload.visit_id}`,
    reversal: false,
  }
  expect(await ledger()).toEqual([
    { ...shared, kind: 'desk.need.DOC.RINNOVO', minutes: null },
    { ...shared, kind: 'desk.need.FAM.RICONG', minutes: null },
    { ...shared, kind: 'desk.visit.refugees', minutes: 20 },
  ])
})

test('an afternoon of digital help belongs to action 03', async () => {
  await inCtx((ctx) => hearVisits(ctx, [visitOf(null, { opening_kind: 'digital', needs: ['DIG.SPID'] })]))
  expect((await ledger()).map(({ kind, action }) => [kind, action])).toEqual([
    ['desk.need.DIG.SPID', '03'],
    ['desk.visit.digital', '03'],
  ])
})

test('an application sent for somebody is a fact of its own', async () => {
  await inCtx((ctx) => hearVisits(ctx, [visitOf(null, { needs: ['DOC.SLP'], outcome: 'application_sent' })]))
  expect((await ledger()).map(({ kind }) => kind)).toEqual([
    'desk.application.DOC.SLP',
    'desk.need.DOC.SLP',
    'desk.visit.refugees',
  ])
})

describe('delivered twice', () => {
  test('a visit is written once, somebody’s as well as an anonymous one', async () => {
    const visits = [visitOf(await person()), visitOf(null)]
    await inCtx((ctx) => hearVisits(ctx, visits))
    await inCtx((ctx) => hearVisits(ctx, visits))
    await inCtx((ctx) => hearVisits(ctx, [...visits, ...visits]))
    expect(await ledger()).toHaveLength(6)
  })

  test('a withdrawal reverses once', async () => {
    const visit = visitOf(await person())
    const withdrawal = takenBack(visit)
    await inCtx((ctx) => hearVisits(ctx, [visit]))
    await inCtx((ctx) => hearWithdrawals(ctx, [withdrawal]))
    await inCtx((ctx) => hearWithdrawals(ctx, [withdrawal]))
    await inCtx((ctx) => hearVisits(ctx, [visit]))
    expect((await ledger()).map(({ reversal }) => reversal).sort()).toEqual([false, false, false, true, true, true])
  })
})

test('a reversal carries the day, kind and minutes of what it takes back', async () => {
  const visit = visitOf(await person())
  await inCtx((ctx) => hearVisits(ctx, [visit]))
  await inCtx((ctx) => hearWithdrawals(ctx, [takenBack(visit)]))
  const rows = await ledger()
  expect(rows.filter((row) => row.reversal).map((row) => ({ ...row, reversal: false }))).toEqual(
    rows.filter((row) => !row.reversal),
  )
})

test('a withdrawal that arrives before its visit is refused, so that it comes again', async () => {
  const visit = visitOf(await person())
  const withdrawal = takenBack(visit)
  await expect(inCtx((ctx) => hearWithdrawals(ctx, [withdrawal]))).rejects.toThrow('before it was heard of')
  await inCtx((ctx) => hearVisits(ctx, [visit]))
  await inCtx((ctx) => hearWithdrawals(ctx, [withdrawal]))
  expect((await ledger()).filter((row) => row.reversal)).toHaveLength(3)
})

test('the application can neither change nor remove a fact', async () => {
  await inCtx((ctx) => hearVisits(ctx, [visitOf(null)]))
  for (const change of [
    'update monitoring.fact set minutes = 1',
    'delete from monitoring.fact',
    'truncate monitoring.fact',
  ])
    await expect(inCtx(({ db }) => sql.raw(change).execute(db))).rejects.toMatchObject({ code: '42501' })
})
