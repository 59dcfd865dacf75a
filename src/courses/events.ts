/** What courses announce. Ids, codes and days only: never who somebody is. */
import { event } from '../kernel/events.ts'
import type { Kind, Moment } from './codes.ts'

type Edition = { edition_id: string; kind: Kind; civic: boolean; action: string; on: string }

/** Somebody has a place; participants of the fund only. */
export const enrolled = event<Edition & { enrolment_id: string; person_id: string }>('courses.enrolled')

/** Somebody was in a lesson that is closed. Participants have a person; operators and mediators are trainees with their body. */
export const lessonAttended = event<
  Edition & {
    attendance_id: string
    person_id: string | null
    trainee_id: string | null
    organisation_id: string | null
    minutes: number
  }
>('courses.lesson_attended')
/** Corrected after the closing: what was announced of this attendance did not happen so. */
export const attendanceWithdrawn = event<{
  attendance_id: string
  trainee_id: string | null
  /** Of the same person another attendance of the course stands. */
  still_came: boolean
  on: string
}>('courses.attendance_withdrawn')

export const levelGained = event<Edition & { level_id: string; person_id: string }>('courses.level_gained')
export const levelWithdrawn = event<{ level_id: string; on: string }>('courses.level_withdrawn')

/** Somebody has said in faces what they can do, on coming in or on leaving; what was said is asked of `learningOf`. */
export const selfRated = event<
  Edition & { rating_id: string; enrolment_id: string; person_id: string; moment: Moment }
>('courses.self_rated')

/** The first lesson is closed. */
export const editionStarted = event<Edition>('courses.edition_started')
/** It is over; who took part is asked of `participantsOf`. */
export const editionEnded = event<Edition>('courses.edition_ended')

export const certificateIssued = event<Edition & { certificate_id: string; person_id: string | null }>(
  'courses.certificate_issued',
)
export const certificateRevoked = event<{ certificate_id: string; on: string }>('courses.certificate_revoked')

/** A mediator has finished a refresher; who it is, is asked of `traineeContact`. */
export const refresherCompleted = event<{ edition_id: string; trainee_id: string; on: string; minutes: number }>(
  'courses.refresher_completed',
)
