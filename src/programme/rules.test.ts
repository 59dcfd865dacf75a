import fc from 'fast-check'
import { expect, test } from 'vitest'
import { budgetAsText, type CostFamily, centsAsText, costFamilies, readBudget, readCents } from './rules/budget.ts'
import { deadlineState, monthNumber, monthsLong, monthsOf } from './rules/calendar.ts'
import { readLogo } from './rules/logos.ts'
import { referenceError, safeBack } from './rules/references.ts'
import {
  certificateThreshold,
  keptUntil,
  lastPaymentOn,
  readSetting,
  reportPeriod,
  screenSignature,
} from './rules/settings.ts'
import { expectedBy, readSteps, stepsAsText, stepsError } from './rules/targets.ts'
import { wordsIn } from './rules/words.ts'

const project = { starts_on: '2025-09-25', ends_on: '2028-09-24' }
const linear = { value: 36, spread: 'linear', steps: [], ...project }

test('a linear target grows from the first day to the last', () => {
  expect(expectedBy(linear, '2025-09-24')).toBe(0)
  expect(expectedBy(linear, '2028-09-24')).toBe(36)
  expect(expectedBy(linear, '2030-01-01')).toBe(36)
  expect(expectedBy(linear, '2026-11-22')).toBeCloseTo(13.94, 1)
  expect(expectedBy({ ...linear, value: null }, '2026-11-22')).toBeNull()
})

test('expected never shrinks, never exceeds the target', () => {
  const day = fc
    .integer({ min: -400, max: 2000 })
    .map((days) => Temporal.PlainDate.from('2025-09-25').add({ days }).toString())
  fc.assert(
    fc.property(day, day, fc.nat(500), fc.constantFrom('linear', 'level', 'steps'), (a, b, value, spread) => {
      const target = {
        value,
        spread,
        steps: [
          { by: '2026-06-30', value: Math.floor(value / 2) },
          { by: '2028-09-24', value },
        ],
        ...project,
      }
      const [early, late] = [a, b].sort().map((on) => expectedBy(target, on) ?? -1) as [number, number]
      return early <= late && late <= value && early >= 0
    }),
  )
})

test('some are the same at any moment, some follow a plan', () => {
  expect(expectedBy({ ...linear, value: 20, spread: 'level' }, '2026-11-22')).toBe(20)
  const steps = readSteps('30/06/2026 1\n\n2027-06-30: 2') ?? []
  expect(steps).toEqual([
    { by: '2026-06-30', value: 1 },
    { by: '2027-06-30', value: 2 },
  ])
  expect(
    ['2026-06-29', '2026-06-30', '2027-07-01'].map((on) =>
      expectedBy({ value: 2, spread: 'steps', steps, ...project }, on),
    ),
  ).toEqual([0, 1, 2])
  expect(readSteps(stepsAsText(steps))).toEqual(steps)
})

test.each(['31/02/2026 1', 'giugno 1', '30/06/2026', '30/06/26 1', '2026-06-30 -1'])(
  '"%s" is no step of a plan',
  (line) => {
    expect(readSteps(line)).toBeUndefined()
  },
)

test('a plan grows inside the project and ends at the target', () => {
  const step = (by: string, value: number) => ({ by, value })
  expect(stepsError([], 2, project)).toBe('programme.error.steps_empty')
  expect(stepsError([step('2025-01-01', 2)], 2, project)).toBe('programme.error.steps_outside')
  expect(stepsError([step('2026-01-01', 2), step('2026-02-01', 1)], 1, project)).toBe('programme.error.steps_shrink')
  expect(stepsError([step('2026-01-01', 1)], 2, project)).toBe('programme.error.steps_end')
  expect(stepsError([step('2026-01-01', 1), step('2028-09-24', 2)], 2, project)).toBeUndefined()
})

test.each([
  ['237.170,00', 23_717_000],
  ['237170', 23_717_000],
  ['€ 1.234,5', 123_450],
  ['1234.56', 123_456],
  ['0', 0],
  ['1.234', 123_400],
])('%s is money', (text, cents) => {
  expect(readCents(text)).toBe(cents)
})
test.each(['', '1.23.4', 'mille', '-5', '1,234', '12,345'])('"%s" is not', (text) => {
  expect(readCents(text)).toBeUndefined()
})
test('money written is money read', () => {
  fc.assert(fc.property(fc.nat(100_000_000_00), (cents) => readCents(centsAsText(cents)) === cents))
})

const family = (word: string) => costFamilies.find((one) => one === word)
test('a budget is pasted line by line, and says which line is wrong', () => {
  const text = 'A1; Mediatori; WP2; external_services; 90.000,00\nA2\tOperatori\tWP2\tstaff\t1.000,50\n'
  const lines = readBudget(text, family) as Exclude<ReturnType<typeof readBudget>, number>
  expect(lines.map(({ code, cents }) => [code, cents])).toEqual([
    ['A1', 9_000_000],
    ['A2', 100_050],
  ])
  expect(
    readBudget(
      budgetAsText(lines, (one: CostFamily) => one),
      family,
    ),
  ).toEqual(lines)
  expect(readBudget(`${text}A1; Doppio; WP1; staff; 1`, family)).toBe(3)
  expect(readBudget('A1; Mediatori; WP2; altro; 90', family)).toBe(1)
  expect(readBudget('A1; Mediatori; WP2; staff; 90; di più', family)).toBe(1)
})

