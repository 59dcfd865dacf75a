/** Rows of registers become persons: each finds its person or makes one, who learns what the row knows more (design.md §3). */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import type { CellProblem, RegisterKind, RegisterRow, RowSaid } from '../../kernel/register.ts'
import { comuneOf, countryOf, languageOf } from '../../territory/actions.ts'
import { filesChanged, personCreated } from '../events.ts'
import { type PersonRead, personColumns, readPerson, type Said } from '../rules/register-cells.ts'
import { may } from '../rules.ts'
import { joinKeys, type Somebody, whose } from '../sound/sameperson.ts'
import { filedUnder, knownPersons, personsOfRows, standingAnew, writeLearned } from '../store/registers.ts'
import { duplicatesOfRegisters, refile } from './duplicates.ts'
import { begin, type Gave, type Known, keysLearned, learn, nothingLearned, somebodies } from './register-learning.ts'

export { personColumns }

type Row = Pick<RegisterRow, 'id' | 'line' | 'cells'> & { /** The day the row is about. */ on: string | null }
export type PersonRow = Row & { read: PersonRead }
export type Joining = {
  /** Of each named row its person. */
  of: Map<string, string>
  remarks: RowSaid[]
  found: number
  created: number
}

/** Reads the cells about persons; nothing is looked up among persons and nothing written. */
export async function readPersons<R extends Row>(ctx: Ctx, rows: readonly R[]): Promise<(R & PersonRow)[]> {
  const books = { today: ctx.today, country: countryOf, language: languageOf, comune: await comuneOf(ctx) }
  return rows.map((row) => ({ ...row, read: readPerson(row.cells, row.on, books) }))
}

/** For each named row its person, found or made; rows see what the rows before them brought. */
export async function joinPersons(ctx: Ctx, register: string, rows: readonly PersonRow[]): Promise<Joining> {
  allow(ctx.actor.can(may.feed_registers))
  const named = rows.flatMap((row) =>
    row.read.said ? [{ ...row, said: row.read.said, ...soughtBy(row.read.said) }] : [],
  )
  const known = await openKnown(
    ctx,
    named.flatMap(({ keys }) => keys),
  )
  const learned = nothingLearned()
  const joining: Joining = { of: new Map(), remarks: [], found: 0, created: 0 }
  for (const { id, line, on, cells, read, said, sought, keys } of named) {
    const found = whose(sought, known.among(keys))
    const person = found?.person ?? begin(learned)
    const gave: Gave = {}
    const remarks = [...read.remarks, ...learn(learned, person, said, gave)]
    known.file(person, keys)
    learned.joined.push({
      row_id: id,
      person_id: person.id,
      reason: found?.reason ?? 'new',
      on_day: on,
      said: personCells(cells),
      remarks: codesOf(remarks),
      gave,
    })
    joining.of.set(id, person.id)
    if (remarks.length > 0) joining.remarks.push({ line, said: remarks })
    joining[found ? 'found' : 'created']++
  }
  const touched = known.all().filter(({ changed }) => changed)
  for (const person of touched)
    learned[person.is_new ? 'first_keys' : 'keys'].push({ person_id: person.canonical_id, keys: keysLearned(person) })
  await writeLearned(ctx, register, learned)
  // A day where only the year was known: what they were filed by is no longer true.
  const born_better = touched.filter(({ is_new, fresh }) => !is_new && fresh.born)
  if (born_better.length > 0)
    await refile(
      ctx,
      born_better.map(({ id }) => id),
    )
  await standingAnew(
    ctx,
    touched.map(({ id }) => id),
  )
  for (const person of touched) if (person.is_new) announce(ctx, personCreated, { person_id: person.id, on: ctx.today })
  if (touched.length > 0) announce(ctx, filesChanged, { person_ids: touched.map(({ id }) => id) })
  return joining
}

