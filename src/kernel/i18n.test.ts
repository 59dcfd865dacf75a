import { describe, expect, test } from 'vitest'
import { direction, openWords, type TextKey } from './i18n.ts'

const words = openWords(
  new Map([
    [
      'ar',
      new Map([
        [
          'desk.people',
          '{count, plural, zero {zero #} one {one #} two {two #} few {few #} many {many #} other {other #}}',
        ],
      ]),
    ],
    [
      'it',
      new Map([
        ['desk.people', '{count, plural, one {# persona} other {# persone}}'],
        ['desk.hello', 'Ciao {name} <b>sì</b>'],
        ['desk.quote', "L''ufficio"],
      ]),
    ],
    ['staff.it', new Map([['desk.staff', 'Solo personale']])],
  ]),
)
const say = (lang: string, key: string, params?: Record<string, string | number | null>) =>
  words.translate(lang)(key as TextKey, params)

describe('words', () => {
  test.each([
    [0, 'zero 0'],
    [1, 'one 1'],
    [2, 'two 2'],
    [3, 'few 3'],
    [10, 'few 10'],
    [11, 'many 11'],
    [99, 'many 99'],
    [100, 'other 100'],
    [102, 'other 102'],
    [103, 'few 103'],
    [1.5, 'other 1.5'],
  ])('in Arabic %d has its own form, in Latin digits', (count, sentence) => {
    expect(say('ar', 'desk.people', { count })).toBe(sentence)
  })

  test('in Italian one and many', () => {
    expect([0, 1, 2, 12345].map((count) => say('it', 'desk.people', { count }))).toEqual([
      '0 persone',
      '1 persona',
      '2 persone',
      '12.345 persone',
    ])
  })

  test('put in a sentence are text, whatever they look like', () => {
    expect(say('it', 'desk.hello', { name: '{count} <script>' })).toBe('Ciao {count} <script> <b>sì</b>')
    expect(say('it', 'desk.quote')).toBe("L'ufficio")
  })

  test('that are missing show their key, never a crash; and are known to be missing', () => {
    expect(say('it', 'desk.not_there')).toBe('desk.not_there')
    expect(say('uk', 'desk.people', { count: 1 })).toBe('desk.people')
    expect(say('it', '{evil, plural')).toBe('evil, plural')
    expect([
      words.has('it', 'desk.not_there'),
      words.has('it', 'desk.hello'),
      words.has('it', 'desk.staff'),
      words.has('ar', 'desk.staff'),
    ]).toEqual([false, true, true, false])
  })

  test('without the value they ask for show their key as well', () => {
    expect(say('it', 'desk.hello')).toBe('desk.hello')
    expect(say('it', 'desk.people', {})).toBe('desk.people')
  })

  test('run from the right in Arabic and Urdu', () => {
    expect(['ar', 'ur', 'it', 'zh', 'pa'].map(direction)).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr'])
  })
})
