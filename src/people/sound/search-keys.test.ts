import { describe, expect, test } from 'vitest'
import { answers, lookUps, mayShowResults, queryKeys, type Searched, searchKeys } from './search-keys.ts'

const mohamed: Searched = {
  names: [{ surname: 'السيد', given: 'محمد' }],
  born: '1990-05-17',
  born_precision: 'day',
  phones: ['+39 333 1234567'],
  title_numbers: ['I24899024'],
  tax_code: 'SYDMMD90E17Z336X',
}
const lina: Searched = { names: [{ surname: 'Hu', given: 'Lina' }], born: '1988', born_precision: 'year' }

const finds = (text: string, person: Searched) => {
  const items = queryKeys(text)
  return mayShowResults(items) && lookUps(items).every((item) => answers(searchKeys(person), item) > 0)
}

describe('what an operator types', () => {
  test.each([
    'moh 1990',
    'El Sayed Mohamed',
    'Elsayed muhammad 17/5/1990',
    'sayed 17.5.90',
    '333 1234567',
    '+39 333 1234567',
    'mohammed 4567',
    'محمد 1990',
    'محمد ١٩٩٠',
    'I24899024',
    'i 24899024 moh'.replace(' 2', '2'),
    'SYDMMD90E17Z336X',
    '1990-05-17 muh',
  ])('«%s» finds محمد السيد', (text) => {
    expect(finds(text, mohamed)).toBe(true)
  })

  test.each(['hamid 1990', 'mohamed 1991', 'fatima sayed', '333 1234568', 'moh 18/5/1990'])('«%s» does not', (text) => {
    expect(finds(text, mohamed)).toBe(false)
  })

  test('a name of two short words is found written as one, and the other way round', () => {
    expect(finds('hu li na', lina)).toBe(true)
    expect(finds('lina 1988', { ...lina, names: [{ surname: 'Hu', given: 'Li Na' }] })).toBe(true)
    expect(finds('bennani 1988', { ...lina, names: [{ surname: 'Ben Nani', given: 'Zineb' }] })).toBe(true)
    expect(finds('ben nani 1988', { ...lina, names: [{ surname: 'Bennani', given: 'Zineb' }] })).toBe(true)
  })

  test('a year alone is filed as a year', () => {
    expect(searchKeys(lina).filter(({ key }) => key.startsWith('b:'))).toEqual([
      { key: 'b:1988', weight: 1 },
      // Whatever day of it is typed.
      { key: 'b:1988~', weight: 1 },
    ])
    expect(finds('lina 3/7/1988', lina)).toBe(true)
    expect(finds('lina 3/7/1989', lina)).toBe(false)
  })
})

describe('nobody leafs through people', () => {
  test.each([
    'moh',
    'Kaur',
    'Kaur Singh',
    '1990',
    'kaur 1990',
    '4567',
    'el',
    'm 1990',
    '',
    '   ',
    'moh moh',
    '17/5/1990',
  ])('«%s» is not enough', (text) => {
    expect(mayShowResults(queryKeys(text))).toBe(false)
  })
  test.each([
    'moh 1990',
    'moh 4567',
    'simran kaur gill',
    'gurpreet kaur',
    'ਗੁਰਪ੍ਰੀਤ ਕੌਰ',
    '3331234567',
    '王芳',
    'RSSMRA85T10A562S',
  ])('«%s» is', (text) => {
    expect(mayShowResults(queryKeys(text))).toBe(true)
  })
})
