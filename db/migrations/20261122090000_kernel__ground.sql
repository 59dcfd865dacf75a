-- The ground every capability stands on. `kernel.migration` and the roles are made by the migrator itself.
-- The role of the application is named by the setting labimpact.app_role, which the migrator gives.

create function kernel.uuidv7() returns uuid
language plpgsql volatile parallel safe
set search_path = pg_catalog
as $$
declare
  milliseconds bigint := floor(extract(epoch from clock_timestamp()) * 1000);
  bytes bytea := uuid_send(gen_random_uuid());
begin
  bytes := overlay(bytes placing substring(int8send(milliseconds) from 3) from 1 for 6);
  bytes := set_byte(bytes, 6, (get_byte(bytes, 6) & 15) | 112);
  return encode(bytes, 'hex')::uuid;
end
$$;

-- PostgreSQL 18 has its own, which is faster and ordered within one millisecond.
do $$
begin
  if to_regprocedure('pg_catalog.uuidv7()') is not null then
    create or replace function kernel.uuidv7() returns uuid
    language sql volatile parallel safe
    as 'select pg_catalog.uuidv7()';
  end if;
end
$$;

create function kernel.ambito() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.ambito', true), '')::uuid $$;

create function kernel.account() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.account', true), '')::uuid $$;

-- Moves the clock of every process, in demonstrations and tests.
create table kernel.clock_offset (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0'
);

insert into kernel.clock_offset default values;

create function kernel.now() returns timestamptz
language sql stable
as $$
  select coalesce(
    nullif(current_setting('app.now', true), '')::timestamptz,
    clock_timestamp() + (select ahead from kernel.clock_offset)
  )
$$;

create function kernel.today() returns date
language sql stable
as $$ select (kernel.now() at time zone 'Europe/Rome')::date $$;

-- A schema for a capability: its tables are the owner's, the application may walk in.
create function kernel.open_schema(name text) returns void
language plpgsql
as $$
begin
  execute format('create schema if not exists %I', name);
  execute format('grant usage on schema %I to %I', name, current_setting('labimpact.app_role'));
end
$$;

-- For every table with ambito_id. The owner's policy is needed because FORCE binds the owner too:
-- without it a data migration silently changes no row.
create function kernel.protect(t regclass, privileges text default 'select, insert, update, delete') returns void
language plpgsql
as $$
declare
  app text := current_setting('labimpact.app_role');
  same text := 'ambito_id = nullif(current_setting(''app.ambito'', true), '''')::uuid';
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy ambito on %s to %I using (%s) with check (%s)', t, app, same, same);
  execute format('create policy owner on %s to %I using (true) with check (true)', t, current_user);
  execute format('grant %s on %s to %I', privileges, t, app);
end
$$;

-- For tables that belong to no Ambito.
create function kernel.share(t regclass, privileges text default 'select') returns void
language plpgsql
as $$
begin
  execute format('grant %s on %s to %I', privileges, t, current_setting('labimpact.app_role'));
end
$$;

-- Region functions run as this role and return sums only.
create function kernel.let_rollup_read(t regclass) returns void
language plpgsql
as $$
declare
  schema regnamespace := (select relnamespace from pg_class where oid = t);
begin
  execute format('grant usage on schema %s to labimpact_rollup', schema);
  execute format('grant select on %s to labimpact_rollup', t);
  if (select relrowsecurity from pg_class where oid = t) then
    execute format('create policy rollup on %s for select to labimpact_rollup using (true)', t);
  end if;
end
$$;

-- The function must be SECURITY DEFINER with a fixed search_path; a role may own only where it may create.
create function kernel.give_to_rollup(f regprocedure) returns void
language plpgsql
as $$
declare
  schema regnamespace := (select pronamespace from pg_proc where oid = f);
begin
  execute format('revoke execute on function %s from public', f);
  execute format('grant execute on function %s to %I', f, current_setting('labimpact.app_role'));
  execute format('grant usage, create on schema %s to labimpact_rollup', schema);
  execute format('alter function %s owner to labimpact_rollup', f);
  execute format('revoke create on schema %s from labimpact_rollup', schema);
end
$$;

-- The application may not touch the tables of the queue; it hands over all jobs of a transaction in one call.
create function kernel.add_jobs(specs jsonb) returns setof bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select job.id
    from graphile_worker.add_jobs(array(
      select row(
        spec ->> 'identifier',
        spec -> 'payload',
        spec ->> 'queue_name',
        (spec ->> 'run_at')::timestamptz,
        (spec ->> 'max_attempts')::int,
        spec ->> 'job_key',
        (spec ->> 'priority')::int,
        (select array_agg(flag) from jsonb_array_elements_text(spec -> 'flags') as flag)
      )::graphile_worker.job_spec
      from jsonb_array_elements(specs) as spec
    )) as job;
end
$$;

revoke execute on function kernel.add_jobs(jsonb) from public;

do $$
begin
  execute format('grant execute on function kernel.add_jobs(jsonb) to %I', current_setting('labimpact.app_role'));
  perform kernel.open_schema('kernel');
  perform kernel.share('kernel.clock_offset', 'select');
  perform kernel.share('kernel.migration', 'select');
end
$$;
