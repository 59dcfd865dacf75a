-- Persons who live together, and who signs for a minor.
create table people.household (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id)
);
select kernel.protect('people.household', 'select, insert');

create table people.household_member (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  household_id uuid not null,
  person_id uuid not null,
  -- Seen from the person the household was opened with, who is 'first'.
  relation text not null check (relation in ('first', 'partner', 'child', 'parent', 'sibling', 'relative', 'other')),
  since date not null,
  ended date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  ended_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, household_id) references people.household (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (since <= ended)
);
-- One household at a time: moving is an end and a new row.
create unique index household_member_now on people.household_member (ambito_id, person_id) where ended is null;
create index household_member_by_household on people.household_member (ambito_id, household_id);
select kernel.protect('people.household_member');

-- Who signs for a minor and is written to until the 18th birthday: a person of ours, or somebody known by name and contact only.
create table people.guardian (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  role text not null check (role in ('parent', 'tutore', 'comune', 'other')),
  guardian_id uuid,
  name text not null default '' check (length(name) <= 200),
  -- The Comune that answers for an unaccompanied minor, ISTAT.
  comune char(6),
  phone text check (length(phone) <= 40),
  phone_e164 text check (phone_e164 ~ '^\+[0-9]{6,15}$'),
  email text check (email = lower(email) and length(email) <= 254),
  language text,
  since date not null,
  ended date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  ended_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  foreign key (ambito_id, guardian_id) references people.person (ambito_id, id),
  check (guardian_id <> person_id),
  check (since <= ended)
);
create index guardian_by_person on people.guardian (ambito_id, person_id);
create index guardian_by_guardian on people.guardian (ambito_id, guardian_id) where guardian_id is not null;
select kernel.protect('people.guardian');
