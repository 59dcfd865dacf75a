import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import type { Problem, Problems } from '../../kernel/errors.ts'

const judge = new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
const ours = [
  'labimpact',
  'lab impact',
  'lodi',
  'ambito',
  'comune',
  'sportello',
  'accoglienza',
  'integrazione',
  'fami',
  'password',
  'mediazione',
  'tavolo',
]

/** No rule of composition: only how many guesses it would take somebody who knows the person and the place. */
export function passwordProblem(password: string, known: readonly string[]): Problem | undefined {
  const lower = known.map((one) => one.toLowerCase())
  const parts = lower
    .flatMap((one) => [one.replaceAll(/[\s@.]+/g, ''), ...one.split(/[\s@.]+/)])
    .filter((part) => part.length > 2)
  const { score } = judge.check(password, [...ours, ...lower, ...parts])
  return score < 3 ? 'accounts.error.weak' : undefined
}

export function chosenPasswordProblems(
  { password, again }: { password: string; again: string },
  known: readonly string[],
): Problems {
  const weak = passwordProblem(password, known)
  return { ...(weak && { password: weak }), ...(password !== again && { again: 'accounts.error.not_the_same' }) }
}
