/** What the digital afternoon announces. Ids, codes and days only. */
import { event } from '../kernel/events.ts'

/** Somebody was helped with a device, alone or in a small group; the minutes stand on the desk's visit. */
export const sessionRecorded = event<{
  /** The visit the sheet hangs on. */
  session_id: string
  person_id: string
  on: string
  how: string
  topics: string[]
  alone: string
}>('digital.session_recorded')

/** The visit was taken back, and the sheet with it. */
export const sessionWithdrawn = event<{ session_id: string; on: string }>('digital.session_withdrawn')

/** The afternoon was held, whoever came. */
export const afternoonHeld = event<{ afternoon_id: string; on: string }>('digital.afternoon_held')
