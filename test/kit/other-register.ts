/**
 * Another desk's register, with habits of its own: English headers in another order, commas, Windows-1252, days as d/m/yy,
 * names swapped or in one cell, and other names. With the truth of who is who and who counts.
 */

import regions from '../../bench/names.json' with { type: 'json' }
import { dice } from '../../bench/names.ts'

const headers =
  'Visit date,Help desk,First name,Last name,DOB,Sex,Nationality,Town,Mobile phone,Residence permit,Permit no.,Expiry date,Permit seen,Privacy notice,Language,Reason for visit,Outcome,Minutes,Worker,Remarks,Folder'
const called: Record<string, string[]> = {
  EG: ['Egypt', 'Egyptian', 'EG'],
  MA: ['Morocco', 'Moroccan', 'marocchina'],
  AL: ['Albania', 'Albanian'],
  UA: ['Ukraine', 'Ukrainian'],
  MD: ['Moldova', 'MD'],
  RO: ['Romania', 'Romanian', 'rumena'],
  CN: ['China', 'Chinese'],
  NG: ['Nigeria', 'Nigerian'],
  EC: ['Ecuador', 'EC'],
  PE: ['Peru', 'Perù'],
  IN: ['India', 'Indian'],
  BD: ['Bangladesh', 'BD'],
  PK: ['Pakistan', 'Pakistani'],
  TG: ['Togo', 'TG'],
  CI: ["Costa d'Avorio", 'Ivory Coast'],
  SN: ['Senegal', 'SN'],
  TR: ['Turkey', 'Turkish'],
  ER: ['Eritrea', 'Eritrean'],
  TN: ['Tunisia', 'Tunisian'],
}
const counts = ['Employed work', 'Family reasons', 'EU long-term residence permit', 'Refugee status', 'studio']
const to_decide = ['Asylum application pending', 'carta di soggiorno', 'some paper from Rome']
const needs = [
  'Permit renewal',
  'Housing',
  'Italian course',
  'spid',
  'family reunification',
  'Health',
  'help with a letter',
]

type Person = {
  given: string[][]
  surname: string[][]
  gender: 'F' | 'M'
  born: string
  citizenship: string
  phone: string
  permit: string
  number: string
  expiry: string
  seen: boolean
  noticed: boolean
  says_birth: boolean
}

