-- Intercultural mediation on call: who asks, who comes, the call and its life, hours and their proof.
select kernel.open_schema('mediation');

-- --- who asks -------------------------------------------------------------------------------------------------------

-- A requesting body; `known_at` is when the coordinator first took it on.
create table mediation.body (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  organisation_id uuid,
  name text not null check (length(name) between 1 and 200),
  comune text,
  known_at timestamptz,
  known_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, comune) references territory.comune (ambito_id, code)
);
create unique index body_by_name on mediation.body (ambito_id, lower(name));
create index body_by_organisation on mediation.body (ambito_id, organisation_id) where organisation_id is not null;
select kernel.protect('mediation.body');

-- Hours a body may use in a period; no row means no ceiling.
create table mediation.ceiling (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  body_id uuid not null,
  from_day date not null,
  to_day date not null,
  minutes integer not null check (minutes between 0 and 1000000),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, body_id) references mediation.body (ambito_id, id),
  check (from_day <= to_day)
);
create index ceiling_by_body on mediation.ceiling (ambito_id, body_id, from_day);
select kernel.protect('mediation.ceiling');

-- The person of a body who asks; one may ask for several bodies and Comuni. The address is verified by a link or by a call.
create table mediation.contact (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  name text not null check (length(name) between 1 and 120),
  job text not null default '' check (length(job) <= 120),
  email text not null check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  lang text not null default 'it',
  account_id uuid,
  verified_at timestamptz,
  verified_how text check (verified_how in ('mail', 'call', 'account')),
  verified_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  check ((verified_at is null) = (verified_how is null))
);
create unique index contact_by_email on mediation.contact (ambito_id, lower(email));
create index contact_by_account on mediation.contact (ambito_id, account_id) where account_id is not null;
select kernel.protect('mediation.contact');

-- --- who comes ------------------------------------------------------------------------------------------------------

create table mediation.provider (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  organisation_id uuid,
  name text not null check (length(name) between 1 and 200),
  coordinator_name text not null default '' check (length(coordinator_name) <= 120),
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  ended_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id)
);
select kernel.protect('mediation.provider');

-- How calls reach people, and what an hour is worth; without a provider it is the contract of somebody who works alone.
create table mediation.contract (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  provider_id uuid,
  title text not null check (length(title) between 1 and 200),
  dispatch text not null check (dispatch in ('waves', 'provider', 'by_hand')),
  starts_on date not null,
  ends_on date,
  rate_cents integer not null check (rate_cents between 0 and 50000),
  minimum_minutes smallint not null default 60 check (minimum_minutes between 0 and 480),
  rounding_minutes smallint not null default 15 check (rounding_minutes in (1, 5, 10, 15, 30, 60)),
  pays_travel boolean not null default false,
  -- A cancellation later than this before the start is paid by the minimum.
  late_hours smallint not null default 24 check (late_hours between 0 and 168),
  ceiling_minutes integer check (ceiling_minutes > 0),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, provider_id) references mediation.provider (ambito_id, id),
  check (starts_on <= ends_on)
);
select kernel.protect('mediation.contract');

-- `number` names a mediator in the constraint against double booking.
create table mediation.mediator (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  number integer not null generated always as identity,
  account_id uuid,
  contract_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  email text not null check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  lang text not null default 'it',
  gender text not null check (gender in ('F', 'M', 'X')),
  base_comune text,
  car boolean not null default false,
  max_travel_minutes smallint not null default 60 check (max_travel_minutes between 0 and 300),
  short_notice boolean not null default false,
  remote boolean not null default true,
  -- Fields of work she takes; empty means all.
  fields text[] not null default '{}',
  monthly_minutes integer check (monthly_minutes > 0),
  ended_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  unique (ambito_id, number),
  foreign key (ambito_id, contract_id) references mediation.contract (ambito_id, id),
  foreign key (ambito_id, base_comune) references territory.comune (ambito_id, code)
);
create index mediator_by_account on mediation.mediator (ambito_id, account_id) where account_id is not null;
create unique index mediator_by_email on mediation.mediator (ambito_id, lower(email)) where ended_on is null;
select kernel.protect('mediation.mediator');

