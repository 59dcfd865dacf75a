-- The same person behind several spellings: which rows were taken for whom and why, pairs to look at, merges.

-- What a row of a register said of a person, why it was taken for this one, and what the person learned from it. An ended one
-- was split off again.
create table people.joined_row (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  register text not null,
  row_id uuid not null,
  person_id uuid not null,
  reason text not null check (reason in ('new', 'same_title_number', 'same_phone_and_name', 'same_name_and_birth', 'split_off')),
  on_day date,
  said jsonb not null,
  remarks text[] not null default '{}',
  gave jsonb not null default '{}',
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (ambito_id, id),
  foreign key (ambito_id, person_id) references people.person (ambito_id, id)
);
create unique index joined_row_once on people.joined_row (ambito_id, register, row_id) where ended_at is null;
create index joined_row_by_person on people.joined_row (ambito_id, person_id);
select kernel.protect('people.joined_row');

-- A decision that two files are one person. The files in force of a person are all that merges not ended tie together;
-- `canonical_id` follows, and no reference is rewritten.
create table people.merge (
  ambito_id uuid not null,
  id uuid not null default kernel.uuidv7(),
  one uuid not null,
  other uuid not null,
  why text not null default '' check (length(why) <= 500),
  recorded_at timestamptz not null default kernel.now(),
  recorded_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  ended_why text check (length(ended_why) <= 500),
  primary key (ambito_id, id),
  foreign key (ambito_id, one) references people.person (ambito_id, id),
  foreign key (ambito_id, other) references people.person (ambito_id, id),
  check (one <> other)
);
create unique index merge_in_force on people.merge (ambito_id, least(one, other), greatest(one, other)) where ended_at is null;
create index merge_by_one on people.merge (ambito_id, one);
create index merge_by_other on people.merge (ambito_id, other);
select kernel.protect('people.merge', 'select, insert, update');

-- Two files that may be one person; decided by a person, never by a machine. `unsure`: asked again when more is known.
create table people.suggestion (
  ambito_id uuid not null,
  one uuid not null,
  other uuid not null,
  score real not null check (score between 0 and 1),
  reasons text[] not null,
  found_at timestamptz not null default kernel.now(),
  decision text check (decision in ('same', 'different', 'unsure')),
  decided_at timestamptz,
  decided_by uuid,
  primary key (ambito_id, one, other),
  foreign key (ambito_id, one) references people.person (ambito_id, id),
  foreign key (ambito_id, other) references people.person (ambito_id, id),
  check (one < other),
  check ((decision is null) = (decided_at is null))
);
create index suggestion_by_other on people.suggestion (ambito_id, other);
create index suggestion_open on people.suggestion (ambito_id, score desc) where decision is null;
select kernel.protect('people.suggestion', 'select, insert, update');

-- A row taken for the wrong person gave them a title or a notice that is not theirs.
alter table people.title add withdrawn_at timestamptz;
-- A correction that is withdrawn lets the title before it stand again, and be corrected anew.
alter table people.title drop constraint title_ambito_id_corrects_key;
create unique index title_corrected_once on people.title (ambito_id, corrects) where withdrawn_at is null;
alter table people.privacy_notice add withdrawn_at timestamptz;
do $$ begin
  execute format('grant update (withdrawn_at) on people.title to %I', current_setting('labimpact.app_role'));
  execute format('grant update (withdrawn_at) on people.privacy_notice to %I', current_setting('labimpact.app_role'));
end $$;

-- Also where what is withdrawn counts no more.
create or replace function people.standing_of(of_ambito uuid, persons uuid[])
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
    from member m join people.title t on t.ambito_id = of_ambito and t.person_id = m.id and t.seen_on is not null and t.withdrawn_at is null
    where not exists (select from people.title later where later.ambito_id = of_ambito and later.corrects = t.id and later.withdrawn_at is null)
  ),
  -- The matrix once, whatever the planner knows of the sizes.
  kinds as materialized (select k.code, k.verdict, k.valid from people.eligibility_period k where k.ambito_id = of_ambito and k.about = 'kind'),
  statuses as materialized (select st.code, st.verdict, st.valid from people.eligibility_period st where st.ambito_id = of_ambito and st.about = 'status'),
  judged as (
    select s.canonical_id, s.valid * k.valid * st.valid as valid,
      case st.verdict when 'as_kind' then k.verdict else st.verdict end as verdict
    from shown s
    join kinds k on k.code = s.kind and k.valid && s.valid
    join statuses st on st.code = s.status and st.valid && s.valid
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
    from member m join people.privacy_notice n on n.ambito_id = of_ambito and n.person_id = m.id and n.withdrawn_at is null group by m.canonical_id
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


-- A thousand rows of a register change hundreds of persons in a dozen statements: their standing is made once, at the end.
create function people.standing_waits() returns boolean language sql stable
as $$ select coalesce(current_setting('people.standing_waits', true), '') = 'on' $$;

create or replace function people.on_fact_changed() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  if people.standing_waits() then return null; end if;
  for of_ambito, persons in select c.ambito_id, array_agg(distinct c.person_id) from changed c group by c.ambito_id loop
    perform people.refresh_standing(of_ambito, persons);
  end loop;
  return null;
end $$;

create or replace function people.on_person_changed() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  if people.standing_waits() then return null; end if;
  for of_ambito, persons in select c.ambito_id, array_agg(distinct c.id) from changed c group by c.ambito_id loop
    perform people.refresh_standing(of_ambito, persons);
  end loop;
  return null;
end $$;

-- Merging and unmerging move a person from one canonical file to another: both are made anew.
create or replace function people.on_person_updated() returns trigger language plpgsql set search_path = pg_catalog, people as $$
declare of_ambito uuid; persons uuid[];
begin
  if people.standing_waits() then return null; end if;
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

create trigger standing_again after update on people.title referencing new table as changed for each statement execute function people.on_fact_changed();
create trigger standing_again after update on people.privacy_notice referencing new table as changed for each statement execute function people.on_fact_changed();
