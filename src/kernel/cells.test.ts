import { describe, expect, test } from 'vitest'
import { ahead, dayOfSerial, folded, past, readDay, readWhole, readYes } from './cells.ts'

const day = (text: string) => {
  const read = readDay(text, past('2026-11-22'))
  return typeof read === 'object' ? (read.precision === 'year' ? `${read.day.slice(0, 4)} alone` : read.day) : read
}

describe('a day in a cell', () => {
  test.each([
    ['17/05/1990', '1990-05-17'],
    ['17/5/90', '1990-05-17'],
    ['7-1-26', '2026-01-07'],
    ['17.05.1990', '1990-05-17'],
    ['1990-05-17', '1990-05-17'],
    ['1990/5/17', '1990-05-17'],
    ['2026-01-07T00:00:00.000Z', '2026-01-07'],
    ['07/01/2026 15:30', '2026-01-07'],
    ['17051990', '1990-05-17'],
    ['17 maggio 1990', '1990-05-17'],
    ['17 May 1990', '1990-05-17'],
    ['1° gennaio 2026', '2026-01-01'],
    ['1988', '1988 alone'],
    ['46029', '2026-01-07'],
    ['33010', '1990-05-17'],
    ['33010,75', '1990-05-17'],
    ['29/02/2024', '2024-02-29'],
    ['', 'none'],
    ['01/01/0001', 'none'],
    ['1/1/0001', 'none'],
    ['01/01/1900', 'none'],
    ['illimitata', 'none'],
    ['Senza scadenza', 'none'],
    ['n.d.', 'none'],
    ['?', 'none'],
    ['31/02/2026', 'not_a_day'],
    ['29/02/2025', 'not_a_day'],
    ['00/00/0000', 'not_a_day'],
    ['2026-13-01', 'not_a_day'],
    ['ieri', 'not_a_day'],
    ['35', 'not_a_day'],
    ['17/xx/1990', 'not_a_day'],
    ['9999999', 'not_a_day'],
  ])('%s is %s', (text, meant) => expect(day(text)).toBe(meant))

  test('two figures are a year that has been, or one to come', () => {
    const read = (text: string, century: Parameters<typeof readDay>[1]) =>
      (readDay(text, century) as { day: string }).day
    expect(read('25/9/25', past('2026-11-22'))).toBe('2025-09-25')
    expect(read('25/9/26', past('2026-11-22'))).toBe('2026-09-25')
    expect(read('25/9/27', past('2026-11-22'))).toBe('1927-09-25')
    expect(read('25/9/27', ahead)).toBe('2027-09-25')
  })

  test('Excel believes in a 29 February 1900', () => {
    expect([1, 59, 61, 367].map((serial) => dayOfSerial(serial))).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
      '1901-01-01',
    ])
    expect(dayOfSerial(60)).toBeUndefined()
    expect(dayOfSerial(0)).toBeUndefined()
    expect(dayOfSerial(-5)).toBeUndefined()
    expect(dayOfSerial(Number.NaN)).toBeUndefined()
    // A workbook begun on an old Macintosh counts from 1904, where all days existed.
    expect(dayOfSerial(60, true)).toBe('1904-03-01')
  })
})

describe('yes, no and numbers', () => {
  test.each([
    ['sì', true],
    ['Si', true],
    ['SI', true],
    ['x', true],
    ['✓', true],
    ['yes', true],
    ['no', false],
    ['', false],
    ['non visto', false],
    ['08/03/2026', '2026-03-08'],
    ['forse', undefined],
    ['1988', undefined],
  ])('%s is %s', (text, meant) => expect(readYes(text, '2026-11-22')).toBe(meant))

  test.each([
    ['15', 15],
    ['15 min', 15],
    ['15,0', 15],
    ["circa 20'", undefined],
    ['=1+1', undefined],
    ['', undefined],
    ['0', 0],
  ])('%s is %s', (text, meant) => expect(readWhole(text)).toBe(meant))

  test('case, accents, spaces and punctuation say nothing', () => {
    expect(folded('  Sant’Angelo   LODIGIANO ')).toBe(folded("sant'angelo lodigiano"))
    expect(folded('Perù')).toBe('peru')
  })
})
