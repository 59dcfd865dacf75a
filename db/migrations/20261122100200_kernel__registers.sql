-- Registers people have kept in spreadsheets: which rows came in, and the runs begun from a page.

-- A row is known by the hash of its cells and by which of several equal ones it is; fed again, it adds nothing.
create table kernel.register_row (
  ambito_id uuid not null,
  kind text not null,
  id uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, kind, id)
);
select kernel.protect('kernel.register_row', 'select, insert');

-- Tried first (`tried`: what it would do), then taken in part by part; each part is one transaction.
create table kernel.register_run (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  kind text not null,
  file_name text not null check (length(file_name) between 1 and 200),
  delimiter char(1) not null,
  header jsonb not null,
  rows integer not null check (rows > 0),
  parts integer not null check (parts > 0),
  ignored_sheets text[] not null default '{}',
  tried jsonb,
  -- Somebody said: now for real.
  wanted_at timestamptz,
  answer jsonb,
  ended_at timestamptz,
  moved_at timestamptz not null default kernel.now(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id)
);
create index register_run_by_age on kernel.register_run (ambito_id, recorded_at);
select kernel.protect('kernel.register_run');

-- What is still to be taken, and what was given back; both are emptied when nobody needs them any more.
create table kernel.register_part (
  ambito_id uuid not null,
  run_id uuid not null,
  number integer not null,
  rows jsonb,
  done_at timestamptz,
  taken jsonb,
  rejects jsonb not null default '[]',
  remarks jsonb not null default '[]',
  people uuid[] not null default '{}',
  primary key (ambito_id, run_id, number),
  foreign key (ambito_id, run_id) references kernel.register_run (ambito_id, id)
);
select kernel.protect('kernel.register_part');

-- After many rows came in at once the planner must hear of it, or the next report reads as if the tables were empty.
create function kernel.look_at_sizes() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare t regclass;
begin
  -- Roughly is enough to choose a plan; the database looks more closely by itself later.
  perform set_config('default_statistics_target', '10', true);
  for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'graphile_worker')
      and pg_relation_size(c.oid) > 0 and pg_has_role(current_user, c.relowner, 'usage')
  loop
    execute format('analyze %s', t);
  end loop;
end $$;
revoke all on function kernel.look_at_sizes() from public;
do $$ begin execute format('grant execute on function kernel.look_at_sizes() to %I', current_setting('labimpact.app_role')); end $$;
