-- The funded project: who it is, its rows and targets, its calendar, budget, settings, references and logos.

select kernel.open_schema('programme');

create table programme.project (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  name text not null check (name <> ''),
  fund text not null,
  starts_on date not null,
  ends_on date not null,
  total_cents bigint not null check (total_cents >= 0),
  contribution_cents bigint not null check (contribution_cents >= 0),
  lead text not null,
  partner text not null,
  contact text not null,
  -- Empty until the lead gives them.
  cup text not null default '',
  project_code text not null default '',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  check (ends_on > starts_on),
  check (contribution_cents <= total_cents)
);
select kernel.protect('programme.project', 'select, insert, update');

-- What a field said before it was changed: an extension, a CUP that arrived, a corrected name.
create table programme.project_change (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  project uuid not null,
  field text not null,
  before text not null,
  after text not null,
  note text not null default '',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, project) references programme.project (ambito_id, id)
);
create index project_change_by_project on programme.project_change (ambito_id, project, recorded_at desc);
select kernel.protect('programme.project_change', 'select, insert');

-- A row of the project's text. Words by language: {"it": …, "en": …}.
create table programme.action (
  ambito_id uuid not null,
  project uuid not null,
  code text not null check (code ~ '^M\d(\.\d)?$'),
  area char(2) not null check (area in ('00', '01', '02', '03')),
  position smallint not null,
  title jsonb not null check (title ? 'it'),
  carries jsonb not null check (carries ? 'it'),
  primary key (ambito_id, project, code),
  foreign key (ambito_id, project) references programme.project (ambito_id, id)
);
select kernel.protect('programme.action', 'select, insert, update');

-- What is measured. Its value is a target: dated, and empty as long as nobody has set it.
create table programme.measure (
  ambito_id uuid not null,
  project uuid not null,
  indicator text not null check (indicator <> ''),
  action text not null,
  title jsonb not null check (title ? 'it'),
  position smallint not null,
  primary key (ambito_id, project, indicator),
  foreign key (ambito_id, project, action) references programme.action (ambito_id, project, code)
);
create index measure_by_action on programme.measure (ambito_id, project, action);
select kernel.protect('programme.measure', 'select, insert');

create table programme.target (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  project uuid not null,
  indicator text not null,
  value integer check (value >= 0),
  valid_from date not null,
  -- linear: evenly over the project's days; level: the same at any moment; steps: as the plan says.
  spread text not null default 'linear' check (spread in ('linear', 'level', 'steps')),
  steps jsonb not null default '[]',
  note text not null default '',
  assumed boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, project, indicator) references programme.measure (ambito_id, project, indicator),
  check (spread <> 'steps' or jsonb_array_length(steps) > 0)
);
create index target_by_indicator on programme.target (ambito_id, project, indicator, valid_from desc, recorded_at desc);
select kernel.protect('programme.target', 'select, insert');

create table programme.deadline (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  project uuid not null,
  due_on date not null,
  kind text not null check (kind in ('report', 'transmission', 'claim', 'milestone', 'law', 'retention', 'other')),
  title jsonb not null check (title ? 'it'),
  note text not null default '',
  assumed boolean not null default false,
  remind_days smallint not null default 14 check (remind_days between 0 and 365),
  done_on date,
  done_by uuid,
  dropped_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, project) references programme.project (ambito_id, id)
);
create index deadline_by_day on programme.deadline (ambito_id, project, due_on);
select kernel.protect('programme.deadline', 'select, insert, update');

create table programme.budget_version (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  project uuid not null,
  valid_from date not null,
  reason text not null check (reason <> ''),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, project) references programme.project (ambito_id, id)
);
create index budget_version_by_day on programme.budget_version (ambito_id, project, valid_from desc, recorded_at desc);
select kernel.protect('programme.budget_version', 'select, insert');

create table programme.budget_line (
  ambito_id uuid not null,
  version uuid not null,
  code text not null check (code <> ''),
  title text not null,
  work_package text not null,
  cost_family text not null check (cost_family in ('staff', 'travel', 'equipment', 'premises', 'consumables', 'external_services',
    'participants', 'audit_legal', 'visibility', 'indirect')),
  cents bigint not null check (cents >= 0),
  position smallint not null,
  primary key (ambito_id, version, code),
  foreign key (ambito_id, version) references programme.budget_version (ambito_id, id)
);
select kernel.protect('programme.budget_line', 'select, insert');

-- A setting that was never set has its default, which the module that knows it declares.
create table programme.setting (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  name text not null check (name ~ '^[a-z_]+\.[a-z0-9_]+$'),
  value jsonb not null,
  valid_from date not null,
  note text not null default '',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id)
);
create index setting_by_name on programme.setting (ambito_id, name, valid_from desc, recorded_at desc);
select kernel.protect('programme.setting', 'select, insert');

-- Riferimenti d'ufficio of any thing: (kind, thing_id) names it, as events and evidence do.
create table programme.office_reference (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  thing_id uuid not null,
  what text not null check (what in ('protocol', 'act', 'cup', 'cig', 'mail', 'file', 'other')),
  number text not null check (number <> ''),
  dated date,
  note text not null default '',
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id)
);
create index office_reference_by_thing on programme.office_reference (ambito_id, kind, thing_id);
create index office_reference_by_number on programme.office_reference (ambito_id, number);
select kernel.protect('programme.office_reference', 'select, insert, update');

create table programme.logo (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  position smallint not null,
  alt text not null check (alt <> ''),
  ended_at timestamptz,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id)
);
create index logo_by_position on programme.logo (ambito_id, position) where ended_at is null;
select kernel.protect('programme.logo', 'select, insert, update');

create table programme.logo_file (
  ambito_id uuid not null,
  logo uuid not null,
  version text not null check (version in ('light', 'dark', 'bw')),
  type text not null check (type in ('image/svg+xml', 'image/png')),
  bytes bytea not null check (length(bytes) between 1 and 1000000),
  width integer not null check (width between 1 and 20000),
  height integer not null check (height between 1 and 20000),
  primary key (ambito_id, logo, version),
  foreign key (ambito_id, logo) references programme.logo (ambito_id, id)
);
select kernel.protect('programme.logo_file', 'select, insert, update');
