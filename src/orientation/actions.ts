/** The door of orientation: what others may ask. */
export { openPlanOf } from './actions/plans.ts'
