-- Who wants to hear of what is on, what is written to them, and what became of each letter.
select kernel.open_schema('newsletter');

-- asked ── confirmed ── (paused ── back) ── left: the address is emptied there and then, its mark stays, so that an old list
-- brings nobody back who went. suppressed: a server said that the address does not exist.
create table newsletter.subscriber (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  email text check (email = lower(email) and length(email) <= 254 and email ~ '^[^@\s,;<>"]+@[^@\s,;<>"]+$'),
  -- Of the address, made with the key of the installation: says that it is the same one, and not which.
  mark text,
  name text not null default '' check (length(name) <= 80),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  -- None: all of them.
  topics text[] not null default '{}',
  source text not null check (source in ('form', 'import', 'example')),
  -- What they agreed to: the words they had before their eyes, or where the paper lies.
  consent_on date not null,
  consent_words text not null default '' check (length(consent_words) <= 1000),
  consent_where text not null default '' check (length(consent_where) <= 300),
  asked_at timestamptz not null default kernel.now(),
  confirmed_at timestamptz,
  paused_at timestamptz,
  left_at timestamptz,
  left_how text check (left_how in ('one_click', 'page', 'erased', 'staff')),
  suppressed_at timestamptz,
  suppressed_why text not null default '' check (length(suppressed_why) <= 300),
  demo boolean not null default false,
  primary key (ambito_id, id),
  check ((email is null) = (left_at is not null)),
  check ((left_at is null) = (left_how is null)),
  check (consent_words <> '' or consent_where <> '')
);
create unique index subscriber_by_email on newsletter.subscriber (ambito_id, email) where email is not null;
create index subscriber_by_mark on newsletter.subscriber (ambito_id, mark) where left_at is not null and mark is not null;
create index subscriber_to_confirm on newsletter.subscriber (ambito_id, asked_at) where confirmed_at is null;
select kernel.protect('newsletter.subscriber');

-- Doors without an account; only the hash of what is sent.
create table newsletter.link (
  ambito_id uuid not null,
  token_hash bytea not null,
  subscriber_id uuid not null,
  kind text not null check (kind in ('confirm', 'mine')),
  -- None: as long as the row it opens.
  expires_at timestamptz,
  primary key (ambito_id, token_hash),
  foreign key (ambito_id, subscriber_id) references newsletter.subscriber (ambito_id, id) on delete cascade
);
create index link_by_subscriber on newsletter.link (ambito_id, subscriber_id);
select kernel.protect('newsletter.link', 'select, insert, delete');

-- draft ── planned ── started (its letters and readers are written down) ── finished; halted while it goes out, and on again.
create table newsletter.issue (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  -- None: for everybody.
  topics text[] not null default '{}',
  planned_for timestamptz,
  started_at timestamptz,
  halted_at timestamptz,
  finished_at timestamptz,
  -- The mail server takes nothing at all: since when, how often in a row, in its words.
  trouble_at timestamptz,
  troubles smallint not null default 0,
  trouble text not null default '' check (length(trouble) <= 300),
  demo boolean not null default false,
  changed_at timestamptz not null default kernel.now(),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, id),
  check (started_at is not null or (finished_at is null and halted_at is null)),
  check (finished_at is null or halted_at is null)
);
create index issue_not_over on newsletter.issue (ambito_id, planned_for) where finished_at is null;
select kernel.protect('newsletter.issue');

create table newsletter.issue_words (
  ambito_id uuid not null,
  issue_id uuid not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  subject text not null check (length(subject) between 1 and 160),
  body text not null default '' check (length(body) <= 12000),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid default kernel.account(),
  primary key (ambito_id, issue_id, language),
  foreign key (ambito_id, issue_id) references newsletter.issue (ambito_id, id)
);
select kernel.protect('newsletter.issue_words');

create table newsletter.issue_item (
  ambito_id uuid not null,
  issue_id uuid not null,
  item_id uuid not null,
  position smallint not null,
  primary key (ambito_id, issue_id, item_id),
  foreign key (ambito_id, issue_id) references newsletter.issue (ambito_id, id),
  foreign key (ambito_id, item_id) references board.item (ambito_id, id)
);
create index issue_item_by_item on newsletter.issue_item (ambito_id, item_id);
select kernel.protect('newsletter.issue_item');

-- As it went out: what changes on the board afterwards changes no letter.
create table newsletter.letter (
  ambito_id uuid not null,
  issue_id uuid not null,
  language text not null,
  subject text not null,
  text text not null,
  html text not null,
  primary key (ambito_id, issue_id, language),
  foreign key (ambito_id, issue_id) references newsletter.issue (ambito_id, id)
);
select kernel.protect('newsletter.letter', 'select, insert');

-- waiting ── claimed (all but the last dot has gone to the server) ── sent
--    │            ├ the server says not now: waiting again after a pause
--    │            ├ the server says no: refused
--    │            └ nobody heard what the server said: doubted, and not sent again by itself
--    └ gone meanwhile: left
create table newsletter.recipient (
  ambito_id uuid not null,
  issue_id uuid not null,
  subscriber_id uuid not null,
  language text not null,
  attempts smallint not null default 0,
  again_at timestamptz,
  claimed_at timestamptz,
  sent_at timestamptz,
  refused_at timestamptz,
  doubted_at timestamptz,
  left_at timestamptz,
  -- The server's last word that was no yes, without addresses.
  answer text not null default '' check (length(answer) <= 300),
  primary key (ambito_id, issue_id, subscriber_id),
  foreign key (ambito_id, issue_id) references newsletter.issue (ambito_id, id),
  foreign key (ambito_id, subscriber_id) references newsletter.subscriber (ambito_id, id),
  check (num_nonnulls(sent_at, refused_at, doubted_at, left_at) <= 1)
);
create index recipient_waiting on newsletter.recipient (ambito_id, issue_id, subscriber_id)
  where sent_at is null and refused_at is null and doubted_at is null and left_at is null;
create index recipient_by_subscriber on newsletter.recipient (ambito_id, subscriber_id);
select kernel.protect('newsletter.recipient', 'select, insert, update');
