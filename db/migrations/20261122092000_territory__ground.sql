-- Ambiti, their Comuni, the bodies of the territory, its places and the days nothing opens.

select kernel.open_schema('territory');

create table territory.ambito (
  id uuid primary key default kernel.uuidv7(),
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]*$'),
  name text not null,
  region text not null,
  demo boolean not null default false,
  founded_at timestamptz not null default kernel.now()
);
select kernel.share('territory.ambito');

-- Read before anybody knows which Ambito is asked for; `of_ambito`, since it is not a table of one Ambito.
create table territory.ambito_host (
  host text primary key check (host = lower(host) and host !~ '[:/\s]'),
  of_ambito uuid not null references territory.ambito (id)
);
create index ambito_host_by_ambito on territory.ambito_host (of_ambito);
select kernel.share('territory.ambito_host');

-- ISO 3166-1, with XX for stateless people and XK for Kosovo (both from the codes left to users). Filled from lists/countries.json.
create table territory.country (
  code char(2) primary key check (code ~ '^[A-Z]{2}$'),
  name_it text not null,
  name_en text not null,
  adjective_m text,
  adjective_f text,
  grouping text not null check (grouping in ('eu', 'eea_ch', 'third', 'stateless'))
);
select kernel.share('territory.country');

create table territory.comune (
  ambito_id uuid not null references territory.ambito (id),
  code char(6) not null check (code ~ '^\d{6}$'),
  name text not null,
  province char(2) not null,
  cadastral char(4) not null check (cadastral ~ '^[A-Z]\d{3}$'),
  cap char(5) not null check (cap ~ '^\d{5}$'),
  lat double precision not null check (lat between -90 and 90),
  lon double precision not null check (lon between -180 and 180),
  -- Spoken names, and names and codes of Comuni that became part of this one: registers still use them.
  also_called text[] not null default '{}',
  primary key (ambito_id, code),
  unique (ambito_id, name),
  unique (ambito_id, cadastral)
);
select kernel.protect('territory.comune');

create table territory.organisation (
  ambito_id uuid not null references territory.ambito (id),
  id uuid not null default kernel.uuidv7(),
  name text not null check (name <> ''),
  kind text not null check (kind in ('ambito', 'region', 'comune', 'questura', 'prefettura', 'school', 'cpia', 'health',
    'employment', 'social_security', 'other_public', 'third_sector', 'community', 'union', 'company', 'other')),
  comune char(6),
  address text not null default '',
  phone text not null default '',
  email text not null default '',
  website text not null default '',
  note text not null default '',
  -- The day it left the address book; what points at it stays.
  ended_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, comune) references territory.comune (ambito_id, code)
);
create unique index organisation_by_name on territory.organisation (ambito_id, lower(name)) where ended_on is null;
create index organisation_by_comune on territory.organisation (ambito_id, comune);
select kernel.protect('territory.organisation');

create table territory.agreement (
  ambito_id uuid not null references territory.ambito (id),
  id uuid not null default kernel.uuidv7(),
  organisation uuid not null,
  subject text not null check (subject <> ''),
  starts_on date not null,
  ends_on date,
  act text not null default '',
  note text not null default '',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, organisation) references territory.organisation (ambito_id, id),
  check (ends_on >= starts_on)
);
create index agreement_by_organisation on territory.agreement (ambito_id, organisation, starts_on desc);
-- Never changed: a renewal or a correction is another row.
select kernel.protect('territory.agreement', 'select, insert');

-- Which body answers for the residents of which Comune.
create table territory.competence (
  ambito_id uuid not null references territory.ambito (id),
  comune char(6) not null,
  organisation uuid not null,
  primary key (ambito_id, comune, organisation),
  foreign key (ambito_id, comune) references territory.comune (ambito_id, code),
  foreign key (ambito_id, organisation) references territory.organisation (ambito_id, id)
);
create index competence_by_organisation on territory.competence (ambito_id, organisation);
select kernel.protect('territory.competence', 'select, insert, delete');

create table territory.place (
  ambito_id uuid not null references territory.ambito (id),
  id uuid not null default kernel.uuidv7(),
  organisation uuid,
  name text not null check (name <> ''),
  address text not null,
  comune char(6),
  how_to_get_there text not null default '',
  accessible text not null default 'unknown' check (accessible in ('yes', 'partly', 'no', 'unknown')),
  ended_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, organisation) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, comune) references territory.comune (ambito_id, code)
);
create unique index place_by_name on territory.place (ambito_id, lower(name)) where ended_on is null;
create index place_by_organisation on territory.place (ambito_id, organisation);
create index place_by_comune on territory.place (ambito_id, comune);
select kernel.protect('territory.place');

-- Italian public holidays are computed, not listed; here are the patron's day (yearly), the summer and the days nobody foresaw.
create table territory.closure (
  ambito_id uuid not null references territory.ambito (id),
  id uuid not null default kernel.uuidv7(),
  from_day date not null,
  to_day date not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('holiday', 'local', 'summer')),
  yearly boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  check (to_day >= from_day),
  -- A yearly closure is told by month and day, so it may not run over the end of the year.
  check (not yearly or extract(year from from_day) = extract(year from to_day))
);
create index closure_by_day on territory.closure (ambito_id, from_day);
select kernel.protect('territory.closure');
