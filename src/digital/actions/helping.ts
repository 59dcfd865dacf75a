/** An afternoon as it goes: who sits there, what they learn, whether they did it alone. */

import { findOpening, openingsToday, recordVisit, undoVisit, waitingAt } from '../../desk/actions.ts'
import { looked } from '../../kernel/audit.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { canonicalIds, findPerson, headLines } from '../../people/actions.ts'
import { settingOf } from '../../programme/actions.ts'
import { type Alone, type How, usualArea } from '../codes.ts'
import { afternoonHeld, sessionRecorded, sessionWithdrawn } from '../events.ts'
import type { GroupInput, HelpInput } from '../forms.ts'
import {
  groupErrors,
  helpErrors,
  may,
  monthlyMinutes,
  mostSessions,
  openingErrors,
  overLimit,
  progressOf,
} from '../rules.ts'
import { afternoonOf, insertAfternoon } from '../store/afternoons.ts'
import * as store from '../store/sheets.ts'

/** Today's afternoons: openings of the desk of that kind. */
export const afternoonsToday = async (ctx: Ctx) => (await openingsToday(ctx)).filter(({ kind }) => kind === 'digital')

// --- writing --------------------------------------------------------------------------------------------------------

/** One person helped: the desk's visit, and the sheet that hangs on it. @returns the visit */
export async function recordHelp(ctx: Ctx, opening_id: string, input: HelpInput) {
  await take(ctx, opening_id)
  refuse(helpErrors(input))
  await hold(ctx, opening_id)
  return recordOne(ctx, opening_id, input, input.person_id, {
    how: 'individual',
    alone: input.alone,
    minutes: input.minutes,
  })
}

/** Several at once: a visit and a sheet each. The minutes are time worked, and stand on the first. */
export async function recordGroup(ctx: Ctx, opening_id: string, input: GroupInput) {
  await take(ctx, opening_id)
  refuse(groupErrors(input))
  await hold(ctx, opening_id)
  const alone = new Set(input.alone_people)
  const people = [...new Set([...input.people, ...input.alone_people])]
  for (const [at, person_id] of people.entries())
    await recordOne(ctx, opening_id, input, person_id, {
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

type Own = { how: How; alone: Alone; minutes: number | undefined }
async function recordOne(
  ctx: Ctx,
  opening_id: string,
  input: Omit<GroupInput, 'people' | 'alone_people'> & Partial<Pick<HelpInput, 'arrival_id' | 'identity'>>,
  person_id: string,
  { how, alone, minutes }: Own,
) {
  const topics = [...new Set(input.topics)]
  const visit_id = await recordVisit(ctx, opening_id, {
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
  })
  await store.insertSheet(ctx, {
    visit_id,
    opening_id,
    person_id,
    on_day: ctx.today,
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
  announce(ctx, sessionRecorded, { session_id: visit_id, person_id, on: ctx.today, how, topics, alone })
  return visit_id
}

/** Its register gets the next number of the year, once. */
async function hold(ctx: Ctx, opening_id: string) {
  if (await insertAfternoon(ctx, opening_id, ctx.today))
    announce(ctx, afternoonHeld, { afternoon_id: opening_id, on: ctx.today })
}

/** The table was there and nobody came: that is an afternoon too. */
export async function holdAlone(ctx: Ctx, opening_id: string) {
  await take(ctx, opening_id)
  await hold(ctx, opening_id)
}

export async function undoHelp(ctx: Ctx, opening_id: string, visit_id: string) {
  const visit = await undoVisit(ctx, opening_id, visit_id)
  await withdraw(ctx, [visit_id])
  return visit
}

/** The visit fell, here or at the desk; heard twice, it falls once. */
export async function withdraw(ctx: Ctx, visit_ids: readonly string[]) {
  for (const { visit_id, on_day } of await store.withdrawSheets(ctx, visit_ids))
    announce(ctx, sessionWithdrawn, { session_id: visit_id, on: on_day })
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
  const ids = [...before, ...sheets].map(({ person_id }) => person_id)
  const canonical = await canonicalIds(ctx, ids)
  const one = (id: string) => canonical.get(id) ?? id
  const here = new Set(sheets.map(({ person_id }) => one(person_id)))
  const known = [...new Set(before.map(({ person_id }) => one(person_id)))].filter((id) => !here.has(id))
  const heads = await headLines(ctx, [
    ...new Set([...ids, ...known, ...queue.flatMap(({ person_id }) => person_id ?? [])]),
  ])
  const head = new Map(heads.map((line) => [line.id, line]))
  looked(ctx, { what: 'digital.afternoon', detail: { rows: heads.length } })
  return {
    opening,
    held: (await afternoonOf(ctx, opening_id)) ?? null,
    queue: queue.map((waiting) => ({ ...waiting, head: head.get(waiting.person_id ?? '') ?? null })),
    done: sheets.map((sheet) => ({ ...sheet, head: head.get(sheet.person_id) ?? null })),
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
