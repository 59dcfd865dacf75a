/**
 * Four kinds of refusal, one catcher (http.ts). Throwing rolls the transaction back: a refusal never leaves half a change.
 * What must stay after a refusal goes through `ctx.keep`.
 */
import type { Params, TextKey } from './i18n.ts'

/** One sentence for the person, as a key with its values. */
export type Problem = TextKey | readonly [TextKey, Params]
export type Problems<Input = Record<string, unknown>> = { [Field in keyof Input & string]?: Problem } & {
  form?: Problem
}

/** What was typed is not right: the same page again, 422, with these sentences beside the fields. */
export class Refused extends Error {
  readonly problems: Record<string, Problem>
  constructor(problems: Record<string, Problem>) {
    super(`refused: ${Object.keys(problems).join(', ')}`)
    this.problems = problems
  }
}
/** Nothing can be kept for now: the same page again with what was typed, 503. */
export class NoRoom extends Refused {
  constructor() {
    super({ form: 'kernel.form.no_room' })
  }
}
/** The actor may not do this: 403. */
export class Forbidden extends Error {}
/** Nothing here under this address, or nothing this Ambito may know of: 404, the same either way. */
export class NotFound extends Error {}
/** The page was made in another Ambito or another state than the one it is sent in: 409. */
export class Conflict extends Error {}

/** A program came without a key we know: 401. */
export class Unknown extends Error {}
/** Asked too often: 429, and after how many seconds again. */
export class TooMany extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('too many')
    this.seconds = seconds
  }
}

export function refuse(problems: Problems) {
  const given = Object.entries(problems).filter((entry): entry is [string, Problem] => entry[1] !== undefined)
  if (given.length > 0) throw new Refused(Object.fromEntries(given))
}

export function allow(yes: boolean) {
  if (!yes) throw new Forbidden()
}

/** For `executeTakeFirstOrThrow`: an absent row is a 404, never a crash. */
export const notFound = () => new NotFound()
