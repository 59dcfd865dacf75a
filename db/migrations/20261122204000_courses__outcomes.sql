-- What people say of their own skills, signatures drawn on a screen, the budget line by day, editions not yet complete,
-- certificates set in parts.

-- How somebody sees what they can do, on coming in and on leaving; a correction is a later row, the last one counts.
create table courses.self_rating (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  position bigint not null generated always as identity,
  enrolment_id uuid not null,
  moment text not null check (moment in ('entry', 'exit')),
  understand text not null check (understand in ('yes', 'little', 'no')),
  speak text not null check (speak in ('yes', 'little', 'no')),
  read text not null check (read in ('yes', 'little', 'no')),
  write text not null check (write in ('yes', 'little', 'no')),
  manage text not null check (manage in ('yes', 'little', 'no')),
  motivation text not null check (motivation in ('yes', 'little', 'no')),
  by_whom text not null check (by_whom in ('person', 'staff')),
  on_day date not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id)
);
create index self_rating_by_enrolment on courses.self_rating (ambito_id, enrolment_id, moment, position);
select kernel.protect('courses.self_rating', 'select, insert');

-- Drawn on the screen of the classroom: a simple electronic signature, kept as a picture, one for each lesson somebody was in.
create table courses.signature (
  ambito_id uuid not null,
  lesson_id uuid not null,
  enrolment_id uuid not null,
  file_id uuid not null,
  signed_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, lesson_id, enrolment_id),
  foreign key (ambito_id, lesson_id) references courses.lesson (ambito_id, id),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id)
);
create index signature_by_enrolment on courses.signature (ambito_id, enrolment_id);
select kernel.protect('courses.signature', 'select, insert, delete');

-- What an edition is charged to, and from which day; written again for the same day, the later row counts.
create table courses.charge (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  position bigint not null generated always as identity,
  edition_id uuid not null,
  budget_line text not null check (length(budget_line) between 1 and 60),
  from_day date not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id)
);
create index charge_by_edition on courses.charge (ambito_id, edition_id, from_day, position);
select kernel.protect('courses.charge', 'select, insert');

insert into courses.charge (ambito_id, edition_id, budget_line, from_day, recorded_at, recorded_by)
  select ambito_id, id, budget_line, (recorded_at at time zone 'Europe/Rome')::date, recorded_at, recorded_by
  from courses.edition where budget_line <> '';
alter table courses.edition drop column budget_line;

-- Of a course that came in with a register nobody may have written how long it was, or for how many: unknown until the office says.
alter table courses.edition
  alter column capacity drop not null,
  alter column planned_minutes drop not null,
  add constraint edition_is_complete check (published_at is null or (capacity is not null and planned_minutes is not null));

-- The certificates of a large edition, set by a job part after part.
create table courses.printing (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  edition_id uuid not null,
  certificates uuid[] not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id)
);
create index printing_by_edition on courses.printing (ambito_id, edition_id, recorded_at);
select kernel.protect('courses.printing');
create table courses.printed (
  ambito_id uuid not null,
  printing_id uuid not null,
  part smallint not null,
  file_id uuid not null,
  primary key (ambito_id, printing_id, part),
  foreign key (ambito_id, printing_id) references courses.printing (ambito_id, id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id)
);
select kernel.protect('courses.printed');

alter table courses.link drop constraint link_kind_check;
alter table courses.link add constraint link_kind_check check (kind in ('status', 'offer', 'register', 'calendar'));
