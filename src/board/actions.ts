/** The door of the board: what others may ask and do. */
export {
  eventsShown,
  nextEvents,
  noticesShown,
  publicItems,
  type ServiceLine,
  type EventShownLine,
  servicesForNeeds,
  servicesShown,
} from './actions/reading.ts'
export { searchBoard } from './actions/search.ts'
