/** An afternoon as it goes: who sits there, what they learn, whether they did it alone. */

import {
  findOpening,
  openingsFrom,
  openingsOn,
  openingsToday,
  opensBetween,
  recordVisit,
  secondsToUndo,
  undoable,
  undoVisit,
  visitsAt,
  waitingAt,
} from '../../desk/actions.ts'
import { looked } from '../../kernel/audit.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { canonicalIds, findPerson, headLines } from '../../people/actions.ts'
import { settingOf } from '../../programme/actions.ts'
import { type Alone, type How, usualArea } from '../codes.ts'
import { afternoonHeld, sessionRecorded, sessionWithdrawn } from '../events.ts'
import type { GroupInput, HelpInput } from '../forms.ts'
import {
  days_after,
  groupErrors,
  helpErrors,
  may,
  monthlyMinutes,
  mostSessions,
  openingErrors,
  overLimit,
  progressOf,
} from '../rules.ts'
import { afternoonOf, afternoonsBetween, insertAfternoon } from '../store/afternoons.ts'
import * as store from '../store/sheets.ts'

/** Today's afternoons: openings of the desk of that kind. */
export const afternoonsToday = async (ctx: Ctx) => (await openingsToday(ctx)).filter(({ kind }) => kind === 'digital')

/** The table stands in several places. */
export async function withPlaces<A extends { opening_id: string; on_day: string }>(ctx: Ctx, held: readonly A[]) {
  const days = held.map(({ on_day }) => on_day).sort()
  const openings = days[0] ? await openingsFrom(ctx, days[0], days.at(-1) as string) : []
  const places = new Map(openings.map(({ id, place }) => [id, place]))
  return held.map((one) => ({ ...one, place: places.get(one.opening_id) ?? '' }))
}

/** Days of the last weeks when the table was there and no sheet was written yet. */
export async function daysUnwritten(ctx: Ctx) {
  const since = addDays(ctx.today, -days_after)
  const { openings } = await opensBetween(ctx, since, days_after)
  const held = new Set(
    (await afternoonsBetween(ctx, since, addDays(ctx.today, -1))).map(({ opening_id }) => opening_id),
  )
  const days = openings
    .filter(({ kind, opening_id }) => kind === 'digital' && !(opening_id && held.has(opening_id)))
    .map(({ on_day }) => on_day)
  return [...new Set(days)].reverse()
}

/** Back with paper: the afternoon of a day gone by. @returns its opening, written down only now if need be */
export async function afternoonOfDay(ctx: Ctx, on_day: string) {
  allow(ctx.actor.can(may.work))
  refuse({ on_day: (await daysUnwritten(ctx)).includes(on_day) ? undefined : 'digital.error.no_afternoon' })
  const [opening] = (await openingsOn(ctx, on_day)).filter(({ kind }) => kind === 'digital')
  if (!opening) throw new NotFound()
  return opening.id
}

// --- writing --------------------------------------------------------------------------------------------------------

/** One person helped: the desk's visit, and the sheet that hangs on it. @returns the visit */
export async function recordHelp(ctx: Ctx, opening_id: string, input: HelpInput) {
  const opening = await take(ctx, opening_id)
  refuse(helpErrors(input))
  await hold(ctx, opening)
  return recordOne(ctx, opening, input, input.person_id, {
    how: 'individual',
    alone: input.alone,
    minutes: input.minutes,
  })
}

/** Several at once: a visit and a sheet each. The minutes are time worked, and stand on the first. */
export async function recordGroup(ctx: Ctx, opening_id: string, input: GroupInput) {
  const opening = await take(ctx, opening_id)
  refuse(groupErrors(input))
  await hold(ctx, opening)
  const alone = new Set(input.alone_people)
  const people = [...new Set([...input.people, ...input.alone_people])]
  for (const [at, person_id] of people.entries())
    await recordOne(ctx, opening, input, person_id, {
      how: 'group',
      alone: alone.has(person_id) ? 'yes' : 'helped',
      minutes: at === 0 ? input.minutes : undefined,
    })
  return people.length
}

async function take(ctx: Ctx, opening_id: string) {
  const opening = await findOpening(ctx, opening_id)
  allow(ctx.actor.can(may.work))
  refuse(openingErrors(opening, ctx.today))
  return opening
}

