/** Places: given, kept for somebody for some hours, freed. Whoever does it holds the lock of the edition. */
import type { Ctx } from '../../kernel/ctx.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { enrolled } from '../events.ts'
import { factsOf } from '../rules/facts.ts'
import * as editions from '../store/editions.ts'
import * as store from '../store/enrolments.ts'
import { tell, tellOffer } from './letters.ts'

/** On a place at once, in the list, or among those to be chosen from; and told so. */
export async function settle(ctx: Ctx, edition: editions.Edition, enrolment_id: string, by: store.By) {
  if (edition.choice === 'selection' && by !== 'register') {
    await store.takeStep(ctx, enrolment_id, 'requested', by)
    await tell(ctx, await store.findEnrolment(ctx, enrolment_id), 'requested')
    return
  }
  const waits = await store.firstWaiting(ctx, edition.id)
  const seat = waits ? undefined : await store.freeSeat(ctx, edition.id, edition.capacity)
  if (seat !== undefined) await seatThem(ctx, edition, enrolment_id, seat, by)
  else await putInList(ctx, enrolment_id, by)
}

export async function seatThem(ctx: Ctx, edition: editions.Edition, enrolment_id: string, seat: number, by: store.By) {
  await store.takeStep(ctx, enrolment_id, 'enrolled', by, { seat })
  const enrolment = await store.findEnrolment(ctx, enrolment_id)
  if (by !== 'register') await tell(ctx, enrolment, 'enrolled')
  if (enrolment.person_id)
    announce(ctx, enrolled, { ...factsOf(edition, ctx.today), enrolment_id, person_id: enrolment.person_id })
}

export async function putInList(ctx: Ctx, enrolment_id: string, by: store.By, reason = 'full') {
  await store.takeStep(ctx, enrolment_id, 'waiting', by, { reason })
  const enrolment = await store.findEnrolment(ctx, enrolment_id)
  const place = await store.placeInList(ctx, enrolment)
  await tell(ctx, enrolment, 'waiting', { place: place ?? 1 })
}

/** Every free place is offered to whoever has waited longest; each is promoted once, since a seat is held once. */
export async function offerNext(ctx: Ctx, edition_id: string) {
  const edition = await editions.lockEdition(ctx, edition_id)
  if (edition.cancelled_at || edition.ended_on) return
  for (;;) {
    const next = await store.firstWaiting(ctx, edition_id)
    const seat = next && (await store.freeSeat(ctx, edition_id, edition.capacity))
    if (!next || seat === undefined) return
    await offerSeat(ctx, edition, next.id, seat, 'rule')
  }
}

export async function offerSeat(ctx: Ctx, edition: editions.Edition, enrolment_id: string, seat: number, by: store.By) {
  await store.takeStep(ctx, enrolment_id, 'offered', by, { seat, reason: 'free_place' })
  const expires_at = ctx.now.add({ hours: edition.offer_hours })
  const offer_id = await store.insertOffer(ctx, {
    enrolment_id,
    edition_id: edition.id,
    seat,
    expires_at: expires_at.toString(),
    told: null,
  })
  if (await tellOffer(ctx, await store.findEnrolment(ctx, enrolment_id), offer_id, expires_at))
    await store.toldByMail(ctx, offer_id)
  later(ctx, expireOffer, { offer_id }, { at: expires_at, key: `courses.offer:${offer_id}` })
}

/** Answered in time it stays answered; otherwise the place goes to the next. */
export const expireOffer = job<{ offer_id: string }>('courses.expire_offer', async (ctx, { offer_id }) => {
  const { edition_id, enrolment_id, expires_at } = await store.findOffer(ctx, offer_id)
  if (Temporal.Instant.compare(Temporal.Instant.from(expires_at.replace(' ', 'T')), ctx.now) > 0) return
  await editions.lockEdition(ctx, edition_id)
  if (!(await store.answerOffer(ctx, offer_id, 'expired'))) return
  await store.takeStep(ctx, enrolment_id, 'expired', 'clock', { reason: 'no_answer' })
  await tell(ctx, await store.findEnrolment(ctx, enrolment_id), 'expired')
  await offerNext(ctx, edition_id)
})

/** What a job that was lost, or a place freed by hand, left behind. */
export async function watchPlaces(ctx: Ctx) {
  for (const { id } of await store.expiredOffers(ctx)) await expireOffer.run(ctx, { offer_id: id })
  for (const id of await store.editionsWithRoom(ctx)) await offerNext(ctx, id)
}

export async function tellCancelled(ctx: Ctx, edition: editions.Edition) {
  for (const one of await store.enrolmentsOf(ctx, edition.id))
    if (['requested', 'waiting', 'offered', 'enrolled'].includes(one.state)) await tell(ctx, one, 'cancelled')
}
