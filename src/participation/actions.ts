/** The door of participation: what other modules may ask, and what they may start. */
export { repliesShown } from './actions/replies.ts'
export { type About, askExitSurvey } from './actions/surveys.ts'
export { setStatus, themeForTable, themeList } from './actions/themes.ts'