export function otherRegister(seed: number, persons = 160) {
  const roll = dice(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(roll() * all.length)] as T
  const figures = (n: number) => Array.from({ length: n }, () => Math.floor(roll() * 10)).join('')
  const spellings = (text: string) => [(text.split('|')[0] as string).split('/').filter((word) => isLatin1(word))]
  const day = (from: string, span: number) =>
    new Date(Date.parse(`${from}T00:00:00Z`) + Math.floor(roll() * span) * 86_400_000).toISOString().slice(0, 10)
  const short = (iso: string) => {
    const [y, m, d] = iso.split('-').map(Number) as [number, number, number]
    return roll() < 0.6 ? `${d}/${m}/${String(y).slice(2)}` : roll() < 0.5 ? `${d}.${m}.${y}` : iso
  }

  const people = Array.from({ length: persons }, (): Person => {
    const region = pick(regions)
    const gender = roll() < 0.5 ? 'F' : 'M'
    const permit = roll() < 0.75 ? pick(counts) : roll() < 0.5 ? pick(to_decide) : ''
    return {
      given: spellings(pick(region[gender])),
      surname: spellings(pick(region.surnames)),
      gender,
      born: day('1948-01-01', 58 * 365),
      citizenship: region.citizenship,
      phone: `3${figures(9)}`,
      permit,
      number: permit && roll() < 0.6 ? `I${figures(8)}` : '',
      expiry: permit && roll() < 0.8 ? day('2027-01-01', 700) : '',
      seen: permit !== '' && roll() < 0.85,
      noticed: roll() < 0.92,
      says_birth: roll() < 0.93,
    }
  }).filter(({ given, surname }) => given[0]?.length && surname[0]?.length)

  const rows: { on: string; person: number; cells: string[] }[] = []
  for (const [at, person] of people.entries()) {
    const visits = 1 + Math.floor(roll() ** 2 * 6)
    for (let visit = 0; visit < visits; visit++) {
      const whole = visit === 0
      const on = day('2025-09-25', 410)
      const surname = pick(person.surname[0] as string[])
      const given = pick(person.given[0] as string[])
      const [first, last] =
        roll() < 0.1
          ? [surname, given]
          : roll() < 0.1
            ? ['', `${surname} ${given}`]
            : roll() < 0.1
              ? [given.toUpperCase(), surname.toUpperCase()]
              : [given, surname]
      const born = !person.says_birth
        ? ''
        : whole
          ? short(person.born)
          : roll() < 0.15
            ? ''
            : roll() < 0.15
              ? person.born.slice(0, 4)
              : short(person.born)
      const told = whole || roll() < 0.6
      rows.push({
        on,
        person: at,
        cells: [
          short(on),
          pick(['Foreigners', 'Refugee desk', 'digital']),
          first,
          last,
          born,
          told ? pick(person.gender === 'F' ? ['female', 'F', 'woman', 'donna'] : ['male', 'M', 'man', 'uomo']) : '',
          told ? pick(called[person.citizenship] as string[]) : '',
          pick(['Lodi', 'Codogno', '', 'Sant’Angelo Lodigiano']),
          roll() < 0.7
            ? pick([person.phone, `+39 ${person.phone}`, `${person.phone.slice(0, 3)} ${person.phone.slice(3)}`])
            : '',
          told ? person.permit : '',
          told && roll() < 0.8 ? person.number : '',
          told ? (person.expiry ? short(person.expiry) : pick(['01/01/0001', '', 'unlimited'])) : '',
          told ? (person.seen ? pick(['yes', 'Y', 'x']) : 'no') : '',
          told ? (person.noticed ? 'yes' : 'no') : '',
          pick(['Arabic', 'French', '', 'English']),
          pick(needs),
          pick(['solved', 'sent to CPIA', 'call back', '']),
          pick(['10', '15 min', '']),
          'Pál',
          pick(['', '+1 grazie', '-', '@home']),
          `A-${rows.length}`,
        ],
      })
    }
  }
  rows.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const nameless = [
    ['7/1/26', 'digital'],
    ['8/1/26', 'Foreigners'],
  ].map(([on, desk]) => [
    on as string,
    desk as string,
    '',
    '',
    ...Array(11).fill(''),
    'Housing',
    'solved',
    '5',
    '',
    '',
    '',
  ])
  const wrong = [
    ['31/2/26', 'Foreigners'],
    ['', 'Foreigners'],
    ['3/4/2031', 'digital'],
    ['1/6/2024', 'digital'],
  ].map(([on, desk], at) => [
    on as string,
    desk as string,
    'Nobody',
    `Wrong${at}`,
    ...Array(11).fill(''),
    'Housing',
    'solved',
    '5',
    '',
    '',
    '',
  ])
  const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const text = [
    'Register of the desk,,',
    '',
    headers,
    ...[...rows.map(({ cells }) => cells), ...nameless, ...wrong].map((cells) => cells.map(quoted).join(',')),
  ].join('\r\n')
  const seen_people = new Set(rows.map(({ person }) => person))
  const countable = [...seen_people].filter((at) => {
    const { citizenship, says_birth, permit, seen, noticed } = people[at] as Person
    return citizenship !== 'RO' && says_birth && counts.includes(permit) && seen && noticed
  })
  return {
    bytes: latin1(text),
    truth: rows.map(({ person }) => person),
    rows: rows.length + nameless.length + wrong.length,
    refused: wrong.length,
    persons: seen_people.size,
    countable: countable.length,
  }
}

const isLatin1 = (text: string) => [...text].every((letter) => letter.charCodeAt(0) < 256)
const latin1 = (text: string) => Uint8Array.from([...text.replaceAll('’', '\u0092')], (letter) => letter.charCodeAt(0))
