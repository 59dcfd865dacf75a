-- The ledger of facts, and the indicators as dated definitions over it.
select kernel.open_schema('monitoring');

-- Never changed: only reversed, by a later fact that names it and carries its kind, day, person and minutes.
create table monitoring.fact (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  -- What happened, from the wide to the narrow: desk.visit.refugees, desk.need.FAM.RICONG, courses.attendance.language.
  kind text not null check (kind ~ '^[a-z_]+(\.[A-Za-z0-9_]+)+$' and length(kind) <= 80),
  action text not null check (action ~ '^0[0-9]$'),
  -- Null: anonymous information, or somebody who is no participant (an operator at a training).
  person_id uuid,
  on_day date not null,
  minutes integer check (minutes >= 0),
  organisation uuid,
  -- What proves it, as a typed reference: desk.visit:<id>.
  evidence text not null check (evidence ~ '^[a-z_]+\.[a-z_]+:[A-Za-z0-9-]+$' and length(evidence) <= 120),
  event_id uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  reverses uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  foreign key (ambito_id, organisation) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, reverses) references monitoring.fact (ambito_id, id),
  -- Delivered twice, an event adds nothing.
  unique nulls not distinct (ambito_id, event_id, kind, person_id, evidence),
  check (reverses <> id)
);
create unique index fact_reversed_once on monitoring.fact (ambito_id, reverses) where reverses is not null;
-- The two scans of a report: each person's facts in their order; and how often, how long, by kind.
create index fact_by_person on monitoring.fact (ambito_id, person_id, on_day) include (kind, action, id)
  where person_id is not null and reverses is null;
create index fact_by_kind on monitoring.fact (ambito_id, kind, action, on_day) include (minutes, reverses);
create index fact_by_evidence on monitoring.fact (ambito_id, evidence);
select kernel.protect('monitoring.fact', 'select, insert');
select kernel.let_rollup_read('monitoring.fact');

create table monitoring.indicator (
  ambito_id uuid not null,
  code text not null check (code ~ '^[A-Z][A-Za-z0-9_.]*$' and length(code) <= 40),
  position smallint not null,
  family text not null check (family in ('output', 'result', 'process')),
  action text check (action ~ '^0[0-9]$'),
  -- no, maybe, region: kept in the list so that an export has every row of the fund.
  used text not null check (used in ('yes', 'maybe', 'no', 'region')),
  primary key (ambito_id, code),
  unique (ambito_id, position) deferrable
);
select kernel.protect('monitoring.indicator');
select kernel.let_rollup_read('monitoring.indicator');

-- A version holds for the days from `since` (null: from the beginning) until the next one; written twice for a day, the later wins.
create table monitoring.definition (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  code text not null,
  since date,
  name_it text not null check (length(name_it) between 1 and 500),
  name_en text not null check (length(name_en) between 1 and 500),
  -- One sentence: what is counted, in plain words.
  says_it text not null check (length(says_it) between 1 and 500),
  says_en text not null check (length(says_en) between 1 and 500),
  -- persons: eligible participants, each once. people: whoever was served, each once. new_people: the same, seen for the first time.
  counts text not null check (counts in ('persons', 'people', 'new_people', 'facts', 'minutes', 'organisations', 'days', 'evidence')),
  -- A kind stands for itself and everything below it.
  kinds text[] not null,
  -- Empty: facts of every action.
  actions text[] not null default '{}',
  -- Counts only persons already in that row.
  parent text,
  note text not null default '' check (length(note) <= 2000),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, code) references monitoring.indicator (ambito_id, code),
  foreign key (ambito_id, parent) references monitoring.indicator (ambito_id, code),
  check (parent is null or counts = 'persons'),
  check (parent <> code)
);
create index definition_by_code on monitoring.definition (ambito_id, code, since, recorded_at);
select kernel.protect('monitoring.definition', 'select, insert');
select kernel.let_rollup_read('monitoring.definition');
