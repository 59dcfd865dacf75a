/** What this module holds of a person: given back whole on request, emptied on erasure (GDPR articles 15 and 17). */
import type { Ctx } from '../kernel/ctx.ts'
import { mergesOf } from './store/duplicates.ts'
import { allGuardiansOf, forgetKin, membershipsOf } from './store/households.ts'
import { emptyRows, rowsOf } from './store/splitting.ts'
import * as store from './store.ts'

export async function exportPeople(ctx: Ctx, ids: string[]) {
  return {
    persons: await store.allOf(ctx, ids),
    names: await store.namesOf(ctx, ids),
    phones: await store.phonesOf(ctx, ids),
    emails: await store.emailsOf(ctx, ids),
    languages: await store.languagesOf(ctx, ids),
    citizenships: await store.citizenshipsOf(ctx, ids),
    titles: await store.titlesOf(ctx, ids),
    privacy_notices: await store.noticesOf(ctx, ids),
    households: await membershipsOf(ctx, ids),
    guardians: await allGuardiansOf(ctx, ids),
    register_rows: await rowsOf(ctx, ids),
    merges: await mergesOf(ctx, ids),
  }
}

/** The id, gender and the year of birth stay, so that counts stay; names, contacts, numbers and search keys go. */
export async function erasePeople(ctx: Ctx, ids: string[]) {
  await store.erasePersons(ctx, ids)
  await forgetKin(ctx, ids)
  await emptyRows(ctx, ids)
}
