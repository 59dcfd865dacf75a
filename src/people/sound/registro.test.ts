import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { birthsMeant } from './birth.ts'
import { soundsEqual } from './compare.ts'
import { soundKeys } from './keys.ts'
import { partsOf } from './parts.ts'
import { joinKeys, type Somebody, suggests, WORTH_A_LOOK, whose } from './sameperson.ts'

// A year's register of the desk with the truth of who is who. Its habits were known when the rules were written, so good figures here promise little about another register.
type Truth = { persons: number; row_person: (number | null)[] }
type Row = Record<string, string>

const truth: Truth = JSON.parse(readFileSync('test/registro-accessi.truth.json', 'utf8'))
const all: Row[] = parse(readFileSync('test/registro-accessi.csv'), {
  bom: true,
  columns: true,
  delimiter: ';',
  relax_column_count: true,
  relax_quotes: true,
})
const rows = all.filter((row) => Object.values(row).some((cell) => cell !== ''))

function somebody(row: Row): Somebody {
  const born = birthInColumn(row['Data di nascita'] ?? '')
  const sex = row.Sesso ?? ''
  return {
    names: [{ surname: row.Cognome ?? '', given: row.Nome ?? '' }],
    born,
    born_precision: born?.length === 4 ? 'year' : 'day',
    gender: /^(m|u)/i.test(sex) ? 'M' : /^(f|d)/i.test(sex) ? 'F' : undefined,
    phones: [row.Telefono ?? ''].filter(Boolean),
    title_numbers: [row['Numero titolo'] ?? ''].filter(Boolean),
  }
}

function birthInColumn(text: string): string | undefined {
  const meant = birthsMeant(text)
  // Whoever comes to the desk was born before the register began.
  return meant.findLast((day) => day < '2025')
}

const named = rows
  .map((row, at) => ({ row: somebody(row), person: truth.row_person[at] ?? null }))
  .filter(({ person }) => person !== null)

const keysOfRow = ({ names }: Somebody) =>
  new Set(
    names
      .flatMap(partsOf)
      .filter(({ kind }) => kind === 'name')
      .flatMap(({ word }) => soundKeys(word)),
  )

describe('a year of the register', () => {
  test('rows and truth lie side by side', () => {
    expect(rows.length).toBe(truth.row_person.length)
    expect(named.length).toBe(915)
  })

  test('spellings of one person share a key', () => {
    const people = Map.groupBy(named, ({ person }) => person)
    let pairs = 0
    let sharing = 0
    let equal = 0
    for (const same of people.values())
      for (const [at, a] of same.entries())
        for (const b of same.slice(at + 1)) {
          pairs++
          const keys = keysOfRow(a.row)
          if ([...keysOfRow(b.row)].some((key) => keys.has(key))) sharing++
          if (a.row.names.some((one) => b.row.names.some((other) => soundsEqual(one, other).all_parts))) equal++
        }
    expect(pairs).toBe(1061)
    expect(sharing / pairs).toBeGreaterThan(0.99)
    expect(equal / pairs).toBeGreaterThan(0.95)
  })

  test('few strangers share all their keys', () => {
    const firsts = [...Map.groupBy(named, ({ person }) => person).values()].flatMap(([first]) => first ?? [])
    const marks = firsts.map(({ row }) => [...keysOfRow(row)].sort().join(' '))
    const pairs = marks.flatMap((mark, at) => marks.slice(at + 1).filter((other) => other === mark))
    // The register has true namesakes; what is looked at is that keys do not lump the register together.
    expect(pairs.length / ((marks.length * (marks.length - 1)) / 2)).toBeLessThan(0.005)
  })

  test('no row goes to the wrong person, and few people are made twice', () => {
    const { made, wrong, twice, suggested } = takeIn()
    expect(wrong).toEqual([])
    expect(made.length).toBeLessThanOrEqual(1.25 * truth.persons)
    // Whoever was made twice is shown to a person as a possible duplicate.
    expect(suggested / twice).toBeGreaterThan(0.9)
  })
})

type Made = Somebody & { truth: number | null }

/** The import in small: each row finds its person or makes one, who learns what the row says. */
function takeIn() {
  const made: Made[] = []
  const filed = new Map<string, Set<Made>>()
  const wrong: string[] = []
  const lost: Made[] = []
  for (const { row, person } of named) {
    const candidates = new Set(joinKeys(row).flatMap((key) => [...(filed.get(key) ?? [])]))
    const found = whose(row, [...candidates])
    if (found) {
      if (found.person.truth !== person) wrong.push(`${found.reason} ${JSON.stringify([row, found.person])}`)
      learn(found.person, row)
      file(found.person)
    } else {
      const one: Made = { ...row, truth: person }
      if (made.some(({ truth: known }) => known === person)) lost.push(one)
      made.push(one)
      file(one)
    }
  }
  const suggested = lost.filter((one) =>
    made.some((other) => other !== one && other.truth === one.truth && suggests(one, other).score >= WORTH_A_LOOK),
  ).length
  return { made, wrong, twice: lost.length, suggested }

  function file(one: Made): void {
    for (const key of joinKeys(one)) filed.set(key, (filed.get(key) ?? new Set()).add(one))
  }
}

function learn(person: Made, row: Somebody): void {
  person.names = [...person.names, ...row.names]
  person.phones = [...new Set([...(person.phones ?? []), ...(row.phones ?? [])])]
  person.title_numbers = [...new Set([...(person.title_numbers ?? []), ...(row.title_numbers ?? [])])]
  person.gender ??= row.gender
  if (!person.born || (person.born_precision === 'year' && row.born && row.born_precision === 'day')) {
    person.born = row.born
    person.born_precision = row.born_precision
  }
}
