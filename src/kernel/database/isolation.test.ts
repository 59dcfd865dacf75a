import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/kit/database.ts'

const { owner_url, app_url } = await freshDatabase()
const owner = new pg.Client({ connectionString: owner_url })
const app = new pg.Client({ connectionString: app_url })
beforeAll(() => Promise.all([owner.connect(), app.connect()]))
afterAll(() => Promise.all([owner.end(), app.end()]))

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker', 'public')`
const tenant_table = `select c.oid, c.relname, n.nspname, n.nspname || '.' || c.relname as name, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and c.relkind in ('r', 'p')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'ambito_id' and not a.attisdropped)`

async function names(sql: string) {
  const { rows } = await owner.query<{ name: string }>(sql)
  return rows.map(({ name }) => name).sort()
}

test('there are tables to guard', async () => {
  expect((await names(tenant_table)).length).toBeGreaterThan(0)
})

test('every table with ambito_id has its row security on, forced, and both policies', async () => {
  const context = `(ambito_id = (NULLIF(current_setting('app.ambito'::text, true), ''::text))::uuid)`
  const policy = (role: string, condition: string) => `exists (select from pg_policy p
    where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive and p.polroles = array[(select oid from pg_roles where rolname = '${role}')]
      and pg_get_expr(p.polqual, t.oid) = ${pg.escapeLiteral(condition)}
      and pg_get_expr(p.polwithcheck, t.oid) = ${pg.escapeLiteral(condition)})`
  const unguarded = await names(`with t as (${tenant_table}) select name from t
    where not (relrowsecurity and relforcerowsecurity and ${policy('labimpact_app', context)} and ${policy('labimpact', 'true')})`)
  expect(unguarded).toEqual([])
})

test('the only other policies let the rollup read, and an account find its roles', async () => {
  const others =
    await names(`with t as (${tenant_table}) select name || ' ' || p.polname as name from t join pg_policy p on p.polrelid = t.oid
    where p.polname not in ('ambito', 'owner') and not (p.polcmd = 'r' and p.polroles = array['labimpact_rollup'::regrole::oid])`)
  // An account works in several Ambiti and must see where, to go from one to the other.
  expect(others.filter((name) => name !== 'accounts.role own')).toEqual([])
})

test('the primary key of every such table begins with ambito_id', async () => {
  const loose = await names(`with t as (${tenant_table}) select name from t
    where not exists (select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
      where x.indrelid = t.oid and x.indisprimary and a.attname = 'ambito_id')`)
  expect(loose).toEqual([])
})

test('every foreign key between such tables pairs ambito_id with ambito_id', async () => {
  const loose = await names(`with t as (${tenant_table}) select t.name || ' ' || k.conname as name
    from pg_constraint k join t on t.oid = k.conrelid join t as target on target.oid = k.confrelid
    where k.contype = 'f' and not exists (
      select from unnest(k.conkey, k.confkey) as pair (here, there)
      join pg_attribute h on h.attrelid = k.conrelid and h.attnum = pair.here
      join pg_attribute r on r.attrelid = k.confrelid and r.attnum = pair.there
      where h.attname = 'ambito_id' and r.attname = 'ambito_id')`)
  expect(loose).toEqual([])
})

test('a table without ambito_id holds nothing that points into an Ambito', async () => {
  const leaks = await names(`with t as (${tenant_table}) select k.conrelid::regclass || ' ' || k.conname as name
    from pg_constraint k join t on t.oid = k.confrelid where k.contype = 'f' and k.conrelid not in (select oid from t)`)
  expect(leaks).toEqual([])
})

test('views obey the policies of whoever asks', async () => {
  const open =
    await names(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and (c.relkind = 'm' or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))`)
  expect(open).toEqual([])
})

test('the application owns nothing and is no superuser, nor a member of a role that is', async () => {
  const { rows } = await owner.query(`with recursive worn as (
      select oid from pg_roles where rolname = 'labimpact_app'
      union select m.roleid from pg_auth_members m join worn on worn.oid = m.member)
    select array_agg(rolname::text) as roles, bool_or(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication) as mighty
    from worn join pg_roles using (oid)`)
  expect(rows).toEqual([{ roles: ['labimpact_app'], mighty: false }])
  const owned =
    await names(`select objid::text as name from pg_shdepend where deptype = 'o' and refobjid = 'labimpact_app'::regrole
    union all select datname from pg_database where datdba = 'labimpact_app'::regrole`)
  expect(owned).toEqual([])
})

test('the application may make nothing in any schema', async () => {
  const open = await names(
    `select nspname as name from pg_namespace n where has_schema_privilege('labimpact_app', oid, 'create')`,
  )
  expect(open).toEqual([])
})

test('without context every table is empty and takes nothing', async () => {
  const { rows } = await owner.query<{ name: string; readable: boolean }>(`with t as (${tenant_table})
    select t.nspname || '.' || quote_ident(t.relname) as name, has_table_privilege('labimpact_app', oid, 'select') as readable from t`)
  for (const { name, readable } of rows) {
    if (readable) expect((await app.query(`select from ${name}`)).rowCount, name).toBe(0)
    // Refused by the policy or for want of the privilege; another code would mean it came as far as the constraints.
    const inserted = app.query(`insert into ${name} (ambito_id) values (gen_random_uuid())`)
    await expect(inserted, name).rejects.toMatchObject({ code: '42501' })
  }
})

test('functions that lend their rights name the schemas they look in', async () => {
  const loose =
    await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and p.prosecdef and not exists (select from unnest(p.proconfig) as setting where setting like 'search_path=%')`)
  expect(loose).toEqual([])
})

test('functions that lend their rights are closed to everybody but the application', async () => {
  const open =
    await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and p.prosecdef and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a where a.grantee = 0)`)
  expect(open).toEqual([])
})
