/** R.2.8: better by at least one step on leaving than on coming in. */
import { stepOf } from '../codes.ts'

/** From no schooling to pre-A1 is a step only if the lead says so. */
export function gained(entry: string | undefined, exit: string | undefined, alfa_is_a_step: boolean) {
  const [from, to] = [entry ? stepOf(entry) : null, exit ? stepOf(exit) : null]
  if (from === null || to === null) return false
  return (alfa_is_a_step ? to - from : to - Math.max(from, 1)) >= 1
}
export const falls = (entry: string | undefined, exit: string | undefined) => {
  const [from, to] = [entry ? stepOf(entry) : null, exit ? stepOf(exit) : null]
  return from !== null && to !== null && to < from
}
