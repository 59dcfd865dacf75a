-- The tavolo territoriale immigrazione: who sits at it, when it meets, what was said, decided and taken on.
select kernel.open_schema('tavolo');

-- --- who --------------------------------------------------------------------------------------------------------------

-- The bodies of the network, whether or not somebody sits at the tavolo for them.
create table tavolo.network (
  ambito_id uuid not null,
  organisation_id uuid not null,
  role text not null default '' check (length(role) <= 300),
  joined_on date not null default kernel.today(),
  ended_on date,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, organisation_id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  check (ended_on >= joined_on)
);
select kernel.protect('tavolo.network', 'select, insert, update');

-- A person who works for a body; the same person may sit for two.
create table tavolo.member (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  name text not null check (length(name) between 1 and 120),
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id)
);
create unique index member_by_email on tavolo.member (ambito_id, lower(email)) where email <> '';
select kernel.protect('tavolo.member', 'select, insert, update');

create table tavolo.seat (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  member_id uuid not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('member', 'substitute')),
  role text not null default '' check (length(role) <= 160),
  from_on date not null default kernel.today(),
  until_on date,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, member_id) references tavolo.member (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  check (until_on >= from_on)
);
create unique index seat_once on tavolo.seat (ambito_id, member_id, organisation_id) where until_on is null;
create index seat_by_organisation on tavolo.seat (ambito_id, organisation_id);
create index seat_by_member on tavolo.seat (ambito_id, member_id);
select kernel.protect('tavolo.seat', 'select, insert, update');

create table tavolo.link (
  ambito_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  kind text not null check (kind in ('invitation', 'member', 'task')),
  thing_id uuid not null,
  expires_at timestamptz not null,
  primary key (ambito_id, token_hash)
);
create index link_by_thing on tavolo.link (ambito_id, kind, thing_id);
select kernel.protect('tavolo.link');

-- --- when -------------------------------------------------------------------------------------------------------------

-- planned → (moved, any times) → held → draft sent → approved; or cancelled. The number is given when it is held.
create table tavolo.meeting (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  number integer check (number > 0),
  on_day date not null,
  starts_at time not null,
  ends_at time not null,
  mode text not null check (mode in ('online', 'in_person', 'mixed')),
  link text not null default '' check (length(link) <= 500),
  place text not null default '' check (length(place) <= 200),
  chair text not null default '' check (length(chair) <= 120),
  about text not null default '' check (length(about) <= 2000),
  -- Counts up with every move and with the cancellation: calendars find what is newer.
  sequence smallint not null default 0,
  invited_at timestamptz,
  reminded_at timestamptz,
  papers_sent_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by uuid,
  cancelled_why text not null default '' check (length(cancelled_why) <= 300),
  held_at timestamptz,
  held_by uuid,
  draft_sent_at timestamptz,
  approved_at timestamptz,
  approved_by uuid,
  approved_on date,
  -- The meeting at which it was approved.
  approved_in uuid,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  unique (ambito_id, number),
  foreign key (ambito_id, approved_in) references tavolo.meeting (ambito_id, id),
  check (starts_at < ends_at),
  check (cancelled_at is null or held_at is null),
  check ((held_at is null) = (number is null)),
  check ((approved_at is null) = (approved_on is null)),
  check (approved_at is null or held_at is not null)
);
create index meeting_by_day on tavolo.meeting (ambito_id, on_day desc);
create unique index meeting_one_a_day on tavolo.meeting (ambito_id, on_day) where cancelled_at is null;
select kernel.protect('tavolo.meeting', 'select, insert, update');

create table tavolo.move (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  from_day date not null,
  from_time time not null,
  to_day date not null,
  to_time time not null,
  why text not null default '' check (length(why) <= 300),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id)
);
create index move_by_meeting on tavolo.move (ambito_id, meeting_id);
select kernel.protect('tavolo.move', 'select, insert');

create table tavolo.invitation (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  seat_id uuid not null,
  -- The newest mail about it: whether it went out is asked of the post.
  mail_id uuid,
  answer text check (answer in ('yes', 'no', 'substitute')),
  answered_at timestamptz,
  by_link boolean not null default false,
  -- Who comes in their place.
  stand_in uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  unique (ambito_id, meeting_id, seat_id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, seat_id) references tavolo.seat (ambito_id, id),
  foreign key (ambito_id, stand_in) references tavolo.seat (ambito_id, id),
  check ((answer is null) = (answered_at is null)),
  check (stand_in is null or answer = 'substitute')
);
create index invitation_by_seat on tavolo.invitation (ambito_id, seat_id);
select kernel.protect('tavolo.invitation', 'select, insert, update');