create table mediation.mediator_language (
  ambito_id uuid not null,
  mediator_id uuid not null,
  language text not null,
  variety text not null default '' check (length(variety) <= 80),
  level text not null check (level in ('mother', 'fluent', 'good')),
  primary key (ambito_id, mediator_id, language, variety),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id) on delete cascade
);
create index mediator_by_language on mediation.mediator_language (ambito_id, language);
select kernel.protect('mediation.mediator_language');

-- The usual week, in Rome's wall time; no row at all means always.
create table mediation.availability (
  ambito_id uuid not null,
  mediator_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  starts_at time not null,
  ends_at time not null,
  primary key (ambito_id, mediator_id, weekday, starts_at),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id) on delete cascade,
  check (starts_at < ends_at)
);
select kernel.protect('mediation.availability');

-- An exception to the week: away, or free although the week says otherwise.
create table mediation.exception (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  mediator_id uuid not null,
  kind text not null check (kind in ('away', 'free')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  source text not null default 'typed' check (source in ('typed', 'calendar')),
  primary key (ambito_id, id),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id) on delete cascade,
  check (starts_at < ends_at)
);
create index exception_by_mediator on mediation.exception (ambito_id, mediator_id, ends_at);
select kernel.protect('mediation.exception');

-- Letter of appointment, confidentiality, refresher: with an end where there is one.
create table mediation.credential (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  mediator_id uuid not null,
  kind text not null check (kind in ('appointment', 'confidentiality', 'training', 'refresher', 'insurance')),
  on_day date not null,
  expires_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id) on delete cascade
);
create index credential_by_mediator on mediation.credential (ambito_id, mediator_id, kind);
select kernel.protect('mediation.credential');

-- What a body has said of a mediator, or she of it: preferred, or better not (same community, a conflict).
create table mediation.stance (
  ambito_id uuid not null,
  body_id uuid not null,
  mediator_id uuid not null,
  kind text not null check (kind in ('preferred', 'excluded')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, body_id, mediator_id),
  foreign key (ambito_id, body_id) references mediation.body (ambito_id, id),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id) on delete cascade
);
select kernel.protect('mediation.stance');

-- Minutes by car from one Comune to another; filled from their coordinates.
create table mediation.travel (
  ambito_id uuid not null,
  from_comune text not null,
  to_comune text not null,
  minutes smallint not null check (minutes between 0 and 300),
  primary key (ambito_id, from_comune, to_comune)
);
select kernel.protect('mediation.travel');

-- --- the call -------------------------------------------------------------------------------------------------------

create table mediation.call (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  number integer not null generated always as identity,
  -- Moved only by a row of mediation.step.
  state text not null default 'new',
  body_id uuid not null,
  contact_id uuid not null,
  -- Calls asked for together: a recurring one, or a day of interviews.
  series_id uuid,
  -- Replaces, follows or copies an earlier call.
  after_call_id uuid,
  language text,
  variety text not null default '' check (length(variety) <= 80),
  other_language text,
  -- "I do not know the variety: the family comes from …"
  comes_from text,
  field text not null,
  purpose text not null,
  mode text not null check (mode in ('PRES', 'TEL', 'VIDEO', 'SCRITTA', 'VOCALE')),
  minutes smallint not null check (minutes between 10 and 600),
  comune text not null,
  place text not null default '' check (length(place) <= 300),
  link text not null default '' check (length(link) <= 300),
  adults smallint not null default 1 check (adults between 0 and 99),
  minors smallint not null default 0 check (minors between 0 and 99),
  staff smallint not null default 1 check (staff between 0 and 99),
  gender text check (gender in ('F', 'M')),
  gender_reason text check (gender_reason in ('health', 'violence', 'wish', 'other')),
  same_mediator boolean not null default false,
  urgent boolean not null default false,
  -- Read by the coordinator and, once assigned, by the mediator.
  safety text not null default '' check (length(safety) <= 500),
  -- Of a written translation.
  pages smallint check (pages between 1 and 500),
  lang text not null default 'it',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  unique (ambito_id, number),
  foreign key (ambito_id, body_id) references mediation.body (ambito_id, id),
  foreign key (ambito_id, contact_id) references mediation.contact (ambito_id, id),
  foreign key (ambito_id, after_call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, comune) references territory.comune (ambito_id, code),
  check (language is not null or comes_from is not null),
  check (gender is null or gender_reason is not null)
);
create index call_by_state on mediation.call (ambito_id, state);
create index call_by_contact on mediation.call (ambito_id, contact_id);
create index call_by_body on mediation.call (ambito_id, body_id);
create index call_by_series on mediation.call (ambito_id, series_id) where series_id is not null;
select kernel.protect('mediation.call');

