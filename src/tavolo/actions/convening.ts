/** Invitations, what members answer, and what is sent again when something changes. Members read Italian. */

import { romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { changed } from '../../kernel/live.ts'
import { sendMail, singleAddress } from '../../kernel/mail.ts'
import { projectOf } from '../../programme/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import type { AnswerFields } from '../forms.ts'
import { may } from '../rules/may.ts'
import { plannedOnly } from '../rules/meetings.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import * as store from '../store/meetings.ts'
import * as members from '../store/members.ts'
import { open } from '../urls.ts'
import { calendarForMail, calendarOf } from './calendar.ts'
import { bodiesByName, giveSeat } from './members.ts'

export const linkLimit = { name: 'tavolo.link', points: 60, seconds: 600 }

/** Where calendars answer to; an Ambito may have no project yet. */
export async function organiserOf(ctx: Ctx) {
  try {
    return singleAddress((await projectOf(ctx)).contact)
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

/**
 * Members who sit on that day get a link each; `again` also those who have one, whose link then opens nothing more.
 * @returns how many mails, and how many have no address
 */
export async function invite(ctx: Ctx, id: string, { seats, again }: { seats: readonly string[]; again: boolean }) {
  const meeting = await store.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(plannedOnly(meeting))
  refuse({ form: meeting.on_day < ctx.today ? 'tavolo.error.in_the_past' : undefined })
  const sitting = await members.seatsOn(ctx, meeting.on_day)
  const chosen = sitting.filter((seat) => (seats.length > 0 ? seats.includes(seat.id) : seat.kind === 'member'))
  refuse({ seats: chosen.length === 0 ? 'tavolo.error.nobody_to_invite' : undefined })
  const fresh = new Set(
    (
      await store.insertInvitations(
        ctx,
        id,
        chosen.map((seat) => seat.id),
      )
    ).map((one) => one.id),
  )
  const wanted = new Set(chosen.map((seat) => seat.id))
  const all = (await store.invitationsOf(ctx, id)).filter(
    (one) => wanted.has(one.seat_id) && (fresh.has(one.id) || again),
  )
  const organiser = await organiserOf(ctx)
  const bodies = await bodiesByName(ctx)
  let sent = 0
  for (const invitation of all) {
    if (!fresh.has(invitation.id)) await endLinks(ctx, 'invitation', invitation.id)
    if (await write(ctx, meeting, invitation, 'invited', { organiser, bodies })) sent++
  }
  if (!meeting.invited_at) await store.updateMeeting(ctx, id, { invited_at: ctx.now.toString() })
  await changed(ctx, `tavolo ${id}`)
  return { sent, without: all.length - sent }
}

export type Occasion = 'invited' | 'moved' | 'changed' | 'cancelled' | 'reminder' | 'papers'
type Ready = {
  organiser: string | undefined
  bodies: ReadonlyMap<string, string>
  attachments?: readonly { name: string; type: string; body: Uint8Array }[]
}

/** One mail to one seat, with the calendar file and a link of its own. @returns whether there was an address */
export async function write(
  ctx: Ctx,
  meeting: store.Meeting,
  invitation: store.Invitation,
  occasion: Occasion,
  { organiser, bodies, attachments = [] }: Ready,
) {
  if (!invitation.email) return false
  const t = ctx.words.translate('it')
  const day = dayInWords(meeting.on_day, 'it', ctx.today)
  const lines = [
    t(`tavolo.mail.${occasion}`, { day, time: meeting.starts_at.slice(0, 5), why: meeting.cancelled_why }),
    t('tavolo.mail.for', { body: bodies.get(invitation.organisation_id) ?? '' }),
  ]
  if (occasion !== 'cancelled') {
    const until = romeTime(meeting.on_day, meeting.ends_at).add({ hours: 24 * 7 })
    const token = await makeLink(ctx, 'invitation', invitation.id, until)
    lines.push(
      ...(meeting.place && meeting.mode !== 'online' ? [t('tavolo.mail.place', { place: meeting.place })] : []),
      ...(meeting.link ? [t('tavolo.mail.room', { link: meeting.link })] : []),
      `${t('tavolo.mail.answer')}\n${ctx.base_url}${open.invitation.href({ l: 'it', token })}`,
    )
  }
  const mail_id = await sendMail(ctx, {
    to: invitation.email,
    kind: `tavolo.${occasion}`,
    subject: t(`tavolo.mail.${occasion}.subject`, { day }),
    text: `${[...lines, t('tavolo.mail.foot', { ambito: ctx.ambito.name })].join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: [calendarForMail(ctx, meeting, organiser, invitation.email), ...attachments],
  })
  await store.updateInvitation(ctx, invitation.id, { mail_id })
  return true
}

/** Everybody who was invited hears of it; answers to another day are asked for again on the same page. */
export async function tellMoved(ctx: Ctx, meeting: store.Meeting, occasion: 'moved' | 'changed' | 'cancelled') {
  await tellInvited(ctx, meeting, occasion, () => true)
}

export async function tellInvited(
  ctx: Ctx,
  meeting: store.Meeting,
  occasion: Occasion,
  whom: (invitation: store.Invitation) => boolean,
  attachments: Ready['attachments'] = [],
) {
  const ready = { organiser: await organiserOf(ctx), bodies: await bodiesByName(ctx), attachments }
  let told = 0
  for (const invitation of await store.invitationsOf(ctx, meeting.id)) {
    const gone = invitation.until_on !== null && invitation.until_on < ctx.today
    if (!gone && whom(invitation) && (await write(ctx, meeting, invitation, occasion, ready))) told++
  }
  return told
}

// --- answering ------------------------------------------------------------------------------------------------------

export async function invitationOfLink(ctx: Ctx, token: string) {
  const link = await findLink(ctx, 'invitation', token)
  if (!link) throw new NotFound()
  return store.findInvitation(ctx, link.thing_id)
}

export const calendarOfLink = async (ctx: Ctx, token: string) =>
  calendarOf(ctx, await store.findMeeting(ctx, (await invitationOfLink(ctx, token)).meeting_id))

export async function answerByLink(ctx: Ctx, token: string, input: AnswerFields) {
  await answer(ctx, await invitationOfLink(ctx, token), input, true)
}

export async function answerForThem(ctx: Ctx, id: string, input: AnswerFields) {
  const invitation = await store.findInvitation(ctx, id)
  allow(ctx.actor.can(may.keep))
  await answer(ctx, invitation, input, false)
  return invitation.meeting_id
}

/** The last answer holds. Whoever comes in somebody's place is known by name and gets an invitation of their own. */
async function answer(ctx: Ctx, invitation: store.Invitation, input: AnswerFields, by_link: boolean) {
  const meeting = await store.lockMeeting(ctx, invitation.meeting_id)
  refuse(plannedOnly(meeting))
  refuse({ form: meeting.on_day < ctx.today ? 'tavolo.error.in_the_past' : undefined })
  const stand_in = input.answer === 'substitute' ? await standIn(ctx, meeting, invitation, input) : null
  await store.updateInvitation(ctx, invitation.id, {
    answer: input.answer,
    answered_at: ctx.now.toString(),
    by_link,
    stand_in,
  })
  await changed(ctx, `tavolo ${meeting.id}`)
}

async function standIn(ctx: Ctx, meeting: store.Meeting, invitation: store.Invitation, { name, email }: AnswerFields) {
  const address = email ? singleAddress(email)?.toLowerCase() : ''
  refuse({
    name: name ? undefined : 'kernel.form.required',
    email:
      address === undefined
        ? 'kernel.form.not_an_email'
        : address !== '' && address === invitation.email.toLowerCase()
          ? 'tavolo.error.yourself'
          : undefined,
  })
  const sitting = (await members.seatsOn(ctx, meeting.on_day)).filter(
    ({ organisation_id, member_id }) =>
      organisation_id === invitation.organisation_id && member_id !== invitation.member_id,
  )
  const known =
    sitting.find((seat) => address && seat.email.toLowerCase() === address) ??
    sitting.find((seat) => seat.name.toLowerCase() === name?.toLowerCase())
  const seat_id = known?.id ?? (await newSubstitute(ctx, invitation.organisation_id, name ?? '', address ?? ''))
  const [made] = await store.insertInvitations(ctx, meeting.id, [seat_id])
  if (made) {
    const ready = { organiser: await organiserOf(ctx), bodies: await bodiesByName(ctx) }
    await write(ctx, meeting, await store.findInvitation(ctx, made.id), 'invited', ready)
    await store.updateInvitation(ctx, made.id, { answer: 'yes', answered_at: ctx.now.toString(), by_link: true })
  }
  return seat_id
}

async function newSubstitute(ctx: Ctx, organisation_id: string, name: string, email: string) {
  const member_id =
    (await members.memberWithEmail(ctx, email))?.id ?? (await members.insertMember(ctx, { name, email, phone: '' }))
  return giveSeat(ctx, member_id, { organisation_id, kind: 'substitute' })
}
