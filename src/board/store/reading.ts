/** What readers read: the best text there is in their language, with what must be said beside it. */
import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Kind } from '../rules/publication.ts'
import { type Origin, sourceFields } from '../rules/texts.ts'

const fresh = sql<
  boolean | null
>`(${sql.join(sourceFields.map((field) => sql.ref(`o.${field}`)))}) = (${sql.join(sourceFields.map((field) => sql.ref(`s.${field}`)))})`

/** Who reads Italian, or must, gets the plain one where there is one; `full_body` is then the other. */
const best = {
  title: sql<string>`coalesce(t.title, s.title)`,
  summary: sql<string>`coalesce(t.summary, nullif(s.plain_summary, ''), s.summary)`,
  body: sql<string>`coalesce(t.body, nullif(s.plain_body, ''), s.body)`,
  full_body: sql<string>`case when t.revision is null and s.plain_body <> '' then s.body else '' end`,
  bring: sql<string>`coalesce(t.bring, s.bring)`,
  for_whom: sql<string>`coalesce(t.for_whom, s.for_whom)`,
  cost: sql<string>`coalesce(t.cost, s.cost)`,
  booking: sql<string>`coalesce(t.booking, s.booking)`,
  alt: sql<string>`coalesce(nullif(t.alt, ''), s.alt)`,
  /** Nobody has said yet in this language what the picture shows. */
  alt_in_italian: sql<boolean>`coalesce(t.alt, '') = ''`,
}

/** `lang`: 'it' finds no translation, since there can be none. */
export const readable = ({ db, ambito_id }: Ctx, lang: string) =>
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
          .selectAll('n')
          .where('n.ambito_id', '=', ambito_id)
          .whereRef('n.item_id', '=', 'i.id')
          .where('n.language', '=', lang)
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
        .on('c.language', '=', lang)
        .onRef('c.revision', '=', 't.revision'),
    )
    .where('i.ambito_id', '=', ambito_id)
    .where('i.withdrawn_at', 'is', null)
    .$narrowType<{ kind: Kind }>()

const states = ['t.revision', 't.origin', 'c.checked_on'] as const
const dates = [
  'i.id',
  'i.kind',
  'i.slug',
  'i.published_from',
  'i.published_until',
  'i.withdrawn_at',
  'i.changed_at',
  'i.demo',
] as const

/** Shown today; `grace`: how long a service is shown after the day its data should have been checked. */
const shown = (ctx: Ctx, lang: string, grace: number) =>
  readable(ctx, lang)
    .where('i.published_from', '<=', ctx.today)
    .where(
      sql<SqlBool>`(i.published_until is null or i.published_until + case when i.kind = 'service' then ${grace}::int else 0 end >= ${ctx.today}::date)`,
    )

type Told = { kind: Kind; origin: Origin | null; published_from: string }

/** One line each, for lists: no body. */
export const listShown = (
  ctx: Ctx,
  kinds: readonly Kind[],
  grace: number,
  { lang = ctx.lang, ids }: { lang?: string; ids?: readonly string[] } = {},
) =>
  shown(ctx, lang, grace)
    .leftJoin('board.service as v', (join) =>
      join.onRef('v.ambito_id', '=', 'i.ambito_id').onRef('v.item_id', '=', 'i.id'),
    )
    .leftJoin('board.event as e', (join) =>
      join.onRef('e.ambito_id', '=', 'i.ambito_id').onRef('e.item_id', '=', 'i.id'),
    )
    .where(({ or, eb }) => or([eb('e.on_day', 'is', null), eb('e.on_day', '>=', ctx.today)]))
    .select([
      ...dates,
      ...states,
      'v.pictogram',
      'v.free',
      'e.on_day',
      'e.starts_at',
      'e.cancelled_at',
      best.title.as('title'),
      best.summary.as('summary'),
      fresh.as('fresh'),
    ])
    .where('i.kind', 'in', kinds)
    .$if(ids !== undefined, (query) =>
      query.where('i.id', 'in', ids?.length ? ids : ['00000000-0000-0000-0000-000000000000']),
    )
    .$narrowType<Told>()

