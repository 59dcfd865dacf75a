/** Who sits at the tavolo, and the bodies of the network. */
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { sendMail, singleAddress } from '../../kernel/mail.ts'
import { organisationsServed } from '../../monitoring/actions.ts'
import { agreementsOf, organisations } from '../../territory/actions.ts'
import type { SeatKind } from '../codes.ts'
import type { MemberFields } from '../forms.ts'
import { may } from '../rules/may.ts'
import { endLinks, makeLink } from '../store/links.ts'
import * as store from '../store/members.ts'
import { insertSteps, openTasksOfMember, updateTask } from '../store/tasks.ts'
import { open } from '../urls.ts'

export async function bodiesByName(ctx: Ctx) {
  return new Map((await organisations(ctx)).map(({ id, name }) => [id, name]))
}

async function bodyIsKnown(ctx: Ctx, organisation_id: string) {
  const known = (await organisations(ctx)).some(({ id }) => id === organisation_id)
  refuse({ organisation_id: known ? undefined : 'kernel.form.not_a_choice' })
}

export async function membersShown(ctx: Ctx) {
  allow(ctx.actor.can(may.keep))
  const bodies = await bodiesByName(ctx)
  const seats = (await store.allSeats(ctx)).map((seat) => ({ ...seat, body: bodies.get(seat.organisation_id) ?? '' }))
  return seats.toSorted((a, b) => a.body.localeCompare(b.body, 'it') || a.kind.localeCompare(b.kind))
}
export type SeatShown = Awaited<ReturnType<typeof membersShown>>[number]

/** The same address is the same person, who may sit for another body as well. @returns the member */
export async function addMember(ctx: Ctx, { organisation_id, kind, role = '', ...person }: MemberFields) {
  allow(ctx.actor.can(may.keep))
  const email = addressOf(person.email)
  refuse({ email: person.email && !email ? 'kernel.form.not_an_email' : undefined })
  await bodyIsKnown(ctx, organisation_id)
  const known = await store.memberWithEmail(ctx, email)
  const id = known?.id ?? (await store.insertMember(ctx, { name: person.name, email, phone: person.phone ?? '' }))
  await giveSeat(ctx, id, { organisation_id, kind, role })
  return id
}
const addressOf = (typed: string | undefined) => (typed ? (singleAddress(typed)?.toLowerCase() ?? '') : '')

export async function giveSeat(
  ctx: Ctx,
  member_id: string,
  { organisation_id, kind, role = '' }: { organisation_id: string; kind: SeatKind; role?: string | undefined },
) {
  await bodyIsKnown(ctx, organisation_id)
  const own = await store.seatsOfMember(ctx, member_id)
  const there = own.some((seat) => seat.organisation_id === organisation_id && stillSits(seat, ctx.today))
  refuse({ organisation_id: there ? 'tavolo.error.seat_taken' : undefined })
  await store.putInNetwork(ctx, [{ organisation_id, role: '', joined_on: ctx.today }])
  return store.insertSeat(ctx, { member_id, organisation_id, kind, role, from_on: ctx.today })
}
const stillSits = ({ until_on }: { until_on: string | null }, today: string) => until_on === null || until_on >= today

export async function addSeat(ctx: Ctx, member_id: string, seat: Parameters<typeof giveSeat>[2]) {
  await store.findMember(ctx, member_id)
  allow(ctx.actor.can(may.keep))
  return giveSeat(ctx, member_id, seat)
}

export async function memberWhole(ctx: Ctx, id: string) {
  const member = await store.findMember(ctx, id)
  allow(ctx.actor.can(may.keep))
  const bodies = await bodiesByName(ctx)
  const seats = (await store.seatsOfMember(ctx, id)).map((seat) => ({
    ...seat,
    body: bodies.get(seat.organisation_id) ?? '',
    sits: stillSits(seat, ctx.today),
  }))
  return { member, seats, tasks: await openTasksOfMember(ctx, id) }
}
export type MemberWhole = Awaited<ReturnType<typeof memberWhole>>

export async function changeMember(
  ctx: Ctx,
  id: string,
  { name, email, phone }: Pick<MemberFields, 'name' | 'email' | 'phone'>,
) {
  await store.findMember(ctx, id)
  allow(ctx.actor.can(may.keep))
  const address = addressOf(email)
  const namesake = await store.memberWithEmail(ctx, address)
  refuse({
    email:
      email && !address
        ? 'kernel.form.not_an_email'
        : namesake && namesake.id !== id
          ? 'tavolo.error.address_taken'
          : undefined,
  })
  await store.updateMember(ctx, id, { name, email: address, phone: phone ?? '' })
}

/**
 * Somebody leaves. What they still had to do stays with their body, in the hands of the heir or of nobody: it is never lost,
 * and never waits for an answer from who is gone.
 */
