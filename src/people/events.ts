/** What people announces. Ids and days only. */
import { event } from '../kernel/events.ts'

/** What these files are found by has changed: a name, birth, phone or number. */
export const filesChanged = event<{ person_ids: string[] }>('people.files_changed')
export const personCreated = event<{ person_id: string; on: string }>('people.person_created')
/** Something that decides whether the person counts has changed: citizenship, birth, gender, title, notice. */
export const standingChanged = event<{ person_id: string }>('people.standing_changed')
/** Two files are one person, or are two again: whoever keeps something per person groups by the canonical one. */
export const personsMerged = event<{ one: string; other: string }>('people.persons_merged')
export const mergeUndone = event<{ one: string; other: string }>('people.merge_undone')
/** A row of a register had been taken for the wrong person: what came in with it belongs to the other. */
export const rowSplitOff = event<{ register: string; row_id: string; from: string; to: string }>('people.row_split_off')
