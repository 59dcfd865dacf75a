import type { Problem } from '../errors.ts'

/** The file cannot be read as a table; `problem` says why in one sentence. */
export class NotASheet extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`not a spreadsheet: ${typeof problem === 'string' ? problem : problem[0]}`)
    this.problem = problem
  }
}
