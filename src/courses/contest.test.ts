/** Many enrol for the last place in the same instant, over two processes on one database. The long run asks 200, a hundred times. */
import { beforeAll, expect, test } from 'vitest'
import { openCourse } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { visitor } from '../kernel/actor.ts'
import { type Ctx, openCtx } from '../kernel/ctx.ts'
import { decide, enrolOpenly } from './actions/enrolling.ts'
import { findEdition } from './store/editions.ts'

const long = process.env.LONG_TESTS === '1'
/** In parts, so that a machine too slow for all of them says how far it came. */
const [parts, rounds, people] = long ? [10, 10, 200] : [1, 2, 20]
let town: TestHouse
let other: TestHouse
let lodi: Ctx['ambito']
beforeAll(async () => {
  town = await openTestHouse({ demo: false })
  other = await openTestHouse({ demo: false, beside: town.database })
  lodi = await town.inCtx(async (ctx) => ctx.ambito)
})

/** A few of each process at work, the others at the door, as behind any server. */
const at_once = 6
async function crowd(slug: string) {
  const waiting = Array.from({ length: people }, (_, at) => at)
  const come = async (side: TestHouse) => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift())
      await openCtx(side.house, { ambito: lodi, actor: visitor, lang: 'it' }, (ctx) =>
        enrolOpenly(ctx, slug, {
          given_names: `Persona ${at}`,
          phone: `+39 333 00000${at}`,
          needs_childcare: false,
          privacy: '1',
        }),
      )
  }
  await Promise.all(Array.from({ length: at_once * 2 }, (_, at) => come(at % 2 ? town : other)))
}

test.each(Array.from({ length: parts }, (_, part) => part + 1))(
  `${people} enrol for the last place: one is in, the others stand in the order they came, ${rounds} times over (%i of ${parts})`,
  { timeout: long ? 900_000 : 300_000 },
  contest,
)

async function contest() {
  for (let round = 0; round < rounds; round++) {
    const { id, slug } = await town.inCtx(async (ctx) => {
      const course = await openCourse(ctx, { capacity: 1, hours: 2 }, { from_day: '2027-03-01', lessons: 1 })
      return findEdition(ctx, course.id)
    })
    await crowd(slug)
    const { rows } = await town.house.owner_pool.query<{ state: string; n: number }>(
      `select state, count(*)::int n from courses.enrolment where edition_id = $1 group by state order by state`,
      [id],
    )
    expect(rows).toEqual([
      { state: 'enrolled', n: 1 },
      { state: 'waiting', n: people - 1 },
    ])
    await passItOn(id)
  }
}

/** Everybody gives up the place as soon as they have it: it goes down the list in the order of asking, to each once. */
async function passItOn(edition: string) {
  const { rows: list } = await town.house.owner_pool.query<{ id: string }>(
    "select id from courses.enrolment where edition_id = $1 and state = 'waiting' order by queue limit 3",
    [edition],
  )
  const promoted: string[] = []
  for (const _ of list) {
    const { rows } = await town.house.owner_pool.query<{ id: string }>(
      'select id from courses.enrolment where edition_id = $1 and seat is not null',
      [edition],
    )
    expect(rows).toHaveLength(1)
    await town.inCtx((ctx) => decide(ctx, rows[0]?.id as string, 'withdraw'))
    const { rows: next } = await town.house.owner_pool.query<{ id: string; state: string }>(
      'select id, state from courses.enrolment where edition_id = $1 and seat is not null',
      [edition],
    )
    expect(next).toMatchObject([{ state: 'offered' }])
    promoted.push(next[0]?.id as string)
  }
  expect(promoted).toEqual(list.map(({ id }) => id))
}
