/** The data of a service: where, whom to call, when. */
import type { Ctx } from '../../kernel/ctx.ts'
import { notFound } from '../../kernel/errors.ts'

export const findService = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.service')
    .selectAll()
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .executeTakeFirst()
export type Service = NonNullable<Awaited<ReturnType<typeof findService>>>
export type ServiceData = Omit<Service, 'ambito_id' | 'item_id'>

export const servicesOf = ({ db, ambito_id }: Ctx, item_ids: readonly string[]) =>
  item_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('board.service')
        .selectAll()
        .where('ambito_id', '=', ambito_id)
        .where('item_id', 'in', [...item_ids])
        .execute()

export async function writeService({ db, ambito_id }: Ctx, item_id: string, data: ServiceData) {
  await db
    .insertInto('board.service')
    .values({ ambito_id, item_id, ...data })
    .onConflict((conflict) => conflict.columns(['ambito_id', 'item_id']).doUpdateSet(data))
    .execute()
}

export const weeklyOf = ({ db, ambito_id }: Ctx, item_ids: readonly string[]) =>
  item_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('board.hours')
        .select(['id', 'item_id', 'weekday', 'starts_at', 'ends_at'])
        .where('ambito_id', '=', ambito_id)
        .where('item_id', 'in', [...item_ids])
        .orderBy('weekday')
        .orderBy('starts_at')
        .execute()

export const exceptionsOf = ({ db, ambito_id, today }: Ctx, item_ids: readonly string[]) =>
  item_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('board.hours_exception')
        .select(['id', 'item_id', 'on_day', 'starts_at', 'ends_at'])
        .where('ambito_id', '=', ambito_id)
        .where('item_id', 'in', [...item_ids])
        .where('on_day', '>=', today)
        .orderBy('on_day')
        .orderBy('starts_at')
        .execute()

export async function insertHours(
  { db, ambito_id }: Ctx,
  item_id: string,
  hours: { weekday: number; starts_at: string; ends_at: string },
) {
  await db
    .insertInto('board.hours')
    .values({ ambito_id, item_id, ...hours })
    .execute()
}
export async function insertException(
  { db, ambito_id }: Ctx,
  item_id: string,
  exception: { on_day: string; starts_at: string | null; ends_at: string | null },
) {
  await db
    .insertInto('board.hours_exception')
    .values({ ambito_id, item_id, ...exception })
    .execute()
}

/** One line of the week, or one exception: the ids never meet. */
export async function deleteHours({ db, ambito_id }: Ctx, item_id: string, id: string) {
  const gone = await Promise.all(
    (['board.hours', 'board.hours_exception'] as const).map((table) =>
      db
        .deleteFrom(table)
        .where('ambito_id', '=', ambito_id)
        .where('item_id', '=', item_id)
        .where('id', '=', id)
        .executeTakeFirst(),
    ),
  )
  if (gone.every(({ numDeletedRows }) => numDeletedRows === 0n)) throw notFound()
}
