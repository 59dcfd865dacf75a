/** A fictitious year of the tavolo: fourteen meetings behind us, the next one ahead. Written in a few bulk inserts. */
import { folded } from '../kernel/cells.ts'
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { announce, later } from '../kernel/events.ts'
import { organisations } from '../territory/actions.ts'
import { feedMeeting, feedSoon } from './actions/feeding.ts'
import { tellAttended } from './actions/meetings.ts'
import type { SeatKind } from './codes.ts'
import { meetingHeld } from './events.ts'
import world from './lists/demonstration.json' with { type: 'json' }
import { daysOf } from './rules/series.ts'
import * as after from './store/after.ts'
import * as agenda from './store/agenda.ts'
import * as store from './store/meetings.ts'
import * as members from './store/members.ts'

const told = world as unknown as Omit<typeof world, 'members'> & { members: [string, string, SeatKind, string][] }
const held = 14
const rhythm = { weekday: 4, week: 2, every_months: 1 } as const
const usual = {
  starts_at: '10:00',
  ends_at: '12:00',
  mode: 'online' as const,
  link: '',
  place: '',
  about: '',
  demo: true,
}

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const bodies = new Map((await organisations(ctx)).map(({ id, name }) => [name, id]))
  const from = Temporal.PlainDate.from(ctx.today)
    .subtract({ months: held + 1 })
    .toString()
  const days = daysOf(from, held + 4, rhythm)
    .filter((day) => day < ctx.today)
    .slice(-held)
  const first = days[0] ?? ctx.today
  const seats = await addMembers(ctx, bodies, first)
  const member_seats = seats.filter(({ kind }) => kind === 'member')
  for (const [at, on_day] of days.entries()) await addMeeting(ctx, on_day, at, member_seats, days.length)
  const next = daysOf(ctx.today, 1, rhythm)[0] ?? addDays(ctx.today, 14)
  const id = await store.insertMeeting(ctx, { ...usual, on_day: next, chair: told.members[0]?.[1] ?? '' })
  await agenda.insertItem(ctx, {
    meeting_id: id,
    kind: 'topic',
    title: told.topics[0] ?? '',
    minutes: 30,
    position: 100,
    demo: true,
  })
  // A year of facts has just been announced: the indicators are asked when the ledger has heard them.
  await feedMeeting(ctx, id, false)
  later(ctx, feedSoon, { meeting_id: id }, { at: ctx.now.add({ seconds: 45 }) })
}

async function addMembers(ctx: Ctx, bodies: ReadonlyMap<string, string>, from_on: string) {
  const sitting = told.members.flatMap(([body, name, kind, role], at) => {
    const organisation_id = bodies.get(body)
    // The account of the demonstration that belongs to a member has its own page of what is to be done.
    const email = at === 1 ? 'tavolo@demo.example' : `${folded(name).replaceAll(' ', '.')}@demo.example`
    return organisation_id ? [{ organisation_id, name, kind, role, email }] : []
  })
  await members.putInNetwork(
    ctx,
    [...new Set(sitting.map(({ organisation_id }) => organisation_id))].map((organisation_id) => ({
      organisation_id,
      role: '',
      joined_on: from_on,
      demo: true,
    })),
  )
  for (const { name, email, ...seat } of sitting) {
    const member_id = await members.insertMember(ctx, { name, email, phone: '', demo: true })
    await members.insertSeat(ctx, { member_id, ...seat, from_on, demo: true })
  }
  return members.allSeats(ctx)
}

async function addMeeting(ctx: Ctx, on_day: string, at: number, seats: readonly members.Seat[], count: number) {
  const full = at >= count - 2
  const id = await store.insertMeeting(ctx, { ...usual, on_day, chair: seats[0]?.name ?? '' })
  const now = ctx.now.toString()
  await store.updateMeeting(ctx, id, { number: at + 1, held_at: now, invited_at: now })
  const came = seats.filter((_, seat) => (seat + at) % 5 !== 0)
  await store.insertAttendances(
    ctx,
    came.map(({ id: seat_id, member_id, organisation_id }) => ({
      meeting_id: id,
      seat_id,
      member_id,
      organisation_id,
      how: 'list' as const,
      minutes: null,
      demo: true,
    })),
  )
  const title = told.topics[at % told.topics.length] as string
  const item_id = await agenda.insertItem(ctx, {
    meeting_id: id,
    kind: 'topic',
    title,
    minutes: 30,
    position: 100,
    demo: true,
    ...(full && { said: told.full.said }),
  })
  await addOutcome(ctx, { id, item_id, on_day, at, full, seats, title })
  announce(ctx, meetingHeld, { meeting_id: id, on: on_day, minutes: 120 })
  await tellAttended(ctx, await store.findMeeting(ctx, id), await store.attendancesOf(ctx, id))
  // The last one is still a draft: it is approved at the next.
  const draft = at === count - 1
  const approval = { approved_at: now, approved_on: on_day }
  await store.updateMeeting(ctx, id, { draft_sent_at: now, ...(!draft && approval) })
  if (full && !draft) {
    // In every language, as they come before somebody has looked at them.
    for (const [language, [heading = '', body = '']] of Object.entries(told.full.extract)) {
      const origin = language === 'it' ? 'person' : 'machine'
      await after.insertExtract(ctx, id, { language, title: heading, body, origin })
    }
    await after.insertPublication(ctx, id, on_day)
  }
}

type Outcome = {
  id: string
  item_id: string
  on_day: string
  at: number
  full: boolean
  seats: readonly members.Seat[]
  title: string
}
async function addOutcome(ctx: Ctx, { id, item_id, on_day, at, full, seats, title }: Outcome) {
  const year = Number(on_day.slice(0, 4))
  if (at % 2 === 0 || full) {
    const text = told.decisions[at % told.decisions.length] as string
    const number = await agenda.nextDecisionNumber(ctx, year)
    await agenda.insertDecisions(ctx, [
      { meeting_id: id, item_id, year, number, text, folded: folded(`${text} ${title}`), on_day, demo: true },
    ])
  }
  if (at % 3 !== 0 && !full) return
  const owner = full ? seats[1] : seats[at % seats.length]
  const due_on = addDays(on_day, 35)
  const [task_id = ''] = await agenda.insertTasks(ctx, [
    {
      meeting_id: id,
      item_id,
      what: told.tasks[at % told.tasks.length] as string,
      organisation_id: owner?.organisation_id ?? null,
      member_id: owner?.member_id ?? null,
      given_on: on_day,
      due_on,
      closed_on: full ? null : addDays(on_day, 30),
      demo: true,
    },
  ])
  await agenda.insertSteps(ctx, [
    { task_id, step: 'given', due_on, on_day },
    ...(full ? [] : [{ task_id, step: 'done' as const, on_day: addDays(on_day, 30) }]),
  ])
}
