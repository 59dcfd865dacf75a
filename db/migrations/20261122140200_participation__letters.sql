-- Who writes to the project: the thread, who deals with it, how it ended. Without an account; the link is the key.
create table participation.letter (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  number integer not null generated always as identity,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  called_as text not null default '' check (length(called_as) <= 80),
  email text not null default '' check (length(email) <= 254),
  phone text not null default '' check (length(phone) <= 40),
  -- Of the page where they read the answer and write back; only its hash. Made from what was written, by whom and when:
  -- a button pressed twice sends once.
  token_hash bytea not null,
  doubtful boolean not null default false,
  demo boolean not null default false,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, id),
  unique (ambito_id, number),
  unique (ambito_id, token_hash)
);
create index letter_by_time on participation.letter (ambito_id, recorded_at desc);
select kernel.protect('participation.letter', 'select, insert, update');

create table participation.letter_word (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  letter_id uuid not null,
  -- in: the citizen; out: us.
  way text not null check (way in ('in', 'out')),
  text text not null check (length(text) <= 4000),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, letter_id) references participation.letter (ambito_id, id)
);
create index letter_word_by_letter on participation.letter_word (ambito_id, letter_id, recorded_at);
select kernel.protect('participation.letter_word', 'select, insert, update');

-- given to somebody · closed · open again. The newest row of a kind holds.
create table participation.letter_step (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  letter_id uuid not null,
  step text not null check (step in ('given', 'closed', 'reopened')),
  to_account uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  foreign key (ambito_id, letter_id) references participation.letter (ambito_id, id),
  check ((step = 'given') = (to_account is not null))
);
create index letter_step_by_letter on participation.letter_step (ambito_id, letter_id, recorded_at);
select kernel.protect('participation.letter_step', 'select, insert');

-- A fresh door with every answer: what was sent before cannot be read back to be sent again.
create table participation.letter_link (
  ambito_id uuid not null,
  token_hash bytea not null,
  letter_id uuid not null,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, token_hash),
  foreign key (ambito_id, letter_id) references participation.letter (ambito_id, id)
);
create index letter_link_by_letter on participation.letter_link (ambito_id, letter_id);
select kernel.protect('participation.letter_link', 'select, insert, delete');
