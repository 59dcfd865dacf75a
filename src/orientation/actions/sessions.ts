/** Hours given: to one person, to a group, or on the way with somebody. */
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { headLines } from '../../people/actions.ts'
import { projectOf } from '../../programme/actions.ts'
import type { SessionKind } from '../codes.ts'
import { sessionHeld, sessionWithdrawn } from '../events.ts'
import type { GroupInput, SessionInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { sessionErrors } from '../rules/plans.ts'
import { findPlan, plansNamed } from '../store/plans.ts'
import * as store from '../store/sessions.ts'

/** @throws Refused when the day or the length cannot be */
export async function checkSession(ctx: Ctx, held: { on_day: string; minutes: number }, person_ids: readonly string[]) {
  const { starts_on } = await projectOf(ctx)
  const of_the_day = await store.minutesOn(ctx, person_ids, held.on_day)
  refuse(sessionErrors(held, { today: ctx.today, starts_on, of_the_day }))
}

/** Written down and announced; whoever calls has asked whether it may be. */
export async function holdSession(
  ctx: Ctx,
  row: store.NewSession & { kind: SessionKind },
  present: readonly store.Present[],
) {
  const session_id = await store.insertSession(ctx, row, present)
  announce(ctx, sessionHeld, {
    session_id,
    kind: row.kind,
    on: row.on_day,
    minutes: row.minutes,
    person_ids: present.map(({ person_id }) => person_id),
  })
  return session_id
}

export async function recordSession(ctx: Ctx, plan_id: string, input: SessionInput) {
  const plan = await findPlan(ctx, plan_id)
  allow(ctx.actor.can(may.work))
  const away = input.kind === 'accompaniment'
  refuse({ where_to: away && !input.where_to ? 'kernel.form.required' : undefined })
  await checkSession(ctx, input, [plan.person_id])
  const { where_to, language, record = '', ...same } = input
  return holdSession(ctx, { ...same, record, language: language ?? null, where_to: away ? (where_to ?? null) : null }, [
    { person_id: plan.person_id, plan_id },
  ])
}

/** Several together: an hour of the service, of which nobody had a personal guidance. */
export async function recordGroup(ctx: Ctx, { plans: ids, language, record = '', ...held }: GroupInput) {
  allow(ctx.actor.can(may.work))
  const plans = await plansNamed(ctx, [...new Set(ids)])
  refuse({
    plans:
      new Set(ids).size < 2
        ? 'orientation.error.group_of_one'
        : plans.length < new Set(ids).size
          ? 'kernel.form.not_a_choice'
          : undefined,
  })
  await checkSession(
    ctx,
    held,
    plans.map(({ person_id }) => person_id),
  )
  return holdSession(
    ctx,
    { ...held, record, kind: 'group', language: language ?? null },
    plans.map(({ id, person_id }) => ({ person_id, plan_id: id })),
  )
}

/** One session and who was there; reading it is recorded. */
export async function seeSession(ctx: Ctx, id: string) {
  const session = await store.findSession(ctx, id)
  allow(ctx.actor.can(may.see))
  const present = await store.attendancesOf(ctx, id)
  const heads = await headLines(
    ctx,
    present.map(({ person_id }) => person_id),
  )
  for (const { person_id } of present) looked(ctx, { what: 'orientation.session', person_id })
  return { session, present, heads }
}

/** Entered by mistake: it stays readable, and stops counting. */
export async function withdrawSession(ctx: Ctx, id: string, reason: string) {
  await store.findSession(ctx, id)
  allow(ctx.actor.can(may.work))
  const taken_back = await store.withdrawSession(ctx, id, reason)
  refuse({ form: taken_back ? undefined : 'orientation.error.already_withdrawn' })
  announce(ctx, sessionWithdrawn, { session_id: id, on: ctx.today })
  const [first] = await store.attendancesOf(ctx, id)
  return first?.plan_id ?? null
}