-- When it may be: an exact time, or anywhere in a range longer than the call.
create table mediation.option (
  ambito_id uuid not null,
  call_id uuid not null,
  number smallint not null check (number between 1 and 5),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (ambito_id, call_id, number),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  check (starts_at < ends_at)
);
select kernel.protect('mediation.option');

-- One conversation of a day of interviews; the list at the door shows times and numbers.
create table mediation.slot (
  ambito_id uuid not null,
  call_id uuid not null,
  number smallint not null check (number between 1 and 99),
  starts_at timestamptz not null,
  minutes smallint not null check (minutes between 5 and 120),
  primary key (ambito_id, call_id, number),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id)
);
select kernel.protect('mediation.slot');

-- Every state a call has had, who brought it there and when. Drawn in src/mediation/rules/states.ts.
create table mediation.step (
  ambito_id uuid not null,
  call_id uuid not null,
  number smallint not null,
  state text not null,
  by_whom text not null check (by_whom in ('body', 'mediator', 'provider', 'coordinator', 'rule', 'clock', 'register')),
  account_id uuid,
  reason text not null default '' check (length(reason) <= 40),
  at timestamptz not null default kernel.now(),
  primary key (ambito_id, call_id, number),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id)
);
create index step_by_state on mediation.step (ambito_id, state, at);
select kernel.protect('mediation.step', 'select, insert');

create function mediation.follows(before text, after text) returns boolean
language sql immutable parallel safe
as $$
  select after = any (case before
    when 'new' then '{draft,sent}'
    when 'draft' then '{sent,cancelled_by_body,refused}'
    when 'sent' then '{approved,refused,cancelled_by_body}'
    when 'approved' then '{offered,assigned,not_covered,refused,cancelled_by_body}'
    when 'offered' then '{assigned,not_covered,refused,cancelled_by_body}'
    when 'assigned' then '{done,reported,absent,cancelled_by_body,cancelled_by_mediator}'
    when 'cancelled_by_mediator' then '{offered,assigned,not_covered,cancelled_by_body}'
    when 'not_covered' then '{offered,assigned,cancelled_by_body}'
    when 'done' then '{reported,absent,cancelled_by_mediator}'
    when 'reported' then '{reported,absent,confirmed}'
    when 'absent' then '{reported,absent,confirmed}'
    when 'confirmed' then '{reported,locked}'
    when 'cancelled_by_body' then '{locked}'
    else '{}'
  end::text[])
$$;

-- A step is taken on the call as it stands: two at once wait for each other, and the second is judged anew.
create function mediation.take_step() returns trigger
language plpgsql
as $$
declare
  before text;
begin
  select state into before from mediation.call where ambito_id = new.ambito_id and id = new.call_id for no key update;
  -- No call that may be seen: the policy, or the foreign key, refuses the row.
  if not found then return new; end if;
  if not mediation.follows(before, new.state) then
    raise exception 'a call does not go from % to %', before, new.state using errcode = 'check_violation', constraint = 'call_follows';
  end if;
  select coalesce(max(number), 0) + 1 into new.number from mediation.step where ambito_id = new.ambito_id and call_id = new.call_id;
  update mediation.call set state = new.state where ambito_id = new.ambito_id and id = new.call_id;
  return new;
end
$$;
create trigger take_step before insert on mediation.step for each row execute function mediation.take_step();

-- --- the search -----------------------------------------------------------------------------------------------------

create table mediation.wave (
  ambito_id uuid not null,
  call_id uuid not null,
  number smallint not null,
  all_at_once boolean not null default false,
  sent_at timestamptz not null default kernel.now(),
  deadline timestamptz not null,
  ended_at timestamptz,
  primary key (ambito_id, call_id, number),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id)
);
create index wave_open on mediation.wave (ambito_id, deadline) where ended_at is null;
select kernel.protect('mediation.wave');

