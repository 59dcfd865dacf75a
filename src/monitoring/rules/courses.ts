/** What courses announce, as facts. Participants count by their attendances; operators and mediators are trainees, counted apart and never as persons. */
import type { Announced } from '../../kernel/events.ts'
import type { Told } from './facts.ts'

type Edition = { edition_id: string; kind: string; civic: boolean; action: string; on: string }
type Heard<Payload> = readonly Announced<Payload>[]

const forStaff = (kind: string) => kind === 'operators' || kind === 'mediators'
export const attendanceEvidence = (id: string) => `courses.attendance:${id}`
export const traineeEvidence = (id: string) => `courses.trainee:${id}`
export const levelEvidence = (id: string) => `courses.level:${id}`
export const certificateEvidence = (id: string) => `courses.certificate:${id}`

export const factsOfEnrolments = (events: Heard<Edition & { enrolment_id: string; person_id: string }>): Told[] =>
  events.map(({ event_id, payload }) => ({
    event_id,
    kind: 'courses.enrolment',
    action: payload.action,
    person_id: payload.person_id,
    on_day: payload.on,
    evidence: `courses.enrolment:${payload.enrolment_id}`,
  }))

type Attended = Edition & {
  attendance_id: string
  person_id: string | null
  trainee_id: string | null
  organisation_id: string | null
  minutes: number
}

/** A language course that is civic too is two kinds; its minutes are told once. */
export const factsOfAttendances = (events: Heard<Attended>): Told[] =>
  events.flatMap(({ event_id, payload }): Told[] => {
    const { kind, civic, action, on: on_day, minutes, person_id, trainee_id, organisation_id, attendance_id } = payload
    const shared = { event_id, action, on_day }
    if (forStaff(kind))
      return trainee_id
        ? [
            {
              ...shared,
              kind: `courses.attendance.${kind}`,
              person_id: null,
              minutes,
              organisation: organisation_id,
              evidence: traineeEvidence(trainee_id),
            },
          ]
        : []
    const own = { ...shared, person_id, evidence: attendanceEvidence(attendance_id) }
    const kinds = [kind === 'other' ? 'experiential' : kind, ...(civic ? ['civic'] : [])]
    return kinds.map((one, at) => ({ ...own, kind: `courses.attendance.${one}`, ...(at === 0 && { minutes }) }))
  })

/** Of a trainee only when no other attendance stands: the evidence is the person, not the lesson. */
export const evidenceTakenBack = (
  events: Heard<{ attendance_id: string; trainee_id: string | null; still_came: boolean }>,
) =>
  events.flatMap(({ event_id, payload: { attendance_id, trainee_id, still_came } }) =>
    trainee_id
      ? still_came
        ? []
        : [{ event_id, evidence: traineeEvidence(trainee_id) }]
      : [{ event_id, evidence: attendanceEvidence(attendance_id) }],
  )

export const factsOfLevels = (events: Heard<Edition & { level_id: string; person_id: string }>): Told[] =>
  events.map(({ event_id, payload }) => ({
    event_id,
    kind: 'courses.level_gained',
    action: payload.action,
    person_id: payload.person_id,
    on_day: payload.on,
    evidence: levelEvidence(payload.level_id),
  }))

export const factsOfEditions = (kind: 'courses.started' | 'courses.completed', events: Heard<Edition>): Told[] =>
  events.map(({ event_id, payload }) => ({
    event_id,
    kind: `${kind}.${payload.kind}`,
    action: payload.action,
    person_id: null,
    on_day: payload.on,
    evidence: `courses.edition:${payload.edition_id}`,
  }))

export const factsOfCertificates = (
  events: Heard<Edition & { certificate_id: string; person_id: string | null }>,
): Told[] =>
  events.flatMap(({ event_id, payload }) =>
    payload.person_id
      ? [
          {
            event_id,
            kind: 'courses.certificate',
            action: payload.action,
            person_id: payload.person_id,
            on_day: payload.on,
            evidence: certificateEvidence(payload.certificate_id),
          },
        ]
      : [],
  )
