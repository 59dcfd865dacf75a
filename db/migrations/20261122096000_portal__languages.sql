-- The languages an Ambito has switched on, and who has checked each translation.
select kernel.open_schema('portal');

-- The newest row of a language is its state; earlier ones are its history.
create table portal.language_state (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  language text not null check (language ~ '^[a-z]{2,3}$' and language <> 'it'),
  live boolean not null,
  since date not null,
  -- A person by name: whoever reads Punjabi well need not have an account here.
  checked_by text check (checked_by <> ''),
  checked_on date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  check ((checked_by is null) = (checked_on is null))
);
create index language_state_newest on portal.language_state (ambito_id, language, recorded_at desc, id desc);
select kernel.protect('portal.language_state', 'select, insert');
