-- The questionnaire at the end of an activity (domain.md §4.10): asked of one person about one service, answered once.
create table participation.survey (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  service text not null check (service in ('desk', 'digital', 'italian', 'civic', 'experiential', 'self', 'mediation', 'event')),
  -- The edition, plan, call … it is about, when there is one.
  thing_id uuid,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  asked_on date not null default kernel.today(),
  -- Sent to the person's own address.
  mailed boolean not null default false,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index survey_by_person on participation.survey (ambito_id, person_id);
create index survey_by_service on participation.survey (ambito_id, service, asked_on);
create unique index asked_once on participation.survey (ambito_id, person_id, service, thing_id) where thing_id is not null;
select kernel.protect('participation.survey', 'select, insert');

-- Personal doors to one questionnaire; only the hash of a link is kept.
create table participation.survey_link (
  ambito_id uuid not null,
  token_hash bytea not null,
  survey_id uuid not null,
  expires_at timestamptz not null,
  primary key (ambito_id, token_hash),
  foreign key (ambito_id, survey_id) references participation.survey (ambito_id, id)
);
create index survey_link_by_survey on participation.survey_link (ambito_id, survey_id);
select kernel.protect('participation.survey_link', 'select, insert, delete');

-- Raw answers, never changed; one keyed in by mistake is withdrawn, and another may follow.
create table participation.answer (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  survey_id uuid not null,
  on_day date not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  filled text not null check (filled in ('alone', 'operator', 'mediator', 'paper')),
  useful text not null check (useful in ('yes', 'little', 'no')),
  changed text[] not null default '{}' check (changed <@ array['speak', 'know', 'work', 'documents', 'company']),
  -- Emptied when the person is erased.
  missing text not null default '' check (length(missing) <= 2000),
  again text not null check (again in ('yes', 'maybe', 'no')),
  -- What was missing, told on as a voice that leads back to nobody but through here.
  voice_id uuid,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, survey_id) references participation.survey (ambito_id, id),
  foreign key (ambito_id, voice_id) references participation.voice (ambito_id, id)
);
create unique index answered_once on participation.answer (ambito_id, survey_id) where withdrawn_at is null;
create index answer_by_day on participation.answer (ambito_id, on_day);
create index answer_by_voice on participation.answer (ambito_id, voice_id) where voice_id is not null;
select kernel.protect('participation.answer', 'select, insert, update');
