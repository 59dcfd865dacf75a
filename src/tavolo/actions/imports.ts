/** `import meetings`: the meetings held before this house stood. Their scans are filed by hand, on the page of scans. */
import { folded } from '../../kernel/cells.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { announce } from '../../kernel/events.ts'
import type { CellProblem, RegisterKind } from '../../kernel/register.ts'
import { organisations } from '../../territory/actions.ts'
import { meetingHeld } from '../events.ts'
import { may } from '../rules/may.ts'
import { type MeetingSaid, meetingColumns, readMeeting } from '../rules/register-cells.ts'
import * as agenda from '../store/agenda.ts'
import { insertDecisions, nextDecisionNumber } from '../store/decisions.ts'
import * as store from '../store/meetings.ts'
import * as members from '../store/members.ts'
import { insertSteps, insertTasks } from '../store/tasks.ts'
import { tellAttended } from './meetings.ts'

type Row = { id: string; line: string; said: MeetingSaid }

export const meetingsRegister: RegisterKind = {
  kind: 'meetings',
  name: 'tavolo.register.name',
  may: may.keep,
  columns: meetingColumns,
  needed: [['date'], ['present']],
  async take(ctx, rows) {
    const fresh = rows.filter(({ known }) => !known).map((row) => ({ ...row, read: readMeeting(row.cells, ctx.today) }))
    const bodies = new Map((await organisations(ctx)).map(({ id, name }) => [folded(name), id]))
    const taken = await takenAlready(ctx)
    const refused: { line: string; said: CellProblem[] }[] = []
    const good: Row[] = []
    for (const { id, line, read } of fresh) {
      const said = [...read.problems, ...(read.said ? against(read.said, bodies, taken) : [])]
      if (said.length > 0) refused.push({ line, said })
      else if (read.said) {
        taken.days.add(read.said.on)
        if (read.said.number) taken.numbers.add(read.said.number)
        good.push({ id, line, said: read.said })
      }
    }
    const people = await openMembers(ctx)
    let facts = 0
    // The first held gets the lowest number.
    for (const { said } of good.toSorted((a, b) => a.said.on.localeCompare(b.said.on)))
      facts += await writeMeeting(ctx, said, bodies, people)
    return { refused, remarks: [], people_found: 0, people_created: 0, facts, people: [] }
  },
}

async function takenAlready(ctx: Ctx) {
  const all = await store.listMeetings(ctx, 1000)
  return {
    days: new Set(all.filter(({ cancelled_at }) => !cancelled_at).map(({ on_day }) => on_day)),
    numbers: new Set(all.flatMap(({ number }) => (number ? [number] : []))),
  }
}

function against(
  { on, number, present }: MeetingSaid,
  bodies: ReadonlyMap<string, string>,
  { days, numbers }: Awaited<ReturnType<typeof takenAlready>>,
): CellProblem[] {
  const strangers = [...new Set(present.map(({ body }) => body))].filter((body) => !bodies.has(folded(body)))
  return [
    ...(days.has(on) ? [{ column: 'date', problem: 'tavolo.error.day_taken' as const }] : []),
    ...(number && numbers.has(number) ? [{ column: 'number', problem: 'tavolo.error.number_taken' as const }] : []),
    ...(strangers.length > 0
      ? [
          {
            column: 'present',
            problem: ['tavolo.error.body_unknown', { bodies: strangers.join(', ').slice(0, 300) }] as const,
          },
        ]
      : []),
  ]
}

/** People by body and name; whoever is not known yet sits from the first meeting they came to. */
async function openMembers(ctx: Ctx) {
  const seats = await members.allSeats(ctx)
  const known = new Map(seats.map((seat) => [`${seat.organisation_id} ${folded(seat.name)}`, seat]))
  const persons = new Map(seats.map(({ member_id, name }) => [folded(name), member_id]))
  return async (organisation_id: string, name: string, on: string) => {
    const key = `${organisation_id} ${folded(name)}`
    const found = known.get(key)
    if (found) {
      if (found.from_on > on) await members.beginSeat(ctx, found.id, on)
      return found
    }
    // The same name at another body is the same person, as long as nobody says otherwise.
    const member_id =
      persons.get(folded(name)) ?? (await members.insertMember(ctx, { name: name.slice(0, 120), email: '', phone: '' }))
    persons.set(folded(name), member_id)
    await members.putInNetwork(ctx, [{ organisation_id, role: '', joined_on: on }])
    const id = await members.insertSeat(ctx, { member_id, organisation_id, kind: 'member', role: '', from_on: on })
    const seat = await members.findSeat(ctx, id)
    known.set(key, seat)
    return seat
  }
}

/** @returns how many facts it announces */
async function writeMeeting(
  ctx: Ctx,
  said: MeetingSaid,
  bodies: ReadonlyMap<string, string>,
  person: Awaited<ReturnType<typeof openMembers>>,
) {
  const { on, starts_at, ends_at, mode, place, chair, summary } = said
  const link = /^https?:\/\//i.test(place) ? place : ''
  const id = await store.insertMeeting(ctx, {
    on_day: on,
    starts_at,
    ends_at,
    mode,
    link,
    place: link ? '' : place,
    chair,
    about: '',
  })
  await store.updateMeeting(ctx, id, {
    held_at: ctx.now.toString(),
    held_by: ctx.actor.account_id,
    number: said.number ?? (await store.nextNumber(ctx)),
  })
  for (const [at, title] of said.topics.entries())
    await agenda.insertItem(ctx, { meeting_id: id, kind: 'topic', title, position: 100 + at })
  if (summary !== '')
    await agenda.insertItem(ctx, {
      meeting_id: id,
      kind: 'topic',
      title: ctx.words.translate('it')('tavolo.register.summary'),
      said: summary,
      position: 900,
    })
  const year = Number(on.slice(0, 4))
  let number = said.decisions.length > 0 ? await nextDecisionNumber(ctx, year) : 0
  await insertDecisions(
    ctx,
    said.decisions.map((text) => ({
      meeting_id: id,
      item_id: null,
      year,
      number: number++,
      text,
      folded: folded(text),
      on_day: on,
    })),
  )
  const tasks = await insertTasks(
    ctx,
    said.tasks.map(({ what, who, due_on }) => ({
      meeting_id: id,
      item_id: null,
      what,
      organisation_id: bodies.get(folded(who)) ?? null,
      member_id: null,
      given_on: on,
      due_on: due_on && due_on >= on ? due_on : null,
    })),
  )
  await insertSteps(
    ctx,
    tasks.map((task_id) => ({ task_id, step: 'given' as const, on_day: on })),
  )
  const came = []
  for (const { body, name } of said.present) {
    const seat = await person(bodies.get(folded(body)) as string, name, on)
    came.push({
      meeting_id: id,
      seat_id: seat.id,
      member_id: seat.member_id,
      organisation_id: seat.organisation_id,
      how: 'register' as const,
      minutes: null,
    })
  }
  await store.insertAttendances(ctx, came)
  const written = await store.attendancesOf(ctx, id)
  const lasted = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  announce(ctx, meetingHeld, { meeting_id: id, on, minutes: lasted(ends_at) - lasted(starts_at) })
  await tellAttended(ctx, await store.findMeeting(ctx, id), written)
  await store.updateMeeting(ctx, id, {
    draft_sent_at: ctx.now.toString(),
    approved_at: ctx.now.toString(),
    approved_by: ctx.actor.account_id,
    approved_on: said.approved_on,
  })
  return 1 + written.length
}
