-- The digital afternoon: openings of the desk that were held, and the sheet of each person helped.
select kernel.open_schema('digital');

-- A month with an afternoon in it: its summary is printed, signed and comes back by its mark.
create table digital.month (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  first_day date not null check (extract(day from first_day) = 1),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  unique (ambito_id, first_day)
);
select kernel.protect('digital.month', 'select, insert');

-- An afternoon that was held, with the number of its register in the year.
create table digital.afternoon (
  ambito_id uuid not null,
  opening_id uuid not null,
  month_id uuid not null,
  on_day date not null,
  year smallint not null,
  number smallint not null check (number between 1 and 9999),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, opening_id),
  unique (ambito_id, year, number),
  foreign key (ambito_id, opening_id) references desk.opening (ambito_id, id),
  foreign key (ambito_id, month_id) references digital.month (ambito_id, id)
);
create index afternoon_by_day on digital.afternoon (ambito_id, on_day);
create index afternoon_by_month on digital.afternoon (ambito_id, month_id);
select kernel.protect('digital.afternoon', 'select, insert');

-- The sheet of one person helped: it hangs on the desk's visit, and falls with it.
create table digital.sheet (
  ambito_id uuid not null,
  visit_id uuid not null,
  opening_id uuid not null,
  person_id uuid not null,
  on_day date not null,
  how text not null check (how in ('individual', 'group')),
  -- Codes of the desk's needs, DIG and below.
  topics text[] not null check (cardinality(topics) between 1 and 9),
  -- Of the European framework DigComp.
  area text not null check (area in ('information', 'communication', 'content', 'safety', 'problems')),
  service text not null default '' check (length(service) <= 80),
  device text check (device in ('own_phone', 'own_computer', 'ours', 'none')),
  alone text not null check (alone in ('yes', 'helped', 'no')),
  identity text check (identity in ('spid', 'cie')),
  next_step text check (next_step in ('again', 'practise', 'desk', 'course', 'elsewhere', 'done')),
  minutes smallint check (minutes between 1 and 480),
  withdrawn_at timestamptz,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, visit_id),
  foreign key (ambito_id, visit_id) references desk.visit (ambito_id, id),
  foreign key (ambito_id, opening_id) references digital.afternoon (ambito_id, opening_id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index sheet_by_person on digital.sheet (ambito_id, person_id, on_day);
create index sheet_by_opening on digital.sheet (ambito_id, opening_id);
create index sheet_by_day on digital.sheet (ambito_id, on_day);
select kernel.protect('digital.sheet');
