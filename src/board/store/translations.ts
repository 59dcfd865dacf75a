/** Translations: rows that are only ever added, and who checked which. */
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Kind } from '../rules/publication.ts'
import { type Origin, sourceFields, type Text, textFields } from '../rules/texts.ts'

/** Says the version it was made from what the source says now? Compared by words: going back to them makes it fresh again. */
const fresh = sql<
  boolean | null
>`(${sql.join(sourceFields.map((field) => sql.ref(`o.${field}`)))}) = (${sql.join(sourceFields.map((field) => sql.ref(`s.${field}`)))})`

/** The newest revision of each language, with its three states. */
export const translationsOf = ({ db, ambito_id }: Ctx, item_id: string) =>
  db
    .selectFrom('board.translation as t')
    .innerJoin('board.item as i', (join) =>
      join.onRef('i.ambito_id', '=', 't.ambito_id').onRef('i.id', '=', 't.item_id'),
    )
    .innerJoin('board.source_version as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'i.ambito_id')
        .onRef('s.item_id', '=', 'i.id')
        .onRef('s.version', '=', 'i.version'),
    )
    .innerJoin('board.source_version as o', (join) =>
      join
        .onRef('o.ambito_id', '=', 't.ambito_id')
        .onRef('o.item_id', '=', 't.item_id')
        .onRef('o.version', '=', 't.of_version'),
    )
    .leftJoin('board.translation_check as c', (join) =>
      join
        .onRef('c.ambito_id', '=', 't.ambito_id')
        .onRef('c.item_id', '=', 't.item_id')
        .onRef('c.language', '=', 't.language')
        .onRef('c.revision', '=', 't.revision'),
    )
    .distinctOn('t.language')
    .select(textFields.map((field) => `t.${field}` as const))
    .select(['t.language', 't.revision', 't.of_version', 't.origin', 't.recorded_at', 't.recorded_by'])
    .select(['c.checked_by', 'c.checked_on', fresh.as('fresh')])
    .where('t.ambito_id', '=', ambito_id)
    .where('t.item_id', '=', item_id)
    .orderBy('t.language')
    .orderBy('t.revision', 'desc')
    .$narrowType<{ origin: Origin }>()
    .execute()
export type Translation = Awaited<ReturnType<typeof translationsOf>>[number]

/** What there is to do in one language: everything that readers see or will see, and the state of its translation. */
export const workIn = ({ db, ambito_id, today }: Ctx, language: string) =>
  db
    .selectFrom('board.item as i')
    .innerJoin('board.source_version as s', (join) =>
      join
        .onRef('s.ambito_id', '=', 'i.ambito_id')
        .onRef('s.item_id', '=', 'i.id')
        .onRef('s.version', '=', 'i.version'),
    )
    .leftJoinLateral(
      ({ selectFrom }) =>
        selectFrom('board.translation as n')
          .select(['n.revision', 'n.of_version', 'n.origin'])
          .where('n.ambito_id', '=', ambito_id)
          .whereRef('n.item_id', '=', 'i.id')
          .where('n.language', '=', language)
          .orderBy('n.revision', 'desc')
          .limit(1)
          .as('t'),
      (join) => join.onTrue(),
    )
    .leftJoin('board.source_version as o', (join) =>
      join
        .onRef('o.ambito_id', '=', 'i.ambito_id')
        .onRef('o.item_id', '=', 'i.id')
        .onRef('o.version', '=', 't.of_version'),
    )
    .leftJoin('board.translation_check as c', (join) =>
      join
        .onRef('c.ambito_id', '=', 'i.ambito_id')
        .onRef('c.item_id', '=', 'i.id')
        .on('c.language', '=', language)
        .onRef('c.revision', '=', 't.revision'),
    )
    .leftJoin('board.event as e', (join) =>
      join.onRef('e.ambito_id', '=', 'i.ambito_id').onRef('e.item_id', '=', 'i.id'),
    )
    .select([
      'i.id',
      'i.kind',
      'i.published_from',
      'i.published_until',
      'i.withdrawn_at',
      'i.changed_at',
      's.title',
      'e.on_day',
    ])
    .select(['t.revision', 't.origin', 'c.checked_on', fresh.as('fresh')])
    .where('i.ambito_id', '=', ambito_id)
    .where('i.withdrawn_at', 'is', null)
    .where(({ or, eb }) => or([eb('e.on_day', 'is', null), eb('e.on_day', '>=', today)]))
    .orderBy('i.published_from')
    .orderBy('i.id')
    .$narrowType<{ kind: Kind; origin: Origin | null }>()
    .execute()

export async function insertTranslation(
  { db, ambito_id }: Ctx,
  row: { item_id: string; language: string; revision: number; of_version: number; origin: Origin } & Text,
) {
  const { item_id, language, revision, of_version, origin } = row
  const words = Object.fromEntries(textFields.map((field) => [field, row[field]])) as Text
  await db
    .insertInto('board.translation')
    .values({ ambito_id, item_id, language, revision, of_version, origin, ...words })
    .execute()
}

export async function insertCheck(
  { db, ambito_id }: Ctx,
  row: { item_id: string; language: string; revision: number; checked_by: string; checked_on: string },
) {
  await db
    .insertInto('board.translation_check')
    .values({ ambito_id, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
