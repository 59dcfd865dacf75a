-- Equipe SELF: who was sent, the plan of one person, guidance sessions, what happened on the way, results at 3 and 6 months.
-- A plan hangs on the person's file and is thin: no social record, nothing of health, justice, faith, and never a score.
select kernel.open_schema('orientation');

-- Somebody the desk sent here, until a plan is opened, or somebody says why not.
create table orientation.referral (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  visit_id uuid not null,
  person_id uuid not null,
  on_day date not null,
  -- The visit was taken back, or the person did not come.
  ended_on date,
  end_reason text check (end_reason in ('taken', 'did_not_come', 'not_wanted', 'elsewhere', 'withdrawn')),
  ended_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  unique (ambito_id, visit_id),
  foreign key (ambito_id, visit_id) references desk.visit (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check ((ended_on is null) = (end_reason is null))
);
create index referral_waiting on orientation.referral (ambito_id, on_day) where ended_on is null;
create index referral_by_person on orientation.referral (ambito_id, person_id);
select kernel.protect('orientation.referral', 'select, insert, update');

create table orientation.plan (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  opened_on date not null,
  -- Who follows it.
  adviser_id uuid,
  -- Counts up with every change of the plan: whoever writes says which one was on the screen.
  version integer not null default 1 check (version > 0),
  language text not null default 'it' check (length(language) <= 12),
  goal text not null default '' check (length(goal) <= 1000),
  goal_own text not null default '' check (length(goal_own) <= 1000),
  availability text[] not null default '{}' check (availability <@ '{morning,afternoon,evening,night,weekend,full_time,part_time}'),
  hours_note text not null default '' check (length(hours_note) <= 200),
  minors smallint check (minors between 0 and 20),
  childcare text check (childcare in ('not_needed', 'has', 'needed')),
  transport text[] not null default '{}' check (transport <@ '{foot,bicycle,public,scooter,car}'),
  licences text[] not null default '{}' check (licences <@ '{AM,A,B,C,D,CQC,foreign,forklift}'),
  employment text check (length(employment) <= 20),
  education text check (length(education) <= 20),
  -- Agreed with the person: from the first agreement the results are counted.
  agreed_on date,
  closed_on date,
  close_reason text check (close_reason in ('reached', 'moved', 'gave_up', 'elsewhere', 'unreachable')),
  closed_by uuid,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check ((closed_on is null) = (close_reason is null))
);
create unique index one_open_plan on orientation.plan (ambito_id, person_id) where closed_on is null;
create index plan_by_person on orientation.plan (ambito_id, person_id);
create index plan_by_adviser on orientation.plan (ambito_id, adviser_id) where closed_on is null;
create index plan_agreed on orientation.plan (ambito_id, agreed_on) where agreed_on is not null;
select kernel.protect('orientation.plan', 'select, insert, update');

create table orientation.step (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  plan_id uuid not null,
  kind text not null check (kind in ('cv', 'search', 'apply', 'interview', 'register', 'recognition', 'traineeship', 'course', 'italian', 'licence', 'documents', 'childcare', 'digital', 'other')),
  text text not null default '' check (length(text) <= 300),
  text_own text not null default '' check (length(text_own) <= 300),
  owner text not null check (owner in ('person', 'adviser', 'both', 'other')),
  owner_text text not null default '' check (length(owner_text) <= 120),
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  state_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id),
  check ((state = 'open') = (state_on is null)),
  check (kind <> 'other' or text <> ''),
  check (owner <> 'other' or owner_text <> '')
);
create index step_by_plan on orientation.step (ambito_id, plan_id);
create index step_open on orientation.step (ambito_id, due_on) where state = 'open';
select kernel.protect('orientation.step', 'select, insert, update');

-- What changed in a plan, version by version: shown to whoever was writing at the same time.
create table orientation.change (
  ambito_id uuid not null,
  plan_id uuid not null,
  version integer not null,
  what text not null check (what in ('opened', 'aims', 'step_added', 'step_changed', 'step_done', 'step_dropped', 'step_reopened', 'agreed')),
  step_id uuid,
  -- Names of the fields that changed, with the value before and after.
  fields jsonb not null default '[]',
  at timestamptz not null default kernel.now(),
  by_account uuid default kernel.account(),
  primary key (ambito_id, plan_id, version),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id),
  foreign key (ambito_id, step_id) references orientation.step (ambito_id, id)
);
select kernel.protect('orientation.change', 'select, insert, update');

