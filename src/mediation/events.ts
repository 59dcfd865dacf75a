/** What mediation announces. Ids, codes and days only: never who was helped or why. */
import { event } from '../kernel/events.ts'

type Call = {
  call_id: string
  on: string
  language: string | null
  field: string
  comune: string
  mode: string
  organisation_id: string | null
}

/** A body asked, and its address is verified. */
export const callRequested = event<Call>('mediation.call_requested')
/** A mediator reported an intervention held. */
export const callDone = event<Call & { minutes: number }>('mediation.call_done')
/** By the body, after it was asked for. */
export const callCancelled = event<Call>('mediation.call_cancelled')
/** Nobody could go: for the agenda of the tavolo. */
export const notCovered = event<Call & { waves: number; asked: number }>('mediation.not_covered')
/** Covered after all: it is taken off that list. */
export const coveredAfterAll = event<{ call_id: string; on: string }>('mediation.covered_after_all')
/** The body countersigned; `kind`: on_site, remote, translation. */
export const hoursConfirmed = event<
  Call & { report_id: string; minutes: number; kind: 'on_site' | 'remote' | 'translation' }
>('mediation.hours_confirmed')
/** A confirmation was taken back for a correction: a later one follows. */
export const hoursReopened = event<{ call_id: string; report_id: string; on: string }>('mediation.hours_reopened')
/** The month is closed: these hours are held for good, and the budget may charge them. */
export const hoursLocked = event<Call & { minutes: number; cents: number; contract_id: string; mediator_id: string }>(
  'mediation.hours_locked',
)
/** A scheda destinatario became a person's file: somebody was helped in a call. */
export const personHelped = event<{ call_id: string; person_id: string; on: string }>('mediation.person_helped')
