/** Of a course that came in with a register of before nobody may have written how long it was, or for how many. */
type Edition = { capacity: number | null; planned_minutes: number | null }

export const isComplete = ({ capacity, planned_minutes }: Edition) => capacity !== null && planned_minutes !== null

type Charge = { budget_line: string; from_day: string }
/** What an edition is charged to on a day: the last row that begins no later; rows come in the order they were written. */
export const chargedOn = <C extends Charge>(charges: readonly C[], day: string): C | undefined =>
  charges
    .filter(({ from_day }) => from_day <= day)
    .reduce<C | undefined>((best, one) => (best && best.from_day > one.from_day ? best : one), undefined)
