/** What a body's own system is told and may do: what its contact could, of the calls of that body. */
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, refuse, TooMany } from '../../kernel/errors.ts'
import { filesOf, serveFile } from '../../kernel/files/files.ts'
import type { Limit } from '../../kernel/limits.ts'
import type { AskedFor, HoursInput } from '../forms.ts'
import { type Phase, phaseOf, statesOf } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import type * as hours from '../store/hours.ts'
import { markUsed, type System, systemOfKey } from '../store/systems.ts'
import { open } from '../urls.ts'
import { askBySystem, cancelCall } from './asking.ts'
import { confirmRight, dispute, waitingFor } from './confirming.ts'
import { link, statusLink } from './letters.ts'
import { keepText } from './texts.ts'

/** A year of recurring calls is one request: nobody asks more often than this by hand or by program. */
const asks: Limit = { name: 'mediation.system_asks', points: 60, seconds: 3600 }

export async function callerOf(ctx: Ctx, key: string) {
  const system = await systemOfKey(ctx, key)
  if (system && system.used_on !== ctx.today) await markUsed(ctx, system.id)
  return system
}

const at = (moment: string) => instantOf(moment).toString()

/** Her name, once she has taken it; never her number. */
async function told(ctx: Ctx, call: calls.Call | calls.CallLine) {
  return {
    id: call.id,
    number: call.number,
    state: call.state,
    phase: phaseOf(call.state),
    series: call.series_id,
    language: call.language,
    variety: call.variety,
    field: call.field,
    purpose: call.purpose,
    mode: call.mode,
    comune: call.comune,
    place: call.place,
    minutes: call.minutes,
    urgent: call.urgent,
    options: (await calls.optionsOf(ctx, call.id)).map(({ starts_at, ends_at }) => ({
      starts_at: at(starts_at),
      ends_at: at(ends_at),
    })),
    starts_at: call.starts_at && at(call.starts_at),
    ends_at: call.ends_at && at(call.ends_at),
    mediator: call.mediator_name && { name: call.mediator_name },
  }
}

async function theirCall(ctx: Ctx, { body_id, contact_id }: System, id: string) {
  const call = await calls.findCall(ctx, id)
  if (call.body_id !== body_id || call.contact_id !== contact_id) throw new NotFound()
  return call
}

export async function ask(ctx: Ctx, system: System, input: AskedFor) {
  if (!(await ctx.limits.take(asks, system.id))) throw new TooMany(asks.seconds)
  const ids = await askBySystem(ctx, system, input)
  const requests = []
  for (const id of ids) requests.push(await told(ctx, await calls.findCall(ctx, id)))
  // For people: the door list, the request once more.
  const page = link(
    ctx,
    open.status.href({ l: system.contact_lang, token: await statusLink(ctx, { id: ids[0] as string }) }),
  )
  return { requests, page }
}

export async function list(ctx: Ctx, { body_id, contact_id }: System, query: URLSearchParams) {
  const phase = query.get('phase')
  const states = phase === null ? undefined : statesOf(phase as Phase)
  const since = query.get('changed_after')
  refuse({
    phase: states?.length === 0 ? 'kernel.form.not_a_choice' : undefined,
    changed_after: since !== null && !momentIn(since) ? 'kernel.form.not_a_time' : undefined,
  })
  const found = await calls.listCalls(ctx, {
    body_id,
    contact_id,
    states,
    changed_after: since === null ? undefined : momentIn(since),
    limit: most,
  })
  const requests = []
  for (const call of found) requests.push(await told(ctx, call))
  return { requests, most }
}
const most = 100
function momentIn(text: string) {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}

export async function one(ctx: Ctx, system: System, id: string) {
  const call = await theirCall(ctx, system, id)
  const steps = await calls.stepsOf(ctx, id)
  return { ...(await told(ctx, call)), steps: steps.map((step) => ({ state: step.state, at: at(step.at) })) }
}

export async function cancel(ctx: Ctx, system: System, id: string) {
  await theirCall(ctx, system, id)
  await cancelCall(ctx, id, 'body')
  return one(ctx, system, id)
}

// --- written translation --------------------------------------------------------------------------------------------

export async function files(ctx: Ctx, system: System, id: string) {
  const call = await theirCall(ctx, system, id)
  const states = { clean: 'ready', not_scanned: 'ready', waiting: 'waiting', refused: 'refused' } as const
  const of = async (way: 'in' | 'out', is: 'original' | 'translation') => {
    const ids = await calls.filesOf(ctx, call.id, way)
    const rows = new Map((await filesOf(ctx, 'mediation', ids)).map((row) => [row.id, row]))
    return ids.flatMap((one) => {
      const row = rows.get(one)
      return row ? [{ id: row.id, is, type: row.type, bytes: row.size, state: states[row.scan] }] : []
    })
  }
  return { files: [...(await of('in', 'original')), ...(await of('out', 'translation'))] }
}
export async function sendFile(ctx: Ctx, system: System, id: string, bytes: Uint8Array) {
  const call = await theirCall(ctx, system, id)
  await keepText(ctx, call, 'in', bytes.length === 0 ? undefined : { name: '', type: '', bytes })
  return files(ctx, system, id)
}
export async function file(ctx: Ctx, system: System, id: string, file_id: string) {
  const call = await theirCall(ctx, system, id)
  const theirs = [...(await calls.filesOf(ctx, call.id, 'in')), ...(await calls.filesOf(ctx, call.id, 'out'))]
  if (!theirs.includes(file_id)) throw new NotFound()
  return serveFile(ctx, 'mediation', file_id)
}

// --- hours ----------------------------------------------------------------------------------------------------------

async function waiting(ctx: Ctx, { body_id, contact_id }: System) {
  const all = await waitingFor(ctx, contact_id)
  return { ...all, waiting: all.waiting.filter((call) => call.body_id === body_id) }
}

const hoursOf = ({ id, number, language, started_at, ended_at, paid_minutes, absent, mediator_name }: hours.Work) => ({
  id,
  number,
  language,
  started_at: at(started_at as string),
  ended_at: at(ended_at as string),
  minutes: paid_minutes,
  person_absent: absent,
  mediator: { name: mediator_name },
})
export const toConfirm = async (ctx: Ctx, system: System) => ({
  hours: (await waiting(ctx, system)).waiting.map(hoursOf),
})

export async function confirm(ctx: Ctx, system: System, input: HoursInput) {
  const theirs = await waiting(ctx, system)
  const known = new Set(theirs.waiting.map(({ id }) => id))
  refuse({ right: input.right.every((id) => known.has(id)) ? undefined : 'mediation.error.not_waiting' })
  await confirmRight(ctx, theirs, input, 'system')
  return toConfirm(ctx, system)
}

export async function contest(
  ctx: Ctx,
  system: System,
  call_id: string,
  input: { about: string; text?: string | undefined },
) {
  await dispute(ctx, await waiting(ctx, system), call_id, input)
  return toConfirm(ctx, system)
}
