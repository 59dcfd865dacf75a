-- What is there for people: services, notices, events, pages; their words in many languages; who comes to an event.
select kernel.open_schema('board');

-- draft (no published_from) → waiting for its day → live → past its day → withdrawn.
create table board.item (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  kind text not null check (kind in ('service', 'notice', 'event', 'page')),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  -- Whose card it is: reminded before its day passes.
  owner uuid,
  published_from date,
  -- A service: its data must be checked again by this day. The others: no longer shown after it.
  published_until date,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  -- Of the newest row of source_version.
  version integer not null default 0,
  demo boolean not null default false,
  changed_at timestamptz not null default kernel.now(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  unique (ambito_id, kind, slug),
  check (published_until >= published_from)
);
create index item_by_day on board.item (ambito_id, kind, published_from);
select kernel.protect('board.item', 'select, insert, update');

-- The Italian source. Never changed: each saving is a row, and a translation says which one it was made from.
create table board.source_version (
  ambito_id uuid not null,
  item_id uuid not null,
  version integer not null check (version > 0),
  title text not null check (length(title) between 1 and 160),
  summary text not null default '' check (length(summary) <= 400),
  body text not null default '' check (length(body) <= 12000),
  plain_summary text not null default '' check (length(plain_summary) <= 400),
  plain_body text not null default '' check (length(plain_body) <= 12000),
  -- Documents to bring, one a line.
  bring text not null default '' check (length(bring) <= 2000),
  for_whom text not null default '' check (length(for_whom) <= 500),
  cost text not null default '' check (length(cost) <= 300),
  booking text not null default '' check (length(booking) <= 500),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, item_id, version),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
select kernel.protect('board.source_version', 'select, insert');

-- Three states, each a fact of its own: `origin` of this row; checked = a row of translation_check for the newest
-- revision; fresh = the source it was made from says what the source says now.
create table board.translation (
  ambito_id uuid not null,
  item_id uuid not null,
  language text not null check (language ~ '^[a-z]{2,3}$' and language <> 'it'),
  revision integer not null check (revision > 0),
  of_version integer not null,
  origin text not null check (origin in ('person', 'machine')),
  title text not null check (length(title) between 1 and 160),
  summary text not null default '' check (length(summary) <= 400),
  body text not null default '' check (length(body) <= 12000),
  bring text not null default '' check (length(bring) <= 2000),
  for_whom text not null default '' check (length(for_whom) <= 500),
  cost text not null default '' check (length(cost) <= 300),
  booking text not null default '' check (length(booking) <= 500),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, item_id, language, revision),
  foreign key (ambito_id, item_id, of_version) references board.source_version (ambito_id, item_id, version)
);
create index translation_by_source on board.translation (ambito_id, item_id, of_version);
select kernel.protect('board.translation', 'select, insert');

create table board.translation_check (
  ambito_id uuid not null,
  item_id uuid not null,
  language text not null,
  revision integer not null,
  checked_by text not null check (length(checked_by) between 1 and 120),
  checked_on date not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, item_id, language, revision),
  foreign key (ambito_id, item_id, language, revision) references board.translation (ambito_id, item_id, language, revision)
);
select kernel.protect('board.translation_check', 'select, insert');

