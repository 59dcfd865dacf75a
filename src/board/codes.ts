/** The pictograms a card may carry, and the roles who own cards. */
import type { PictogramName } from '../ui/pictograms.ts'

export const cardPictograms = [
  'building-community',
  'id',
  'briefcase',
  'abc',
  'stethoscope',
  'school',
  'home',
  'device-mobile',
  'scale',
  'heart-handshake',
  'users',
  'book',
  'coin-euro',
  'bus',
  'messages',
  'shield',
] as const satisfies readonly PictogramName[]
export type CardPictogram = (typeof cardPictograms)[number]
export const pictogramOf = (name: string | null): CardPictogram =>
  cardPictograms.find((one) => one === name) ?? 'building-community'

export const deskKinds = ['foreigners', 'refugees', 'digital', 'self'] as const
