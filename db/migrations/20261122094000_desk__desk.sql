-- The help desk: openings, the queue, visits with their needs, referrals, notes.
select kernel.open_schema('desk');

-- A weekly opening; `kind` is the desk people know it by (foreigners, refugees, digital, self).
create table desk.opening_series (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  kind text not null check (kind in ('foreigners', 'refugees', 'digital', 'self')),
  weekday smallint not null check (weekday between 1 and 7),
  starts_at time not null,
  ends_at time not null,
  place text not null default '',
  since date not null,
  until date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  check (starts_at < ends_at),
  check (since <= until)
);
select kernel.protect('desk.opening_series');

create table desk.opening (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  series_id uuid,
  kind text not null check (kind in ('foreigners', 'refugees', 'digital', 'self')),
  on_day date not null,
  starts_at time not null,
  ends_at time not null,
  place text not null default '',
  cancelled_at timestamptz,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  unique (ambito_id, series_id, on_day),
  foreign key (ambito_id, series_id) references desk.opening_series (ambito_id, id),
  check (starts_at < ends_at)
);
create index opening_by_day on desk.opening (ambito_id, on_day);
select kernel.protect('desk.opening');

-- One place in the queue of an opening: waiting → called → served, or gone without waiting.
create table desk.arrival (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  opening_id uuid not null,
  number smallint not null check (number between 1 and 999),
  called_as text not null default '' check (length(called_as) <= 80),
  person_id uuid,
  arrived_at timestamptz not null default kernel.now(),
  called_at timestamptz,
  called_by uuid,
  served_at timestamptz,
  left_at timestamptz,
  recorded_by uuid,
  primary key (ambito_id, id),
  unique (ambito_id, opening_id, number),
  foreign key (ambito_id, opening_id) references desk.opening (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (called_at >= arrived_at),
  check (served_at is null or left_at is null)
);
create index arrival_waiting on desk.arrival (ambito_id, opening_id, number) where served_at is null and left_at is null;
create index arrival_by_person on desk.arrival (ambito_id, person_id) where person_id is not null;
select kernel.protect('desk.arrival');

create table desk.visit (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  opening_id uuid not null,
  arrival_id uuid,
  -- Null: anonymous information, an activity figure and never a participant.
  person_id uuid,
  on_day date not null,
  channel text not null check (channel in ('walk_in', 'appointment', 'phone', 'email', 'chat', 'outreach')),
  for_whom text not null check (for_whom in ('self', 'family', 'other')),
  -- Somebody else's business is done with a written mandate, seen by the operator.
  mandate_seen boolean not null default false,
  help text[] not null default '{}' check (help <@ '{information,orientation,form,booking,legal,call,accompaniment,referral}'),
  outcome text not null check (outcome in ('solved', 'in_progress', 'sent', 'not_here', 'call_back', 'application_sent')),
  minutes smallint check (minutes between 1 and 480),
  language text,
  mediator_present boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  unique (ambito_id, arrival_id, person_id),
  foreign key (ambito_id, opening_id) references desk.opening (ambito_id, id),
  foreign key (ambito_id, arrival_id) references desk.arrival (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (person_id is not null or for_whom = 'self')
);
create index visit_by_person on desk.visit (ambito_id, person_id, on_day desc) where person_id is not null;
create index visit_by_day on desk.visit (ambito_id, on_day);
create index visit_by_opening on desk.visit (ambito_id, opening_id);
select kernel.protect('desk.visit', 'select, insert');

create table desk.visit_need (
  ambito_id uuid not null,
  visit_id uuid not null,
  need text not null,
  primary key (ambito_id, visit_id, need),
  foreign key (ambito_id, visit_id) references desk.visit (ambito_id, id)
);
select kernel.protect('desk.visit_need', 'select, insert');

-- A visit entered by mistake stays, with who took it back and why; its facts are reversed.
create table desk.withdrawal (
  ambito_id uuid not null,
  visit_id uuid not null,
  reason text not null check (reason in ('wrong_person', 'twice', 'not_happened', 'wrong_data')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, visit_id),
  foreign key (ambito_id, visit_id) references desk.visit (ambito_id, id)
);
select kernel.protect('desk.withdrawal', 'select, insert');

create table desk.referral (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  visit_id uuid not null,
  person_id uuid,
  organisation_id uuid,
  to_whom text not null default '' check (length(to_whom) <= 200),
  on_day date not null,
  answer_wanted boolean not null default false,
  answered_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, visit_id) references desk.visit (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (organisation_id is not null or to_whom <> '')
);
create index referral_by_visit on desk.referral (ambito_id, visit_id);
create index referral_by_person on desk.referral (ambito_id, person_id) where person_id is not null;
select kernel.protect('desk.referral');

-- `closed_to`: 'desk' = the desk's staff; 'lawyer' = only the lawyer who wrote it (professional secrecy, domain.md §6.6).
create table desk.note (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid,
  visit_id uuid,
  closed_to text not null default 'desk' check (closed_to in ('desk', 'lawyer')),
  text text not null check (length(text) between 1 and 4000),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  foreign key (ambito_id, visit_id) references desk.visit (ambito_id, id),
  check (person_id is not null or visit_id is not null)
);
create index note_by_person on desk.note (ambito_id, person_id);
create index note_by_visit on desk.note (ambito_id, visit_id);
select kernel.protect('desk.note');

-- The one datum asked after a visit, so that nobody is asked twice a day.
create table desk.question_asked (
  ambito_id uuid not null,
  person_id uuid not null,
  on_day date not null,
  what text not null,
  recorded_by uuid,
  primary key (ambito_id, person_id, on_day),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
select kernel.protect('desk.question_asked');
