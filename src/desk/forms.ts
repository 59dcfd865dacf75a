import { z } from 'zod'
import { choice, day, email, id, longText, several, text, tick, time, whole } from '../kernel/form.ts'
import { languages } from '../kernel/i18n.ts'
import {
  callReasons,
  forWhom,
  helps,
  missedWhy,
  needCodes,
  openingKinds,
  outcomes,
  withdrawalReasons,
} from './codes.ts'

/** A day and an hour, as addresses say it: `2026-11-30T1500`. */
const slot = () => text(15).regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])[0-5]\d$/, { error: 'desk.error.slot_closed' })
const needs = several(choice(needCodes), 20)

export const visitForm = z.object({
  person_id: id(),
  /** Others of the household, served together. */
  also: several(id(), 12),
  arrival_id: id().optional(),
  needs,
  outcome: choice(outcomes),
  minutes: whole(1, 480).optional(),
  for_whom: choice(forWhom).optional(),
  mandate_seen: tick(),
  help: several(choice(helps)),
  language: text(12).optional(),
  mediator_present: tick(),
  sent_to: text(200).optional(),
  answer_wanted: tick(),
  note: longText(4000).optional(),
  /** "Save" alone was pressed: nobody is called. */
  after: choice(['stay']).optional(),
})
export const informationForm = z.object({ needs, arrival_id: id().optional(), minutes: whole(1, 480).optional() })
export const arrivalForm = z.object({ called_as: text(80).optional() })
export const undoForm = z.object({ visit: id() })
export const noFields = z.object({})
export const searchForm = z.object({ who: text(200), arrival_id: id().optional() })
const slots = {
  slot_minutes: whole(5, 240).optional(),
  slot_places: whole(1, 20).optional(),
  open_booking: tick(),
}
export const openingForm = z.object({
  kind: choice(openingKinds),
  /** None: today. */
  on_day: day().optional(),
  starts_at: time(),
  ends_at: time(),
  place: text(200).optional(),
  ...slots,
})
export const seriesForm = z.object({
  kind: choice(openingKinds),
  weekday: choice(['1', '2', '3', '4', '5', '6', '7']),
  starts_at: time(),
  ends_at: time(),
  since: day(),
  place: text(200).optional(),
  ...slots,
})
/** The slots of a weekly opening. */
export const slotsForm = z.object(slots)
/** One day that does not keep to the week. */
export const dayForm = z.object({
  on_day: day(),
  what: choice(['closed', 'hours']),
  starts_at: time().optional(),
  ends_at: time().optional(),
})
export const withdrawalForm = z.object({ reason: choice(withdrawalReasons) })
export const noteForm = z.object({ text: longText(4000), for_lawyer: tick() })

// --- appointments ---------------------------------------------------------------------------------------------------

/** Without an account: a name to be called by, and an address or a code on paper. */
export const bookForm = z.object({
  slot: slot().optional(),
  called_as: text(80),
  email: email().optional(),
  privacy: z.string({ error: 'desk.error.privacy' }),
})
export const moveForm = z.object({ slot: slot() })
export const codeForm = z.object({ code: text(40) })
export const giveForm = z.object({
  slot: slot(),
  person_id: id().optional(),
  called_as: text(80).optional(),
  email: email().optional(),
  lang: choice(languages).optional(),
})
export const missedForm = z.object({ why: choice(missedWhy) })
export const calledForm = z.object({ what: choice(callReasons), how: choice(['reached', 'no_answer']) })

export type BookInput = z.infer<typeof bookForm>
export type GiveInput = z.infer<typeof giveForm>
export type SlotsInput = z.infer<typeof slotsForm>
export type DayInput = z.infer<typeof dayForm>
export type VisitInput = Omit<z.infer<typeof visitForm>, 'also'> & { also?: string[] }
export type InformationInput = z.infer<typeof informationForm>
export type OpeningInput = Omit<z.infer<typeof openingForm>, 'open_booking'> & { open_booking?: boolean }
export type SeriesInput = z.infer<typeof seriesForm>
