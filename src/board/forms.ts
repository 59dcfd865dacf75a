import { z } from 'zod'
import { choice, day, email, id, longText, phone, several, text, tick, time, whole } from '../kernel/form.ts'
import { cardPictograms, deskKinds } from './codes.ts'

const words = {
  title: text(160),
  summary: text(400).optional(),
  body: longText(12_000).optional(),
  bring: text(2000).optional(),
  for_whom: text(500).optional(),
  cost: text(300).optional(),
  booking: text(500).optional(),
}
const source = { ...words, plain_summary: text(400).optional(), plain_body: longText(12_000).optional() }

/** `button`: what the second button asks for. */
export const newItemForm = z.object({ ...source, button: choice(['preview']).optional() })
export const sourceForm = z.object({ ...source, version: whole(0, 1_000_000), button: choice(['preview']).optional() })
export const translationForm = z.object({
  ...words,
  alt: text(300).optional(),
  of_version: whole(1, 1_000_000),
  revision: whole(0, 1_000_000),
  origin: choice(['person', 'machine']),
})
export const stillGoodForm = z.object({ of_version: whole(1, 1_000_000), revision: whole(1, 1_000_000) })
export const translationCheckForm = z.object({ revision: whole(1, 1_000_000) })

export const publicationForm = z.object({
  published_from: day(),
  published_until: day().optional(),
  owner: id().optional(),
})
/** The picture itself is a file. */
export const pictureForm = z.object({ alt: text(300) })
export const cardCheckForm = z.object({ by_whom: text(120), next: day() })
export const serviceForm = z.object({
  organisation_id: id().optional(),
  place_id: id().optional(),
  phone: phone().optional(),
  email: email().optional(),
  website: z
    .url({ protocol: /^https?$/, error: 'board.error.not_a_website' })
    .max(300)
    .optional(),
  languages: several(z.string().regex(/^[a-z]{2,3}$/, { error: 'kernel.form.not_a_choice' }), 60),
  needs: several(z.string().max(40), 100),
  free: tick(),
  pictogram: choice(cardPictograms),
  hours_of: choice(deskKinds).optional(),
  keeps_closures: tick(),
})
export const hoursForm = z.object({
  weekday: choice(['1', '2', '3', '4', '5', '6', '7']),
  starts_at: time(),
  ends_at: time(),
})
export const exceptionForm = z.object({
  on_day: day(),
  closed: tick(),
  starts_at: time().optional(),
  ends_at: time().optional(),
})
export const eventForm = z.object({
  on_day: day(),
  starts_at: time(),
  ends_at: time(),
  place_id: id().optional(),
  place_text: text(300).optional(),
  organisation_id: id().optional(),
  sign_up: tick(),
  capacity: whole(1, 2000).optional(),
  needs: several(z.string().max(40), 100),
})
export const attendForm = z.object({ sign_up_id: id().optional(), person_id: id().optional(), minutes: whole(1, 1440) })
export const findForm = z.object({ who: text(200), sign_up_id: id().optional() })
export const nothing = z.object({})

// for everybody
export const usefulForm = z.object({ useful: choice(['yes', 'no']) })
export const signUpForm = z
  .object({ called_as: text(80), email: email().optional(), phone: phone().optional() })
  .refine(({ email, phone }) => email || phone, {
    path: ['phone'],
    error: 'board.error.one_contact',
    // Whoever left out more than this hears of all of it at once.
    when: () => true,
  })

export type SourceInput = z.infer<typeof newItemForm>
export type TranslationInput = z.infer<typeof translationForm>
export type PublicationInput = z.infer<typeof publicationForm>
export type ServiceInput = z.infer<typeof serviceForm>
export type HoursInput = z.infer<typeof hoursForm>
export type ExceptionInput = z.infer<typeof exceptionForm>
export type EventInput = z.infer<typeof eventForm>
export type SignUpInput = z.infer<typeof signUpForm>
export type AttendInput = z.infer<typeof attendForm>