test('a deadline is late, soon or later until it is done', () => {
  const due = { due_on: '2026-12-31', remind_days: 14, done_on: null, assumed: false }
  expect(['2026-12-16', '2026-12-17', '2026-12-31', '2027-01-01'].map((today) => deadlineState(due, today))).toEqual([
    'later',
    'soon',
    'soon',
    'late',
  ])
  expect(deadlineState({ ...due, done_on: '2027-01-05' }, '2027-02-01')).toBe('done')
  expect(deadlineState({ ...due, assumed: true }, '2027-02-01')).toBe('past')
})

test('36 months, and today is in the fourteenth', () => {
  expect(monthsLong(project)).toBe(36)
  expect(monthNumber(project, '2026-11-22')).toBe(14)
  expect([
    monthNumber(project, '2025-09-24'),
    monthNumber(project, '2025-09-25'),
    monthNumber(project, '2028-09-24'),
    monthNumber(project, '2028-09-25'),
  ]).toEqual([undefined, 1, 36, undefined])
  expect([monthsOf(project).at(0), monthsOf(project).at(-1), monthsOf(project).length]).toEqual([
    '2025-09',
    '2028-09',
    37,
  ])
})

test('settings take only their own kind of value', () => {
  expect([
    readSetting(certificateThreshold, '75'),
    readSetting(certificateThreshold, '101'),
    readSetting(certificateThreshold, '7,5'),
  ]).toEqual([75, undefined, undefined])
  expect([
    readSetting(screenSignature, 'yes'),
    readSetting(screenSignature, 'no'),
    readSetting(screenSignature, ''),
  ]).toEqual([true, false, undefined])
  expect([
    readSetting(reportPeriod, 'month'),
    readSetting(reportPeriod, 'toString'),
    readSetting(reportPeriod, 'week'),
  ]).toEqual(['month', undefined, undefined])
  expect([
    readSetting(lastPaymentOn, ''),
    readSetting(lastPaymentOn, '2029-05-01'),
    readSetting(lastPaymentOn, 'ieri'),
  ]).toEqual([null, '2029-05-01', undefined])
  expect([keptUntil('2029-05-01', 5), keptUntil(null, 5)]).toEqual(['2034-12-31', null])
})

const svg = (inside: string, tag = 'viewBox="0 0 300 100"') =>
  new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" ${tag}>${inside}</svg>`)
test('a logo is a PNG or a plain SVG', () => {
  expect(readLogo(svg('<rect width="1" height="1" fill="url(#a)"/><use href="#a"/>'))).toEqual({
    type: 'image/svg+xml',
    width: 300,
    height: 100,
  })
  expect(readLogo(svg('', 'width="20px" height="10"'))).toEqual({ type: 'image/svg+xml', width: 20, height: 10 })
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000010000000080806000000000000000000', 'hex')
  expect(readLogo(png)).toEqual({ type: 'image/png', width: 16, height: 8 })
})
test.each([
  '<script>alert(1)</script>',
  '<g onload="alert(1)"/>',
  '<image href="https://x.example/a.png"/>',
  '<a href="https://x.example"><path/></a>',
  '<foreignObject/>',
  '<style>@import "x"</style>',
  '<rect fill="url(https://x.example/a)"/>',
  '<use xlink:href="data:image/svg+xml,…"/>',
])('an SVG with %s is refused', (inside) => {
  expect(readLogo(svg(inside))).toBeUndefined()
})
test('neither is anything else', () => {
  expect([
    readLogo(new Uint8Array([1, 2, 3])),
    readLogo(new TextEncoder().encode('<p>ciao</p>')),
    readLogo(svg('', '')),
  ]).toEqual([undefined, undefined, undefined])
})

test('references: CUP and CIG have their shape, and the way back stays inside', () => {
  expect([
    referenceError('cup', 'E81 J25 000 123 456'),
    referenceError('cup', '123'),
    referenceError('cig', 'A0B1C2D3E4'),
    referenceError('cig', 'x'),
    referenceError('protocol', '12/2026'),
  ]).toEqual([undefined, 'programme.error.cup', undefined, 'programme.error.cig', undefined])
  expect(
    ['/staff/tavolo/1?x=2', '//evil.example', '/staff//evil', 'https://evil.example', '/it/', '/staff/a\\b', null].map(
      (path) => safeBack(path),
    ),
  ).toEqual(['/staff/tavolo/1?x=2', undefined, undefined, undefined, undefined, undefined, undefined])
})

test('words fall back to Italian, and say so', () => {
  expect(wordsIn({ it: 'Sportello', en: 'Desk' }, 'en')).toEqual({ text: 'Desk', lang: 'en' })
  expect(wordsIn({ it: 'Sportello', en: 'Desk' }, 'ar')).toEqual({ text: 'Sportello', lang: 'it' })
})
