/** The search for somebody: waves of offers with a deadline each, exactly one winner, and what happens when nobody can. */
import { dayOf, instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { settingOf } from '../../programme/actions.ts'
import { momentInWords } from '../../ui/words-of-time.ts'
import { coveredAfterAll, notCovered } from '../events.ts'
import { may } from '../rules/may.ts'
import { rank, startsOf } from '../rules/ranking.ts'
import { urgentHours, urgentMinutes, waveHours, waveSize } from '../rules/settings.ts'
import { canBeReleased, isSearching, isTaken } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as contracts from '../store/contracts.ts'
import { endLinks, findLink, makeLink } from '../store/links.ts'
import * as mediators from '../store/mediators.ts'
import * as search from '../store/search.ts'
import * as travel from '../store/travel.ts'
import { open } from '../urls.ts'
import { facts, gist, link, tell, write } from './letters.ts'

// --- who could go ---------------------------------------------------------------------------------------------------

/** Candidates in order, each with its reasons, and those left out with theirs. */
export async function candidatesFor(ctx: Ctx, call: calls.Call) {
  const options = (await calls.optionsOf(ctx, call.id)).map((one) => ({
    starts_at: instantOf(one.starts_at),
    ends_at: instantOf(one.ends_at),
  }))
  const known = call.same_mediator ? (await calls.mediatorsBefore(ctx, call)).map(({ mediator_id }) => mediator_id) : []
  const languages = call.language ? [call.language, ...(call.other_language ? [call.other_language] : [])] : null
  const window = {
    starts_at: options.reduce(
      (first, one) => (Temporal.Instant.compare(one.starts_at, first) < 0 ? one.starts_at : first),
      (options[0] as (typeof options)[0]).starts_at,
    ),
    ends_at: options.reduce(
      (last, one) => (Temporal.Instant.compare(one.ends_at, last) > 0 ? one.ends_at : last),
      (options[0] as (typeof options)[0]).ends_at,
    ),
  }
  const month = monthAround(window.starts_at)
  const all = await search.applicants(ctx, { body_id: call.body_id, languages, known, window, month })
  return rank({ ...call, options }, all, await travel.travelTable(ctx, call.comune))
}
function monthAround(at: Temporal.Instant) {
  const first = Temporal.PlainDate.from(dayOf(at)).with({ day: 1 })
  return {
    starts_at: romeTime(first.toString(), '00:00'),
    ends_at: romeTime(first.add({ months: 1 }).toString(), '00:00'),
  }
}

// --- waves ----------------------------------------------------------------------------------------------------------

export const endWave = job<{ call_id: string; number: number }>(
  'mediation.end_wave',
  async (ctx, { call_id, number }) => {
    const wave = (await search.wavesOf(ctx, call_id)).find((one) => one.number === number)
    if (wave && !wave.ended_at && Temporal.Instant.compare(instantOf(wave.deadline), ctx.now) <= 0)
      await startWave(ctx, call_id)
  },
)

/** The next wave: twice as wide as the one before; an urgent call goes to all at once. The open offers of the last one expire. */
export async function startWave(ctx: Ctx, call_id: string, { all = false }: { all?: boolean } = {}): Promise<void> {
  const call = await calls.lockCall(ctx, call_id)
  if (!isSearching(call.state) || call.assignment_id) return
  await search.endWaves(ctx, call_id)
  await search.closeOffers(ctx, call_id, 'expired')
  const waves = await search.wavesOf(ctx, call_id)
  const asked = await search.offersOf(ctx, call_id)
  // Whoever let it expire or said no is not asked again; whoever was told it was taken may be.
  const done = new Set(
    asked.filter(({ answer }) => answer !== 'taken').flatMap((one) => one.mediator_id ?? one.provider_id ?? []),
  )
  const gone = new Set((await search.assignmentsOf(ctx, call_id)).map(({ mediator_id }) => mediator_id))
  const { ranked } = await candidatesFor(ctx, call)
  const can = ranked.filter(
    ({ of, starts }) => !gone.has(of.id) && starts.some((at) => Temporal.Instant.compare(at, ctx.now) > 0),
  )
  const all_at_once = all || call.urgent
  const width = all_at_once
    ? Number.MAX_SAFE_INTEGER
    : (await settingOf(ctx, waveSize)) * 2 ** Math.min(waves.length, 8)
  const seats = seatsOf(can, done).slice(0, width)
  if (seats.length === 0) {
    // Those whose contract wants a phone call are the coordinator's to ring.
    if (!can.some(({ of }) => of.dispatch === 'by_hand')) await leaveUncovered(ctx, call, waves.length, asked.length)
    return
  }
  const number = waves.length + 1
  const deadline = await deadlineOf(
    ctx,
    all_at_once,
    can.flatMap(({ starts }) => starts),
  )
  await search.insertWave(ctx, { call_id, number, all_at_once, deadline })
  if (call.state !== 'offered') {
    if (call.state === 'not_covered') announce(ctx, coveredAfterAll, { call_id, on: (await facts(ctx, call)).on })
    await calls.takeStep(
      ctx,
      call_id,
      'offered',
      ctx.actor.can(may.coordinate) && ctx.actor.kind === 'account' ? 'coordinator' : 'rule',
    )
  }
  for (const [at, seat] of seats.entries()) await offer(ctx, call, number, deadline, seat, at + 1)
  later(ctx, endWave, { call_id, number }, { at: deadline.add({ seconds: 1 }), key: `wave:${call_id}` })
}

type Ranked = Awaited<ReturnType<typeof candidatesFor>>['ranked'][number]
type Seat = { provider_id: string; best: Ranked } | { provider_id: null; best: Ranked }

/** A provider that assigns by itself is asked once, where its best mediator stands. */
function seatsOf(ranked: readonly Ranked[], done: ReadonlySet<string>): Seat[] {
  const providers = new Set<string>()
  return ranked.flatMap((best): Seat[] => {
    const { dispatch, provider_id, id } = best.of
    if (dispatch === 'by_hand') return []
    if (dispatch === 'waves' || !provider_id) return done.has(id) ? [] : [{ provider_id: null, best }]
    if (done.has(provider_id) || providers.has(provider_id)) return []
    providers.add(provider_id)
    return [{ provider_id, best }]
  })
}

/** Long enough to be read, and over before the first of the options. */
async function deadlineOf(ctx: Ctx, all_at_once: boolean, starts: readonly Temporal.Instant[]) {
  const usual = all_at_once
    ? ctx.now.add({ minutes: await settingOf(ctx, urgentMinutes) })
    : ctx.now.add({ hours: await settingOf(ctx, waveHours) })
  const last = starts.reduce((latest, one) => (Temporal.Instant.compare(one, latest) > 0 ? one : latest), ctx.now)
  const soonest = ctx.now.add({ minutes: 10 })
  const latest = last.subtract({ minutes: 30 })
  const wanted = Temporal.Instant.compare(usual, latest) > 0 ? latest : usual
  return Temporal.Instant.compare(wanted, soonest) > 0 ? wanted : soonest
}

async function offer(
  ctx: Ctx,
  call: calls.Call,
  wave: number,
  deadline: Temporal.Instant,
  { provider_id, best }: Seat,
  place: number,
) {
  const offer_id = await search.insertOffer(ctx, {
    call_id: call.id,
    wave,
    ...(provider_id ? { provider_id } : { mediator_id: best.of.id }),
    rank: place,
    points: best.points,
  })
  const to = provider_id ? { email: (await contracts.findProvider(ctx, provider_id)).email, lang: 'it' } : best.of
  if (!to.email) return
  const token = await makeLink(ctx, 'offer', offer_id, deadline.add({ hours: 30 * 24 }))
  await write(
    ctx,
    to,
    'offer',
    ['mediation.mail.offer.subject'],
    [
      ['mediation.mail.offer.text', await gist(ctx, call, await calls.optionsOf(ctx, call.id), to.lang)],
      ['mediation.mail.offer.until', { until: momentInWords(deadline, to.lang, ctx.today) }],
      link(ctx, open.offer.href({ l: to.lang, token })),
    ],
  )
}

async function leaveUncovered(ctx: Ctx, call: calls.Call, waves: number, asked: number) {
  if (call.state === 'not_covered') return
  await calls.takeStep(ctx, call.id, 'not_covered', 'rule')
  announce(ctx, notCovered, { ...(await facts(ctx, call)), waves, asked })
  await tell(ctx, call, 'not_covered')
}

/** The body agrees to a telephone or a screen: distance no longer counts, and whoever was too far is asked. */
export async function changeMode(
  ctx: Ctx,
  call_id: string,
  { mode, link = '' }: { mode: string; link?: string | undefined },
) {
  const call = await calls.lockCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({
    form: isSearching(call.state) || call.state === 'sent' ? undefined : 'mediation.error.moved_on',
    mode: mode === 'PRES' && !call.place ? 'mediation.error.place' : undefined,
  })
  await calls.changeMode(ctx, call_id, { mode, link })
  if (isSearching(call.state)) await startWave(ctx, call_id)
}

/** The coordinator steps in: ask more people now, or leave it uncovered. */
export async function widen(ctx: Ctx, call_id: string, all: boolean) {
  const call = await calls.findCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ form: isSearching(call.state) ? undefined : 'mediation.error.moved_on' })
  await startWave(ctx, call_id, { all })
}
export async function giveUp(ctx: Ctx, call_id: string) {
  const call = await calls.lockCall(ctx, call_id)
  allow(ctx.actor.can(may.coordinate))
  refuse({ form: isSearching(call.state) && call.state !== 'not_covered' ? undefined : 'mediation.error.moved_on' })
  await callOff(ctx, call_id)
  const waves = await search.wavesOf(ctx, call_id)
  await leaveUncovered(ctx, call, waves.length, (await search.offersOf(ctx, call_id)).length)
}

/** Nobody else may take it: their links say so from now on. */
export async function callOff(ctx: Ctx, call_id: string) {
  await search.endWaves(ctx, call_id)
  await search.closeOffers(ctx, call_id, 'withdrawn')
}

// --- the answer -----------------------------------------------------------------------------------------------------

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
