-- Courses: editions and their lessons, who enrolled and why somebody is not in, the register and its seals, levels, certificates.
select kernel.open_schema('courses');

-- --- the edition ----------------------------------------------------------------------------------------------------

create table courses.edition (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  kind text not null check (kind in ('operators', 'mediators', 'experiential', 'language', 'other')),
  action text not null check (action in ('01', '02', '03')),
  civic boolean not null default false,
  provider_id uuid,
  place_id uuid,
  place_text text not null default '' check (length(place_text) <= 300),
  link text not null default '' check (length(link) <= 300),
  capacity smallint not null check (capacity between 1 and 500),
  minimum smallint not null default 1 check (minimum between 1 and 500),
  planned_minutes integer not null check (planned_minutes between 30 and 60000),
  entry_level text,
  target_level text,
  women_only boolean not null default false,
  childcare boolean not null default false,
  choice text not null default 'first_come' check (choice in ('first_come', 'selection')),
  -- How long a free place is kept for whoever it was offered to.
  offer_hours smallint not null default 48 check (offer_hours between 2 and 336),
  enrol_until date,
  budget_line text not null default '' check (length(budget_line) <= 60),
  contact text not null default '' check (length(contact) <= 200),
  -- What who takes part can do at the end, in plain words, for the certificate.
  skills text not null default '' check (length(skills) <= 1000),
  demo boolean not null default false,
  published_at timestamptz,
  published_by uuid,
  cancelled_at timestamptz,
  cancelled_by uuid,
  started_on date,
  ended_on date,
  ended_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  unique (ambito_id, slug),
  foreign key (ambito_id, provider_id) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, place_id) references territory.place (ambito_id, id),
  check (minimum <= capacity),
  check (ended_on is null or started_on is not null)
);
select kernel.protect('courses.edition', 'select, insert, update');

-- What people read of it, a row for each language; Italian is the source.
create table courses.edition_text (
  ambito_id uuid not null,
  edition_id uuid not null,
  language text not null,
  title text not null check (length(title) between 1 and 160),
  summary text not null default '' check (length(summary) <= 600),
  body text not null default '' check (length(body) <= 6000),
  written_at timestamptz not null default kernel.now(),
  written_by uuid default kernel.account(),
  primary key (ambito_id, edition_id, language),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id)
);
select kernel.protect('courses.edition_text', 'select, insert, update');

create table courses.teacher (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  edition_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  role text not null check (role in ('teacher', 'tutor')),
  email text not null default '' check (length(email) <= 254),
  account_id uuid,
  ended_at timestamptz,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id)
);
create index teacher_by_edition on courses.teacher (ambito_id, edition_id);
create index teacher_by_account on courses.teacher (ambito_id, account_id) where account_id is not null;
select kernel.protect('courses.teacher', 'select, insert, update');

-- A lesson in Rome's wall time. What was taught is written when it is closed.
create table courses.lesson (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  edition_id uuid not null,
  on_day date not null,
  starts_at time not null,
  ends_at time not null,
  place_id uuid,
  room text not null default '' check (length(room) <= 120),
  teacher_id uuid,
  topic text not null default '' check (length(topic) <= 300),
  substitute text not null default '' check (length(substitute) <= 120),
  -- Counts up with every move and with the cancellation: calendars find their copy by it.
  sequence smallint not null default 0,
  cancelled_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id),
  foreign key (ambito_id, place_id) references territory.place (ambito_id, id),
  foreign key (ambito_id, teacher_id) references courses.teacher (ambito_id, id),
  check (starts_at < ends_at),
  check (cancelled_at is null or closed_at is null)
);
create unique index lesson_once on courses.lesson (ambito_id, edition_id, on_day, starts_at) where cancelled_at is null;
create index lesson_by_edition on courses.lesson (ambito_id, edition_id, on_day);
create index lesson_by_day on courses.lesson (ambito_id, on_day);
select kernel.protect('courses.lesson', 'select, insert, update');

-- What is sealed is not written over: a correction is a new row of mark, with its reason.
create function courses.keep_sealed() returns trigger
language plpgsql
as $$
begin
  if old.closed_at is not null and row(new.*) is distinct from row(old.*) then
    raise exception 'a closed lesson does not change' using errcode = 'check_violation', constraint = 'lesson_is_closed';
  end if;
  return new;
end
$$;
create trigger keep_sealed before update on courses.lesson for each row execute function courses.keep_sealed();

-- --- who takes part -------------------------------------------------------------------------------------------------

-- Operators and mediators: with their body and their role, never participants of the fund.
create table courses.trainee (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  name text not null check (length(name) between 1 and 120),
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  organisation_id uuid,
  body text not null default '' check (length(body) <= 200),
  job text not null default '' check (length(job) <= 120),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id)
);
create unique index trainee_by_email on courses.trainee (ambito_id, lower(email)) where email <> '';
select kernel.protect('courses.trainee', 'select, insert, update');

create table courses.seat (
  ambito_id uuid not null,
  edition_id uuid not null,
  number smallint not null check (number > 0),
  primary key (ambito_id, edition_id, number),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id)
);
select kernel.protect('courses.seat', 'select, insert');

