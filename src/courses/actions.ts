/** The door of courses: what others may ask and do. */
export { participantsOf, traineeContact } from './actions/outcomes.ts'
export { learningOf } from './actions/portfolio.ts'
export { coursesShown } from './actions/reading.ts'
