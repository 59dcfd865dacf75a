/** The door of monitoring: facts come in and are taken back; figures, their people and their papers come out. */
export { definitions, foundIndicators } from './actions/definitions.ts'
export { type ProgressRow, progress, report } from './actions/figures.ts'
export {
  exportFacts,
  hearBoardEvents,
  hearBoardWithdrawals,
  hearVisits,
  hearWithdrawals,
  recordFacts,
  reverse,
} from './actions/ledger.ts'
export { publicFigures } from './actions/open-data.ts'
export { organisationsServed } from './actions/organisations.ts'
export { countsIn, evidenceOf, notCountable, peopleOf } from './actions/people.ts'
export type { Told } from './rules/facts.ts'
export type { Figure, Period, Report } from './rules/report.ts'
