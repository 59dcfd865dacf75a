/** The door of the board: what others may ask and do. */
export { type ItemForLetter, itemsForLetters } from './actions/for-letters.ts'
export {
  type EventShownLine,
  eventsShown,
  nextEvents,
  noticesShown,
  publicItems,
  type ServiceLine,
  servicesForNeeds,
  servicesShown,
} from './actions/reading.ts'
export { searchBoard } from './actions/search.ts'
export { daysUnlike } from './rules/hours.ts'
export { htmlOf } from './rules/markdown.ts'
