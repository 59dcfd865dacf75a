/** Hours of guidance and what was applied for, as the ledger keeps them. */
import type { Announced, EventType } from '../../kernel/events.ts'
import type { recognitionApplied, sessionHeld } from '../../orientation/events.ts'
import type { Told } from './facts.ts'

type Held = typeof sessionHeld extends EventType<infer Payload> ? Payload : never
type Applied = typeof recognitionApplied extends EventType<infer Payload> ? Payload : never

export const sessionEvidence = (session_id: string) => `orientation.session:${session_id}`
export const recognitionEvidence = (milestone_id: string) => `orientation.milestone:${milestone_id}`

/** A group is guidance, but nobody's personal one; going along has a kind of its own below it. */
const kinds = {
  individual: 'orientation.session.individual',
  group: 'orientation.session',
  accompaniment: 'orientation.session.accompaniment',
} as const

/** One fact for each person; the minutes are time given, so they are told once. */
export const factsOfSessions = (events: readonly Announced<Held>[]): Told[] =>
  events.flatMap(({ event_id, payload: { session_id, kind, on, minutes, person_ids } }) =>
    person_ids.map((person_id, at) => ({
      event_id,
      kind: kinds[kind],
      action: '02',
      person_id,
      on_day: on,
      minutes: at === 0 && minutes > 0 ? minutes : null,
      evidence: sessionEvidence(session_id),
    })),
  )

export const factsOfRecognitions = (events: readonly Announced<Applied>[]): Told[] =>
  events.map(({ event_id, payload: { milestone_id, person_id, on } }) => ({
    event_id,
    kind: 'orientation.application.qualification',
    action: '02',
    person_id,
    on_day: on,
    evidence: recognitionEvidence(milestone_id),
  }))
