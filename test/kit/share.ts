/**
 * What every form or address is to bear times everything there is to try is more than ten minutes hold. Each takes a share in
 * turn, so that together they see all of it every time; `npm run test:long` tries everything on each.
 */
const whole = process.env.LONG_TESTS === '1'

/** One in `share` of them, beginning with another at every `turn`. */
export const inTurn = <One>(all: readonly One[], turn: number, share: number) =>
  whole ? all : all.filter((_, at) => (at + turn) % share === 0)