type Opening = Awaited<ReturnType<typeof findOpening>>
type Own = { how: How; alone: Alone; minutes: number | undefined }
async function recordOne(
  ctx: Ctx,
  { id: opening_id, on_day }: Opening,
  input: Omit<GroupInput, 'people' | 'alone_people'> & Partial<Pick<HelpInput, 'arrival_id' | 'identity'>>,
  person_id: string,
  { how, alone, minutes }: Own,
) {
  const topics = [...new Set(input.topics)]
  const known = input.arrival_id ? undefined : await visitWithoutSheet(ctx, opening_id, person_id)
  const visit_id =
    known ??
    (await recordVisit(
      ctx,
      opening_id,
      {
        person_id,
        arrival_id: input.arrival_id,
        needs: topics,
        outcome: alone === 'no' ? 'in_progress' : 'solved',
        minutes,
        for_whom: 'self',
        mandate_seen: false,
        help: [],
        mediator_present: false,
        answer_wanted: false,
      },
      on_day,
    ))
  const session_id = known ? crypto.randomUUID() : visit_id
  await store.insertSheet(ctx, {
    session_id,
    visit_id,
    opening_id,
    person_id,
    on_day,
    how,
    topics,
    area: input.area ?? usualArea(topics),
    service: input.service ?? '',
    device: input.device ?? null,
    alone,
    identity: input.identity ?? null,
    next_step: input.next_step ?? null,
    minutes: minutes ?? null,
  })
  announce(ctx, sessionRecorded, { session_id, person_id, on: on_day, how, topics, alone })
  return visit_id
}

/** The desk was quicker: the visit stands already, and is not written twice. */
async function visitWithoutSheet(ctx: Ctx, opening_id: string, person_id: string) {
  const written = await withoutSheet(ctx, opening_id)
  if (written.length === 0) return undefined
  const canonical = await canonicalIds(ctx, [person_id, ...written.map((visit) => visit.person_id)])
  const one = (id: string) => canonical.get(id) ?? id
  return written.find((visit) => one(visit.person_id) === one(person_id))?.id
}
async function withoutSheet(ctx: Ctx, opening_id: string) {
  const written = new Set((await store.sheetsOfOpening(ctx, opening_id)).map(({ visit_id }) => visit_id))
  return (await visitsAt(ctx, opening_id)).flatMap(({ id, person_id }) =>
    person_id && !written.has(id) ? [{ id, person_id }] : [],
  )
}

/** Its register gets the next number of the year, once. */
async function hold(ctx: Ctx, { id, on_day }: Opening) {
  if (await insertAfternoon(ctx, id, on_day)) announce(ctx, afternoonHeld, { afternoon_id: id, on: on_day })
}

/** The table was there and nobody came: that is an afternoon too. */
export async function holdAlone(ctx: Ctx, opening_id: string) {
  await hold(ctx, await take(ctx, opening_id))
}

/** A sheet that hangs on a visit of the desk is taken back alone: the visit stays. */
export async function undoHelp(ctx: Ctx, opening_id: string, visit_id: string) {
  const sheet = await store.sheetOfVisit(ctx, visit_id)
  if (sheet && sheet.session_id !== visit_id) {
    if (sheet.opening_id !== opening_id) throw new NotFound()
    allow(ctx.actor.can(may.work))
    refuse({ form: secondsToUndo(sheet, ctx) === null ? 'digital.error.too_late' : undefined })
    await withdraw(ctx, [visit_id])
    return sheet
  }
  const visit = await undoVisit(ctx, opening_id, visit_id)
  await withdraw(ctx, [visit_id])
  return visit
}

export async function undoableHelp(ctx: Ctx, opening_id: string, visit_id: string | null) {
  const sheet = visit_id ? await store.sheetOfVisit(ctx, visit_id) : undefined
  if (!sheet || sheet.session_id === visit_id) return undoable(ctx, opening_id, visit_id)
  const seconds = sheet.opening_id === opening_id ? secondsToUndo(sheet, ctx) : null
  return seconds === null ? null : { id: sheet.visit_id, seconds }
}

