import { describe, expect, test } from 'vitest'
import regions from '../../../bench/names.json' with { type: 'json' }
import { dice, pool, syntheticPeople } from '../../../bench/names.ts'
import { soundsEqual } from './compare.ts'
import { belongs, joinKeys, type Somebody, suggests, WORTH_A_LOOK, whose } from './sameperson.ts'
import { searchKeys } from './search-keys.ts'

const phones = ['333 1234567']
const somebody = (surname: string, given: string, more: Partial<Somebody> = {}): Somebody => ({
  names: [{ surname, given }],
  ...more,
})
const day = (born: string) => ({ born, born_precision: 'day' as const })
const year = (born: string) => ({ born, born_precision: 'year' as const })
const reason = (row: Somebody, person: Somebody) => {
  const answer = belongs(row, person)
  return answer.join ? answer.reason : 'no'
}

describe('a row belongs to a known person', () => {
  test.each<[string, Somebody, Somebody, string]>([
    [
      'same phone, other spelling',
      somebody('El Idrissi', 'Hanan', { phones }),
      somebody('Idrissi', 'Hanane', { phones: ['+39 3331234567'] }),
      'same_phone_and_name',
    ],
    [
      'same phone, other script',
      somebody('الإدريسي', 'حنان', { phones }),
      somebody('Idrissi', 'Hanane', { phones }),
      'same_phone_and_name',
    ],
    [
      'same phone, what she is called only',
      somebody('', 'Hanan', { phones }),
      somebody('Idrissi', 'Hanane', { phones }),
      'same_phone_and_name',
    ],
    [
      'swapped, full birth',
      somebody('Hanan', 'Idrissi', day('1974-11-01')),
      somebody('Idrissi', 'Hanane', day('1974-11-01')),
      'same_name_and_birth',
    ],
    [
      'a last letter not heard',
      somebody('Okafo', 'Precious', day('1996-03-14')),
      somebody('Okafor', 'Precious', day('1996-03-14')),
      'same_name_and_birth',
    ],
    [
      'same title number',
      somebody('Jallow', 'Hawa', { title_numbers: ['I 14075191'] }),
      somebody('Diallo', 'Awa', { title_numbers: ['i14075191'] }),
      'same_title_number',
    ],
    [
      'married name, same phone and day',
      somebody('Rossi', 'Olena', { phones, ...day('1980-02-03') }),
      somebody('Kovalenko', 'Elena', { phones, ...day('1980-02-03') }),
      'same_phone_and_name',
    ],
    [
      'a year alone agrees with a day',
      somebody('Hu', 'Lina', { phones, ...year('1996') }),
      somebody('Hu', 'Li Na', { phones, ...day('1996-03-05') }),
      'same_phone_and_name',
    ],
  ])('%s', (_, row, person, expected) => {
    expect(reason(row, person)).toBe(expected)
    expect(reason(person, row)).toBe(expected)
  })

  test.each<[string, Somebody, Somebody]>([
    ['brother and sister', somebody('Fawzi', 'Karim', { phones }), somebody('Fawzi', 'Karima', { phones })],
    [
      'brothers with vowels between them',
      somebody('Fawzi', 'Hasan', { phones }),
      somebody('Fawzi', 'Hussein', { phones }),
    ],
    [
      'the surname alone, on the phone of the family',
      somebody('Fawzi', '', { phones }),
      somebody('Fawzi', 'Karim', { phones }),
    ],
    [
      'twins',
      somebody('Fawzi', 'Hasan', { phones, ...day('2001-05-04') }),
      somebody('Fawzi', 'Hussein', { phones, ...day('2001-05-04') }),
    ],
    [
      'namesakes on the phone of a reception centre',
      somebody('Diallo', 'Mamadou', { phones }),
      somebody('Traoré', 'Mamadou', { phones }),
    ],
    [
      'a birth that contradicts',
      somebody('Fawzi', 'Karim', { phones, ...day('1980-02-03') }),
      somebody('Fawzi', 'Karim', { phones, ...day('1980-03-02') }),
    ],
    [
      'a gender that contradicts',
      somebody('Kaur', 'Simran', { phones, gender: 'F' }),
      somebody('Kaur', 'Simran', { phones, gender: 'M' }),
    ],
    [
      'the year is not the day',
      somebody('Popescu', 'Elena', year('1969')),
      somebody('Popescu', 'Elena', day('1969-09-01')),
    ],
    [
      'the first of January is not a day',
      somebody('Ali', 'Ahmed', day('1990-01-01')),
      somebody('Ali', 'Ahmed', day('1990-01-01')),
    ],
    ['the name alone', somebody('Popescu', 'Elena'), somebody('Popescu', 'Elena')],
    [
      'a child on the title of the mother',
      somebody('Idrissi', 'Adam', { title_numbers: ['I14075191'] }),
      somebody('Idrissi', 'Hanan', { title_numbers: ['I14075191'] }),
    ],
    ['no name', somebody('', '', { phones }), somebody('', '', { phones })],
    [
      'two phones and two titles against a name and a day',
      somebody('Wang', 'Wei', { ...day('1990-06-01'), phones, title_numbers: ['I14075191'] }),
      somebody('Wang', 'Wei', { ...day('1990-06-01'), phones: ['3899999991'], title_numbers: ['I22075191'] }),
    ],
    ['Qiang is not Zhi Qiang', somebody('Wang', 'Qiang', { phones }), somebody('Wang', 'Zhi Qiang', { phones })],
  ])('not so: %s', (_, row, person) => {
    expect(belongs(row, person)).toEqual({ join: false })
    expect(belongs(person, row)).toEqual({ join: false })
  })
})