-- Every time somebody came, with how it is known. A mistake is withdrawn, not deleted.
create table tavolo.attendance (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  seat_id uuid not null,
  member_id uuid not null,
  organisation_id uuid not null,
  how text not null check (how in ('tap', 'list', 'platform', 'sheet', 'register')),
  minutes smallint check (minutes between 0 and 1440),
  told boolean not null default false,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, seat_id) references tavolo.seat (ambito_id, id),
  foreign key (ambito_id, member_id) references tavolo.member (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id)
);
create unique index attendance_once on tavolo.attendance (ambito_id, meeting_id, seat_id) where withdrawn_at is null;
create index attendance_by_organisation on tavolo.attendance (ambito_id, organisation_id);
create index attendance_by_member on tavolo.attendance (ambito_id, member_id);
select kernel.protect('tavolo.attendance', 'select, insert, update');

-- --- what -------------------------------------------------------------------------------------------------------------

-- A point of the agenda. Without a meeting it waits for the next one.
create table tavolo.item (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid,
  position smallint not null default 100,
  kind text not null check (kind in ('approval', 'theme', 'calls', 'indicators', 'proposal', 'topic')),
  -- The theme, or the meeting whose minutes are to be approved.
  source_id uuid,
  title text not null default '' check (length(title) <= 200),
  explained text not null default '' check (length(explained) <= 4000),
  minutes smallint check (minutes between 1 and 480),
  brought_by text not null default '' check (length(brought_by) <= 200),
  proposed_by uuid,
  -- What other services said of it when the agenda was last fed: codes and figures, no names.
  data jsonb not null default '{}',
  -- What was said about it, in Markdown.
  said text not null default '' check (length(said) <= 40000),
  version integer not null default 0,
  said_at timestamptz,
  said_by uuid,
  -- A theme of people was answered in public on this day.
  answered_on date,
  postponed_from uuid,
  removed_at timestamptz,
  removed_by uuid,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, postponed_from) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, proposed_by) references tavolo.seat (ambito_id, id)
);
create index item_by_meeting on tavolo.item (ambito_id, meeting_id, position);
create index item_by_source on tavolo.item (ambito_id, source_id) where source_id is not null;
create index item_waiting on tavolo.item (ambito_id) where meeting_id is null and removed_at is null;
select kernel.protect('tavolo.item', 'select, insert, update');

-- Everything that ever stood in an item, so that nothing written is lost.
create table tavolo.writing (
  ambito_id uuid not null,
  item_id uuid not null,
  version integer not null,
  said text not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, item_id, version),
  foreign key (ambito_id, item_id) references tavolo.item (ambito_id, id)
);
select kernel.protect('tavolo.writing', 'select, insert');

-- The number is of the year, and given when the meeting ends.
create table tavolo.decision (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  item_id uuid,
  year smallint not null,
  number integer check (number > 0),
  text text not null check (length(text) between 1 and 2000),
  -- Without case, accents and punctuation, with the title of its item: for searching.
  folded text not null,
  on_day date not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  unique (ambito_id, year, number),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, item_id) references tavolo.item (ambito_id, id)
);
create index decision_by_meeting on tavolo.decision (ambito_id, meeting_id);
create index decision_by_item on tavolo.decision (ambito_id, item_id) where item_id is not null;
create index decision_by_day on tavolo.decision (ambito_id, on_day desc, number desc);
select kernel.protect('tavolo.decision', 'select, insert, update');

-- Who does what by when; on every agenda from the meeting that gave it to the one at which it is closed.
create table tavolo.task (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid,
  item_id uuid,
  what text not null check (length(what) between 1 and 500),
  organisation_id uuid,
  member_id uuid,
  given_on date not null,
  due_on date,
  closed_on date,
  -- The day it was due when its owner was last reminded.
  reminded_for date,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, item_id) references tavolo.item (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, member_id) references tavolo.member (ambito_id, id)
);
create index task_open on tavolo.task (ambito_id, given_on) where closed_on is null;
create index task_by_meeting on tavolo.task (ambito_id, meeting_id);
create index task_by_member on tavolo.task (ambito_id, member_id) where member_id is not null;
create index task_closed on tavolo.task (ambito_id, closed_on) where closed_on is not null;
select kernel.protect('tavolo.task', 'select, insert, update');

