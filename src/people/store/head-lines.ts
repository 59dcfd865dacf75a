import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

type Row = {
  id: string
  born: string | null
  born_precision: string | null
  gender: string | null
  demo: boolean
  main: { surname: string; given_names: string } | null
  original: { surname: string; given_names: string } | null
  citizenships: string[] | null
  language: string | null
  title: { kind: string; status: string; expires_on: string | null; seen: boolean } | null
  verdict: string | null
  reason: string | null
}

/** What head lines say, of every person asked for and the files merged with it, in one question: they stand on every screen. */
export async function headRows({ db, ambito_id, today }: Ctx, ids: string[]) {
  const own = sql.raw('in (select m.id from member m where m.of_id = p.id)')
  const first = sql.raw('<> p.id')
  const { rows } = await sql<Row>`
    with asked as materialized (
      select id, canonical_id, born, born_precision, gender, demo from people.person
      where ambito_id = ${ambito_id} and id = any (${ids}::uuid[]) and erased_at is null),
    member as materialized (
      select a.id as of_id, m.id, m.born, m.born_precision, m.gender from asked a
      join people.person m on m.ambito_id = ${ambito_id} and m.canonical_id = a.canonical_id and m.erased_at is null)
    select p.id, p.demo, birth.born, birth.born_precision, s.verdict, s.reason,
      coalesce(p.gender, (select max(m.gender) from member m where m.of_id = p.id)) as gender,
      ${nameOf('main')} as main, ${nameOf('original')} as original,
      (select array_agg(c.country order by c.since nulls first) from people.citizenship c
        where c.ambito_id = ${ambito_id} and c.person_id ${own} and c.withdrawn_at is null) as citizenships,
      (select l.language from people.language l where l.ambito_id = ${ambito_id} and l.person_id ${own} and l.use = 'speaks'
        order by l.person_id ${first}, l.recorded_at limit 1) as language,
      (select jsonb_build_object('kind', t.kind, 'status', t.status, 'expires_on', t.expires_on, 'seen', t.seen_on is not null)
        from people.title t where t.ambito_id = ${ambito_id} and t.person_id ${own} and t.withdrawn_at is null
          and not exists (select from people.title later where later.ambito_id = ${ambito_id} and later.corrects = t.id and later.withdrawn_at is null)
        order by t.expires_on desc nulls first, t.recorded_at desc limit 1) as title
    from asked p
    left join lateral (select m.born, m.born_precision from member m where m.of_id = p.id and m.born is not null
      order by m.born_precision = 'year', m.id ${first} limit 1) birth on true
    left join people.standing_period s on s.ambito_id = ${ambito_id} and s.canonical_id = p.canonical_id and s.valid @> ${today}::date`.execute(
    db,
  )
  return rows

  function nameOf(kind: 'main' | 'original') {
    return sql`(select jsonb_build_object('surname', n.surname, 'given_names', n.given_names) from people.name n
      where n.ambito_id = ${ambito_id} and n.person_id ${own} and n.kind = ${kind} and n.ended_at is null
      order by n.person_id ${first}, n.recorded_at limit 1)`
  }
}