-- A session of one person, of a group, or on the way with somebody (accompaniment): an act with its minutes.
create table orientation.session (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  kind text not null check (kind in ('individual', 'group', 'accompaniment')),
  on_day date not null,
  minutes smallint not null check (minutes between 5 and 480),
  way text not null default 'in_person' check (way in ('in_person', 'phone', 'video')),
  where_to text check (where_to in ('job_centre', 'employer', 'school', 'office', 'other')),
  topics text[] not null default '{}' check (topics <@ '{needs,skills,cv,search,interview,rights,training,recognition,services,check}'),
  language text check (length(language) <= 12),
  mediator_present boolean not null default false,
  record text not null default '' check (length(record) <= 2000),
  -- As a register of before names whoever held it.
  held_by text not null default '' check (length(held_by) <= 80),
  withdrawn_on date,
  withdrawn_by uuid,
  withdrawn_for text check (withdrawn_for in ('wrong_person', 'twice', 'not_happened', 'wrong_data')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  check ((withdrawn_on is null) = (withdrawn_for is null)),
  check (where_to is null or kind = 'accompaniment')
);
create index session_by_day on orientation.session (ambito_id, on_day);
select kernel.protect('orientation.session', 'select, insert, update');

create table orientation.attendance (
  ambito_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  plan_id uuid,
  -- Of a register of before: the row it came in with.
  row_id uuid,
  primary key (ambito_id, session_id, person_id),
  foreign key (ambito_id, session_id) references orientation.session (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id)
);
create index attendance_by_person on orientation.attendance (ambito_id, person_id);
create index attendance_by_row on orientation.attendance (ambito_id, row_id) where row_id is not null;
create index attendance_by_plan on orientation.attendance (ambito_id, plan_id);
select kernel.protect('orientation.attendance', 'select, insert, update');

-- What happened on the way, each with its day: registrations, recognitions applied for, traineeships, courses.
create table orientation.milestone (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  plan_id uuid not null,
  kind text not null check (kind in ('registration', 'recognition', 'traineeship', 'course')),
  -- registration: did, patto, gol, dote, cpi · recognition: qualification, skills, licence · traineeship: extracurricular, inclusion · course: proposed
  what text not null check (length(what) <= 20),
  -- GOL: the name of the path and its date, never the score.
  path text check (path in ('1', '2', '3', '4', '5')),
  title text not null default '' check (length(title) <= 200),
  body text not null default '' check (length(body) <= 200),
  organisation_id uuid,
  edition_id uuid,
  country char(2),
  on_day date not null,
  until_day date,
  outcome text check (length(outcome) <= 20),
  outcome_on date,
  row_id uuid,
  withdrawn_on date,
  withdrawn_by uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id),
  foreign key (ambito_id, organisation_id) references territory.organisation (ambito_id, id),
  foreign key (ambito_id, edition_id) references courses.edition (ambito_id, id),
  check (path is null or what = 'gol'),
  check (until_day >= on_day),
  check (edition_id is null or kind = 'course'),
  check ((outcome is null) = (outcome_on is null)),
  check (case kind
    when 'registration' then what in ('cpi', 'did', 'patto', 'gol', 'dote') and outcome is null
    when 'recognition' then what in ('qualification', 'skills', 'licence') and (outcome is null or outcome in ('recognised', 'partly', 'refused'))
    when 'traineeship' then what in ('extracurricular', 'inclusion') and body <> '' and (outcome is null or outcome in ('completed', 'hired', 'interrupted'))
    else what = 'proposed' and (outcome is null or outcome in ('joined', 'declined')) end)
);
create index milestone_by_plan on orientation.milestone (ambito_id, plan_id);
create index milestone_by_row on orientation.milestone (ambito_id, row_id) where row_id is not null;
create index milestone_of_edition on orientation.milestone (ambito_id, edition_id) where edition_id is not null and outcome is null;
select kernel.protect('orientation.milestone', 'select, insert, update');

-- How it stands at three and at six months; a correction is a later row, the last one counts.
create table orientation.result (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  position bigint not null generated always as identity,
  plan_id uuid not null,
  months smallint not null check (months in (3, 6)),
  on_day date not null,
  employment text not null check (length(employment) <= 20),
  detail text not null default '' check (length(detail) <= 300),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id)
);
create index result_by_plan on orientation.result (ambito_id, plan_id, months, position);
select kernel.protect('orientation.result', 'select, insert, update');

-- What a CV is made of.
create table orientation.cv_entry (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  plan_id uuid not null,
  kind text not null check (kind in ('work', 'education', 'language', 'skill', 'certificate')),
  title text not null check (length(title) between 1 and 160),
  title_own text not null default '' check (length(title_own) <= 160),
  body text not null default '' check (length(body) <= 160),
  place text not null default '' check (length(place) <= 120),
  -- `2019`, or `2019-03`.
  from_when text check (from_when ~ '^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$'),
  to_when text check (to_when ~ '^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$'),
  level text check (length(level) <= 20),
  text text not null default '' check (length(text) <= 600),
  text_own text not null default '' check (length(text_own) <= 600),
  removed_at timestamptz,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id)
);
create index cv_entry_by_plan on orientation.cv_entry (ambito_id, plan_id) where removed_at is null;
select kernel.protect('orientation.cv_entry', 'select, insert, update');

create table orientation.attachment (
  ambito_id uuid not null,
  file_id uuid not null,
  plan_id uuid not null,
  purpose text not null check (purpose in ('skills_profile', 'cv', 'certificate', 'other')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, file_id),
  foreign key (ambito_id, file_id) references kernel.file (ambito_id, id),
  foreign key (ambito_id, plan_id) references orientation.plan (ambito_id, id)
);
create index attachment_by_plan on orientation.attachment (ambito_id, plan_id);
select kernel.protect('orientation.attachment', 'select, insert, delete');
