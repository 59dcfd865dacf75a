import { z } from 'zod'
import { choice, day, id, longText, several, text, tick, time, whole } from '../kernel/form.ts'
import { forWhom, helps, needCodes, openingKinds, outcomes, withdrawalReasons } from './codes.ts'

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
export const openingForm = z.object({
  kind: choice(openingKinds),
  starts_at: time(),
  ends_at: time(),
  place: text(200).optional(),
})
export const seriesForm = z.object({
  kind: choice(openingKinds),
  weekday: choice(['1', '2', '3', '4', '5', '6', '7']),
  starts_at: time(),
  ends_at: time(),
  since: day(),
  place: text(200).optional(),
})
export const withdrawalForm = z.object({ reason: choice(withdrawalReasons) })
export const noteForm = z.object({ text: longText(4000), for_lawyer: tick() })

export type VisitInput = Omit<z.infer<typeof visitForm>, 'also'> & { also?: string[] }
export type InformationInput = z.infer<typeof informationForm>
export type OpeningInput = z.infer<typeof openingForm>
export type SeriesInput = z.infer<typeof seriesForm>