create table tavolo.task_step (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  task_id uuid not null,
  step text not null check (step in ('given', 'moved', 'handed', 'done', 'dropped', 'reopened')),
  due_on date,
  note text not null default '' check (length(note) <= 500),
  by_link boolean not null default false,
  on_day date not null default kernel.today(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, task_id) references tavolo.task (ambito_id, id)
);
create index task_step_by_task on tavolo.task_step (ambito_id, task_id, recorded_at);
select kernel.protect('tavolo.task_step', 'select, insert');

-- --- after ------------------------------------------------------------------------------------------------------------

create table tavolo.remark (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  member_id uuid,
  text text not null check (length(text) between 1 and 2000),
  settled_at timestamptz,
  settled_by uuid,
  settled_how text not null default '' check (length(settled_how) <= 500),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, member_id) references tavolo.member (ambito_id, id)
);
create index remark_by_meeting on tavolo.remark (ambito_id, meeting_id);
select kernel.protect('tavolo.remark', 'select, insert, update');

-- Approved minutes stay as they are; what was wrong in them is said beside them, with its day.
create table tavolo.correction (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  decision_id uuid,
  text text not null check (length(text) between 1 and 2000),
  on_day date not null default kernel.today(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id),
  foreign key (ambito_id, decision_id) references tavolo.decision (ambito_id, id)
);
create index correction_by_meeting on tavolo.correction (ambito_id, meeting_id);
select kernel.protect('tavolo.correction', 'select, insert');

-- What everybody may read, without names, in one language. Each saving is a row, the newest of a language holds.
create table tavolo.extract (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  title text not null check (length(title) between 1 and 160),
  body text not null check (length(body) between 1 and 8000),
  origin text not null check (origin in ('person', 'machine')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id)
);
create index extract_by_meeting on tavolo.extract (ambito_id, meeting_id, language, recorded_at desc);
select kernel.protect('tavolo.extract', 'select, insert');

create table tavolo.publication (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  meeting_id uuid not null,
  on_day date not null default kernel.today(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id)
);
create unique index published_once on tavolo.publication (ambito_id, meeting_id) where withdrawn_at is null;
select kernel.protect('tavolo.publication', 'select, insert, update');

-- Papers for the meeting, and what came out of it.
create table tavolo.paper (
  ambito_id uuid not null,
  file_id uuid not null,
  meeting_id uuid not null,
  title text not null check (length(title) between 1 and 160),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  removed_at timestamptz,
  primary key (ambito_id, file_id),
  foreign key (ambito_id, meeting_id) references tavolo.meeting (ambito_id, id)
);
create index paper_by_meeting on tavolo.paper (ambito_id, meeting_id);
select kernel.protect('tavolo.paper', 'select, insert, update');

-- --- approved is approved ---------------------------------------------------------------------------------------------

-- A row of another Ambito sees no meeting here, and falls through to the policy.
create function tavolo.is_approved(the_ambito uuid, the_meeting uuid) returns boolean
language sql stable
as $$
  select exists (
    select from tavolo.meeting
    where ambito_id = the_ambito and id = the_meeting and approved_at is not null)
$$;

create function tavolo.stays_as_approved() returns trigger
language plpgsql
as $$
begin
  if tg_op <> 'INSERT' and tavolo.is_approved(old.ambito_id, old.meeting_id)
     or tg_op <> 'DELETE' and tavolo.is_approved(new.ambito_id, new.meeting_id) then
    raise exception 'these minutes are approved: write a correction' using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger stays_as_approved before insert or update or delete on tavolo.decision
  for each row execute function tavolo.stays_as_approved();
create trigger stays_as_approved before insert or delete
  or update of meeting_id, seat_id, member_id, organisation_id, how, minutes, withdrawn_at on tavolo.attendance
  for each row execute function tavolo.stays_as_approved();
-- That a theme was answered in public is no part of the minutes.
create trigger stays_as_approved before insert or delete
  or update of meeting_id, position, kind, source_id, title, explained, minutes, brought_by, data, said, removed_at on tavolo.item
  for each row execute function tavolo.stays_as_approved();
-- A task goes on living: when it is due, who has it, whether it is done.
create trigger stays_as_approved before insert or delete or update of meeting_id, item_id, what, given_on on tavolo.task
  for each row execute function tavolo.stays_as_approved();

create function tavolo.meeting_stays_as_approved() returns trigger
language plpgsql
as $$
begin
  if old.approved_at is not null then
    raise exception 'these minutes are approved: write a correction' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger stays_as_approved before update or delete on tavolo.meeting
  for each row execute function tavolo.meeting_stays_as_approved();
