-- A body's own system: it asks with a key, and sees what its contact sees. Of the key only the SHA-256 is kept.
create table mediation.system (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  body_id uuid not null,
  contact_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  -- Who looks after it: hears when its messages no longer arrive.
  tech_email text not null check (length(tech_email) <= 254),
  key_hash bytea not null check (length(key_hash) = 32),
  -- Counted up when its signing secret is made anew; the secret itself is made from the key of the installation.
  secret_number smallint not null default 1,
  used_on date,
  made_at timestamptz not null default kernel.now(),
  made_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, body_id) references mediation.body (ambito_id, id),
  foreign key (ambito_id, contact_id) references mediation.contact (ambito_id, id)
);
create unique index system_by_key on mediation.system (ambito_id, key_hash);
create index system_by_contact on mediation.system (ambito_id, contact_id, body_id) where revoked_at is null;
create index system_by_body on mediation.system (ambito_id, body_id);
select kernel.protect('mediation.system');

-- Where it hears what changes; one at a time. Another address, or off: a row ends and perhaps another begins.
create table mediation.webhook (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  system_id uuid not null,
  url text not null check (length(url) <= 500),
  set_at timestamptz not null default kernel.now(),
  set_by uuid,
  -- Since when nothing has arrived there; empty as soon as something has.
  failing_since timestamptz,
  off_at timestamptz,
  off_why text check (off_why in ('staff', 'replaced', 'failing', 'gone', 'revoked')),
  primary key (ambito_id, id),
  foreign key (ambito_id, system_id) references mediation.system (ambito_id, id),
  check ((off_at is null) = (off_why is null))
);
create unique index webhook_on on mediation.webhook (ambito_id, system_id) where off_at is null;
create index webhook_by_system on mediation.webhook (ambito_id, system_id);
select kernel.protect('mediation.webhook');

-- One message for each step of a call it asked for; to one system they go one after the other, as they were made:
--   waiting (next_at) ── 2xx ── delivered
--                     ├── anything else: waiting again after a pause, longer each time
--                     └── the last pause is over: given up, and its target switched off
create table mediation.delivery (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  system_id uuid not null,
  call_id uuid not null,
  -- Its number among the steps of the call.
  step smallint not null,
  state text not null,
  made_at timestamptz not null default kernel.now(),
  next_at timestamptz default kernel.now(),
  attempts smallint not null default 0,
  tried_at timestamptz,
  -- What the target said the last time: an HTTP status, or 0 and a word of ours.
  status smallint,
  said text not null default '' check (length(said) <= 60),
  delivered_at timestamptz,
  given_up_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, system_id) references mediation.system (ambito_id, id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  check (num_nonnulls(next_at, delivered_at, given_up_at) = 1)
);
create index delivery_waiting on mediation.delivery (ambito_id, next_at) where next_at is not null;
create index delivery_by_system on mediation.delivery (ambito_id, system_id, made_at);
create index delivery_by_call on mediation.delivery (ambito_id, call_id);
select kernel.protect('mediation.delivery');

-- Which system asked; none: a person did.
alter table mediation.call add system_id uuid;
alter table mediation.call add constraint call_system_id_fkey foreign key (ambito_id, system_id) references mediation.system (ambito_id, id);
create index call_by_system on mediation.call (ambito_id, system_id) where system_id is not null;

alter table mediation.confirmation drop constraint confirmation_how_check;
alter table mediation.confirmation add constraint confirmation_how_check
  check (how in ('link', 'screen', 'paper', 'account', 'register', 'system'));
