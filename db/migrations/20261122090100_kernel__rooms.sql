-- What every capability stands on: events, the audit trail, sessions, forms sent once, drafts, mail, limits.

create table kernel.event (
  ambito_id uuid not null,
  id uuid not null,
  name text not null,
  payload jsonb not null,
  account_id uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id)
);
create index event_by_age on kernel.event (ambito_id, recorded_at);
select kernel.protect('kernel.event', 'select, insert');

-- The trail: each row hashes the one before it. Written only through kernel.append_audit.
create table kernel.audit (
  ambito_id uuid not null,
  position bigint not null check (position > 0),
  at timestamptz not null,
  account_id uuid,
  what text not null,
  person_id uuid,
  detail jsonb not null default '{}',
  hash bytea not null,
  primary key (ambito_id, position)
);
create index audit_by_person on kernel.audit (ambito_id, person_id, position desc) where person_id is not null;
select kernel.protect('kernel.audit', 'select');

create table kernel.audit_head (
  ambito_id uuid primary key,
  position bigint not null,
  hash bytea not null
);
select kernel.protect('kernel.audit_head', 'select');

create function kernel.audit_hash(previous bytea, r kernel.audit) returns bytea
language sql immutable set search_path = pg_catalog, kernel as $$
  select sha256(previous || convert_to(concat_ws('|', r.ambito_id, r.position, extract(epoch from r.at)::numeric(20, 6),
    coalesce(r.account_id::text, '-'), r.what, coalesce(r.person_id::text, '-'), r.detail::text), 'UTF8'))
$$;

create function kernel.append_audit(readings jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, kernel as $$
declare
  here uuid := nullif(current_setting('app.ambito', true), '')::uuid;
  head kernel.audit_head;
  entry kernel.audit;
  reading jsonb;
begin
  if here is null then raise exception 'audit without an ambito'; end if;
  insert into kernel.audit_head values (here, 0, '\x') on conflict do nothing;
  select * into head from kernel.audit_head where ambito_id = here for update;
  for reading in select * from jsonb_array_elements(readings) loop
    entry := row(here, head.position + 1, kernel.now(), kernel.account(), reading->>'what', (reading->>'person_id')::uuid,
      coalesce(reading->'detail', '{}'::jsonb), '\x'::bytea);
    entry.hash := kernel.audit_hash(head.hash, entry);
    insert into kernel.audit values (entry.*);
    head.position := entry.position;
    head.hash := entry.hash;
  end loop;
  update kernel.audit_head set position = head.position, hash = head.hash where ambito_id = here;
end $$;
revoke all on function kernel.append_audit(jsonb) from public;
do $$ begin execute format('grant execute on function kernel.append_audit(jsonb) to %I', current_setting('labimpact.app_role')); end $$;

-- The first position whose row is missing, moved or changed; null when the trail of the Ambito is whole.
create function kernel.broken_audit(of_ambito uuid) returns bigint
language plpgsql stable set search_path = pg_catalog, kernel as $$
declare
  entry kernel.audit;
  previous bytea;
  expected bigint;
begin
  for entry in select * from kernel.audit where ambito_id = of_ambito order by position loop
    -- Old segments may have been sealed and dropped: the chain is verified from the first row that is left.
    if expected is not null and entry.position <> expected then return expected; end if;
    if previous is not null and kernel.audit_hash(previous, entry) <> entry.hash then return entry.position; end if;
    if previous is null and entry.position = 1 and kernel.audit_hash('\x', entry) <> entry.hash then return 1; end if;
    previous := entry.hash;
    expected := entry.position + 1;
  end loop;
  if (select h.position from kernel.audit_head h where h.ambito_id = of_ambito) >= coalesce(expected, 1) then
    return coalesce(expected, 1);
  end if;
  return null;
end $$;

-- Staff sessions. Only the SHA-256 of the token is stored; `said` waits for the next page.
create table kernel.session (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null,
  current_ambito uuid,
  created_at timestamptz not null default kernel.now(),
  seen_at timestamptz not null default kernel.now(),
  ended_at timestamptz,
  said jsonb not null default '[]'
);
create index session_by_account on kernel.session (account_id) where ended_at is null;
select kernel.share('kernel.session', 'select, insert, update, delete');

-- A form is done once: the token it carries is taken by the first request, the others get the same answer.
create table kernel.submission (
  token uuid primary key,
  account_id uuid,
  location text,
  recorded_at timestamptz not null default kernel.now()
);
create index submission_by_age on kernel.submission (recorded_at);
select kernel.share('kernel.submission', 'select, insert, update, delete');

-- What was typed when the session had expired; given back only to the same account, then dropped.
create table kernel.draft (
  id uuid primary key default kernel.uuidv7(),
  account_id uuid not null,
  path text not null,
  typed jsonb not null,
  recorded_at timestamptz not null default kernel.now()
);
select kernel.share('kernel.draft', 'select, insert, delete');

create table kernel.security_event (
  id uuid primary key default kernel.uuidv7(),
  recorded_at timestamptz not null default kernel.now(),
  kind text not null,
  account_id uuid,
  detail jsonb not null default '{}'
);
select kernel.share('kernel.security_event', 'select, insert');

create table kernel.rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
select kernel.share('kernel.rate_limit', 'select, insert, update, delete');

-- Mail waiting, sent or given up. The body is kept until it is sent, then emptied.
create table kernel.mail (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  to_address text not null check (to_address ~ '^[^@\s,;<>"]+@[^@\s,;<>"]+$'),
  kind text not null,
  message jsonb,
  queued_at timestamptz not null default kernel.now(),
  attempts integer not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  failure text,
  primary key (ambito_id, id),
  check (sent_at is null or failed_at is null)
);
create index mail_waiting on kernel.mail (ambito_id, queued_at) where sent_at is null and failed_at is null;
select kernel.protect('kernel.mail');

-- What this installation is; written once. A demonstration never becomes the real thing, nor the other way round.
create table kernel.installation (
  only_one boolean primary key default true check (only_one),
  demo boolean not null,
  founded_at timestamptz not null default kernel.now()
);
select kernel.share('kernel.installation', 'select');

-- Which module has filled which Ambito with its own data.
create table kernel.seeded (
  ambito_id uuid not null,
  name text not null,
  at timestamptz not null default kernel.now(),
  primary key (ambito_id, name)
);
select kernel.protect('kernel.seeded', 'select, insert');
