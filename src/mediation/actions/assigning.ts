/** One call finds somebody: the answer to an offer, by hand after a phone call, letting go again, and telling everybody once. */
import { instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { settingOf } from '../../programme/actions.ts'
import { coveredAfterAll } from '../events.ts'
import { may } from '../rules/may.ts'
import { startsOf } from '../rules/ranking.ts'
import { urgentHours } from '../rules/settings.ts'
import { canBeReleased, isSearching, isTaken } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import * as mediators from '../store/mediators.ts'
import * as search from '../store/search.ts'
import { open } from '../urls.ts'
import { facts, gist, link, tell, write } from './letters.ts'
import { startWave } from './searching.ts'

/** What the link of an offer shows: only what the mail said, and whether it still stands. */
export async function offerOfLink(ctx: Ctx, token: string) {
  const offer = await findOffer(ctx, token)
  const call = await calls.findCall(ctx, offer.call_id)
  const starts = startsOffered(offer).filter((at) => Temporal.Instant.compare(at, ctx.now) > 0)
  const theirs = offer.provider_id
    ? (await mediators.listMediators(ctx)).filter((one) => one.provider_id === offer.provider_id)
    : []
  return {
    offer,
    gist: await gist(ctx, call, offer.options, ctx.lang),
    starts,
    mediators: theirs,
    stands: standing(ctx, offer),
  }
}
const startsOffered = ({ options, minutes }: search.Offer) =>
  options.flatMap((one) => startsOf({ starts_at: instantOf(one.starts_at), ends_at: instantOf(one.ends_at) }, minutes))
async function findOffer(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'offer', token)
  if (!found) throw new NotFound()
  return search.findOffer(ctx, found.thing_id)
}

export type Standing = 'open' | 'answered' | 'over' | 'taken'
function standing({ now }: Ctx, { answer, call_state, wave_ended_at, deadline }: search.Offer): Standing {
  if (answer === 'accepted' || answer === 'declined') return 'answered'
  if (answer === 'taken' || isTaken(call_state)) return 'taken'
  const over = wave_ended_at || Temporal.Instant.compare(instantOf(deadline), now) <= 0
  return answer || over || call_state !== 'offered' ? 'over' : 'open'
}

type Answer = {
  answer: 'accept' | 'decline'
  starts_at?: string | undefined
  mediator_id?: string | undefined
  reason?: string | undefined
}

/** One tap on a page of its own: mail scanners open links, they do not press buttons. @returns what became of it */
export const answerByLink = async (ctx: Ctx, token: string, said: Answer) =>
  answer(ctx, await findOffer(ctx, token), said)
export const answerOffer = async (ctx: Ctx, offer_id: string, said: Answer) =>
  answer(ctx, await search.findOffer(ctx, offer_id), said)

async function answer(ctx: Ctx, offer: search.Offer, said: Answer): Promise<search.Taken | 'declined'> {
  const stands = standing(ctx, offer)
  if (stands === 'taken') return 'taken'
  refuse({
    form:
      stands === 'open' ? undefined : stands === 'answered' ? 'mediation.error.answered' : 'mediation.error.offer_over',
  })
  if (said.answer === 'decline') {
    await search.declineOffer(ctx, offer.id, said.reason)
    await goOnWhenAllAnswered(ctx, offer)
    return 'declined'
  }
  const who = offer.mediator_id ?? (await oneOfProvider(ctx, offer.provider_id as string, said.mediator_id))
  const starts_at = startChosen(ctx, offer, said.starts_at)
  const taken = await search.takeCall(ctx, {
    call_id: offer.call_id,
    mediator_id: who,
    offer_id: offer.id,
    how: offer.provider_id ? 'provider' : 'offer',
    starts_at,
    ends_at: starts_at.add({ minutes: offer.minutes }),
  })
  if (taken === 'won') await won(ctx, offer.call_id, offer.provider_id ? 'provider' : 'mediator')
  return taken
}

async function oneOfProvider(ctx: Ctx, provider_id: string, mediator_id: string | undefined) {
  const theirs = (await mediators.listMediators(ctx)).some(
    (one) => one.id === mediator_id && one.provider_id === provider_id,
  )
  refuse({ mediator_id: theirs ? undefined : 'mediation.error.which_mediator' })
  return mediator_id as string
}

/** The first start, or the one chosen among those the options hold. */
function startChosen(ctx: Ctx, offer: search.Offer, chosen: string | undefined) {
  const starts = startsOffered(offer)
  const found = chosen
    ? starts.find((at) => at.toString() === chosen)
    : starts.find((at) => Temporal.Instant.compare(at, ctx.now) > 0)
  refuse({
    starts_at: !found
      ? 'mediation.error.which_time'
      : Temporal.Instant.compare(found, ctx.now) <= 0
        ? 'mediation.error.past'
        : undefined,
  })
  return found as Temporal.Instant
}

