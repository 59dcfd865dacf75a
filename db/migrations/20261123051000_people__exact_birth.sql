-- Of files that are one person, one that knows the day of birth speaks before one that knows the year alone.
create or replace function people.standing_of(of_ambito uuid, persons uuid[])
returns table (canonical_id uuid, valid daterange, verdict text, reason text, gender char(1), born date, recorded_at timestamptz)
language sql stable set search_path = pg_catalog, people as $$
  with member as (
    select p.canonical_id, p.id, p.born, p.born_precision, p.gender, p.created_at
    from people.person p where p.ambito_id = of_ambito and p.canonical_id = any (persons)
  ),
  known as (
    select m.canonical_id, max(m.created_at) as recorded_at,
      (array_agg(m.born order by m.born_precision = 'year', m.id <> m.canonical_id, m.created_at) filter (where m.born is not null))[1] as born,
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

do $$ declare of_ambito uuid; persons uuid[]; begin
  for of_ambito, persons in
    select p.ambito_id, array_agg(distinct p.canonical_id) from people.person p
    join people.person m on m.ambito_id = p.ambito_id and m.canonical_id = p.canonical_id and m.born_precision = 'day'
    where p.born_precision = 'year' group by p.ambito_id
  loop
    perform people.refresh_standing(of_ambito, persons);
  end loop;
end $$;