create table mediation.offer (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  call_id uuid not null,
  wave smallint not null,
  mediator_id uuid,
  provider_id uuid,
  rank smallint not null,
  points smallint not null default 0,
  sent_at timestamptz not null default kernel.now(),
  answer text check (answer in ('accepted', 'declined', 'taken', 'expired', 'withdrawn')),
  answered_at timestamptz,
  reason text not null default '' check (reason in ('', 'busy', 'far', 'field', 'known', 'other')),
  primary key (ambito_id, id),
  foreign key (ambito_id, call_id, wave) references mediation.wave (ambito_id, call_id, number),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id),
  foreign key (ambito_id, provider_id) references mediation.provider (ambito_id, id),
  check (num_nonnulls(mediator_id, provider_id) = 1),
  check ((answer is null) = (answered_at is null))
);
create unique index offer_once on mediation.offer (ambito_id, call_id, coalesce(mediator_id, provider_id)) where answer is null;
create index offer_by_mediator on mediation.offer (ambito_id, mediator_id, sent_at) where mediator_id is not null;
select kernel.protect('mediation.offer');

-- Who goes. One winner: one living row per call. No double booking: two living rows of a mediator never overlap, by a
-- constraint that needs no extension (btree_gist is not on every server an owner without superuser may use): her number and
-- the time span a rectangle, and rectangles are compared by GiST as it comes. Travel is checked by the trigger below, under
-- a lock on the mediator, so that two acceptances of hers are judged one after the other.
create table mediation.assignment (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  call_id uuid not null,
  mediator_id uuid not null,
  mediator_number integer not null,
  offer_id uuid,
  how text not null check (how in ('offer', 'provider', 'by_hand', 'register')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Null: by phone, video or in writing, nobody travels.
  comune text,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  reminded_at timestamptz,
  arrived_at timestamptz,
  ended_at timestamptz,
  ended_why text check (ended_why in ('cancelled_by_body', 'cancelled_by_mediator', 'replaced')),
  primary key (ambito_id, id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id),
  foreign key (ambito_id, offer_id) references mediation.offer (ambito_id, id),
  foreign key (ambito_id, mediator_number) references mediation.mediator (ambito_id, number),
  check (starts_at < ends_at),
  check ((ended_at is null) = (ended_why is null)),
  constraint no_double_booking exclude using gist (
    box(
      point(mediator_number, extract(epoch from starts_at at time zone 'UTC')::float8),
      point(mediator_number, extract(epoch from ends_at at time zone 'UTC')::float8 - 1)
    ) with &&
  ) where (ended_at is null)
);
create unique index one_winner on mediation.assignment (ambito_id, call_id) where ended_at is null;
create index assignment_by_mediator on mediation.assignment (ambito_id, mediator_id, starts_at) where ended_at is null;
create index assignment_by_start on mediation.assignment (ambito_id, starts_at) where ended_at is null;
select kernel.protect('mediation.assignment');

create function mediation.travel_minutes(of_ambito uuid, a text, b text) returns integer
language sql stable
as $$
  select case
    when a is null or b is null then 0
    when a = b then 0
    else coalesce((select minutes from mediation.travel where ambito_id = of_ambito and from_comune = a and to_comune = b), 60)
  end
$$;

create function mediation.check_travel() returns trigger
language plpgsql
as $$
begin
  perform from mediation.mediator where ambito_id = new.ambito_id and id = new.mediator_id for no key update;
  if exists (
    select from mediation.assignment o
    where o.ambito_id = new.ambito_id and o.mediator_id = new.mediator_id and o.ended_at is null and o.id <> new.id
      and o.starts_at < new.ends_at + interval '300 minutes' and o.ends_at > new.starts_at - interval '300 minutes'
      and o.starts_at < new.ends_at + make_interval(mins => mediation.travel_minutes(new.ambito_id, new.comune, o.comune))
      and new.starts_at < o.ends_at + make_interval(mins => mediation.travel_minutes(new.ambito_id, o.comune, new.comune))
  ) then
    raise exception 'no time to travel' using errcode = 'exclusion_violation', constraint = 'no_double_booking';
  end if;
  return new;
end
$$;
create trigger check_travel before insert on mediation.assignment for each row execute function mediation.check_travel();

-- --- after ----------------------------------------------------------------------------------------------------------

-- What the mediator says; a correction is a new row, the last one counts.
create table mediation.report (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  call_id uuid not null,
  assignment_id uuid not null,
  number smallint not null,
  absent boolean not null default false,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  break_minutes smallint not null default 0 check (break_minutes between 0 and 240),
  travel_minutes smallint not null default 0 check (travel_minutes between 0 and 600),
  expense_cents integer not null default 0 check (expense_cents between 0 and 100000),
  adults smallint not null default 0 check (adults between 0 and 99),
  minors smallint not null default 0 check (minors between 0 and 99),
  outcome text check (outcome in ('RAGG', 'PARZ', 'NON_R', 'PROSEG')),
  -- Two lines without clinical content.
  note text not null default '' check (length(note) <= 300),
  outside_booking boolean not null default false,
  paid_minutes smallint not null check (paid_minutes between 0 and 1440),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  unique (ambito_id, call_id, number),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, assignment_id) references mediation.assignment (ambito_id, id),
  check (started_at < ended_at)
);
select kernel.protect('mediation.report', 'select, insert');

