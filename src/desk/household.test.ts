import { beforeAll, describe, expect, test } from 'vitest'
import { openDesk } from '../../test/kit/desk.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { createPerson, joinHousehold, tieGuardian } from '../people/actions.ts'
import { desk } from './urls.ts'

let town: TestHouse
let opening: string
let operator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  town = await openTestHouse()
  operator = await town.as('operatore@demo.example')
  opening = await openDesk(operator)
})

const young = String(Temporal.Now.plainDateISO('Europe/Rome').year - 9)
async function family() {
  const create = (given_names: string, born: string) =>
    town.inCtx((ctx) => createPerson(ctx, { surname: 'Traoré', given_names, born }, { demo: true }))
  const [mother, father, child] = [
    await create('Awa', '1990'),
    await create('Moussa', '1985'),
    await create('Issa', young),
  ]
  await town.inCtx((ctx) => joinHousehold(ctx, mother, father, 'partner'))
  await town.inCtx((ctx) => joinHousehold(ctx, mother, child, 'child'))
  return { mother, father, child }
}
const visitsOf = async (ids: string[]) =>
  (
    await town.house.owner_pool.query<{ id: string; person_id: string; minutes: number | null; withdrawn: boolean }>(
      `select v.id, v.person_id, v.minutes, w.visit_id is not null as withdrawn
       from desk.visit v left join desk.withdrawal w on w.visit_id = v.id where v.person_id = any ($1) order by v.minutes`,
      [ids],
    )
  ).rows
const factsOf = async (ids: string[]) => {
  await town.settle()
  const { rows } = await town.house.owner_pool.query(
    `select f.person_id, sum(coalesce(f.minutes, 0))::int as minutes, count(*)::int as visits
     from monitoring.fact f where f.person_id = any ($1) and f.kind like 'desk.visit.%' and f.reverses is null
       and not exists (select from monitoring.fact r where r.reverses = f.id) group by f.person_id`,
    [ids],
  )
  return rows as { person_id: string; minutes: number; visits: number }[]
}
/** The marks of the visit's form. */
async function marksOn(page: string, who = operator) {
  const form = (await who.page(page)).split('<form').find((one) => one.includes('name="person_id"')) as string
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] as string
  return { _once: value('_once'), _ambito: value('_ambito') }
}
const work = (persona: string, more = {}) => desk.work.href({ opening }, { persona, ...more })
const served = (persona: string, also: string[], more: Record<string, string> = {}) =>
  operator.submit(
    desk.work.href({ opening }),
    { needs: ['DOC.RINNOVO'], outcome: 'solved', also, ...more },
    { on: work(persona) },
  )

