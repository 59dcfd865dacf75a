/** What mediation announces, as facts of Azione 02. Evidence is the call, or for its hours the report that was countersigned. */
import type { Announced } from '../../kernel/events.ts'
import type { Told } from './facts.ts'

type Call = { call_id: string; on: string; organisation_id: string | null }
type Heard<Payload> = readonly Announced<Payload>[]

export const callEvidence = (call_id: string) => `mediation.call:${call_id}`
export const reportEvidence = (report_id: string) => `mediation.report:${report_id}`
export const uncoveredEvidence = ({ call_id }: { call_id: string }) => `mediation.not_covered:${call_id}`

const fact = (event_id: string, kind: string, { call_id, on, organisation_id }: Call): Told => ({
  event_id,
  kind,
  action: '02',
  person_id: null,
  on_day: on,
  organisation: organisation_id,
  evidence: callEvidence(call_id),
})

export const factsOfCalls = (kind: 'mediation.request' | 'mediation.cancelled', events: Heard<Call>) =>
  events.map(({ event_id, payload }) => fact(event_id, kind, payload))
export const factsOfDone = (events: Heard<Call & { minutes: number }>) =>
  events.map(({ event_id, payload }) => ({ ...fact(event_id, 'mediation.done', payload), minutes: payload.minutes }))
export const factsOfUncovered = (events: Heard<Call>) =>
  events.map(({ event_id, payload }) => ({
    ...fact(event_id, 'mediation.not_covered', payload),
    evidence: uncoveredEvidence(payload),
  }))
export const factsOfHours = (events: Heard<Call & { minutes: number; kind: string; report_id: string }>) =>
  events.map(({ event_id, payload }) => ({
    ...fact(event_id, `mediation.hours.${payload.kind}`, payload),
    minutes: payload.minutes,
    evidence: reportEvidence(payload.report_id),
  }))
export const factsOfHelped = (events: Heard<{ call_id: string; person_id: string; on: string }>): Told[] =>
  events.map(({ event_id, payload }) => ({
    ...fact(event_id, 'mediation.assisted', { ...payload, organisation_id: null }),
    person_id: payload.person_id,
  }))