async function won(ctx: Ctx, call_id: string, by: calls.By) {
  await calls.takeStep(ctx, call_id, 'assigned', by)
  // Telling two hundred others must not make the winner wait: a job, queued in this very transaction.
  later(ctx, tellEverybody, { call_id })
}

/** Everybody has said no before the deadline: why wait. */
async function goOnWhenAllAnswered(ctx: Ctx, { call_id }: search.Offer) {
  const open = (await search.offersOf(ctx, call_id)).some(({ answer }) => answer === null)
  if (!open) await startWave(ctx, call_id)
}

/** By hand, after a phone call: who, which day, what time. */
export async function assignByHand(
  ctx: Ctx,
  call_id: string,
  { mediator_id, on, from }: { mediator_id: string; on: string; from: string },
) {
  const call = await calls.lockCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  const mediator = await mediators.findMediator(ctx, mediator_id)
  refuse({ form: isSearching(call.state) || call.state === 'assigned' ? undefined : 'mediation.error.moved_on' })
  const starts_at = romeTime(on, from)
  refuse({
    on: Temporal.Instant.compare(starts_at, ctx.now.subtract({ hours: 24 })) < 0 ? 'mediation.error.past' : undefined,
  })
  if (call.assignment_id) await letGo(ctx, call, 'coordinator', 'replaced')
  const booking = {
    call_id,
    mediator_id: mediator.id,
    offer_id: null,
    how: 'by_hand',
    starts_at,
    ends_at: starts_at.add({ minutes: call.minutes }),
  }
  const taken = await search.takeCall(ctx, booking)
  refuse({
    form: taken === 'taken' ? 'mediation.error.moved_on' : undefined,
    mediator_id: taken === 'overlap' ? 'mediation.error.overlap' : undefined,
  })
  if (call.state === 'not_covered') announce(ctx, coveredAfterAll, { call_id, on: (await facts(ctx, call)).on })
  await won(ctx, call_id, 'coordinator')
}

// --- letting go -----------------------------------------------------------------------------------------------------

async function letGo(ctx: Ctx, call: calls.Call, by: calls.By, why: 'cancelled_by_mediator' | 'replaced') {
  await search.endAssignment(ctx, call.assignment_id as string, why)
  await endLinks(ctx, 'job', call.assignment_id as string)
  await calls.takeStep(ctx, call.id, 'cancelled_by_mediator', by)
}

/**
 * She cannot come after all: the search goes on at once, to all when it is near, and who asked is told. After its hour the
 * coordinator says that she did not come; then nobody can be found any more, and it is not covered.
 */
export async function release(ctx: Ctx, call_id: string, by: 'mediator' | 'coordinator') {
  const call = await calls.lockCall(ctx, call_id)
  const released = by === 'coordinator' ? canBeReleased(call.state) : call.state === 'assigned'
  refuse({ form: released && call.assignment_id ? undefined : 'mediation.error.moved_on' })
  await letGo(ctx, call, by, 'cancelled_by_mediator')
  const hours_left = ctx.now.until(instantOf(call.starts_at as string)).total('hours')
  if (hours_left > 0) await tell(ctx, call, 'again')
  await startWave(ctx, call_id, { all: hours_left < (await settingOf(ctx, urgentHours)) })
}

// --- telling --------------------------------------------------------------------------------------------------------

/** The winner learns whom to phone, the others that it is taken, the body who comes. Told once, however often this runs. */
export const tellEverybody = job<{ call_id: string }>('mediation.tell_everybody', async (ctx, { call_id }) => {
  const call = await calls.lockCall(ctx, call_id)
  if (!call.assignment_id || !(await search.markTold(ctx, call.assignment_id))) return
  await search.endWaves(ctx, call_id)
  const others = await search.closeOffers(ctx, call_id, 'taken')
  await tellWinner(ctx, call)
  await tell(ctx, call, 'assigned')
  const contacts = await search.addressesOf(ctx, others)
  for (const to of contacts)
    await write(
      ctx,
      to,
      'taken',
      ['mediation.mail.taken.subject'],
      [['mediation.mail.taken.text', await gist(ctx, call, await calls.optionsOf(ctx, call_id), to.lang)]],
    )
})

async function tellWinner(ctx: Ctx, call: calls.Call) {
  const to = { email: call.mediator_email as string, lang: call.mediator_lang ?? 'it' }
  const token = await jobLink(ctx, call)
  await write(
    ctx,
    to,
    'job',
    ['mediation.mail.job.subject', { number: call.number }],
    [
      [
        'mediation.mail.job.text',
        await gist(ctx, call, [{ starts_at: call.starts_at as string, ends_at: call.ends_at as string }], to.lang),
      ],
      ['mediation.mail.job.page'],
      link(ctx, open.job.href({ l: to.lang, token })),
    ],
  )
}
export const jobLink = (ctx: Ctx, call: calls.Call) =>
  makeLink(ctx, 'job', call.assignment_id as string, ctx.now.add({ hours: 120 * 24 }))
