import { expect, test } from 'vitest'
import { languages } from '../kernel/i18n.ts'
import lodi from './lists/comuni-lodi.json' with { type: 'json' }
import { covers, easter, holidayOn, holidaysOf } from './rules/calendar.ts'
import { comuneFinder } from './rules/comuni.ts'
import {
  citizenshipGroup,
  countries,
  countryCalled,
  countryName,
  countryOf,
  isThirdCountry,
} from './rules/countries.ts'
import { feastsBetween, orthodoxEaster } from './rules/feasts.ts'
import { languageName, languageOf } from './rules/languages.ts'

test('249 countries of ISO 3166-1, Kosovo and stateless people', () => {
  expect(countries).toHaveLength(251)
  expect(new Set(countries.map(({ code }) => code)).size).toBe(251)
  expect(countries.filter(({ group }) => group === 'eu').map(({ code }) => code)).toEqual(
    expect.arrayContaining(['IT', 'RO', 'HR', 'IE']),
  )
})

test.each([
  ['Egiziana', 'EG'],
  ['EGIZIANO', 'EG'],
  ['eg', 'EG'],
  ['Egypt', 'EG'],
  ['egiziani', 'EG'],
  ['rumena', 'RO'],
  ['Romena', 'RO'],
  ['perù', 'PE'],
  ['PERU’', 'PE'],
  ['bengalese', 'BD'],
  ['Costa d’Avorio', 'CI'],
  ["Cote d'Ivoire", 'CI'],
  ['cinesi', 'CN'],
  ['turche', 'TR'],
  ['polacca', 'PL'],
  ['Türkiye', 'TR'],
  ['kosovara', 'XK'],
  ['burkinabe', 'BF'],
  ['Apolide', 'XX'],
  ['stateless', 'XX'],
])('a register that says %s means %s', (text, code) => {
  expect(countryOf(text)).toBe(code)
})

test.each(['', 'congolese', 'Congo', 'Atlantide', 'jugoslava', 'Romania e altro'])('"%s" is no one country', (text) => {
  expect(countryOf(text)).toBeUndefined()
})

test('who is a third-country national', () => {
  expect(['EG', 'GB', 'XK', 'XX', 'SM', 'PS'].filter(isThirdCountry)).toEqual(['EG', 'GB', 'XK', 'XX', 'SM', 'PS'])
  expect(['IT', 'RO', 'CH', 'NO', 'RE', 'ZZ'].filter(isThirdCountry)).toEqual([])
  expect(citizenshipGroup('CH')).toBe('eea_ch')
  expect(citizenshipGroup('ZZ')).toBeUndefined()
  expect(countryName('EG', 'ar')).toBe('مصر')
  for (const lang of languages)
    expect([lang, countries.find(({ code }) => countryCalled(countryName(code, lang), lang) !== code)]).toEqual([
      lang,
      undefined,
    ])
})

test('languages as registers write them', () => {
  expect(['romeno', 'Arabo', 'bengalese', 'ucraino', 'punjabi', 'AR', '中文'].map(languageOf)).toEqual([
    'ro',
    'ar',
    'bn',
    'uk',
    'pa',
    'ar',
    undefined,
  ])
  expect(languageName('sq', 'it')).toBe('Albanese')
})

const comuneOf = comuneFinder(lodi)
test.each([
  ['LODI', '098031'],
  ['Lodi (LO)', '098031'],
  ['E648', '098031'],
  ['098031', '098031'],
  ['Lodivecchio', '098032'],
  ['S.Angelo Lodigiano', '098050'],
  ['Santangelo Lodigiano', '098050'],
  ["sant'angelo", '098050'],
  ['S. Colombano al Lambro', '015191'],
  ['san colombano', '015191'],
  ['Casale', '098010'],
  ['Tavazzano', '098056'],
  ['Camairago', '098062'],
  ['098016', '098062'],
  ['Comune di Codogno', '098019'],
  ['Castelnuovo', '098013'],
  ['santo stefano', '098051'],
])('the Comune written %s is %s', (text, code) => {
  expect(comuneOf(text)?.code).toBe(code)
})

test.each(['', 'Milano', 'San', 'Caselle', 'Borgo San Giovanni e Lodi'])('"%s" is no one Comune of Lodi', (text) => {
  expect(comuneOf(text)).toBeUndefined()
})

test('sixty-one Comuni, one of them under Milano', () => {
  expect(lodi).toHaveLength(61)
  expect(lodi.filter(({ questura }) => questura !== 'Lodi').map(({ name }) => name)).toEqual([
    'San Colombano al Lambro',
  ])
})

test('Easter and its Monday move, the other holidays stay', () => {
  expect([2025, 2026, 2027, 2028, 2038, 2285].map((year) => easter(year).toString())).toEqual([
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2038-04-25',
    '2285-03-22',
  ])
  expect(holidayOn('2027-03-29')).toBe('easter_monday')
  expect(holidayOn('2026-12-26')).toBe('saint_stephen')
  expect(holidayOn('2026-11-23')).toBeUndefined()
  expect(holidaysOf(2025)).toHaveLength(12)
  expect(holidayOn('2026-10-04')).toBe('saint_francis')
})

test('fasts, feasts and school holidays fall where the almanacs have them, each once', () => {
  expect([2024, 2025, 2026, 2027, 2028].map((year) => orthodoxEaster(year).toString())).toEqual([
    '2024-05-05',
    '2025-04-20',
    '2026-04-12',
    '2027-05-02',
    '2028-04-16',
  ])
  const said = feastsBetween('2026-12-30', '2027-06-10').map(
    ({ feast, from_day, to_day }) => `${feast} ${from_day}${to_day === from_day ? '' : ` ${to_day}`}`,
  )
  expect(said).toEqual([
    'school_christmas 2026-12-23 2027-01-06',
    'lunar_new_year 2027-02-06',
    'ramadan 2027-02-08 2027-03-08',
    'school_carnival 2027-02-08 2027-02-09',
    'eid_al_fitr 2027-03-09',
    'school_easter 2027-03-25 2027-03-30',
    'orthodox_easter 2027-05-02',
    'eid_al_adha 2027-05-16',
    'school_summer 2027-06-09 2027-09-11',
  ])
  // The fast comes back eleven days earlier: 2030 has it twice.
  const twice = feastsBetween('2030-01-01', '2030-12-31').filter(({ feast }) => feast === 'ramadan')
  expect(twice.map(({ from_day }) => from_day)).toEqual(['2030-01-05', '2030-12-26'])
})

test('a yearly closure comes back every year from its first, another does not', () => {
  const patron = { from_day: '2025-01-19', to_day: '2025-01-19', yearly: true }
  expect(['2024-01-19', '2025-01-19', '2027-01-19', '2027-01-20'].map((day) => covers(patron, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
  const summer = { from_day: '2026-08-10', to_day: '2026-08-22', yearly: false }
  expect(['2026-08-09', '2026-08-10', '2026-08-22', '2027-08-12'].map((day) => covers(summer, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
})
