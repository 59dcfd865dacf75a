/** Behind the figures: who, and what proves it; and who is not countable yet, because of what. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { thoseOf } from '../../people/actions.ts'
import { parentsOf, participants } from '../rules/definitions.ts'
import { may } from '../rules/may.ts'
import {
  type Age,
  daysOf,
  type Gender,
  type Group,
  type Period,
  type Reason,
  reasons,
  reasonsToMend,
} from '../rules/report.ts'
import { type Definition, listDefinitions } from '../store/definitions.ts'
import {
  type Counted,
  canonicalOf,
  entriesOf,
  listEvidence,
  listPeople,
  listServed,
  listWaiting,
} from '../store/people.ts'
import { monitoring } from '../urls.ts'
import { ground } from './figures.ts'

export const page_size = 50

export type PeopleAsked = Period & {
  code: string
  cell?: { gender?: Gender | undefined; age?: Age | undefined }
  group?: Group | undefined
  only_new?: boolean
  after?: string | undefined
  limit?: number
}

/** The people of a figure, or of one cell or group of it; opening the list is recorded. */
export async function peopleOf(
  ctx: Ctx,
  { code, cell = {}, group, only_new = false, after, limit = page_size, ...period }: PeopleAsked,
) {
  allow(ctx.actor.can(may.open_people))
  const { rows, matches, window } = await ground(ctx, await listDefinitions(ctx), period)
  const row = rowOf(rows, code)
  const needed = new Set([code, participants, ...parentsOf(rows, code)])
  const plan = {
    rows: rows.filter((one) => needed.has(one.code)),
    matches: narrowed(matches, needed),
  }
  const found =
    plan.matches.length === 0
      ? []
      : await listPeople(ctx, plan, window, {
          code,
          ...cell,
          only_new,
          after,
          limit: limit + 1,
          among: group && ((ids) => thoseOf(ctx, ids, group.trait, group.code)),
        })
  const people: Counted[] = found.slice(0, limit)
  looked(ctx, { what: 'monitoring.people', detail: { code, people: people.length, from: period.from, to: period.to } })
  return { row, people, next: found.length > limit ? (people.at(-1)?.person_id ?? null) : null }
}

const narrowed = <M extends { codes: readonly string[] }>(matches: readonly M[], needed: ReadonlySet<string>) =>
  matches
    .map((match) => ({ ...match, codes: match.codes.filter((code) => needed.has(code)) }))
    .filter(({ codes }) => codes.length > 0)

function rowOf(rows: readonly Definition[], code: string) {
  const row = rows.find((one) => one.code === code)
  if (!row) throw new NotFound()
  return row
}

/** A person's facts behind a row, each with what the person's standing was that day; reading it is recorded. */
export async function evidenceOf(ctx: Ctx, person_id: string, code: string, to = ctx.today) {
  allow(ctx.actor.can(may.open_people))
  const { rows, matches, window } = await ground(ctx, await listDefinitions(ctx), { from: to, to })
  const row = rowOf(rows, code)
  looked(ctx, { what: 'monitoring.evidence', person_id, detail: { code } })
  return { row, facts: await listEvidence(ctx, await canonicalOf(ctx, person_id), code, matches, window) }
}

/** Whoever was served and does not count yet: how many for each reason, in its order, and a page of the people. */
export async function notCountable(
  ctx: Ctx,
  {
    to = ctx.today,
    reason,
    offset = 0,
    limit = page_size,
  }: { to?: string; reason?: Reason | undefined; offset?: number; limit?: number } = {},
) {
  allow(ctx.actor.can(may.see_not_countable))
  const { matches, window } = await ground(ctx, await listDefinitions(ctx), { from: to, to })
  const found = await listWaiting(ctx, participants, matches, window, { reason, limit, offset })
  const counts = new Map(found.counts.map((one) => [one.reason, one.people]))
  looked(ctx, { what: 'monitoring.not_countable', detail: { reason: reason ?? null, people: found.people.length } })
  return { counts: reasons.map((one) => ({ reason: one, people: counts.get(one) ?? 0 })), people: found.people }
}

/** The people behind a month of the data quality: whoever was served in it, and whether the month has a service that counts. */
export async function servedIn(
  ctx: Ctx,
  month: string,
  {
    countable,
    offset = 0,
    limit = page_size,
  }: { countable?: boolean | undefined; offset?: number; limit?: number } = {},
) {
  allow(ctx.actor.can(may.open_people))
  const { matches, window } = await ground(ctx, await listDefinitions(ctx), { from: ctx.today, to: ctx.today })
  const found = await listServed(ctx, participants, matches, window, { days: daysOf(month), countable, limit, offset })
  looked(ctx, { what: 'monitoring.served', detail: { month, people: found.people.length } })
  return found
}

/** For the office: how many were served and wait for something that can be asked, so that they count. */
export async function waitingLine(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.open_people)) return []
  const { matches, window } = await ground(ctx, await listDefinitions(ctx), { from: ctx.today, to: ctx.today })
  const { counts } = await listWaiting(ctx, participants, matches, window, { limit: 0, offset: 0 })
  const count = counts.reduce((sum, { reason, people }) => sum + (reasonsToMend.has(reason) ? people : 0), 0)
  if (count === 0) return []
  return [
    { text: ctx.t('monitoring.today.waiting', { count }), href: monitoring.notCountable.href(), order: 70, count },
  ]
}

/** Where one person counts, and since when: only the rows of the fund. */
export async function countsIn(ctx: Ctx, person_id: string) {
  const period = { from: ctx.today, to: ctx.today }
  const { rows, matches, window } = await ground(ctx, await listDefinitions(ctx), period)
  const plan = { rows: rows.filter(({ counts }) => counts === 'persons'), matches }
  const days = await entriesOf(ctx, plan, window, await canonicalOf(ctx, person_id))
  return plan.rows.flatMap((row) => (days.has(row.code) ? [{ row, since: days.get(row.code) as string }] : []))
}
