-- Signed sheets come back as scans and file themselves: a scan is one file, a page of it one row.

create table kernel.scan (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  file_id uuid not null,
  pages integer check (pages >= 0),
  ended_at timestamptz,
  -- not_opened: broken or protected by a password; too_long: more pages than are read.
  failure text check (failure in ('not_opened', 'too_long')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id),
  check (failure is null or ended_at is not null)
);
create index scan_by_age on kernel.scan (ambito_id, recorded_at desc);
select kernel.protect('kernel.scan', 'select, insert, update');

create table kernel.scan_page (
  ambito_id uuid not null,
  scan_id uuid not null,
  page integer not null check (page >= 0),
  -- What the mark on it says, or a person: which sheet of which thing.
  kind text,
  thing_id uuid,
  sheet integer check (sheet >= 1),
  filed_at timestamptz,
  -- Null: it filed itself.
  filed_by uuid,
  -- no_mark: none could be read; not_ours: not printed here; gone: what it belongs to is not there.
  unread text check (unread in ('no_mark', 'not_ours', 'gone')),
  set_aside_at timestamptz,
  set_aside_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, scan_id, page),
  foreign key (ambito_id, scan_id) references kernel.scan (ambito_id, id),
  check ((filed_at is null) = (thing_id is null) and (thing_id is null) = (kind is null) and (kind is null) = (sheet is null)),
  check (filed_at is null or set_aside_at is null),
  check (filed_at is not null or unread is not null)
);
create index scan_page_by_thing on kernel.scan_page (ambito_id, kind, thing_id) where filed_at is not null;
create index scan_page_to_file on kernel.scan_page (ambito_id, recorded_at) where filed_at is null and set_aside_at is null;
select kernel.protect('kernel.scan_page', 'select, insert, update');