describe('whose row is it', () => {
  test('of two who cannot be one and fit alike, nobody’s', () => {
    const row = somebody('', 'Mohamed', { phones })
    const people = [
      somebody('Diallo', 'Mohamed', { phones, ...day('1980-02-03') }),
      somebody('Traoré', 'Mohamed', { phones, ...day('1991-07-08') }),
    ]
    expect(whose(row, people)).toBeUndefined()
    expect(whose({ ...row, ...day('1991-07-08') }, people)?.person).toBe(people[1])
  })

  test('whoever fits is found under one of the keys of the row', () => {
    const row = somebody('Idrissi', 'Hanan', {
      phones: ['0039 333 1234567'],
      title_numbers: ['i-14075191'],
      ...day('1974-11-01'),
    })
    const filed = searchKeys({ ...row, names: row.names }).map(({ key }) => key)
    expect(joinKeys(row)).toEqual(['p:331234567', 't:I14075191', 'b:1974-11-01'])
    for (const key of joinKeys(row)) expect(filed).toContain(key)
  })
})

describe('what is left for a person to decide', () => {
  test('equal names with nothing against them are worth a look, strangers are not', () => {
    expect(
      suggests(somebody('Popescu', 'Elena'), somebody('Popescu', 'Elena', day('1969-09-01'))).score,
    ).toBeGreaterThanOrEqual(WORTH_A_LOOK)
    expect(
      suggests(somebody('Popescu', 'Elena', day('1987-05-14')), somebody('Popescu', 'Elena', day('1969-09-01'))).score,
    ).toBeLessThan(WORTH_A_LOOK)
    expect(suggests(somebody('Popescu', 'Elena'), somebody('Wang', 'Wei')).score).toBeLessThan(0.2)
  })

  test('it says why', () => {
    const a = somebody('Fawzi', 'Karim', { phones, ...day('1980-02-03') })
    const b = somebody('فوزي', 'كريم', { phones, ...day('1980-03-02') })
    expect(suggests(a, b).reasons).toEqual(['name_sounds_equal', 'same_phone', 'birth_slip', 'scripts_differ'])
  })
})

describe('people of twenty countries who do not exist', () => {
  test('the same seed gives the same people, and the pool is large', () => {
    expect(syntheticPeople(300, 5)).toEqual(syntheticPeople(300, 5))
    expect(syntheticPeople(300, 6)).not.toEqual(syntheticPeople(300, 5))
    expect(pool.given).toBeGreaterThanOrEqual(150)
    expect(pool.surnames).toBeGreaterThanOrEqual(200)
  })

  test('a second spelling shares a key with the first', () => {
    const people = syntheticPeople(10_000, 11)
    const keys = people.map((one) =>
      searchKeys({ names: [one] })
        .map(({ key }) => key)
        .filter((key) => key.startsWith('s:')),
    )
    const pairs = people.flatMap((one, at) => (one.changed ? [at] : []))
    const found = pairs.filter((at) => keys[at]?.some((key) => keys[at - 1]?.includes(key)))
    expect(pairs.length).toBeGreaterThan(200)
    expect(found.length / pairs.length).toBeGreaterThan(0.98)
  })

  test('in 100,000 pairs of strangers at most two sound equal who are no namesakes, whoever comes first', () => {
    const people = syntheticPeople(450, 12)
    const wrong: string[] = []
    const oneWay: string[] = []
    for (const [at, a] of people.entries())
      for (const b of people.slice(at + 1)) {
        if (!soundsEqual(a, b).all_parts) continue
        if (a.called !== b.called) wrong.push(`${a.called}, ${b.called}`)
        if (!soundsEqual(b, a).all_parts) oneWay.push(`${a.called}, ${b.called}`)
      }
    expect(oneWay).toEqual([])
    expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(2)
  })

  test('no two given names of a country become one person on one phone', () => {
    const roll = dice(3)
    const spellings = (text: string) => text.split(/[/|]/)
    const wrong: string[] = []
    for (const { F, M, surnames } of regions) {
      const surname = spellings(surnames[0] ?? '')[0] ?? ''
      const given = [...F, ...M].map(spellings)
      for (const [at, some] of given.entries())
        for (const others of given.slice(at + 1)) {
          const a = some[Math.floor(roll() * some.length)] ?? ''
          const b = others[Math.floor(roll() * others.length)] ?? ''
          if (belongs(somebody(surname, a, { phones }), somebody(surname, b, { phones })).join) wrong.push(`${a} ${b}`)
        }
    }
    expect(wrong).toEqual([])
  })
})
