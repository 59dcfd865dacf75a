-- What programs of others were answered, so that a request that is repeated is done once; kept for two days.
create table kernel.api_answer (
  ambito_id uuid not null,
  caller_id uuid not null,
  once_hash bytea not null check (length(once_hash) = 32),
  -- Of what was asked: the same key for something else is a mistake.
  asked_hash bytea not null check (length(asked_hash) = 32),
  -- Empty only inside the transaction that does it; json, so that it is answered again to the letter.
  answer json,
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, caller_id, once_hash)
);
create index api_answer_by_age on kernel.api_answer (ambito_id, recorded_at);
select kernel.protect('kernel.api_answer');