function soughtBy(said: Said) {
  const sought: Somebody = {
    names: [{ surname: said.surname, given: said.given }],
    born: said.born,
    born_precision: said.born_precision,
    gender: said.gender,
    phones: said.phones,
    title_numbers: said.title?.number ? [said.title.number] : [],
    tax_code: said.tax_code,
    citizenships: said.citizenships,
  }
  return { sought, keys: joinKeys(sought) }
}

const personKeys = new Set(personColumns.map(({ key }) => key))
const personCells = (cells: RegisterRow['cells']) =>
  Object.fromEntries(Object.entries(cells).filter(([key]) => personKeys.has(key)))
const codesOf = (remarks: readonly CellProblem[]) =>
  remarks.map(({ problem }) => (typeof problem === 'string' ? problem : problem[0]))

/** A key shared by more people than this (the phone of a reception centre) tells nobody apart. */
const most_for_a_key = 200

/** Persons filed under the keys of a chunk, and those it makes. */
async function openKnown(ctx: Ctx, keys: readonly string[]) {
  const filed = await filedUnder(ctx, [...new Set(keys)], most_for_a_key)
  const persons = new Map(
    somebodies(await knownPersons(ctx, [...new Set(filed.map(({ person_id }) => person_id))])).map((person) => [
      person.id,
      person,
    ]),
  )
  const by_key = new Map<string, Set<Known>>()
  const under = (key: string, person: Known | undefined) =>
    person && by_key.set(key, (by_key.get(key) ?? new Set()).add(person))
  // Merged files are filed under the one that stands for them; each answers to what it knows itself.
  const asked = Map.groupBy(filed, ({ person_id }) => person_id)
  for (const person of persons.values()) {
    const own = new Set(person.id === person.canonical_id ? [] : person.own_keys)
    for (const { key } of asked.get(person.canonical_id) ?? [])
      if (person.id === person.canonical_id || own.has(key)) under(key, person)
  }
  return {
    /** Of merged files the one that was meant comes before the one that stands for all. */
    among: (asked: readonly string[]) =>
      [...new Set(asked.flatMap((key) => [...(by_key.get(key) ?? [])]))].sort(
        (a, b) => Number(a.id === a.canonical_id) - Number(b.id === b.canonical_id),
      ),
    /** Who has just been heard of is found by what was said, in the rows that follow. */
    file(person: Known, keys: readonly string[]) {
      persons.set(person.id, person)
      for (const key of keys) under(key, person)
    },
    all: () => [...persons.values()],
  }
}

/** Of rows that came in before: whose they are. */
export async function personsBefore(ctx: Ctx, register: string, ids: readonly string[]) {
  return new Map((await personsOfRows(ctx, register, ids)).map(({ row_id, person_id }) => [row_id, person_id]))
}

/** `import people`: one row a person. */
export const peopleRegister: RegisterKind = {
  kind: 'people',
  name: 'people.register.people',
  may: may.feed_people,
  columns: personColumns,
  needed: [['surname', 'given_names']],
  async take(ctx, rows) {
    const read = await readPersons(
      ctx,
      rows.filter(({ known }) => !known).map((row) => ({ ...row, on: null })),
    )
    const nameless = (row: PersonRow): CellProblem[] =>
      row.read.said ? [] : [{ column: 'surname', problem: 'people.register.no_name' }]
    const refused = read
      .map((row) => ({ line: row.line, said: [...nameless(row), ...row.read.problems] }))
      .filter(({ said }) => said.length > 0)
    const wrong = new Set(refused.map(({ line }) => line))
    const joining = await joinPersons(
      ctx,
      'people',
      read.filter(({ line }) => !wrong.has(line)),
    )
    const before = await personsBefore(
      ctx,
      'people',
      rows.filter(({ known }) => known).map(({ id }) => id),
    )
    return {
      refused,
      remarks: joining.remarks,
      people_found: joining.found + before.size,
      people_created: joining.created,
      facts: 0,
      people: [...new Set([...joining.of.values(), ...before.values()])],
    }
  },
  duplicates: duplicatesOfRegisters,
}
