/** A fictitious year of the tavolo: fourteen meetings behind us, the next one ahead, and the network they grew. */
import { folded } from '../kernel/cells.ts'
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { announce, later } from '../kernel/events.ts'
import { themeForTable, themeList } from '../participation/actions.ts'
import { addAgreement, addOrganisation, organisations } from '../territory/actions.ts'
import { feedMeeting, feedSoon } from './actions/feeding.ts'
import { tellAttended } from './actions/meetings.ts'
import type { How, SeatKind, Step } from './codes.ts'
import { meetingHeld } from './events.ts'
import world from './lists/demonstration.json' with { type: 'json' }
import { daysOf } from './rules/series.ts'
import * as after from './store/after.ts'
import * as agenda from './store/agenda.ts'
import { insertDecisions } from './store/decisions.ts'
import * as store from './store/meetings.ts'
import * as members from './store/members.ts'
import { insertSteps, insertTasks } from './store/tasks.ts'

/** Days are counted from the meeting; `due` is five weeks after it where nothing is said. */
type Task = {
  what: string
  owner: string
  due?: number
  done?: number
  moved?: [on: number, due: number]
  handed?: [on: number, to: string]
  dropped?: [on: number, why: string]
}
type Point = {
  title: string
  said: string
  minutes: number
  by?: string
  decision?: string
  theme?: string
  tasks?: Task[]
}
const told = world as unknown as {
  members: [body: string, name: string, kind: SeatKind, role: string][]
  associations: [name: string, comune: string, note: string][]
  network: [body: string, role: string, agreed: number | null][]
  agreement: string
  approved: string
  meetings: Point[][]
  next: {
    link: string
    title: string
    minutes: number
    by: string
    proposal: [title: string, explained: string, by: string]
  }
  extract: Record<string, [title: string, body: string]>
}

const rhythm = { weekday: 4, week: 2, every_months: 1 } as const
const usual = {
  starts_at: '10:00',
  ends_at: '12:00',
  mode: 'online' as const,
  link: '',
  place: '',
  chair: told.members[0]?.[1] ?? '',
  about: '',
  demo: true,
}
/** How they said that they were there: most by one tap, some by the list of the platform, once on paper. */
const hows: readonly How[] = ['tap', 'tap', 'platform', 'list']

type Year = { seats: readonly members.Seat[]; themes: ReadonlyMap<string, string>; numbers: Map<number, number> }

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const held = told.meetings.length
  const from = Temporal.PlainDate.from(ctx.today)
    .subtract({ months: held + 1 })
    .toString()
  const days = daysOf(from, held + 4, rhythm)
    .filter((day) => day < ctx.today)
    .slice(-held)
  const first = days[0] ?? ctx.today
  for (const [name, comune, note] of told.associations)
    await addOrganisation(ctx, { name, kind: 'community', comune, note })
  const seats = await addMembers(ctx, first)
  const themes = new Map((await themeList(ctx)).map(({ title, id }) => [title, id]))
  const year: Year = { seats, themes, numbers: new Map() }
  let before: string | undefined
  for (const [at, on_day] of days.entries()) before = await addMeeting(ctx, on_day, at, year, before)
  await addNext(ctx, seats)
}

async function addMembers(ctx: Ctx, first: string) {
  const bodies = new Map((await organisations(ctx)).map(({ id, name }) => [name, id]))
  const known = (name: string) => bodies.get(name) as string
  await members.putInNetwork(
    ctx,
    told.network.map(([body, role, agreed]) => ({
      organisation_id: known(body),
      role,
      joined_on: agreed !== null && agreed < 0 ? addDays(first, -agreed) : first,
      demo: true,
    })),
  )
  for (const [body, , agreed] of told.network)
    if (agreed !== null)
      await addAgreement(ctx, known(body), { subject: told.agreement, starts_on: addDays(first, -agreed) })
  for (const [at, [body, name, kind, role]] of told.members.entries()) {
    // The account of the demonstration that belongs to a member has its own page of what is to be done.
    const email = at === 1 ? 'tavolo@demo.example' : `${folded(name).replaceAll(' ', '.')}@demo.example`
    const member_id = await members.insertMember(ctx, { name, email, phone: '', demo: true })
    const agreed = told.network.find(([one]) => one === body)?.[2] ?? 0
    const from_on = agreed < 0 ? addDays(first, -agreed) : first
    await members.insertSeat(ctx, { member_id, organisation_id: known(body), kind, role, from_on, demo: true })
  }
  return members.allSeats(ctx)
}

