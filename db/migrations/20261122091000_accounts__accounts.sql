-- Who works here. Accounts belong to nobody's Ambito; what somebody may do is a row per Ambito.
select kernel.open_schema('accounts');

create table accounts.account (
  id uuid primary key default kernel.uuidv7(),
  email text not null unique check (email = lower(email) and email ~ '^[^@\s,;<>"]+@[^@\s,;<>"]+$'),
  name text not null check (name <> ''),
  password_hash text check (password_hash like '$argon2id$%'),
  lang text not null default 'it' check (lang in ('it', 'en')),
  demo boolean not null default false,
  created_at timestamptz not null default kernel.now(),
  created_by uuid references accounts.account
);
select kernel.share('accounts.account', 'select, insert, update');

create table accounts.disabling (
  id uuid primary key default kernel.uuidv7(),
  account_id uuid not null references accounts.account,
  disabled_at timestamptz not null default kernel.now(),
  disabled_by uuid references accounts.account,
  ended_at timestamptz,
  ended_by uuid references accounts.account,
  check (ended_at >= disabled_at)
);
create unique index disabling_once on accounts.disabling (account_id) where ended_at is null;
select kernel.share('accounts.disabling', 'select, insert, update');

create table accounts.role (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  account_id uuid not null references accounts.account,
  role text not null check (role in ('admin', 'operator', 'lawyer', 'self_adviser', 'coordinator', 'mediator', 'trainer',
    'editor', 'translator', 'body_contact', 'member', 'office')),
  given_at timestamptz not null default kernel.now(),
  given_by uuid references accounts.account,
  ended_at timestamptz,
  ended_by uuid references accounts.account,
  primary key (ambito_id, id),
  check (ended_at >= given_at)
);
create unique index role_once on accounts.role (ambito_id, account_id, role) where ended_at is null;
create index role_by_account on accounts.role (account_id) where ended_at is null;
select kernel.protect('accounts.role', 'select, insert, update');

-- Signing in happens before an Ambito is chosen: an account sees its own roles everywhere, and changes none of them.
do $$
begin
  execute format('create policy own on accounts.role for select to %I using (account_id = kernel.account())',
    current_setting('labimpact.app_role'));
end
$$;

-- The Region has no Ambito.
create table accounts.region_reader (
  id uuid primary key default kernel.uuidv7(),
  account_id uuid not null references accounts.account,
  given_at timestamptz not null default kernel.now(),
  given_by uuid references accounts.account,
  ended_at timestamptz,
  ended_by uuid references accounts.account,
  check (ended_at >= given_at)
);
create unique index region_reader_once on accounts.region_reader (account_id) where ended_at is null;
select kernel.share('accounts.region_reader', 'select, insert, update');

create table accounts.totp (
  id uuid primary key default kernel.uuidv7(),
  account_id uuid not null references accounts.account,
  secret text not null,
  made_at timestamptz not null default kernel.now(),
  confirmed_at timestamptz,
  -- The last thirty seconds whose code was used: each code opens once.
  last_step bigint not null default 0,
  ended_at timestamptz,
  ended_by uuid references accounts.account
);
create unique index totp_once on accounts.totp (account_id) where ended_at is null;
select kernel.share('accounts.totp', 'select, insert, update');

create table accounts.recovery_code (
  account_id uuid not null references accounts.account,
  hash bytea not null check (length(hash) = 32),
  made_at timestamptz not null default kernel.now(),
  used_at timestamptz,
  primary key (account_id, hash)
);
select kernel.share('accounts.recovery_code', 'select, insert, update, delete');

-- Between the right password and the right code. Its token lies in the session's cookie and opens nothing else.
create table accounts.challenge (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references accounts.account,
  made_at timestamptz not null default kernel.now(),
  expires_at timestamptz not null,
  tries smallint not null default 0 check (tries between 0 and 5),
  ended_at timestamptz
);
create index challenge_by_account on accounts.challenge (account_id) where ended_at is null;
select kernel.share('accounts.challenge', 'select, insert, update, delete');

-- The link with which somebody chooses a password: the first one, or a new one after it was forgotten.
create table accounts.activation (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references accounts.account,
  made_at timestamptz not null default kernel.now(),
  made_by uuid references accounts.account,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index activation_by_account on accounts.activation (account_id) where ended_at is null;
select kernel.share('accounts.activation', 'select, insert, update, delete');

-- From where an account usually signs in (a hash of the network address): others who guess cannot lock it out there.
create table accounts.usual_address (
  account_id uuid not null references accounts.account,
  address_hash text not null,
  first_at timestamptz not null default kernel.now(),
  last_at timestamptz not null default kernel.now(),
  primary key (account_id, address_hash)
);
select kernel.share('accounts.usual_address', 'select, insert, update, delete');

-- Who an account is in an Ambito, at each request: no row when it is disabled. One call, as whoever asks.
create function accounts.actor(who uuid, here uuid) returns table (name text, lang text, roles text[])
language plpgsql volatile set search_path = pg_catalog as $$
begin
  perform set_config('app.account', who::text, true);
  return query
    select a.name, a.lang, array(
      select r.role from accounts.role r where r.ambito_id = here and r.account_id = who and r.ended_at is null
      union all
      select 'region' from accounts.region_reader x where x.account_id = who and x.ended_at is null)
    from accounts.account a
    where a.id = who and not exists (select from accounts.disabling d where d.account_id = who and d.ended_at is null);
end
$$;

-- An administrator of one Ambito may not touch the sign-in of somebody who also works elsewhere, and may not see where.
create function accounts.works_elsewhere(who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from accounts.role r where r.account_id = who and r.ended_at is null
      and r.ambito_id is distinct from kernel.ambito())
    or exists (select from accounts.region_reader x where x.account_id = who and x.ended_at is null)
$$;
revoke all on function accounts.works_elsewhere(uuid) from public;

do $$
begin
  execute format('grant execute on function accounts.works_elsewhere(uuid) to %I', current_setting('labimpact.app_role'));
end
$$;