create sequence courses.queue;
do $$ begin execute format('grant usage on sequence courses.queue to %I', current_setting('labimpact.app_role')); end $$;

create table courses.enrolment (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  edition_id uuid not null,
  person_id uuid,
  trainee_id uuid,
  -- What was typed in the public form, until a file has been opened with it.
  typed jsonb,
  -- Moved only by a row of courses.step, drawn in src/courses/rules/states.ts.
  state text not null default 'new',
  seat smallint,
  -- The place in the waiting list, counted by those before it.
  queue bigint,
  lang text not null default 'it',
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  -- Of a minor: who signed.
  signer_name text not null default '' check (length(signer_name) <= 120),
  signer_as text check (signer_as in ('parent', 'tutore')),
  needs_childcare boolean not null default false,
  how text not null check (how in ('open', 'staff', 'register', 'transfer')),
  from_enrolment_id uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  foreign key (ambito_id, trainee_id) references courses.trainee (ambito_id, id),
  foreign key (ambito_id, edition_id, seat) references courses.seat (ambito_id, edition_id, number),
  foreign key (ambito_id, from_enrolment_id) references courses.enrolment (ambito_id, id),
  check (person_id is null or trainee_id is null),
  check ((seat is not null) = (state in ('offered', 'enrolled'))),
  check ((queue is not null) = (state = 'waiting'))
);
create unique index seat_taken_once on courses.enrolment (ambito_id, edition_id, seat) where seat is not null;
create unique index person_once on courses.enrolment (ambito_id, edition_id, person_id)
  where person_id is not null and state in ('requested', 'waiting', 'offered', 'enrolled');
create unique index trainee_once on courses.enrolment (ambito_id, edition_id, trainee_id)
  where trainee_id is not null and state in ('requested', 'waiting', 'offered', 'enrolled');
create index enrolment_by_edition on courses.enrolment (ambito_id, edition_id, state);
create index enrolment_by_person on courses.enrolment (ambito_id, person_id) where person_id is not null;
create index enrolment_waiting on courses.enrolment (ambito_id, edition_id, queue) where queue is not null;
select kernel.protect('courses.enrolment', 'select, insert, update');

-- Every state an enrolment has had, who brought it there and why: the answer to "why am I not in?".
create table courses.step (
  ambito_id uuid not null,
  enrolment_id uuid not null,
  number smallint not null,
  state text not null,
  seat smallint,
  by_whom text not null check (by_whom in ('person', 'staff', 'rule', 'clock', 'register')),
  account_id uuid,
  reason text not null default '' check (length(reason) <= 40),
  at timestamptz not null default kernel.now(),
  primary key (ambito_id, enrolment_id, number),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id)
);
select kernel.protect('courses.step', 'select, insert');

create function courses.follows(before text, after text) returns boolean
language sql immutable parallel safe
as $$
  select after = any (case before
    when 'new' then '{requested,waiting,enrolled}'
    when 'requested' then '{waiting,offered,enrolled,not_chosen,withdrawn}'
    when 'waiting' then '{offered,enrolled,not_chosen,withdrawn}'
    when 'offered' then '{enrolled,declined,expired,withdrawn}'
    when 'enrolled' then '{dropped,withdrawn,transferred}'
    when 'expired' then '{waiting,enrolled}'
    when 'declined' then '{waiting,enrolled}'
    when 'withdrawn' then '{waiting,enrolled}'
    when 'dropped' then '{waiting,enrolled}'
    when 'not_chosen' then '{waiting,enrolled}'
    else '{}'
  end::text[])
$$;

create function courses.take_step() returns trigger
language plpgsql
as $$
declare
  before text;
begin
  select state into before from courses.enrolment where ambito_id = new.ambito_id and id = new.enrolment_id for no key update;
  -- No enrolment that may be seen: the policy, or the foreign key, refuses the row.
  if not found then return new; end if;
  if not courses.follows(before, new.state) then
    raise exception 'an enrolment does not go from % to %', before, new.state using errcode = 'check_violation', constraint = 'enrolment_follows';
  end if;
  select coalesce(max(number), 0) + 1 into new.number from courses.step where ambito_id = new.ambito_id and enrolment_id = new.enrolment_id;
  update courses.enrolment
    set state = new.state, seat = new.seat, queue = case when new.state = 'waiting' then nextval('courses.queue') end
    where ambito_id = new.ambito_id and id = new.enrolment_id;
  return new;
end
$$;
create trigger take_step before insert on courses.step for each row execute function courses.take_step();

-- A free place kept for one person for some hours; once answered it is answered.
create table courses.offer (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  enrolment_id uuid not null,
  edition_id uuid not null,
  seat smallint not null,
  sent_at timestamptz not null default kernel.now(),
  expires_at timestamptz not null,
  -- Null: there is no address to write to, somebody has to call.
  told text check (told in ('mail')),
  answer text check (answer in ('accepted', 'declined', 'expired', 'withdrawn')),
  answered_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id),
  foreign key (ambito_id, edition_id, seat) references courses.seat (ambito_id, edition_id, number),
  check ((answer is null) = (answered_at is null)),
  check (sent_at < expires_at)
);
create unique index one_offer on courses.offer (ambito_id, enrolment_id) where answer is null;
create unique index one_offer_of_a_seat on courses.offer (ambito_id, edition_id, seat) where answer is null;
create index offer_open on courses.offer (ambito_id, expires_at) where answer is null;
select kernel.protect('courses.offer', 'select, insert, update');

