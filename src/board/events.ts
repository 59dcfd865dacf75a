/** What the board announces. Ids, codes and days only. */
import { event } from '../kernel/events.ts'

/** Once for each item, on the first day anybody can read it. */
export const itemPublished = event<{ item_id: string; kind: 'service' | 'notice' | 'event' | 'page'; on: string }>(
  'board.item_published',
)
export const itemWithdrawn = event<{ item_id: string; on: string }>('board.item_withdrawn')

/** One who came to an event; nobody named when not known. */
export const eventAttended = event<{
  attendance_id: string
  event_id: string
  person_id: string | null
  on: string
  minutes: number
}>('board.event_attended')
/** Entered by mistake: what it announced did not happen. */
export const attendanceWithdrawn = event<{ attendance_id: string; on: string }>('board.attendance_withdrawn')
