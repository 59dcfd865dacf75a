import { Kysely, PostgresDialect } from 'kysely'
import { generate, PostgresDialect as PostgresReader } from 'kysely-codegen'
import pg from 'pg'

/** What a migrated database looks like, for people (one text per schema) and for the compiler. */
export type Description = { schemas: Map<string, string>; rows: string }

export async function describeDatabase(owner_url: string): Promise<Description> {
  const pool = new pg.Pool({ connectionString: owner_url, max: 1 })
  try {
    const { rows: sections } = await pool.query<Section>(describing)
    return { schemas: textsOf(sections), rows: await rowTypes(pool) }
  } finally {
    await pool.end()
  }
}

type Section = { schema: string; thing: string; heading: string; line: string }

function textsOf(sections: Section[]) {
  const by_schema = Map.groupBy(sections, ({ schema }) => schema)
  return new Map([...by_schema].map(([schema, lines]) => [schema, textOf(lines)]))
}

function textOf(lines: Section[]) {
  const things = Map.groupBy(lines, ({ thing }) => thing)
  const texts = [...things].map(([thing, lines]) => {
    const headings = Map.groupBy(lines, ({ heading }) => heading)
    const blocks = [...headings].map(
      ([heading, lines]) => `  ${heading}\n${lines.map(({ line }) => `    ${line}\n`).join('')}`,
    )
    return `${thing}\n${blocks.join('')}`
  })
  return texts.join('\n')
}

function rowTypes(pool: pg.Pool) {
  return generate({
    db: new Kysely<object>({ dialect: new PostgresDialect({ pool }) }) as never,
    dialect: new PostgresReader(),
    excludePattern: 'graphile_worker.*',
    outFile: null,
    typeMapping: { date: 'string', timestamp: 'string', timestamptz: 'string', interval: 'string', int8: 'number' },
  })
}

/** One row per line of the text, already in order. */
const describing = `
with ours as (
  select oid, nspname from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'graphile_worker', 'public')
), relation as (
  select c.oid, n.nspname as schema, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
    case c.relkind when 'v' then 'view ' when 'm' then 'materialized view ' else 'table ' end || n.nspname || '.' || c.relname as thing
  from pg_class c join ours n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm')
), line as (
  select schema, thing, 1 as part, 'columns' as heading, a.attnum::int as position, a.attname::text as name,
    a.attname || ': ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
      || case when a.attidentity <> '' then ' identity' when a.attgenerated <> '' then ' generated ' else '' end
      || coalesce(case when a.attgenerated = '' then ' default ' else '' end || pg_get_expr(d.adbin, d.adrelid), '') as line
  from relation r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  union all
  select schema, thing, 2, 'indexes', 0, i.relname, i.relname || ': ' || case when x.indisprimary then 'primary key '
      when x.indisunique then 'unique ' else '' end || regexp_replace(pg_get_indexdef(x.indexrelid), '^.* USING ', '')
  from relation r join pg_index x on x.indrelid = r.oid join pg_class i on i.oid = x.indexrelid
  union all
  select schema, thing, 3, 'checks', 0, k.conname, k.conname || ': ' || pg_get_constraintdef(k.oid)
  from relation r join pg_constraint k on k.conrelid = r.oid and k.contype in ('c', 'x')
  union all
  select schema, thing, 4, 'foreign keys', 0, k.conname, k.conname || ': ' || pg_get_constraintdef(k.oid)
  from relation r join pg_constraint k on k.conrelid = r.oid and k.contype = 'f' and k.conparentid = 0
  union all
  select r.schema, r.thing, 5, 'referenced by', 0, f.nspname || '.' || c.relname || k.conname,
    f.nspname || '.' || c.relname || ': ' || k.conname
  from relation r
  join pg_constraint k on k.confrelid = r.oid and k.contype = 'f' and k.conparentid = 0
  join pg_class c on c.oid = k.conrelid join pg_namespace f on f.oid = c.relnamespace
  union all
  select schema, thing, 6, case when r.relforcerowsecurity then 'row security, forced' else 'row security, NOT FORCED' end,
    0, p.polname, p.polname || ': ' || case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert'
      when 'w' then 'update' else 'delete' end || ' to '
      || (select string_agg(rolname, ', ' order by rolname) from pg_roles where oid = any (p.polroles))
      || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
      || case when p.polwithcheck is null or pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid) then ''
        else ' check ' || pg_get_expr(p.polwithcheck, p.polrelid) end
  from relation r join pg_policy p on p.polrelid = r.oid
  union all
  select schema, thing, 7, 'the application may', 0, '', string_agg(privilege, ', ' order by privilege)
  from relation r cross join unnest(array['select', 'insert', 'update', 'delete']) as privilege
  where has_table_privilege('labimpact_app', r.oid, privilege)
  group by schema, thing
  union all
  select schema, thing, 8, 'triggers', 0, t.tgname, t.tgname || ': ' || regexp_replace(pg_get_triggerdef(t.oid), '^CREATE .*TRIGGER \\S+ ', '')
  from relation r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  union all
  select schema, thing, 9, 'reads', part.position::int, '', part.line
  from relation r cross join regexp_split_to_table(pg_get_viewdef(r.oid, true), '\\n') with ordinality as part (line, position)
  where r.relkind in ('v', 'm')
  union all
  select n.nspname, 'functions of ' || n.nspname, 10, 'functions', 0, p.oid::regprocedure::text,
    p.proname || '(' || pg_get_function_arguments(p.oid) || ') → ' || coalesce(pg_get_function_result(p.oid), 'nothing')
      || case when p.prosecdef then ', as ' || case when p.proowner = n.nspowner then 'owner' else pg_get_userbyid(p.proowner) end else '' end
      || case when has_function_privilege('labimpact_app', p.oid, 'execute') then '' else ', not for the application' end
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join ours on ours.oid = n.oid
)
select schema, thing, heading, line from line
order by schema, part = 10, replace(thing, 'view ', 'table '), part, position, name`
