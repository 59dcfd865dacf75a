/** What people announces. Ids and days only. */
import { event } from '../kernel/events.ts'

export const personCreated = event<{ person_id: string; on: string }>('people.person_created')
/** Something that decides whether the person counts has changed: citizenship, birth, gender, title, notice. */
export const standingChanged = event<{ person_id: string }>('people.standing_changed')
