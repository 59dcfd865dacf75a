-- What people say is missing, what becomes of it, and what is answered. Nobody has to say who they are.
select kernel.open_schema('participation');

-- Where a group was listened to. Who was there is a number: they are counted nowhere unless they register.
create table participation.meeting (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  on_day date not null,
  place text not null check (length(place) between 1 and 200),
  attended smallint not null check (attended between 1 and 2000),
  about text not null default '' check (length(about) <= 300),
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id)
);
create index meeting_by_day on participation.meeting (ambito_id, on_day desc);
select kernel.protect('participation.meeting', 'select, insert');

create table participation.voice (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  number integer not null generated always as identity,
  channel text not null check (channel in ('portal', 'desk', 'meeting', 'mediator', 'survey')),
  meeting_id uuid,
  on_day date not null default kernel.today(),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  -- A group of the desk's list of needs.
  topic text not null,
  comune text check (comune ~ '^\d{6}$'),
  -- As it was said; without the names once somebody has read it.
  text text not null check (length(text) <= 4000),
  -- The trap for machines was filled in: read last, thrown away by nobody but a person.
  doubtful boolean not null default false,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  unique (ambito_id, number),
  foreign key (ambito_id, meeting_id) references participation.meeting (ambito_id, id),
  check ((channel = 'meeting') = (meeting_id is not null))
);
create index voice_by_time on participation.voice (ambito_id, recorded_at desc);
create index voice_by_meeting on participation.voice (ambito_id, meeting_id) where meeting_id is not null;
select kernel.protect('participation.voice', 'select, insert, update');

-- Who waits for an answer, and how to reach them. Emptied once they have been told, or when it has taken too long.
create table participation.wish (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  voice_id uuid not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  -- The same for voices left with the same contact: it stays when the contact goes, and leads to nobody.
  mark uuid not null,
  told_at timestamptz,
  told_by uuid,
  told_how text check (told_how in ('email', 'phone', 'forgotten')),
  primary key (ambito_id, id),
  unique (ambito_id, voice_id),
  foreign key (ambito_id, voice_id) references participation.voice (ambito_id, id),
  check ((told_at is null) = (told_how is null)),
  check ((told_at is null) = (email <> '' or phone <> ''))
);
create index wish_waiting on participation.wish (ambito_id, email, phone) where told_at is null;
select kernel.protect('participation.wish', 'select, insert, update');

-- Somebody has read it: it may be heard, or is set aside. The newest row holds.
create table participation.reading (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  voice_id uuid not null,
  verdict text not null check (verdict in ('heard', 'aside')),
  reason text not null default '' check (length(reason) <= 300),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, voice_id) references participation.voice (ambito_id, id)
);
create index reading_by_voice on participation.reading (ambito_id, voice_id, recorded_at desc);
select kernel.protect('participation.reading', 'select, insert');

-- It tells of a danger: handed to those who can act, until one of them has taken it up.
create table participation.alarm (
  ambito_id uuid not null,
  voice_id uuid not null,
  to_role text not null check (to_role in ('operator', 'lawyer', 'coordinator')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  taken_up_at timestamptz,
  taken_up_by uuid,
  primary key (ambito_id, voice_id),
  foreign key (ambito_id, voice_id) references participation.voice (ambito_id, id)
);
create index alarm_open on participation.alarm (ambito_id, recorded_at) where taken_up_at is null;
select kernel.protect('participation.alarm', 'select, insert, update');

-- --- themes -----------------------------------------------------------------------------------------------------------

create table participation.theme (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  title text not null check (length(title) between 1 and 160),
  topic text not null,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id)
);
-- Update: the right to lock a theme while it goes on.
select kernel.protect('participation.theme', 'select, insert, update');

-- open → looking ⇄ proposed → answered → closed; merged ends it. The newest row holds.
create table participation.theme_status (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  theme_id uuid not null,
  status text not null check (status in ('open', 'looking', 'proposed', 'answered', 'closed', 'merged')),
  into_id uuid,
  on_day date not null default kernel.today(),
  note text not null default '' check (length(note) <= 500),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, theme_id) references participation.theme (ambito_id, id),
  foreign key (ambito_id, into_id) references participation.theme (ambito_id, id),
  check ((status = 'merged') = (into_id is not null)),
  check (into_id <> theme_id)
);
create index theme_status_by_theme on participation.theme_status (ambito_id, theme_id, recorded_at desc);
create index theme_status_by_into on participation.theme_status (ambito_id, into_id) where into_id is not null;
select kernel.protect('participation.theme_status', 'select, insert');

-- A voice stands in one theme at a time; where it stood before stays readable.
create table participation.placement (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  voice_id uuid not null,
  theme_id uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  ended_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, voice_id) references participation.voice (ambito_id, id),
  foreign key (ambito_id, theme_id) references participation.theme (ambito_id, id)
);
create unique index one_theme_at_a_time on participation.placement (ambito_id, voice_id) where ended_at is null;
create index placement_by_theme on participation.placement (ambito_id, theme_id) where ended_at is null;
create index placement_by_voice on participation.placement (ambito_id, voice_id);
select kernel.protect('participation.placement', 'select, insert, update');

-- "You said, we did", in one language. Never changed: each saving is a row, the newest of a language holds.
create table participation.reply (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  theme_id uuid not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  title text not null check (length(title) between 1 and 160),
  you_said text not null check (length(you_said) between 1 and 1000),
  we_did text not null check (length(we_did) between 1 and 2000),
  origin text not null check (origin in ('person', 'machine')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, theme_id) references participation.theme (ambito_id, id)
);
create index reply_by_theme on participation.reply (ambito_id, theme_id, language, recorded_at desc);
select kernel.protect('participation.reply', 'select, insert');

create table participation.publication (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  theme_id uuid not null,
  on_day date not null default kernel.today(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, theme_id) references participation.theme (ambito_id, id)
);
create unique index published_once on participation.publication (ambito_id, theme_id) where withdrawn_at is null;
select kernel.protect('participation.publication', 'select, insert, update');

-- --- the questionnaire of two minutes ---------------------------------------------------------------------------------

create table participation.questionnaire (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  on_day date not null default kernel.today(),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  comune text check (comune ~ '^\d{6}$'),
  living text not null check (living in ('yes', 'little', 'no')),
  helped text not null check (helped in ('yes', 'little', 'no')),
  heard text not null check (heard in ('yes', 'little', 'no')),
  taking_part text not null check (taking_part in ('yes', 'little', 'no')),
  hardest text[] not null default '{}' check (cardinality(hardest) <= 3),
  doubtful boolean not null default false,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id)
);
create index questionnaire_by_day on participation.questionnaire (ambito_id, on_day);
select kernel.protect('participation.questionnaire', 'select, insert');