-- Told to the others once, whatever happens to the item afterwards.
create table board.announced (
  ambito_id uuid not null,
  item_id uuid not null,
  on_day date not null,
  primary key (ambito_id, item_id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
select kernel.protect('board.announced', 'select, insert');

-- The owner was told that this day is near.
create table board.reminder (
  ambito_id uuid not null,
  item_id uuid not null,
  until date not null,
  primary key (ambito_id, item_id, until),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
select kernel.protect('board.reminder', 'select, insert');

-- Which needs of the desk's list it answers.
create table board.item_need (
  ambito_id uuid not null,
  item_id uuid not null,
  need text not null,
  primary key (ambito_id, item_id, need),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
create index item_by_need on board.item_need (ambito_id, need);
select kernel.protect('board.item_need', 'select, insert, delete');

-- --- services ---------------------------------------------------------------------------------------------------------

create table board.service (
  ambito_id uuid not null,
  item_id uuid not null,
  organisation_id uuid,
  place_id uuid,
  phone text not null default '' check (length(phone) <= 40),
  email text not null default '' check (length(email) <= 254),
  website text not null default '' check (length(website) <= 300),
  -- Languages spoken there (BCP 47).
  languages text[] not null default '{}',
  free boolean not null default false,
  pictogram text not null default 'building-community',
  -- Its hours are those of our own desk of this kind, written there and not here.
  hours_of text check (hours_of in ('foreigners', 'refugees', 'digital', 'self')),
  -- Shut when the Ambito is.
  keeps_closures boolean not null default true,
  primary key (ambito_id, item_id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, place_id) references territory.place (ambito_id, id)
);
create index service_by_organisation on board.service (ambito_id, organisation_id);
create index service_by_place on board.service (ambito_id, place_id);
select kernel.protect('board.service', 'select, insert, update');

create table board.hours (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  item_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  starts_at time not null,
  ends_at time not null,
  primary key (ambito_id, id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id),
  check (starts_at < ends_at)
);
create index hours_by_item on board.hours (ambito_id, item_id, weekday, starts_at);
select kernel.protect('board.hours', 'select, insert, delete');

-- A day that is not like the others: closed (no times), or open at these times and no others.
create table board.hours_exception (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  item_id uuid not null,
  on_day date not null,
  starts_at time,
  ends_at time,
  primary key (ambito_id, id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id),
  check (starts_at < ends_at),
  check ((starts_at is null) = (ends_at is null))
);
create index hours_exception_by_item on board.hours_exception (ambito_id, item_id, on_day);
select kernel.protect('board.hours_exception', 'select, insert, delete');

-- Somebody looked whether the card is still true.
create table board.card_check (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  item_id uuid not null,
  on_day date not null,
  by_whom text not null check (length(by_whom) between 1 and 120),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
create index card_check_by_item on board.card_check (ambito_id, item_id, on_day desc);
select kernel.protect('board.card_check', 'select, insert');

-- "Was this useful?" without knowing who answers.
create table board.usefulness (
  ambito_id uuid not null,
  item_id uuid not null,
  on_day date not null,
  language text not null,
  yes integer not null default 0 check (yes >= 0),
  no integer not null default 0 check (no >= 0),
  primary key (ambito_id, item_id, on_day, language),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
select kernel.protect('board.usefulness', 'select, insert, update');

-- --- events -----------------------------------------------------------------------------------------------------------

create table board.event (
  ambito_id uuid not null,
  item_id uuid not null,
  -- Wall time of `zone`, as it is printed on the poster.
  on_day date not null,
  starts_at time not null,
  ends_at time not null,
  zone text not null default 'Europe/Rome' check (zone = 'Europe/Rome'),
  place_id uuid,
  place_text text not null default '' check (length(place_text) <= 300),
  organisation_id uuid,
  sign_up boolean not null default false,
  -- None: as many as come.
  capacity smallint check (capacity between 1 and 2000),
  -- Calendars take an entry of a higher sequence for the newer one (RFC 5545, 3.8.7.4).
  sequence integer not null default 0,
  cancelled_at timestamptz,
  cancelled_by uuid,
  primary key (ambito_id, item_id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id),
  foreign key (ambito_id, place_id) references territory.place (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  check (starts_at < ends_at)
);
create index event_by_day on board.event (ambito_id, on_day, starts_at);
create index event_by_place on board.event (ambito_id, place_id);
create index event_by_organisation on board.event (ambito_id, organisation_id);
select kernel.protect('board.event', 'select, insert, update');

-- One row for each place there is; a place is taken by at most one sign-up that stands.
create table board.seat (
  ambito_id uuid not null,
  item_id uuid not null,
  number smallint not null check (number > 0),
  primary key (ambito_id, item_id, number),
  foreign key (ambito_id, item_id) references board.event (ambito_id, item_id)
);
-- Update: the right to lock a seat while taking it.
select kernel.protect('board.seat', 'select, insert, update, delete');

create table board.sign_up (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  item_id uuid not null,
  seat smallint,
  -- Emptied some weeks after the event.
  called_as text not null check (length(called_as) <= 80),
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  language text not null,
  -- Of the personal link that takes it back; only its hash.
  token_hash bytea not null,
  signed_up_at timestamptz not null default kernel.now(),
  withdrawn_at timestamptz,
  primary key (ambito_id, id),
  unique (ambito_id, token_hash),
  foreign key (ambito_id, item_id) references board.event (ambito_id, item_id),
  foreign key (ambito_id, item_id, seat) references board.seat (ambito_id, item_id, number)
);
create unique index seat_taken_once on board.sign_up (ambito_id, item_id, seat) where withdrawn_at is null and seat is not null;
create index sign_up_by_event on board.sign_up (ambito_id, item_id, signed_up_at);
select kernel.protect('board.sign_up', 'select, insert, update');

-- Who came. Never changed: one entered by mistake has a row in attendance_withdrawal.
create table board.attendance (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  item_id uuid not null,
  sign_up_id uuid,
  person_id uuid,
  on_day date not null,
  minutes smallint not null check (minutes between 1 and 1440),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, item_id) references board.event (ambito_id, item_id),
  foreign key (ambito_id, sign_up_id) references board.sign_up (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index attendance_by_event on board.attendance (ambito_id, item_id);
create index attendance_by_sign_up on board.attendance (ambito_id, sign_up_id);
create index attendance_by_person on board.attendance (ambito_id, person_id) where person_id is not null;
select kernel.protect('board.attendance', 'select, insert');

create table board.attendance_withdrawal (
  ambito_id uuid not null,
  attendance_id uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, attendance_id),
  foreign key (ambito_id, attendance_id) references board.attendance (ambito_id, id)
);
select kernel.protect('board.attendance_withdrawal', 'select, insert');

-- --- search -----------------------------------------------------------------------------------------------------------

-- Folded words of what is written, in every language; looked up by equality and by prefix, which row-level security
-- lets use the index.
create table board.word (
  ambito_id uuid not null,
  word text collate "C" not null,
  item_id uuid not null,
  weight smallint not null,
  primary key (ambito_id, word, item_id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
create index word_by_item on board.word (ambito_id, item_id);
select kernel.protect('board.word', 'select, insert, delete');
