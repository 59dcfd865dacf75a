/** The agenda feeds itself: what other services leave at the door of the tavolo, and what was left over. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { type Announced, job } from '../../kernel/events.ts'
import { changed } from '../../kernel/live.ts'
import { notCoveredCalls } from '../../mediation/actions.ts'
import { progress } from '../../monitoring/actions.ts'
import { setStatus, themeForTable } from '../../participation/actions.ts'
import { may } from '../rules/may.ts'
import { plannedOnly } from '../rules/meetings.ts'
import * as store from '../store/agenda.ts'
import { draftsWaiting, lockMeeting, nextMeeting } from '../store/meetings.ts'

const order = { approval: 10, theme: 30, calls: 40, indicators: 50, proposal: 60, topic: 100 }

/** Asked for by hand. */
export async function feedByHand(ctx: Ctx, id: string) {
  const meeting = await lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(plannedOnly(meeting))
  await feedMeeting(ctx, id)
}

/** When what has just happened was counted. */
export const feedSoon = job<{ meeting_id: string }>('tavolo.feed_soon', (ctx, { meeting_id }) =>
  feedMeeting(ctx, meeting_id),
)

/** Brings the agenda of a meeting still to come up to date; done twice, it is the same. `counted`: the figures may be asked already. */
export async function feedMeeting(ctx: Ctx, id: string, counted = true) {
  const meeting = await lockMeeting(ctx, id)
  if (meeting.held_at || meeting.cancelled_at) return
  await store.takeWaiting(ctx, id)
  const items = await store.itemsOf(ctx, id)
  for (const draft of await draftsWaiting(ctx)) {
    if (draft.on_day >= meeting.on_day || items.some(({ source_id }) => source_id === draft.id)) continue
    await store.insertItem(ctx, {
      meeting_id: id,
      kind: 'approval',
      source_id: draft.id,
      title: '',
      position: order.approval,
    })
  }
  const calls = await notCoveredCalls(ctx)
  await keepOne(ctx, id, items, 'calls', {
    calls: calls.map(({ number, language, comune, field }) => ({ number, language, comune, field })),
  })
  if (counted) await keepOne(ctx, id, items, 'indicators', { indicators: await offTrack(ctx) })
  for (const item of items)
    if (item.kind === 'theme' && item.source_id)
      await store.updateItem(ctx, item.id, { data: JSON.stringify(await themeData(ctx, item.source_id)) })
  await changed(ctx, `tavolo ${id}`)
}

/** One point for all of a kind, as long as there is something to speak of. */
async function keepOne(
  ctx: Ctx,
  meeting_id: string,
  items: readonly store.Item[],
  kind: 'calls' | 'indicators',
  data: store.ItemData,
) {
  const there = items.find((item) => item.kind === kind)
  const some = (data[kind] ?? []).length > 0
  if (there && some) await store.updateItem(ctx, there.id, { data: JSON.stringify(data) })
  else if (there && there.said === '') await store.updateItem(ctx, there.id, { removed_at: ctx.now.toString() })
  else if (!there && some) await store.insertItem(ctx, { meeting_id, kind, title: '', position: order[kind], data })
}

const most_indicators = 12
/** Rows with a target that are behind what is expected by today, the farthest behind first. */
async function offTrack(ctx: Ctx) {
  const rows = await progress(ctx, ctx.today)
  return rows
    .flatMap(({ code, name_it, value, expected, target }) =>
      target?.value && expected !== null && value < Math.round(expected)
        ? [{ code, name: name_it, value, expected: Math.round(expected), target: target.value }]
        : [],
    )
    .toSorted((a, b) => a.value / a.expected - b.value / b.expected)
    .slice(0, most_indicators)
}

async function themeData(ctx: Ctx, theme_id: string): Promise<store.ItemData> {
  const { people, topic, languages } = await themeForTable(ctx, theme_id)
  return { people, topic, languages }
}

// --- what is heard --------------------------------------------------------------------------------------------------

/** A theme asks for a place: on the next agenda, or in the list of what waits. Heard twice, it stands there once. */
export async function hearThemes(ctx: Ctx, events: Announced<{ theme_id: string; on: string }>[]) {
  const next = await nextMeeting(ctx, ctx.today)
  for (const { payload } of events) {
    const before = await store.itemsFrom(ctx, payload.theme_id)
    const still = []
    for (const item of before)
      if (!item.meeting_id || !(await lockMeeting(ctx, item.meeting_id)).held_at) still.push(item)
    if (still.length > 0) continue
    const theme = await themeForTable(ctx, payload.theme_id)
    await store.insertItem(ctx, {
      meeting_id: next?.id ?? null,
      kind: 'theme',
      source_id: payload.theme_id,
      title: theme.title,
      position: order.theme,
      data: await themeData(ctx, payload.theme_id),
    })
    if (next) await changed(ctx, `tavolo ${next.id}`)
  }
}

/** A call could not be covered, or could after all. */
export async function hearCalls(ctx: Ctx) {
  const next = await nextMeeting(ctx, ctx.today)
  if (next) await feedMeeting(ctx, next.id)
}

type Taken = { decision_id: string; theme_id: string | null; year: number; number: number }
/** The theme goes on: what was decided about it is the beginning of its answer. */
export async function hearDecisions(ctx: Ctx, events: Announced<Taken>[]) {
  for (const { payload } of events) {
    if (!payload.theme_id) continue
    const theme = await themeForTable(ctx, payload.theme_id)
    if (theme.status !== 'proposed') continue
    const { number, year } = payload
    await setStatus(
      ctx,
      payload.theme_id,
      'looking',
      ctx.words.translate('it')('tavolo.theme.decided', { number, year }),
    )
  }
}

/** "You said, we did" can be read by everybody: the point it came from says so. */
export async function hearReplies(ctx: Ctx, events: Announced<{ theme_id: string; on: string }>[]) {
  for (const { payload } of events)
    for (const item of await store.itemsFrom(ctx, payload.theme_id))
      if (!item.answered_on) await store.updateItem(ctx, item.id, { answered_on: payload.on })
}
