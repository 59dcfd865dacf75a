/** What the digital afternoon announces, as facts. The minutes are told once, with the desk's visit. */
import type { afternoonHeld, sessionRecorded, sessionWithdrawn } from '../../digital/events.ts'
import type { Announced, EventType } from '../../kernel/events.ts'
import type { Told } from './facts.ts'

type Heard<Type> = Type extends EventType<infer Payload> ? readonly Announced<Payload>[] : never

export const sessionEvidence = (session_id: string) => `digital.session:${session_id}`

export const factsOfSessions = (events: Heard<typeof sessionRecorded>): Told[] =>
  events.map(({ event_id, payload }) => ({
    event_id,
    kind: 'digital.session',
    action: '03',
    person_id: payload.person_id,
    on_day: payload.on,
    evidence: sessionEvidence(payload.session_id),
  }))

export const sessionsTakenBack = (events: Heard<typeof sessionWithdrawn>) =>
  events.map(({ event_id, payload }) => ({ event_id, evidence: sessionEvidence(payload.session_id) }))

export const factsOfAfternoons = (events: Heard<typeof afternoonHeld>): Told[] =>
  events.map(({ event_id, payload }) => ({
    event_id,
    kind: 'digital.afternoon',
    action: '03',
    person_id: null,
    on_day: payload.on,
    evidence: `digital.afternoon:${payload.afternoon_id}`,
  }))
