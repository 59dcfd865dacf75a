-- Files: one isolation, one transaction, one backup. Which module a file belongs to decides who may open it.

create table kernel.file (
  ambito_id uuid not null,
  -- Not in order of time: nothing may be guessed from an address.
  id uuid not null default gen_random_uuid(),
  owner text not null check (owner ~ '^[a-z_]+$'),
  purpose text not null check (purpose ~ '^[a-z_]+$'),
  name text not null check (length(name) between 1 and 120),
  type text not null,
  size integer not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32),
  -- not_scanned: nothing looks into files here; waiting: closed until it has been looked into.
  scan text not null check (scan in ('not_scanned', 'waiting', 'clean', 'refused')),
  scanned_at timestamptz,
  kept_at timestamptz not null default kernel.now(),
  kept_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  primary key (ambito_id, id),
  check ((scan in ('clean', 'refused')) = (scanned_at is not null))
);
create index file_by_owner on kernel.file (ambito_id, owner, purpose, kept_at);
select kernel.protect('kernel.file', 'select, insert, update');

create table kernel.file_part (
  ambito_id uuid not null,
  file_id uuid not null,
  part integer not null check (part >= 0),
  bytes bytea not null check (length(bytes) between 1 and 1048576),
  primary key (ambito_id, file_id, part),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id)
);
-- What comes in is packed already.
alter table kernel.file_part alter column bytes set storage external;
select kernel.protect('kernel.file_part', 'select, insert, delete');