/** The visit fell, here or at the desk; heard twice, it falls once. */
export async function withdraw(ctx: Ctx, visit_ids: readonly string[]) {
  for (const { session_id, on_day } of await store.withdrawSheets(ctx, visit_ids))
    announce(ctx, sessionWithdrawn, { session_id, on: on_day })
}

// --- what the screen shows ------------------------------------------------------------------------------------------

const weeks_back = 8
const most_known = 60

/** The afternoon with who waits, who was helped, and who came in former weeks. */
export async function openAfternoon(ctx: Ctx, opening_id: string) {
  const opening = await findOpening(ctx, opening_id)
  allow(ctx.actor.can(may.see))
  refuse({ ...(opening.kind !== 'digital' && { form: 'digital.error.another_desk' as const }) })
  const sheets = await store.sheetsOfOpening(ctx, opening_id)
  const before = await store.peopleSince(ctx, addDays(ctx.today, -7 * weeks_back), most_known)
  const queue = await waitingAt(ctx, opening_id)
  const written = await withoutSheet(ctx, opening_id)
  const ids = [...before, ...sheets, ...written].map(({ person_id }) => person_id)
  const canonical = await canonicalIds(ctx, ids)
  const one = (id: string) => canonical.get(id) ?? id
  const here = new Set(sheets.map(({ person_id }) => one(person_id)))
  const at_desk = [...new Set(written.map(({ person_id }) => one(person_id)))]
  const known = [...new Set(before.map(({ person_id }) => one(person_id)))].filter(
    (id) => !here.has(id) && !at_desk.includes(id),
  )
  const heads = await headLines(ctx, [
    ...new Set([...ids, ...known, ...at_desk, ...queue.flatMap(({ person_id }) => person_id ?? [])]),
  ])
  const head = new Map(heads.map((line) => [line.id, line]))
  looked(ctx, { what: 'digital.afternoon', detail: { rows: heads.length } })
  return {
    opening,
    held: (await afternoonOf(ctx, opening_id)) ?? null,
    queue: queue.map((waiting) => ({ ...waiting, head: head.get(waiting.person_id ?? '') ?? null })),
    done: sheets.map((sheet) => ({ ...sheet, head: head.get(sheet.person_id) ?? null })),
    /** The desk wrote their visit down; a sheet hangs on it. */
    at_desk: at_desk.flatMap((id) => head.get(id) ?? []),
    late: opening.on_day < ctx.today,
    known: known
      .flatMap((id) => head.get(id) ?? [])
      .sort((a, b) => (a.latin || a.original || '').localeCompare(b.latin || b.original || '', 'it')),
  }
}
export type AfternoonOpen = Awaited<ReturnType<typeof openAfternoon>>

/** Who sits here: where they stand, topic by topic, and whether the soft limit is reached. */
export async function sittingHere(ctx: Ctx, person_id: string, files: string[]) {
  const sheets = await store.sheetsOfPersons(ctx, files)
  const month = sheets.filter(({ on_day }) => on_day.slice(0, 7) === ctx.today.slice(0, 7))
  const used = { minutes: month.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0), sessions: sheets.length }
  const limit = { minutes: await settingOf(ctx, monthlyMinutes), sessions: await settingOf(ctx, mostSessions) }
  looked(ctx, { what: 'digital.sheet', person_id })
  return { last: sheets[0] ?? null, progress: progressOf(sheets), used, over: overLimit(used, limit) }
}
export type SittingHere = Awaited<ReturnType<typeof sittingHere>>

/** What the form starts with: the device of the last time; after an undo, what had been written. */
export async function usualHelp(ctx: Ctx, { last }: SittingHere, taken_back: string | null, person_id: string) {
  const again = taken_back ? await store.sheetTakenBack(ctx, taken_back) : undefined
  if (again?.recorded_by === ctx.actor.account_id && again.person_id === person_id) {
    const { topics, alone, device, identity, next_step, area, service, minutes } = again
    return {
      topics,
      alone,
      service,
      area,
      ...(device && { device }),
      ...(identity && { identity }),
      ...(next_step && { next_step }),
      ...(minutes && { minutes: String(minutes) }),
    }
  }
  return last?.device ? { device: last.device } : {}
}

/** Somebody of this Ambito, or nothing here. */
export const personHere = async (ctx: Ctx, id: string) => (await findPerson(ctx, id)).id