/** @returns the meeting, whose minutes the next one approves */
async function addMeeting(ctx: Ctx, on_day: string, at: number, year: Year, before: string | undefined) {
  const id = await store.insertMeeting(ctx, { ...usual, on_day })
  const now = ctx.now.toString()
  if (before) {
    await agenda.insertItem(ctx, {
      meeting_id: id,
      kind: 'approval',
      source_id: before,
      title: '',
      said: told.approved,
      position: 10,
      demo: true,
    })
    await store.updateMeeting(ctx, before, { approved_at: now, approved_on: on_day, approved_in: id })
  }
  const sitting = year.seats.filter(({ from_on }) => from_on <= on_day)
  // Whoever could not come was stood in for, where there is somebody to.
  const away = sitting.filter(({ kind }, seat) => kind === 'member' && (seat + at) % 5 === 0)
  const bodies_away = new Set(away.map(({ organisation_id }) => organisation_id))
  const came = sitting.filter((one) =>
    one.kind === 'member' ? !away.includes(one) : bodies_away.has(one.organisation_id),
  )
  await store.insertAttendances(
    ctx,
    came.map(({ id: seat_id, member_id, organisation_id }) => ({
      meeting_id: id,
      seat_id,
      member_id,
      organisation_id,
      how: hows[at % hows.length] as How,
      minutes: null,
      demo: true,
    })),
  )
  for (const [place, point] of (told.meetings[at] ?? []).entries())
    await addPoint(ctx, { id, on_day }, place, point, year)
  announce(ctx, meetingHeld, { meeting_id: id, on: on_day, minutes: 120 })
  await tellAttended(ctx, { id, on_day }, await store.attendancesOf(ctx, id))
  // The last one stays a draft, until the next meeting.
  await store.updateMeeting(ctx, id, { number: at + 1, held_at: now, invited_at: now, draft_sent_at: now })
  if (at !== told.meetings.length - 2) return id
  // In every language, as they come before somebody has looked at them.
  for (const [language, [title, body]] of Object.entries(told.extract))
    await after.insertExtract(ctx, id, { language, title, body, origin: language === 'it' ? 'person' : 'machine' })
  await after.insertPublication(ctx, id, on_day)
  return id
}

async function addPoint(ctx: Ctx, meeting: { id: string; on_day: string }, place: number, point: Point, year: Year) {
  const { title, said, minutes, by = '', decision, tasks = [], theme: theme_title = '' } = point
  const theme_id = year.themes.get(theme_title)
  const theme = theme_id ? await themeForTable(ctx, theme_id) : undefined
  const item_id = await agenda.insertItem(ctx, {
    meeting_id: meeting.id,
    kind: theme ? 'theme' : 'topic',
    source_id: theme_id ?? null,
    title,
    said,
    minutes,
    brought_by: by,
    position: 100 + place,
    demo: true,
    ...(theme && { data: { people: theme.people, topic: theme.topic, languages: theme.languages } }),
  })
  if (theme?.status === 'answered') await agenda.updateItem(ctx, item_id, { answered_on: theme.since })
  if (decision) {
    const in_year = Number(meeting.on_day.slice(0, 4))
    const number = (year.numbers.get(in_year) ?? 0) + 1
    year.numbers.set(in_year, number)
    await insertDecisions(ctx, [
      {
        meeting_id: meeting.id,
        item_id,
        year: in_year,
        number,
        text: decision,
        folded: folded(`${decision} ${title}`),
        on_day: meeting.on_day,
        demo: true,
      },
    ])
  }
  await addTasks(ctx, { ...meeting, item_id }, tasks, year.seats)
}

type Given = { id: string; on_day: string; item_id: string }
async function addTasks(ctx: Ctx, given: Given, tasks: readonly Task[], seats: readonly members.Seat[]) {
  const on = (days: number) => addDays(given.on_day, days)
  // What is to come has not happened yet, however late in the month the demonstration is founded.
  const past = (days: number | undefined) => days !== undefined && on(days) < ctx.today
  const seat = (name: string) => seats.find((one) => one.name === name)
  const ids = await insertTasks(
    ctx,
    tasks.map(({ what, owner, due = 35, done, moved, handed, dropped }) => {
      const has = seat(handed && past(handed[0]) ? handed[1] : owner)
      const closed = past(done) ? done : past(dropped?.[0]) ? dropped?.[0] : undefined
      return {
        meeting_id: given.id,
        item_id: given.item_id,
        what,
        organisation_id: has?.organisation_id ?? null,
        member_id: has?.member_id ?? null,
        given_on: given.on_day,
        due_on: on(moved && past(moved[0]) ? moved[1] : due),
        closed_on: closed === undefined ? null : on(closed),
        demo: true,
      }
    }),
  )
  await insertSteps(
    ctx,
    tasks.flatMap(({ due = 35, done, moved, handed, dropped }, at) => {
      const steps: [step: Step, days: number | undefined, due?: number, note?: string][] = [
        ['given', -1, due],
        ['moved', moved?.[0], moved?.[1]],
        ['handed', handed?.[0]],
        ['dropped', dropped?.[0], undefined, dropped?.[1]],
        ['done', done],
      ]
      return steps.flatMap(([step, days, until, note = '']) =>
        past(days)
          ? [
              {
                task_id: ids[at] as string,
                step,
                on_day: on(Math.max(days ?? 0, 0)),
                note,
                ...(until !== undefined && { due_on: on(until) }),
              },
            ]
          : [],
      )
    }),
  )
}

async function addNext(ctx: Ctx, seats: readonly members.Seat[]) {
  const next = daysOf(ctx.today, 1, rhythm)[0] ?? addDays(ctx.today, 14)
  const id = await store.insertMeeting(ctx, { ...usual, on_day: next, link: told.next.link })
  const { title, minutes, by, proposal } = told.next
  await agenda.insertItem(ctx, {
    meeting_id: id,
    kind: 'topic',
    title,
    minutes,
    brought_by: by,
    position: 100,
    demo: true,
  })
  await agenda.insertItem(ctx, {
    meeting_id: id,
    kind: 'proposal',
    title: proposal[0],
    explained: proposal[1],
    brought_by: proposal[2],
    proposed_by: seats.find(({ name }) => name === proposal[2])?.id ?? null,
    position: 60,
    demo: true,
  })
  // A year of facts has just been announced: the indicators are asked when the ledger has heard them.
  await feedMeeting(ctx, id, false)
  later(ctx, feedSoon, { meeting_id: id }, { at: ctx.now.add({ seconds: 45 }) })
}
