import { Minutes, Percent } from '../../ui/time.tsx'
import type { Hours } from '../actions/outcomes.ts'

/** Always both; the hours alone where nobody knows how long the course was. */
export const HoursAndPercent = ({ of: { minutes, percent } }: { of: Hours }) => (
  <>
    <Minutes of={minutes} />
    {percent !== null && (
      <>
        {' · '}
        <Percent of={percent} />
      </>
    )}
  </>
)
