-- Persons, the facts that are dated about them, and where they stand towards the fund on each day.
select kernel.open_schema('people');

create table people.person (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  -- Itself, until a person decides that two files are one; readers group by it, no reference is ever rewritten.
  canonical_id uuid not null,
  born date,
  born_precision text check (born_precision in ('day', 'year')),
  gender char(1) check (gender in ('F', 'M', 'X')),
  country_of_birth char(2),
  comune char(6),
  tax_code text check (tax_code ~ '^[A-Z0-9]{11,16}$'),
  reads text check (reads in ('yes', 'little', 'no')),
  arrived_year smallint check (arrived_year between 1900 and 2100),
  channel text check (channel in ('call', 'sms', 'whatsapp', 'email', 'paper')),
  -- False stops every message to this person.
  contact_safe boolean not null default true,
  demo boolean not null default false,
  created_at timestamptz not null default kernel.now(),
  created_by uuid,
  erased_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, canonical_id) references people.person (ambito_id, id) deferrable initially deferred,
  check ((born is null) = (born_precision is null)),
  check (born_precision is distinct from 'year' or (extract(month from born) = 7 and extract(day from born) = 1)),
  check (born >= date '1900-01-01')
);
create index person_by_canonical on people.person (ambito_id, canonical_id);
create index person_by_comune on people.person (ambito_id, comune);
select kernel.protect('people.person');

create table people.name (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  kind text not null check (kind in ('main', 'original', 'other')),
  surname text not null default '' check (length(surname) <= 200),
  given_names text not null default '' check (length(given_names) <= 200),
  -- ISO 15924 of the letters, found from the text: Latn, Arab, Beng, Guru, Hans, Cyrl …
  script char(4) not null,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  ended_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (surname <> '' or given_names <> '')
);
create unique index one_main_name on people.name (ambito_id, person_id) where kind = 'main' and ended_at is null;
create index name_by_person on people.name (ambito_id, person_id);
select kernel.protect('people.name');

