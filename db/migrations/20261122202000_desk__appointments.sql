-- Appointments: which openings are given in slots, and to whom each was given, once.

-- How long one appointment lasts (none: nobody books), how many at a time, and whether anybody may book without an account.
alter table desk.opening_series
  add slot_minutes smallint check (slot_minutes between 5 and 240),
  add slot_places smallint not null default 1 check (slot_places between 1 and 20),
  add open_booking boolean not null default false;
alter table desk.opening
  add slot_minutes smallint check (slot_minutes between 5 and 240),
  add slot_places smallint not null default 1 check (slot_places between 1 and 20),
  add open_booking boolean not null default false;

-- An arrival that had an appointment is called at its time, in the same queue as everybody.
alter table desk.arrival add appointment_at timestamptz;

-- booked → moved (the same row) → arrived, missed or cancelled.
create table desk.appointment (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  opening_id uuid not null,
  on_day date not null,
  -- Wall time of Rome, as weekly hours are.
  starts_at time not null,
  ends_at time not null,
  seat smallint not null check (seat between 1 and 20),
  person_id uuid,
  called_as text not null default '' check (length(called_as) <= 80),
  email text not null default '' check (length(email) <= 254),
  lang text not null default 'it',
  -- Counts up with every move and with the cancellation: calendars want it.
  sequence smallint not null default 0,
  reminded_at timestamptz,
  arrival_id uuid,
  missed_at timestamptz,
  missed_why text check (missed_why in ('not_come', 'told_late', 'ours')),
  cancelled_at timestamptz,
  cancelled_by text check (cancelled_by in ('person', 'staff', 'house')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, opening_id) references desk.opening (ambito_id, id),
  foreign key (ambito_id, arrival_id) references desk.arrival (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (starts_at < ends_at),
  check ((missed_at is null) = (missed_why is null)),
  check ((cancelled_at is null) = (cancelled_by is null))
);
create unique index slot_given_once on desk.appointment (ambito_id, opening_id, starts_at, seat) where cancelled_at is null;
create index appointment_by_day on desk.appointment (ambito_id, on_day);
create index appointment_by_person on desk.appointment (ambito_id, person_id) where person_id is not null;
create index appointment_by_email on desk.appointment (ambito_id, lower(email)) where email <> '' and cancelled_at is null;
select kernel.protect('desk.appointment');

create table desk.link (
  ambito_id uuid not null,
  token_hash bytea not null,
  kind text not null check (kind in ('appointment', 'calendar')),
  thing_id uuid not null,
  expires_at timestamptz not null,
  primary key (ambito_id, token_hash)
);
create index link_by_thing on desk.link (ambito_id, kind, thing_id);
select kernel.protect('desk.link');
