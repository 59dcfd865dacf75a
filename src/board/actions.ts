/** The door of the board: what others may ask and do. */
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
