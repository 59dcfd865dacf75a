/** The weekly openings of Lodi (domain.md §2.4), and a fictitious month at the desk for demonstrations. */
import type { Ctx } from '../kernel/ctx.ts'
import { createPerson, giveNotice, recordTitle } from '../people/actions.ts'
import { recordVisit } from './actions.ts'
import demonstration from './lists/demonstration.json' with { type: 'json' }
import { insertOpening, insertSeries } from './store/openings.ts'
import { insertArrival } from './store.ts'

const projectStart = '2025-09-25'
const place = 'Lodi, via Cavour 73, primo piano'

/** How long an appointment lasts is a setting too: most of each opening stays for who simply comes. */
const slots = { foreigners: 20, refugees: undefined, digital: 30 } as const

/** Monday and Friday for immigrants, Thursday for refugees, Wednesday for digital help; hours are a setting, to be confirmed. */
export async function weeklyOpenings(ctx: Ctx) {
  for (const [kind, weekday] of [
    ['foreigners', '1'],
    ['foreigners', '5'],
    ['refugees', '4'],
    ['digital', '3'],
  ] as const)
    await insertSeries(ctx, {
      kind,
      weekday,
      starts_at: '15:00',
      ends_at: '18:00',
      since: projectStart,
      slot_minutes: slots[kind],
      slot_places: 1,
      open_booking: slots[kind] !== undefined,
      place: ctx.ambito.slug === 'lodi' ? place : '',
    })
}

/** People who do not exist, served today; two wait in the queue. */
export async function fillDemonstration(ctx: Ctx) {
  const world = demonstration[ctx.ambito.slug as keyof typeof demonstration]
  if (!world) return
  const opening = await insertOpening(ctx, ctx.today, {
    kind: 'foreigners',
    starts_at: '09:00',
    ends_at: '20:00',
    place: '',
  })
  // Equipe SELF by appointment: its hours are not known yet, so only the demonstration has some.
  if (ctx.ambito.slug === 'lodi')
    await insertSeries(ctx, {
      kind: 'self',
      weekday: '2',
      starts_at: '09:00',
      ends_at: '13:00',
      since: projectStart,
      slot_minutes: 60,
      slot_places: 1,
      open_booking: true,
      place,
    })
  for (const { name, title, notice, needs, ...known } of world.people) {
    const id = await createPerson(ctx, { ...known, ...name } as never, { demo: true })
    if (title) await recordTitle(ctx, id, { status: 'VALIDO', seen: true, ...title } as never)
    if (notice) await giveNotice(ctx, id, { language: notice, how: 'mediator' })
    if (needs)
      await recordVisit(ctx, opening, {
        person_id: id,
        needs,
        outcome: 'solved',
        minutes: 15,
        mandate_seen: false,
        help: [],
        mediator_present: false,
        answer_wanted: false,
      })
  }
  for (const called_as of world.waiting) await insertArrival(ctx, opening, called_as)
}
