import { job } from '../kernel/events.ts'
import { lookForDuplicates } from './actions/duplicates.ts'

/** After somebody was created or changed: is there another file of the same person? */
export const duplicatesJob = job<{ person_id: string }>('people.duplicates', (ctx, { person_id }) =>
  lookForDuplicates(ctx, person_id),
)