describe('several of one household are served at once', () => {
  test('a visit and a fact each, the minutes once', async () => {
    const { mother, father, child } = await family()
    const saved = await served(mother, [father, child], { minutes: '30', note: 'solo per la madre' })
    expect(await operator.page(saved.headers.get('location') as string)).toContain('3 accessi registrati')
    const visits = await visitsOf([mother, father, child])
    expect(visits.map((visit) => visit.minutes)).toEqual([30, null, null])
    expect(visits[0]?.person_id).toBe(mother)
    const facts = await factsOf([mother, father, child])
    expect(facts.map((fact) => fact.visits)).toEqual([1, 1, 1])
    expect(facts.reduce((sum, fact) => sum + fact.minutes, 0)).toBe(30)
    const { rows } = await town.house.owner_pool.query('select person_id from desk.note where person_id = any ($1)', [
      [mother, father, child],
    ])
    expect(rows).toEqual([{ person_id: mother }])
  })

  test('sent twice, saved once', async () => {
    const { mother, father } = await family()
    const form = {
      ...(await marksOn(work(mother))),
      person_id: mother,
      needs: ['DOC.RINNOVO'],
      outcome: 'solved',
      also: [father, father],
    }
    const page = desk.work.href({ opening })
    const answers = await Promise.all([operator.post(page, form), operator.post(page, form)])
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    expect(await visitsOf([mother, father])).toHaveLength(2)
  })

  test('somebody who does not live there is refused, and nothing is saved', async () => {
    const { mother } = await family()
    const { father: stranger } = await family()
    expect((await served(mother, [stranger])).status).toBe(422)
    expect(await visitsOf([mother, stranger])).toEqual([])
  })

  test('undone together: nobody counts, and what was written comes back', async () => {
    const { mother, father } = await family()
    const saved = await served(mother, [father], { minutes: '10', note: 'da riscrivere', after: 'stay' })
    const visit = (await visitsOf([mother]))[0]?.id as string
    expect(decodeURIComponent(saved.headers.get('location') ?? '')).toContain(`fatto=${visit}`)
    const undone = await operator.submit(desk.undo.href({ opening }), { visit }, { on: work(mother, { fatto: visit }) })
    expect(undone.status).toBe(303)
    expect((await visitsOf([mother, father])).map((one) => one.withdrawn)).toEqual([true, true])
    const again = await operator.page(undone.headers.get('location') as string)
    expect(again).toContain('da riscrivere')
    expect(await factsOf([mother, father])).toEqual([])
    const second = await operator.submit(desk.undo.href({ opening }), { visit }, { on: work(mother) })
    expect(second.status).toBe(422)
  })

  test('undoing ends with its time, and belongs to whoever saved', async () => {
    const { mother } = await family()
    await served(mother, [])
    const visit = (await visitsOf([mother]))[0]?.id as string
    const lawyer = await town.as('legale@demo.example')
    const undo = desk.undo.href({ opening })
    expect((await lawyer.submit(undo, { visit }, { on: work(mother) })).status).toBe(422)
    await town.moveClock('3 minutes')
    const late = await operator.submit(undo, { visit }, { on: work(mother) })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('dall&#39;elenco del giorno')
    await town.moveClock('0')
  })

  test('two operators with the same arrival before them serve it once; the second is told', async () => {
    const { mother } = await family()
    await operator.submit(desk.arrivals.href({ opening }), { called_as: 'Awa' }, { on: desk.work.href({ opening }) })
    const queue = await operator.page(desk.work.href({ opening }))
    const arrival = [...queue.matchAll(/arrivi\/([0-9a-f-]{36})\/chiamata/g)].at(-1)?.[1] as string
    const on = work(mother, { arrivo: arrival })
    const lawyer = await town.as('legale@demo.example')
    const visit = { needs: ['DOC.RINNOVO'], outcome: 'solved', after: 'stay' }
    const [first, second] = [await marksOn(on), await marksOn(on, lawyer)]
    const page = desk.work.href({ opening })
    const ends = await Promise.all([
      operator.post(page, { ...first, person_id: mother, arrival_id: arrival, ...visit }),
      lawyer.post(page, { ...second, person_id: mother, arrival_id: arrival, ...visit }),
    ])
    expect(ends.map((end) => end.status).sort()).toEqual([303, 422])
    expect(await visitsOf([mother])).toHaveLength(1)
  })
})

describe('the work screen', () => {
  test('says who signs for a minor, and where it is missing', async () => {
    const { mother, child } = await family()
    expect(await operator.page(work(child))).toContain('Manca chi firma')
    await town.inCtx((ctx) => tieGuardian(ctx, child, { role: 'parent', guardian_id: mother }))
    const page = await operator.page(work(child))
    expect(page).toContain('minorenne')
    expect(page).not.toContain('Manca chi firma')
    expect(await operator.page(work(mother))).not.toContain('minorenne')
  })

  test('offers the household to be ticked, and records that the person was shown', async () => {
    const { mother, father } = await family()
    const readings = async () =>
      (await town.house.owner_pool.query('select count(*)::int as n from kernel.audit where person_id = $1', [mother]))
        .rows[0].n
    const before = await readings()
    const page = await operator.page(work(mother))
    expect(page).toMatch(new RegExp(`name="also" value="${father}"`))
    expect(await readings()).toBe(before + 1)
  })
})
