/** Two fictitious months of afternoons in two places, after which some do alone what they could not; and two people helped today. */
import { arrive, leaveQueue, openDesk, openingsOn } from '../desk/actions.ts'
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { createPerson, giveNotice, recordTitle } from '../people/actions.ts'
import { recordGroup, recordHelp } from './actions/helping.ts'
import type { GroupInput, HelpInput } from './forms.ts'
import world from './lists/demonstration.json' with { type: 'json' }

type Somebody = { known: unknown; title: unknown; notice: string }
type Week = {
  weeks: number
  place: 'lodi' | 'codogno'
  sheets?: (Omit<HelpInput, 'person_id'> & { who: number })[]
  group?: Pick<GroupInput, 'topics' | 'minutes'> & { people: number[]; alone: number[] }
  /** Who came when all places were taken, and did not wait. */
  left?: string[]
}
const told = world as unknown as {
  people: (Somebody & { sheet: Omit<HelpInput, 'person_id'> })[]
  before: { people: Somebody[]; places: Record<Week['place'], string>; weeks: Week[] }
}

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  await addWeeks(ctx)
  const opening = await openDesk(ctx, { kind: 'digital', starts_at: '15:00', ends_at: '18:00', place: '' })
  for (const { sheet, ...one } of told.people)
    await recordHelp(ctx, opening, { ...sheet, person_id: await addPerson(ctx, one) })
}

async function addPerson(ctx: Ctx, { known, title, notice }: Somebody) {
  const id = await createPerson(ctx, known as Parameters<typeof createPerson>[1], { demo: true })
  const seen = { status: 'VALIDO', seen: true, ...(title as object) } as Parameters<typeof recordTitle>[2]
  await recordTitle(ctx, id, seen)
  await giveNotice(ctx, id, { language: notice, how: 'explained' })
  return id
}

/** Each week is written as it was on its day. */
async function addWeeks(ctx: Ctx) {
  const { people, places, weeks } = told.before
  const [first] = weeks
  const on = (week: Week | undefined) => {
    const day = Temporal.PlainDate.from(ctx.today).subtract({ weeks: week?.weeks ?? 0 })
    return day.add({ days: 3 - day.dayOfWeek }).toString()
  }
  const known: string[] = []
  const before = { ...ctx, today: addDays(on(first), -1) }
  for (const one of people) known.push(await addPerson(before, one))
  const who = (at: number) => known[at] as string
  for (const week of weeks) {
    const then = { ...ctx, today: on(week) }
    const opening_id = await openingOf(then, places[week.place])
    for (const { who: at, ...sheet } of week.sheets ?? [])
      await recordHelp(then, opening_id, { ...sheet, person_id: who(at) })
    if (week.group) {
      const { people: taught, alone, ...group } = week.group
      await recordGroup(then, opening_id, { ...group, people: taught.map(who), alone_people: alone.map(who) })
    }
    for (const name of week.left ?? []) {
      const { id } = await arrive(then, opening_id, name)
      await leaveQueue(then, opening_id, id)
    }
  }
}

/** The weekly one, or one at another place. */
async function openingOf(ctx: Ctx, place: string) {
  const weekly = place ? undefined : (await openingsOn(ctx, ctx.today)).find(({ kind }) => kind === 'digital')
  return weekly?.id ?? openDesk(ctx, { kind: 'digital', starts_at: '15:00', ends_at: '18:00', place })
}