-- Doors without an account; only the hash of a token is kept.
create table courses.link (
  ambito_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  kind text not null check (kind in ('status', 'offer', 'register')),
  thing_id uuid not null,
  expires_at timestamptz not null,
  primary key (ambito_id, token_hash)
);
create index link_by_thing on courses.link (ambito_id, kind, thing_id);
select kernel.protect('courses.link');

-- --- levels ---------------------------------------------------------------------------------------------------------

-- A dated level with who assessed it; a correction is a later row, the last one counts.
create table courses.level (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  position bigint not null generated always as identity,
  enrolment_id uuid not null,
  moment text not null check (moment in ('entry', 'exit')),
  level text not null,
  on_day date not null,
  assessor text not null default '' check (length(assessor) <= 120),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id)
);
create index level_by_enrolment on courses.level (ambito_id, enrolment_id, moment, position);
select kernel.protect('courses.level', 'select, insert');

-- --- the register ---------------------------------------------------------------------------------------------------

-- One word about one person in one lesson: never changed; `seen` are the marks that were on the screen when it was made, so that
-- two devices without network are told apart from somebody who changes his mind (src/courses/rules/marks.ts).
create table courses.mark (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  lesson_id uuid not null,
  enrolment_id uuid not null,
  present boolean not null,
  from_time time,
  to_time time,
  minutes smallint not null check (minutes between 0 and 1440),
  absence text check (absence in ('work', 'health', 'family', 'transport', 'other')),
  seen uuid[] not null default '{}',
  made_at timestamptz not null,
  how text not null check (how in ('page', 'link', 'offline', 'register', 'correction')),
  reason text not null default '' check (length(reason) <= 200),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, lesson_id) references courses.lesson (ambito_id, id),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id),
  check (from_time < to_time),
  check (present = (minutes > 0)),
  check (present or (from_time is null and to_time is null)),
  check (not present or absence is null),
  check ((how = 'correction') = (reason <> ''))
);
create index mark_by_lesson on courses.mark (ambito_id, lesson_id, enrolment_id);
create index mark_by_enrolment on courses.mark (ambito_id, enrolment_id);
select kernel.protect('courses.mark', 'select, insert');

-- After the lesson is closed nothing but a correction, with its reason.
create function courses.only_corrections() returns trigger
language plpgsql
as $$
declare
  closed timestamptz;
begin
  select closed_at into closed from courses.lesson where ambito_id = new.ambito_id and id = new.lesson_id for share;
  if not found then return new; end if;
  if closed is not null and new.how <> 'correction' then
    raise exception 'a closed lesson takes corrections only' using errcode = 'check_violation', constraint = 'lesson_is_closed';
  end if;
  return new;
end
$$;
create trigger only_corrections before insert on courses.mark for each row execute function courses.only_corrections();

-- The chain of an edition: each closing and each correction holds the hash of the one before. `code` is printed.
create table courses.seal (
  ambito_id uuid not null,
  edition_id uuid not null,
  number integer not null,
  lesson_id uuid not null,
  kind text not null check (kind in ('closing', 'correction')),
  content text not null,
  hash bytea not null,
  code text not null,
  at timestamptz not null default kernel.now(),
  account_id uuid default kernel.account(),
  primary key (ambito_id, edition_id, number),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id),
  foreign key (ambito_id, lesson_id) references courses.lesson (ambito_id, id)
);
create unique index closed_once on courses.seal (ambito_id, lesson_id) where kind = 'closing';
select kernel.protect('courses.seal', 'select, insert');

-- --- the end --------------------------------------------------------------------------------------------------------

create table courses.certificate (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  number text not null check (number ~ '^[0-9]{4}-[0-9]{4,}-[0-9A-Z]{4}$'),
  enrolment_id uuid not null,
  minutes integer not null check (minutes > 0),
  planned_minutes integer not null check (planned_minutes > 0),
  level text,
  issued_on date not null,
  issued_by uuid default kernel.account(),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  unique (ambito_id, number),
  foreign key (ambito_id, enrolment_id) references courses.enrolment (ambito_id, id)
);
create index certificate_by_enrolment on courses.certificate (ambito_id, enrolment_id);
select kernel.protect('courses.certificate', 'select, insert');

create table courses.revocation (
  ambito_id uuid not null,
  certificate_id uuid not null,
  reason text not null check (length(reason) between 1 and 200),
  at timestamptz not null default kernel.now(),
  by_account uuid default kernel.account(),
  primary key (ambito_id, certificate_id),
  foreign key (ambito_id, certificate_id) references courses.certificate (ambito_id, id)
);
select kernel.protect('courses.revocation', 'select, insert');