create table people.phone (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  -- As written, and in E.164 when it can be read as a number.
  typed text not null check (length(typed) <= 40),
  e164 text check (e164 ~ '^\+[0-9]{6,15}$'),
  recorded_at timestamptz not null default kernel.now(),
  ended_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index phone_by_person on people.phone (ambito_id, person_id);
select kernel.protect('people.phone');

create table people.email (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  address text not null check (address = lower(address) and length(address) <= 254),
  recorded_at timestamptz not null default kernel.now(),
  ended_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index email_by_person on people.email (ambito_id, person_id);
select kernel.protect('people.email');

create table people.language (
  ambito_id uuid not null,
  person_id uuid not null,
  language text not null,
  use text not null check (use in ('speaks', 'reads')),
  recorded_at timestamptz not null default kernel.now(),
  primary key (ambito_id, person_id, language, use),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
select kernel.protect('people.language');

create table people.citizenship (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  country char(2) not null,
  -- What the citizenship means for the fund: one of the Union (EEA and Swiss too), the Italian one, any other or none.
  belongs text not null check (belongs in ('third', 'eu', 'it')),
  since date,
  until date,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  withdrawn_at timestamptz,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  check (since <= until)
);
create index citizenship_by_person on people.citizenship (ambito_id, person_id);
select kernel.protect('people.citizenship');

-- A title of stay as it was shown or declared on a day. A correction is a new row that names the one it corrects.
create table people.title (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  -- codelists permits.json. 'SENZA' never: on a named person a title is seen, not shown or to be checked.
  kind text not null check (kind not in ('SENZA', 'CITT_UE', 'CITT_IT')),
  status text not null check (status in ('VALIDO', 'IN_RINNOVO', 'PRIMO_RIL', 'CONVERS', 'SCADUTO', 'DINIEGO_RIC', 'ILLIMITATO', 'NON_ESIBITO')),
  number text check (length(number) <= 40),
  issued_on date,
  expires_on date,
  seen_on date,
  seen_by uuid,
  -- What an importer could not map alone ("carta di soggiorno"): a person decides the kind.
  as_written text check (length(as_written) <= 200),
  corrects uuid,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id),
  foreign key (ambito_id, corrects) references people.title (ambito_id, id),
  unique (ambito_id, corrects),
  check (issued_on <= expires_on),
  check (status <> 'NON_ESIBITO' or seen_on is null)
);
create index title_by_person on people.title (ambito_id, person_id);
create index title_by_expiry on people.title (ambito_id, expires_on) where expires_on is not null;
select kernel.protect('people.title', 'select, insert');

create table people.privacy_notice (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  given_on date not null,
  language text not null,
  how text not null check (how in ('read', 'explained', 'mediator', 'paper')),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index privacy_notice_by_person on people.privacy_notice (ambito_id, person_id);
select kernel.protect('people.privacy_notice', 'select, insert');

-- The eligibility matrix: what a kind of title, or its status, means for the fund from a day on. Newer rows win.
create table people.eligibility (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  about text not null check (about in ('kind', 'status')),
  code text not null,
  verdict text not null check (verdict in ('yes', 'no', 'check', 'as_kind')),
  since date,
  note text not null default '',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  check (verdict <> 'as_kind' or about = 'status')
);
create index eligibility_by_code on people.eligibility (ambito_id, about, code, since);
select kernel.protect('people.eligibility', 'select, insert');

create view people.eligibility_period with (security_invoker = true) as
  select ambito_id, about, code, verdict,
    daterange(since, lead(since) over (partition by ambito_id, about, code order by since nulls first)) as valid
  from (
    select distinct on (ambito_id, about, code, since) ambito_id, about, code, verdict, since
    from people.eligibility order by ambito_id, about, code, since, recorded_at desc, id desc
  ) latest;
select kernel.share('people.eligibility_period');

-- Where each person stands towards the fund, day by day: the answer of people.standing_of, kept by triggers.
create table people.standing_period (
  ambito_id uuid not null,
  canonical_id uuid not null,
  valid daterange not null check (not isempty(valid)),
  verdict text not null check (verdict in ('yes', 'no', 'check')),
  reason text check (reason in ('citizenship_unknown', 'eu_or_italian', 'birth_unknown', 'gender_unknown', 'title_not_shown',
    'title_not_covering', 'kind_not_accepted', 'kind_to_decide', 'notice_not_given')),
  gender char(1),
  born date,
  recorded_at timestamptz not null,
  primary key (ambito_id, canonical_id, valid),
  foreign key (ambito_id, canonical_id) references people.person (ambito_id, id),
  check ((verdict = 'yes') = (reason is null))
);
select kernel.protect('people.standing_period');

-- design.md §3 "Counting, exactly": the reasons in their order, the title's validity and the matrix day by day; birth, gender,
-- the title seen and the notice given count from whenever they are known.
create function people.standing_of(of_ambito uuid, persons uuid[])
returns table (canonical_id uuid, valid daterange, verdict text, reason text, gender char(1), born date, recorded_at timestamptz)
language sql stable set search_path = pg_catalog, people as $$
  with member as (
    select p.canonical_id, p.id, p.born, p.gender, p.created_at
    from people.person p where p.ambito_id = of_ambito and p.canonical_id = any (persons)
  ),
  known as (
    select m.canonical_id, max(m.created_at) as recorded_at,
      (array_agg(m.born order by m.id <> m.canonical_id, m.created_at) filter (where m.born is not null))[1] as born,
      (array_agg(m.gender order by m.id <> m.canonical_id, m.created_at) filter (where m.gender is not null))[1] as gender
    from member m group by m.canonical_id
  ),
  citizen as (
    select m.canonical_id, max(c.recorded_at) as recorded_at,
      coalesce(range_agg(daterange(c.since, c.until)) filter (where c.belongs = 'third'), '{}') as third,
      coalesce(range_agg(daterange(c.since, c.until)) filter (where c.belongs <> 'third'), '{}') as eu
    from member m join people.citizenship c on c.ambito_id = of_ambito and c.person_id = m.id and c.withdrawn_at is null
    group by m.canonical_id
  ),
  shown as (
    select m.canonical_id, t.kind, t.status, t.recorded_at,
      -- A receipt carries on where the old card ends: its expiry stays on file and bounds nothing.
      daterange(t.issued_on, case when t.status in ('IN_RINNOVO', 'PRIMO_RIL', 'CONVERS', 'ILLIMITATO') then null else t.expires_on end, '[]') as valid
    from member m join people.title t on t.ambito_id = of_ambito and t.person_id = m.id and t.seen_on is not null
    where not exists (select from people.title later where later.ambito_id = of_ambito and later.corrects = t.id)
  ),
  judged as (
    select s.canonical_id, s.valid * k.valid * st.valid as valid,
      case st.verdict when 'as_kind' then k.verdict else st.verdict end as verdict
    from shown s
    join people.eligibility_period k on k.ambito_id = of_ambito and k.about = 'kind' and k.code = s.kind and k.valid && s.valid
    join people.eligibility_period st on st.ambito_id = of_ambito and st.about = 'status' and st.code = s.status and st.valid && s.valid
  ),
  covered as (select s.canonical_id, range_agg(s.valid) as days, max(s.recorded_at) as recorded_at from shown s group by s.canonical_id),
  accepted as (
    select j.canonical_id,
      coalesce(range_agg(j.valid) filter (where j.verdict = 'yes'), '{}') as yes,
      coalesce(range_agg(j.valid) filter (where j.verdict = 'check'), '{}') as undecided
    from judged j where not isempty(j.valid) group by j.canonical_id
  ),
  noticed as (
    select m.canonical_id, max(n.recorded_at) as recorded_at
    from member m join people.privacy_notice n on n.ambito_id = of_ambito and n.person_id = m.id group by m.canonical_id
  ),
  days as (
    select k.*, datemultirange(daterange(null, null)) as always,
      coalesce(c.third, '{}') - coalesce(c.eu, '{}') as third, coalesce(c.eu, '{}') as eu,
      v.days as covered, coalesce(a.yes, '{}') as yes, coalesce(a.undecided, '{}') as undecided, n.canonical_id is not null as noticed,
      greatest(k.recorded_at, c.recorded_at, v.recorded_at, n.recorded_at) as known_at
    from known k
    left join citizen c using (canonical_id) left join covered v using (canonical_id)
    left join accepted a using (canonical_id) left join noticed n using (canonical_id)
  ),
  segment as (
    select d.*, s.valid as segment, s.reason as found from days d cross join lateral (
      select unnest(d.always - d.third - d.eu) as valid, 'citizenship_unknown' as reason
      union all select unnest(d.eu), 'eu_or_italian'
      union all select unnest(d.third), 'birth_unknown' where d.born is null
      union all select unnest(d.third), 'gender_unknown' where d.born is not null and d.gender is null
      union all select unnest(d.third), 'title_not_shown' where d.born is not null and d.gender is not null and d.covered is null
      union all select unnest(d.third - d.covered), 'title_not_covering' where d.born is not null and d.gender is not null and d.covered is not null
      union all select unnest(d.third * d.covered - d.yes - d.undecided), 'kind_not_accepted' where d.born is not null and d.gender is not null and d.covered is not null
      union all select unnest(d.third * (d.undecided - d.yes)), 'kind_to_decide' where d.born is not null and d.gender is not null
      union all select unnest(d.third * d.yes), case when not d.noticed then 'notice_not_given' end where d.born is not null and d.gender is not null
    ) s
  )
  select s.canonical_id, s.segment, case when s.found is null then 'yes' when s.found = 'kind_to_decide' then 'check' else 'no' end,
    s.found, s.gender, s.born, s.known_at
  from segment s where not isempty(s.segment)
$$;

create function people.refresh_standing(of_ambito uuid, persons uuid[]) returns void
language plpgsql set search_path = pg_catalog, people as $$
begin
  -- Those whose standing may change: the canonical files of the persons named.
  persons := array(select distinct p.canonical_id from people.person p where p.ambito_id = of_ambito and (p.id = any (persons) or p.canonical_id = any (persons)));
  delete from people.standing_period s where s.ambito_id = of_ambito and s.canonical_id = any (persons);
  insert into people.standing_period (ambito_id, canonical_id, valid, verdict, reason, gender, born, recorded_at)
  select of_ambito, f.canonical_id, f.valid, f.verdict, f.reason, f.gender, f.born, f.recorded_at from people.standing_of(of_ambito, persons) f;
end $$;

create function people.on_fact_changed() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  for of_ambito, persons in select c.ambito_id, array_agg(distinct c.person_id) from changed c group by c.ambito_id loop
    perform people.refresh_standing(of_ambito, persons);
  end loop;
  return null;
end $$;

create function people.on_person_changed() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  for of_ambito, persons in select c.ambito_id, array_agg(distinct c.id) from changed c group by c.ambito_id loop
    perform people.refresh_standing(of_ambito, persons);
  end loop;
  return null;
end $$;

-- Merging and unmerging move a person from one canonical file to another: both are made anew.
create function people.on_person_updated() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  for of_ambito, persons in
    select n.ambito_id, array_agg(distinct x.id) from after_change n join before_change o using (ambito_id, id)
    cross join lateral (values (n.canonical_id), (o.canonical_id)) x (id)
    where (n.born, n.gender, n.canonical_id) is distinct from (o.born, o.gender, o.canonical_id) group by n.ambito_id
  loop
    delete from people.standing_period s where s.ambito_id = of_ambito and s.canonical_id = any (persons);
    perform people.refresh_standing(of_ambito, persons);
  end loop;
  return null;
end $$;

create trigger standing after insert on people.person referencing new table as changed for each statement execute function people.on_person_changed();
create trigger standing_again after update on people.person referencing new table as after_change old table as before_change for each statement execute function people.on_person_updated();
create trigger standing after insert on people.citizenship referencing new table as changed for each statement execute function people.on_fact_changed();
create trigger standing_again after update on people.citizenship referencing new table as changed for each statement execute function people.on_fact_changed();
create trigger standing after insert on people.title referencing new table as changed for each statement execute function people.on_fact_changed();
create trigger standing after insert on people.privacy_notice referencing new table as changed for each statement execute function people.on_fact_changed();

-- A new line of the matrix touches those who hold a title of that kind or status.
create function people.on_matrix_changed() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  for of_ambito, persons in
    select c.ambito_id, array_agg(distinct t.person_id) from changed c
    join people.title t on t.ambito_id = c.ambito_id and case c.about when 'kind' then t.kind else t.status end = c.code group by c.ambito_id
  loop
    perform people.refresh_standing(of_ambito, persons);
  end loop;
  return null;
end $$;
create trigger standing after insert on people.eligibility referencing new table as changed for each statement execute function people.on_matrix_changed();

-- What monitoring reads, and nothing else of people: every person, under the canonical one.
create view people.standing with (security_invoker = true) as
  select p.ambito_id, p.id as person_id, p.canonical_id, s.valid, s.verdict, s.reason, s.gender, s.born, s.recorded_at
  from people.person p join people.standing_period s on s.ambito_id = p.ambito_id and s.canonical_id = p.canonical_id;
select kernel.share('people.standing');
select kernel.let_rollup_read('people.standing');
select kernel.let_rollup_read('people.standing_period');
grant select (ambito_id, id, canonical_id) on people.person to labimpact_rollup;
create policy rollup on people.person for select to labimpact_rollup using (true);

-- Sound keys, name parts, births and phone digits: what people search reads (design.md §3).
create table people.search_key (
  ambito_id uuid not null,
  -- By bytes, so that the one index answers whole keys and beginnings.
  key text collate "C" not null check (length(key) <= 80),
  person_id uuid not null,
  -- No foreign key: made from the names, numbers and days of a person and made anew with them, and a check for each key would
  -- be most of an import.
  primary key (ambito_id, key, person_id)
);
create index search_key_by_person on people.search_key (ambito_id, person_id);
select kernel.protect('people.search_key');

-- What was corrected on a person, by whom: the value before is kept.
create table people.correction (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  person_id uuid not null,
  field text not null,
  before text,
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create index correction_by_person on people.correction (ambito_id, person_id);
select kernel.protect('people.correction', 'select, insert');

-- Erasure empties the numbers of titles that may not be changed otherwise; kind, days and states stay for the count.
create function people.erase_titles(persons uuid[]) returns void
language sql security definer set search_path = pg_catalog, people as $$
  update people.title set number = null, as_written = null
  where ambito_id = nullif(current_setting('app.ambito', true), '')::uuid and person_id = any (persons)
$$;
revoke all on function people.erase_titles(uuid[]) from public;
do $$ begin execute format('grant execute on function people.erase_titles(uuid[]) to %I', current_setting('labimpact.app_role')); end $$;
