/** What the desk announces. Ids, codes and days only. */
import { event } from '../kernel/events.ts'
import type { OwnService } from './codes.ts'

/** One visit of one person (or of nobody named); each need is an intervention. */
export const visitRecorded = event<{
  visit_id: string
  /** Null: anonymous information, an activity figure and never a participant. */
  person_id: string | null
  on: string
  /** Kind of the opening: foreigners, refugees, digital, self. */
  opening_kind: string
  opening_id: string
  minutes: number | null
  /** Codes of lists/needs.json. */
  needs: string[]
  outcome: string
}>('desk.visit_recorded')

/** A visit entered by mistake was taken back: what it announced did not happen. */
export const visitWithdrawn = event<{ visit_id: string; on: string }>('desk.visit_withdrawn')

/** Somebody was sent to a service of the programme itself; a visit taken back takes this back with it. */
export const personSent = event<{ visit_id: string; person_id: string; to: OwnService; on: string }>('desk.person_sent')

/** What a page of this opening follows: its queue (kernel/live.ts). */
export const queueTopic = (opening_id: string) => `desk.queue ${opening_id}`
