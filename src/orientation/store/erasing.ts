/** What was written of somebody goes; that there was a plan, how long and with what end, stays, so that counts stay. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

export async function emptyPlans({ db, ambito_id, today }: Ctx, plan_ids: readonly string[]) {
  const ids = [...plan_ids]
  await db
    .updateTable('orientation.plan')
    .set({ goal: '', goal_own: '', hours_note: '', availability: [], transport: [], licences: [], minors: null })
    .set({ childcare: null })
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', ids)
    .execute()
  await db
    .updateTable('orientation.plan')
    .set({ closed_on: today, close_reason: 'unreachable' })
    .where('ambito_id', '=', ambito_id)
    .where('id', 'in', ids)
    .where('closed_on', 'is', null)
    .execute()
  await db
    .updateTable('orientation.step')
    .set({ text: sql`case kind when 'other' then '—' else '' end`, text_own: '' })
    .set({ owner_text: sql`case owner when 'other' then '—' else '' end` })
    .where('ambito_id', '=', ambito_id)
    .where('plan_id', 'in', ids)
    .execute()
  await db
    .updateTable('orientation.change')
    .set({ fields: '[]' })
    .where('ambito_id', '=', ambito_id)
    .where('plan_id', 'in', ids)
    .execute()
  await db
    .updateTable('orientation.milestone')
    .set({ title: '', body: sql`case kind when 'traineeship' then '—' else '' end`, country: null })
    .where('ambito_id', '=', ambito_id)
    .where('plan_id', 'in', ids)
    .execute()
  await db
    .updateTable('orientation.result')
    .set({ detail: '' })
    .where('ambito_id', '=', ambito_id)
    .where('plan_id', 'in', ids)
    .execute()
  await db
    .updateTable('orientation.cv_entry')
    .set({ title: '—', title_own: '', body: '', place: '', text: '', text_own: '', from_when: null, to_when: null })
    .where('ambito_id', '=', ambito_id)
    .where('plan_id', 'in', ids)
    .execute()
}

/** What was noted of a session with one person; the note of a group is about the group. */
export async function emptySessions({ db, ambito_id }: Ctx, person_ids: readonly string[]) {
  await db
    .updateTable('orientation.session')
    .set({ record: '' })
    .where('ambito_id', '=', ambito_id)
    .where('kind', '<>', 'group')
    .where('id', 'in', (of) =>
      of
        .selectFrom('orientation.attendance')
        .select('session_id')
        .where('ambito_id', '=', ambito_id)
        .where('person_id', 'in', [...person_ids]),
    )
    .execute()
}
