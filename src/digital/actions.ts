/** The door of the digital afternoon. */
export { figures } from './actions/figures.ts'
export { recordGroup, recordHelp } from './actions/helping.ts'
