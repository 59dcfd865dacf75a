import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { approvedCall, crowd, inRome } from '../../test/kit/mediation.ts'
import { readRegister, takeRows } from '../kernel/register.ts'
import { mediationRegister } from './actions/register.ts'
import { startWave } from './actions/searching.ts'
import { busyTimes } from './rules/calendar.ts'

// A busy machine takes its time; what is right is decided by the database.

let town: TestHouse
beforeAll(async () => {
  town = await openTestHouse()
})
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]

const header = [
  'Data',
  'Ente',
  'Comune',
  'Referente',
  'Lingua',
  'Ambito di intervento',
  'Mediatore',
  'Inizio',
  'Fine',
  'Modalità',
  'Esito',
]
const rows = [
  [
    '03/11/2026',
    'Scuola del registro',
    'Lodi',
    'Maria R.',
    'arabo',
    'Scuola primaria',
    'Chiara Lombardi',
    '9.00',
    '10:30',
    'in presenza',
    'Obiettivo raggiunto',
  ],
  [
    '4/11/26',
    'Scuola del registro',
    'Lodi',
    'Maria R.',
    'Arabo',
    'scuola',
    'Persona Sconosciuta',
    '14:00',
    '15:00',
    'telefono',
    '',
  ],
  ['05/11/2026', 'Consultorio', 'Codogno', '', 'klingon', 'consultorio', 'Chiara Lombardi', '9', '10', '', ''],
  ['06/11/2026', 'Consultorio', 'Codogno', '', 'arabo', 'consultorio', 'Chiara Lombardi', '11', '10', '', ''],
  ['03/11/2026', 'Altro ente', 'Lodi', '', 'arabo', 'comune', 'Chiara Lombardi', '10:00', '11:00', '', ''],
]
const register = readRegister(
  {
    sheets: [{ name: 'foglio', rows: [header, ...rows], lines: rows.map((_, at) => at + 1).concat(rows.length + 1) }],
    delimiter: ';',
  } as never,
  mediationRegister,
)

describe('import mediation', () => {
  test('good rows become countersigned hours, the others come back with the reason; fed twice it adds nothing', async () => {
    const first = await town.inCtx((ctx) => takeRows(ctx, mediationRegister, register.rows, 0))
    expect(first.refused.flatMap(({ said }) => said.map(({ column }) => column))).toEqual([
      'call_language',
      'ends',
      'starts',
    ])
    await town.settle()
    const held = await sql<{ minutes: number; how: string }>(
      `select f.minutes, f.how from mediation.confirmation f where how = 'register' order by f.minutes`,
    )
    expect(held).toEqual([
      { minutes: 60, how: 'register' },
      { minutes: 90, how: 'register' },
    ])
    expect(
      await sql(
        `select kind, minutes from monitoring.fact where kind like 'mediation.hours.%' and reverses is null and split_part(evidence, ':', 2)::uuid in (select report_id from mediation.confirmation where how = 'register') order by kind`,
      ),
    ).toEqual([
      { kind: 'mediation.hours.on_site', minutes: 90 },
      { kind: 'mediation.hours.remote', minutes: 60 },
    ])
    await town.inCtx((ctx) => takeRows(ctx, mediationRegister, register.rows, 0))
    expect(await sql(`select 1 from mediation.confirmation where how = 'register'`)).toHaveLength(2)
  })
})

describe('the clocks change', () => {
  test('a call over the night of 31 October 2027 is as long as asked, and offered to whoever is there by the wall clock', async () => {
    const [she] = await town.inCtx((ctx) => crowd(ctx, 1, 'dst'))
    // 02:30 comes twice that night: the first one is meant.
    const starts_at = inRome('2027-10-31', '02:30')
    expect(starts_at.toString()).toBe('2027-10-31T00:30:00Z')
    const call = await town.inCtx(async (ctx) => {
      const id = await approvedCall(ctx, { starts_at, minutes: 120 }, { language: 'dst', mode: 'TEL' })
      await startWave(ctx, id)
      return id
    })
    const [option] = await sql<{ minutes: number }>(
      `select extract(epoch from ends_at - starts_at)::int / 60 as minutes from mediation.option where call_id = $1`,
      [call],
    )
    expect(option?.minutes).toBe(120)
    expect(await sql(`select mediator_id from mediation.offer where call_id = $1`, [call])).toEqual([
      { mediator_id: she },
    ])
    // On the night of spring 02:30 does not exist: it is read as 03:30.
    expect(inRome('2027-03-28', '02:30').toString()).toBe('2027-03-28T01:30:00Z')
  })

  test('busy times of a calendar repeat by the wall clock', () => {
    const calendar = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;TZID=Europe/Rome:20271025T150000',
      'DTEND;TZID=Europe/Rome:20271025T160000',
      'RRULE:FREQ=WEEKLY;COUNT=2',
      'SUMMARY:dentista',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')
    const busy = busyTimes(calendar, inRome('2027-10-01', '00:00'), inRome('2027-12-01', '00:00'))
    expect(busy?.map(({ starts_at }) => starts_at.toString())).toEqual(['2027-10-25T13:00:00Z', '2027-11-01T14:00:00Z'])
    expect(busyTimes('niente', inRome('2027-10-01', '00:00'), inRome('2027-12-01', '00:00'))).toBeUndefined()
  })
})
