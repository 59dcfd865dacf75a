/** Random histories: whatever people do, in whatever order and at once, nobody wins twice, overlaps, or is paid twice. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { approvedCall, crowd, inRome } from '../../test/kit/mediation.ts'
import { commandLine } from '../kernel/actor.ts'
import { type Ctx, openCtx } from '../kernel/ctx.ts'
import { Refused } from '../kernel/errors.ts'
import { cancelCall } from './actions/asking.ts'
import { answerOffer, assignByHand, release } from './actions/assigning.ts'
import { closeMonth } from './actions/closing.ts'
import { confirmOnPaper, reopen } from './actions/confirming.ts'
import { startWave } from './actions/searching.ts'
import { report } from './actions/working.ts'
import { watch } from './jobs.ts'

let town: TestHouse
let lodi: Ctx['ambito']
let mediators: string[]
beforeAll(async () => {
  town = await openTestHouse()
  mediators = await town.inCtx((ctx) => crowd(ctx, 8, 'yy'))
  lodi = await town.inCtx(async (ctx) => ctx.ambito)
})
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]

/** What the house may refuse is no failure of the history; anything else is. */
async function dare(work: (ctx: Ctx) => Promise<unknown>) {
  try {
    await openCtx(town.house, { ambito: lodi, actor: commandLine, lang: 'it' }, work)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}

const at = fc.nat({ max: 5 })
const who = fc.nat({ max: 7 })
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('accept' as const), at, who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('decline' as const), at, who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('assign' as const), at, who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), at, who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), at, who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wave' as const), at, who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('report' as const), at, who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('confirm' as const), at, who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), at, who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), at, who }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never

let next_day = 0
test('no two winners, no overlap, no hour counted twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (deeds, together) => {
        // In the past of the house's clock, so that reports can be written; offers need a future, so the clock moves between.
        const day = Temporal.Now.plainDateISO('Europe/Rome')
          .add({ days: 20 + next_day++ })
          .toString()
        await town.moveClock('0 seconds')
        const calls: string[] = []
        for (let one = 0; one < 6; one++)
          await dare(async (ctx) => {
            const id = await approvedCall(
              ctx,
              { starts_at: inRome(day, '09:00').add({ minutes: one * 25 }), minutes: 60 },
              { language: 'yy', comune: one % 3 === 0 ? '098019' : '098031', mode: one % 4 === 3 ? 'TEL' : 'PRES' },
            )
            await startWave(ctx, id, { all: true })
            calls.push(id)
          })
        const half = Math.ceil(deeds.length / 2)
        await inGroups(deeds.slice(0, half), together, calls, day)
        await town.moveClock(
          `${Temporal.Now.plainDateISO('Europe/Rome').until(day, { largestUnit: 'day' }).days + 1} days`,
        )
        await dare(watch)
        await inGroups(deeds.slice(half), together, calls, day)
        await hold(calls)
      },
    ),
    { numRuns: process.env.LONG_TESTS === '1' ? 300 : 8 },
  )
}, 600_000)

async function inGroups(deeds: readonly Deed[], together: number, calls: readonly string[], day: string) {
  for (let first = 0; first < deeds.length; first += together)
    await Promise.all(deeds.slice(first, first + together).map((one) => act(one, calls[one.at] as string, day)))
}

async function act({ do: what, who }: Deed, call: string, day: string) {
  const mediator_id = mediators[who] as string
  const [offer] = await sql<{ id: string }>(
    `select id from mediation.offer where call_id = $1 and mediator_id = $2 order by wave desc limit 1`,
    [call, mediator_id],
  )
  switch (what) {
    case 'accept':
    case 'decline':
      return offer && dare((ctx) => answerOffer(ctx, offer.id, { answer: what }))
    case 'assign':
      return dare((ctx) => assignByHand(ctx, call, { mediator_id, on: day, from: '09:30' }))
    case 'release':
      return dare((ctx) => release(ctx, call, 'mediator'))
    case 'cancel':
      return dare((ctx) => cancelCall(ctx, call, 'body'))
    case 'wave':
      return dare((ctx) => startWave(ctx, call))
    case 'report':
      return dare((ctx) =>
        report(ctx, call, { on: day, from: '09:30', to: '10:40', outcome: 'RAGG', absent: who === 0 }, 'mediator'),
      )
    case 'confirm':
      return dare((ctx) => confirmOnPaper(ctx, call, { signer: 'Prova' }))
    case 'reopen':
      return dare((ctx) => reopen(ctx, call))
    case 'close':
      return dare((ctx) => closeMonth(ctx, day.slice(0, 7)))
  }
}

/** What must be true of every history. */
async function hold(calls: readonly string[]) {
  expect(
    await sql(
      `select call_id from mediation.assignment where call_id = any ($1) and ended_at is null group by call_id having count(*) > 1`,
      [calls],
    ),
  ).toEqual([])
  expect(
    await sql(
      `select a.id from mediation.assignment a join mediation.assignment b on b.mediator_id = a.mediator_id and b.id > a.id and a.ended_at is null and b.ended_at is null
      and a.starts_at < b.ends_at + make_interval(mins => mediation.travel_minutes(a.ambito_id, b.comune, a.comune))
      and b.starts_at < a.ends_at + make_interval(mins => mediation.travel_minutes(a.ambito_id, a.comune, b.comune)) where a.call_id = any ($1)`,
      [calls],
    ),
  ).toEqual([])
  // A call is held at most once, with the minutes of the one report that was countersigned; who has it is who went.
  expect(
    await sql(
      `select h.call_id from mediation.held h left join mediation.confirmation f using (ambito_id, call_id) left join mediation.report r on r.id = f.report_id
      left join mediation.assignment a on a.id = r.assignment_id
      where h.call_id = any ($1) and f.call_id is not null and (h.minutes <> r.paid_minutes or h.mediator_id <> a.mediator_id or a.ended_at is not null)`,
      [calls],
    ),
  ).toEqual([])
  // The states and the rows they speak of agree.
  expect(
    await sql(
      `select c.id, c.state from mediation.call c left join mediation.assignment a on a.call_id = c.id and a.ended_at is null left join mediation.confirmation f on f.call_id = c.id left join mediation.held h on h.call_id = c.id
      where c.id = any ($1) and ((c.state in ('assigned', 'done', 'reported', 'absent', 'confirmed')) <> (a.id is not null) and c.state <> 'locked' or (c.state = 'confirmed' and f.call_id is null) or (c.state = 'locked') <> (h.call_id is not null))`,
      [calls],
    ),
  ).toEqual([])
  expect(
    await sql(
      `select s.call_id from mediation.step s join mediation.step n on n.call_id = s.call_id and n.number = s.number + 1 where s.call_id = any ($1) and not mediation.follows(s.state, n.state)`,
      [calls],
    ),
  ).toEqual([])
}