-- The countersignature of the body: once per call, of one report.
create table mediation.confirmation (
  ambito_id uuid not null,
  call_id uuid not null,
  report_id uuid not null,
  minutes smallint not null check (minutes between 0 and 1440),
  signer text not null default '' check (length(signer) <= 120),
  job text not null default '' check (length(job) <= 120),
  how text not null check (how in ('link', 'paper', 'account', 'register')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, call_id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, report_id) references mediation.report (ambito_id, id)
);
select kernel.protect('mediation.confirmation');

create table mediation.dispute (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  call_id uuid not null,
  report_id uuid not null,
  about text not null check (about in ('times', 'not_happened', 'quality', 'other')),
  text text not null default '' check (length(text) <= 300),
  recorded_at timestamptz not null default kernel.now(),
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text check (resolution in ('report_stands', 'report_corrected')),
  primary key (ambito_id, id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, report_id) references mediation.report (ambito_id, id)
);
create unique index dispute_open on mediation.dispute (ambito_id, call_id) where resolved_at is null;
select kernel.protect('mediation.dispute');

-- Hours held against the ceiling of the body, once per call and for good.
create table mediation.held (
  ambito_id uuid not null,
  call_id uuid not null,
  body_id uuid not null,
  mediator_id uuid not null,
  contract_id uuid not null,
  on_day date not null,
  minutes smallint not null check (minutes between 0 and 1440),
  cents integer not null check (cents >= 0),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, call_id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, body_id) references mediation.body (ambito_id, id),
  foreign key (ambito_id, mediator_id) references mediation.mediator (ambito_id, id),
  foreign key (ambito_id, contract_id) references mediation.contract (ambito_id, id)
);
create index held_by_body on mediation.held (ambito_id, body_id, on_day);
create index held_by_mediator on mediation.held (ambito_id, mediator_id, on_day);
select kernel.protect('mediation.held', 'select, insert');

-- Asked once a month.
create table mediation.satisfaction (
  ambito_id uuid not null,
  contact_id uuid not null,
  month date not null check (extract(day from month) = 1),
  rating smallint not null check (rating between 1 and 4),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, contact_id, month),
  foreign key (ambito_id, contact_id) references mediation.contact (ambito_id, id)
);
select kernel.protect('mediation.satisfaction');

-- The scheda destinatario: handed over by the mediator, filled in by the person, read by the desk alone. What was typed is
-- emptied as soon as the person's file holds it.
create table mediation.recipient_sheet (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  call_id uuid not null,
  lang text not null,
  typed jsonb,
  filled_at timestamptz,
  person_id uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index recipient_sheet_by_call on mediation.recipient_sheet (ambito_id, call_id);
create index recipient_sheet_by_person on mediation.recipient_sheet (ambito_id, person_id) where person_id is not null;
select kernel.protect('mediation.recipient_sheet');

-- Text to translate, and its translation.
create table mediation.file (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  call_id uuid not null,
  way text not null check (way in ('in', 'out')),
  type text not null,
  bytes bytea not null check (length(bytes) between 1 and 10485760),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  foreign key (ambito_id, call_id) references mediation.call (ambito_id, id)
);
create index file_by_call on mediation.file (ambito_id, call_id);
select kernel.protect('mediation.file');

-- Doors without an account: only the SHA-256 of a link is kept. Opening one changes nothing.
create table mediation.link (
  ambito_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  kind text not null check (kind in ('verify', 'status', 'offer', 'job', 'hours', 'sheet', 'calendar')),
  thing_id uuid not null,
  made_at timestamptz not null default kernel.now(),
  expires_at timestamptz not null,
  primary key (ambito_id, token_hash)
);
create index link_by_thing on mediation.link (ambito_id, thing_id, kind);
select kernel.protect('mediation.link');
