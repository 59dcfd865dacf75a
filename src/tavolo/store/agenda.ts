/** Points of the agenda, with what was said about them. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { ItemKind } from '../codes.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type ItemInput = {
  meeting_id: string | null
  kind: ItemKind
  source_id?: string | null
  title: string
  explained?: string
  minutes?: number | null
  brought_by?: string
  proposed_by?: string | null
  position?: number
  data?: ItemData
  said?: string
  demo?: boolean
}
/** Figures and codes of other services, as they were when the agenda was last fed. */
export type ItemData = {
  people?: number | null
  topic?: string
  languages?: string[]
  calls?: { number: number; language: string | null; comune: string; field: string }[]
  indicators?: { code: string; name: string; value: number; expected: number; target: number }[]
}

export async function insertItem({ db, ambito_id }: Here, { data = {}, ...item }: ItemInput) {
  const { id } = await db
    .insertInto('tavolo.item')
    .values({ ambito_id, ...item, data: JSON.stringify(data) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const items = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('tavolo.item')
    .select([
      'id',
      'meeting_id',
      'position',
      'kind',
      'source_id',
      'title',
      'explained',
      'minutes',
      'brought_by',
      'proposed_by',
      'data',
      'said',
      'version',
      'said_at',
      'said_by',
      'answered_on',
      'postponed_from',
    ])
    .where('ambito_id', '=', ambito_id)
    .where('removed_at', 'is', null)
    .$narrowType<{ kind: ItemKind; data: ItemData }>()
export type Item = Awaited<ReturnType<typeof findItem>>
export const findItem = (ctx: Here, id: string) => items(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
export const lockItem = (ctx: Here, id: string) =>
  items(ctx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound)
export const itemsOf = (ctx: Here, meeting_id: string) =>
  items(ctx).where('meeting_id', '=', meeting_id).orderBy('position').orderBy('recorded_at').orderBy('id').execute()
export const waitingItems = (ctx: Here) => items(ctx).where('meeting_id', 'is', null).orderBy('recorded_at').execute()
export const itemsFrom = (ctx: Here, source_id: string) =>
  items(ctx).where('source_id', '=', source_id).orderBy('recorded_at').execute()

type ItemChange = Partial<{
  meeting_id: string | null
  position: number
  title: string
  explained: string
  minutes: number | null
  brought_by: string
  data: string
  said: string
  version: number
  said_at: string
  said_by: string | null
  answered_on: string
  postponed_from: string | null
  removed_at: string
  removed_by: string | null
}>
export async function updateItem({ db, ambito_id }: Here, id: string, change: ItemChange) {
  await db.updateTable('tavolo.item').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}

/** Whatever waits comes onto this agenda, except what was postponed from it. */
export async function takeWaiting({ db, ambito_id }: Here, meeting_id: string) {
  await db
    .updateTable('tavolo.item')
    .set({ meeting_id })
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', 'is', null)
    .where('removed_at', 'is', null)
    .where((where) => where.or([where('postponed_from', 'is', null), where('postponed_from', '<>', meeting_id)]))
    .execute()
}
/** A meeting was cancelled: what was to be spoken of waits again. */
export async function letWait({ db, ambito_id }: Here, meeting_id: string) {
  await db
    .updateTable('tavolo.item')
    .set({ meeting_id: null })
    .where('ambito_id', '=', ambito_id)
    .where('meeting_id', '=', meeting_id)
    .where('removed_at', 'is', null)
    .execute()
}

export async function insertWriting({ db, ambito_id }: Here, item_id: string, version: number, said: string) {
  await db.insertInto('tavolo.writing').values({ ambito_id, item_id, version, said }).execute()
}
export const writingsOf = ({ db, ambito_id }: Here, item_id: string) =>
  db
    .selectFrom('tavolo.writing')
    .select(['version', 'said', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()
