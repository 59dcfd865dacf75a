/** What the tavolo announces. Ids and days only. */
import { event } from '../kernel/events.ts'

/** It met, and who came is known. */
export const meetingHeld = event<{ meeting_id: string; on: string; minutes: number }>('tavolo.meeting_held')
/**
 * Somebody came for a body. `first` is false when the same person had come to this meeting for another body: the body was
 * there, the person is counted once.
 */
export const attended = event<{
  attendance_id: string
  meeting_id: string
  member_id: string
  organisation_id: string
  first: boolean
  on: string
}>('tavolo.attended')
/** Written by mistake, and told already. */
export const attendanceWithdrawn = event<{
  attendance_id: string
  member_id: string
  /** The body the same person came for all the same, and that attendance. */
  still: string | null
  still_attendance?: string
  on: string
}>('tavolo.attendance_withdrawn')
export const decisionTaken = event<{
  decision_id: string
  meeting_id: string
  /** Of participation, when the point was one. */
  theme_id: string | null
  year: number
  number: number
  on: string
}>('tavolo.decision_taken')
export const minutesApproved = event<{ meeting_id: string; on: string }>('tavolo.minutes_approved')
