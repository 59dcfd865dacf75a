import type { eventAttended } from '../../board/events.ts'
import type { visitRecorded } from '../../desk/events.ts'
import type { Announced, EventType } from '../../kernel/events.ts'

/** A fact as it is told to the ledger. `evidence` is a typed reference to what proves it: `desk.visit:<id>`. */
export type Told = {
  event_id: string
  kind: string
  /** Of the project: 01, 02, 03; 00 for what serves them all. */
  action: string
  /** Null: anonymous information, or somebody who is no participant. */
  person_id: string | null
  on_day: string
  minutes?: number | null
  organisation?: string | null
  evidence: string
}

type Visit = typeof visitRecorded extends EventType<infer Payload> ? Payload : never

export const visitEvidence = (visit_id: string) => `desk.visit:${visit_id}`

/** A visit is one fact with its minutes, and one for each need; what was sent for somebody is a fact of its own. */
export function factsOfVisit({ event_id, payload: visit }: Announced<Visit>): Told[] {
  const action = visit.opening_kind === 'digital' ? '03' : '02'
  const shared = {
    event_id,
    action,
    person_id: visit.person_id,
    on_day: visit.on,
    evidence: visitEvidence(visit.visit_id),
  }
  return [
    { ...shared, kind: `desk.visit.${visit.opening_kind}`, minutes: visit.minutes },
    ...visit.needs.map((need) => ({ ...shared, kind: `desk.need.${need}` })),
    ...(visit.outcome === 'application_sent'
      ? visit.needs.map((need) => ({ ...shared, kind: `desk.application.${need}` }))
      : []),
  ]
}

type Attended = typeof eventAttended extends EventType<infer Payload> ? Payload : never

export const boardAttendanceEvidence = (attendance_id: string) => `board.attendance:${attendance_id}`

/** Coming to an event is socialising and participation: it leaves evidence like everything else. */
export const factOfBoardEvent = ({ event_id, payload }: Announced<Attended>): Told => ({
  event_id,
  kind: 'board.event',
  action: '03',
  person_id: payload.person_id,
  on_day: payload.on,
  minutes: payload.minutes,
  evidence: boardAttendanceEvidence(payload.attendance_id),
})