export const findShown = (ctx: Ctx, kind: Kind, slug: string, grace: number, lang = ctx.lang) =>
  shown(ctx, lang, grace)
    .leftJoin('board.picture as p', (join) =>
      join.onRef('p.ambito_id', '=', 'i.ambito_id').onRef('p.item_id', '=', 'i.id'),
    )
    .select([...dates, ...states, fresh.as('fresh'), 'p.file_id as picture', 'p.width', 'p.height'])
    .select([
      best.alt.as('alt'),
      best.alt_in_italian.as('alt_in_italian'),
      best.title.as('title'),
      best.summary.as('summary'),
      best.body.as('body'),
      best.full_body.as('full_body'),
      best.bring.as('bring'),
      best.for_whom.as('for_whom'),
      best.cost.as('cost'),
      best.booking.as('booking'),
    ])
    .where('i.kind', '=', kind)
    .where('i.slug', '=', slug)
    .$narrowType<Told>()
    .executeTakeFirst()
export type Shown = NonNullable<Awaited<ReturnType<typeof findShown>>>
export type ShownLine = Awaited<ReturnType<ReturnType<typeof listShown>['execute']>>[number]

/** Events from a day on, in order; cancelled ones too, since people come who have not heard. */
export const listEvents = (
  ctx: Ctx,
  from: string,
  {
    lang = ctx.lang,
    to,
    limit,
    offset = 0,
  }: { lang?: string; to?: string | undefined; limit?: number; offset?: number } = {},
) =>
  shown(ctx, lang, 0)
    .innerJoin('board.event as e', (join) =>
      join.onRef('e.ambito_id', '=', 'i.ambito_id').onRef('e.item_id', '=', 'i.id'),
    )
    .select([...dates, ...states, fresh.as('fresh'), best.title.as('title'), best.summary.as('summary')])
    .select([
      'e.on_day',
      'e.starts_at',
      'e.ends_at',
      'e.zone',
      'e.place_id',
      'e.place_text',
      'e.sign_up',
      'e.capacity',
      'e.sequence',
      'e.cancelled_at',
    ])
    .where('i.kind', '=', 'event')
    .where('e.on_day', '>=', from)
    .$if(to !== undefined, (query) => query.where('e.on_day', '<=', to as string))
    .orderBy('e.on_day')
    .orderBy('e.starts_at')
    .orderBy('i.id')
    .$if(limit !== undefined, (query) => query.limit(limit as number).offset(offset))
    .$narrowType<Told>()
    .execute()
export type EventLine = Awaited<ReturnType<typeof listEvents>>[number]

const eventsBetween = (ctx: Ctx, from: string, to?: string) =>
  shown(ctx, 'it', 0)
    .innerJoin('board.event as e', (join) =>
      join.onRef('e.ambito_id', '=', 'i.ambito_id').onRef('e.item_id', '=', 'i.id'),
    )
    .where('i.kind', '=', 'event')
    .where('e.on_day', '>=', from)
    .$if(to !== undefined, (query) => query.where('e.on_day', '<=', to as string))

export async function countEvents(ctx: Ctx, from: string) {
  const row = await eventsBetween(ctx, from)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export const countEventsByDay = async (ctx: Ctx, from: string, to: string) =>
  (
    await eventsBetween(ctx, from, to)
      .select(({ fn }) => ['e.on_day', fn.countAll<number>().as('n')])
      .groupBy('e.on_day')
      .orderBy('e.on_day')
      .execute()
  ).map(({ on_day, n }) => ({ on_day, count: Number(n) }))

/** The months that have something, for the way through a long list. */
export const monthsWithEvents = async (ctx: Ctx, from: string) =>
  (
    await eventsBetween(ctx, from)
      .select(sql<string>`to_char(e.on_day, 'YYYY-MM')`.as('month'))
      .distinct()
      .orderBy('month')
      .execute()
  ).map((row) => row.month)

/** Which services answer any of these needs. */
export const servicesForNeeds = async ({ db, ambito_id }: Ctx, needs: readonly string[]) =>
  db
    .selectFrom('board.item_need as n')
    .innerJoin('board.item as i', (join) =>
      join.onRef('i.ambito_id', '=', 'n.ambito_id').onRef('i.id', '=', 'n.item_id'),
    )
    .select(['n.item_id', 'n.need'])
    .where('n.ambito_id', '=', ambito_id)
    .where('i.kind', '=', 'service')
    .where('n.need', 'in', [...needs])
    .execute()

/** Whoever cannot read Italian may read one of these. */
export async function languagesOf({ db, ambito_id }: Ctx, item_id: string) {
  const rows = await db
    .selectFrom('board.translation')
    .select('language')
    .distinct()
    .where('ambito_id', '=', ambito_id)
    .where('item_id', '=', item_id)
    .execute()
  return rows.map(({ language }) => language)
}
