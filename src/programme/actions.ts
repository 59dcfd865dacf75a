/** The door of the programme: what other modules may ask of the project, and what they may attach to it. */
export { type BudgetLine, budgetOn, type CostFamily, costFamilies, readCents } from './actions/budget.ts'
export { type DatedDeadline, deadlines } from './actions/calendar.ts'
export { logoBytes, logoStrip, type StripLogo } from './actions/logos.ts'
export { type ActionRow, areasOfWork, type Project, projectOf, rowsOf, type Words, wordsIn } from './actions/project.ts'
export {
  attachReference,
  type Reference,
  referenceFields,
  referencesOf,
  referencesOfMany,
} from './actions/references.ts'
export {
  aLittleIsPositive,
  alfaIsAStep,
  certificateThreshold,
  freezeDaysBefore,
  keptUntil,
  lastPaymentOn,
  reportPeriod,
  retentionYears,
  screenSignature,
  settingOf,
  settingWithMark,
} from './actions/settings.ts'
export { type SignedLines, signedLines } from './actions/signed-lines.ts'
export { expectedBy, type Target, type TargetRow, targets } from './actions/targets.ts'
