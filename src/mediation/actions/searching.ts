/** The search for somebody: waves of offers with a deadline each, exactly one winner, and what happens when nobody can. */
import { dayOf, instantOf, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { settingOf } from '../../programme/actions.ts'
import { momentInWords } from '../../ui/words-of-time.ts'
import { coveredAfterAll, notCovered } from '../events.ts'
import { may } from '../rules/may.ts'
import { rank } from '../rules/ranking.ts'
import { urgentMinutes, waveHours, waveSize } from '../rules/settings.ts'
import { isSearching } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as contracts from '../store/contracts.ts'
import { makeLink } from '../store/links.ts'
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