export async function endSeat(ctx: Ctx, seat_id: string, on_day: string, heir_id?: string) {
  const seat = await store.findSeat(ctx, seat_id)
  allow(ctx.actor.can(may.keep))
  refuse({
    form: seat.until_on && seat.until_on < ctx.today ? 'tavolo.error.left_already' : undefined,
    on_day: on_day > ctx.today ? 'tavolo.error.after_today' : undefined,
  })
  const heir = heir_id
    ? (await store.seatsOn(ctx, ctx.today)).find(
        ({ id, organisation_id }) => id === heir_id && id !== seat_id && organisation_id === seat.organisation_id,
      )
    : undefined
  refuse({ heir: heir_id && !heir ? 'kernel.form.not_a_choice' : undefined })
  await store.endSeat(ctx, seat_id, addDays(on_day, -1))
  const left = (await openTasksOfMember(ctx, seat.member_id)).filter(
    ({ organisation_id }) => organisation_id === seat.organisation_id,
  )
  for (const task of left) {
    await updateTask(ctx, task.id, { member_id: heir?.member_id ?? null, reminded_for: null })
    await insertSteps(ctx, [{ task_id: task.id, step: 'handed', note: ctx.t('tavolo.task.left') }])
    await endLinks(ctx, 'task', task.id)
  }
  const others = (await store.seatsOfMember(ctx, seat.member_id)).some(
    (one) => one.id !== seat_id && stillSits(one, ctx.today),
  )
  if (!others) await endLinks(ctx, 'member', seat.member_id)
  return left.length
}

const link_days = 400
export const memberLink = (ctx: Ctx, member_id: string) =>
  makeLink(ctx, 'member', member_id, ctx.now.add({ hours: 24 * link_days }))

/** A new page of their own; the one before opens nothing more. */
export async function sendMemberLink(ctx: Ctx, id: string) {
  const member = await store.findMember(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse({ form: member.email ? undefined : 'tavolo.error.no_address' })
  await endLinks(ctx, 'member', id)
  const t = ctx.words.translate('it')
  await sendMail(ctx, {
    to: member.email,
    kind: 'tavolo.link',
    subject: t('tavolo.mail.link.subject'),
    text: [
      t('tavolo.mail.link.text'),
      ctx.base_url + open.mine.href({ l: 'it', token: await memberLink(ctx, id) }),
      t('tavolo.mail.foot', { ambito: ctx.ambito.name }),
    ].join('\n\n'),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}

// --- the network ----------------------------------------------------------------------------------------------------

/** Every body of the network with its agreement and when it was last active; citizens' associations among them. */
export async function networkShown(ctx: Ctx) {
  allow(ctx.actor.can(may.keep))
  const bodies = new Map((await organisations(ctx)).map((one) => [one.id, one]))
  const rows = await store.listNetwork(ctx, ctx.today)
  const served = await organisationsServed(ctx)
  const shown = []
  for (const row of rows) {
    const body = bodies.get(row.organisation_id)
    const [agreement] = await agreementsOf(ctx, row.organisation_id)
    const { last, supported } = served.get(row.organisation_id) ?? { last: null, supported: 0 }
    const last_active =
      [row.last_came, last]
        .filter((day) => day !== null)
        .sort()
        .at(-1) ?? null
    shown.push({
      ...row,
      name: body?.name ?? '',
      kind: body?.kind ?? ('other' as const),
      agreed_on: agreement?.starts_on ?? null,
      last_active,
      supported,
    })
  }
  // Supported, and in no network yet: the list of O.2.2 is whole.
  const inside = new Set(rows.map(({ organisation_id }) => organisation_id))
  const others = [...served]
    .filter(([id, { supported }]) => supported > 0 && !inside.has(id))
    .map(([organisation_id, { last, supported }]) => {
      const body = bodies.get(organisation_id)
      return {
        organisation_id,
        role: '',
        joined_on: null,
        ended_on: null,
        seats: 0,
        last_came: null,
        name: body?.name ?? '',
        kind: body?.kind ?? ('other' as const),
        agreed_on: null,
        last_active: last,
        supported,
      }
    })
  return [...shown, ...others].toSorted(
    (a, b) => Number(a.ended_on !== null) - Number(b.ended_on !== null) || a.name.localeCompare(b.name, 'it'),
  )
}
export type BodyShown = Awaited<ReturnType<typeof networkShown>>[number]

export async function addToNetwork(
  ctx: Ctx,
  { organisation_id, role = '', joined_on }: { organisation_id: string; role?: string | undefined; joined_on: string },
) {
  allow(ctx.actor.can(may.keep))
  await bodyIsKnown(ctx, organisation_id)
  const there = (await store.listNetwork(ctx, ctx.today)).some((one) => one.organisation_id === organisation_id)
  refuse({
    organisation_id: there ? 'tavolo.error.in_network' : undefined,
    joined_on: joined_on > ctx.today ? 'tavolo.error.after_today' : undefined,
  })
  await store.putInNetwork(ctx, [{ organisation_id, role, joined_on }])
}

export async function bodyWhole(ctx: Ctx, organisation_id: string) {
  const body = (await networkShown(ctx)).find((one) => one.organisation_id === organisation_id)
  if (!body?.joined_on) throw new NotFound()
  return { ...body, joined_on: body.joined_on }
}

export async function changeBody(
  ctx: Ctx,
  organisation_id: string,
  { role = '', joined_on, ended_on }: { role?: string | undefined; joined_on: string; ended_on?: string | undefined },
) {
  await bodyWhole(ctx, organisation_id)
  refuse({ ended_on: ended_on && ended_on < joined_on ? 'tavolo.error.ends_before' : undefined })
  await store.updateBody(ctx, organisation_id, { role, joined_on, ended_on: ended_on ?? null })
}
