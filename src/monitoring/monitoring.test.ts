/** Through the front door: who sees what of the figures, and the way from a number to its people and papers. */
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import readXlsxFile from 'read-excel-file/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { infoOf, textOf } from '../../test/kit/paper.ts'
import { visitRecorded, visitWithdrawn } from '../desk/events.ts'
import { announce } from '../kernel/events.ts'
import { createPerson } from '../people/actions.ts'
import { reportCommand } from './commands/report.ts'
import { monitoring } from './urls.ts'

const { as, inCtx, house } = await openTestHouse()
const codes = { F: 'Donne', M: 'Uomini' }
const today = '2025-10-06'
let counted = ''
let waiting = ''

async function somebody(surname: string, complete: boolean) {
  return inCtx(async (ctx) => {
    const id = await createPerson(ctx, {
      surname,
      given_names: 'Prova',
      born: '1990-05-05',
      gender: 'F',
      citizenship: 'EG',
    } as never)
    if (!complete) return id
    await sql`insert into people.title (ambito_id, person_id, kind, status, seen_on) values (${ctx.ambito_id}, ${id}, 'LAV_SUB', 'VALIDO', '2025-10-06')`.execute(
      ctx.db,
    )
    await sql`insert into people.privacy_notice (ambito_id, person_id, given_on, language, how) values (${ctx.ambito_id}, ${id}, '2025-10-06', 'ar', 'mediator')`.execute(
      ctx.db,
    )
    return id
  })
}
const visit = (person_id: string, visit_id: string = crypto.randomUUID()) =>
  inCtx(async (ctx) => {
    announce(ctx, visitRecorded, {
      visit_id,
      person_id,
      on: today,
      opening_kind: 'foreigners',
      opening_id: crypto.randomUUID(),
      minutes: 15,
      needs: ['FAM.RICONG'],
      outcome: 'solved',
    })
    return visit_id
  })

async function command(...argv: string[]) {
  const [printed, told]: string[][] = [[], []]
  const status = await reportCommand.run(argv, {
    inCtx,
    print: (text) => void printed?.push(text),
    tell: (text) => void told?.push(text),
    db: house.db,
  })
  return { status, printed: printed?.join('') ?? '', told: told?.join('\n') ?? '' }
}
const figure = async (code: string, to = '2026-11-30') => {
  const { indicators } = JSON.parse((await command('--from', '2025-09-25', '--to', to, '--format', 'json')).printed)
  return indicators.find((one: { code: string }) => one.code === code)
}

beforeAll(async () => {
  counted = await somebody('CONTATA', true)
  waiting = await somebody('MANCANTE', false)
  await visit(counted)
  await visit(waiting)
})

test('a visit moves O.2.3, and a visit taken back moves it back', async () => {
  const before = (await figure('O.2.3')).value
  const visit_id = await visit(await somebody('PASSAGGIO', true))
  expect((await figure('O.2.3')).value).toBe(before + 1)
  await inCtx(async (ctx) => announce(ctx, visitWithdrawn, { visit_id, on: today }))
  expect((await figure('O.2.3')).value).toBe(before)
})

describe('the progress page', () => {
  test('shows every row with its target, to the office', async () => {
    const page = await (await as('progetto@demo.example')).page('/staff/monitoraggio')
    for (const code of ['O.2.3', 'O.2.3.1', 'R.2.8', 'P.A1.01', 'P.A2.07.visits', 'P.CO.01.issues'])
      expect(page).toContain(`<span class="text-muted">${code}</span>`)
    expect(page).toContain('di 36')
    expect(page).toContain('obiettivo da definire')
  })

  test('begins with who counts for the fund, and folds away what the project does not use', async () => {
    const page = await (await as('progetto@demo.example')).page('/staff/monitoraggio')
    const [open = '', folded = ''] = page.split('<details class="more"')
    expect(open.indexOf('>O.2.3<')).toBeGreaterThan(0)
    expect(open.indexOf('>O.2.3<')).toBeLessThan(open.indexOf('>P.A2.07.visits<'))
    expect(open).toContain('>P.A1.01<')
    expect(open).not.toContain('>O.2.6<')
    expect(folded).toContain('>O.2.6<')
  })

  test('the office of another Ambito sees its own figures', async () => {
    await expect((await as('operatore@vicino.example')).page('/staff/monitoraggio')).resolves.not.toContain('CONTATA')
  })

  test('asks again for a period that ends before it begins', async () => {
    const page = await (await as('progetto@demo.example')).page('/staff/monitoraggio?dal=2026-11-30&al=2026-11-01')
    expect(page).toContain('finisce prima di cominciare')
  })
})

describe('from a figure to its people', () => {
  const figurePage = '/staff/monitoraggio/O.2.5?dal=2025-10-01&al=2025-10-31'

  test('the office opens the figure, one cell, one person, the papers; each look is recorded', async () => {
    const office = await as('progetto@demo.example')
    expect(await office.page(figurePage)).toContain('CONTATA')
    expect(await office.page(`${figurePage}&sesso=F&eta=18-60`)).toContain('CONTATA')
    expect(await office.page(`${figurePage}&sesso=M&eta=18-60`)).not.toContain('CONTATA')
    const evidence = await office.page(monitoring.evidence.href({ code: 'O.2.5', person: counted }))
    expect(evidence).toContain('Richiesta trattata: Ricongiungimento familiare')
    expect(evidence).toContain('06/10/2025')
    expect(evidence.match(/<title>.*<\/title>/)?.[0]).not.toContain('CONTATA')
    const { rows } = await house.owner_pool.query(
      `select what, person_id from kernel.audit where what like 'monitoring.%' order by position desc limit 4`,
    )
    expect(rows.map((row) => row.what)).toEqual([
      'monitoring.evidence',
      'monitoring.people',
      'monitoring.people',
      'monitoring.people',
    ])
    expect(rows[0].person_id).toBe(counted)
  })

  test.each(['operatore@demo.example', 'regione@demo.example', 'admin@demo.example'])(
    '%s sees the number and nobody behind it',
    async (email) => {
      const reader = await as(email)
      const page = await reader.page(figurePage)
      expect(page).not.toContain('CONTATA')
      expect((await reader.get(monitoring.evidence.href({ code: 'O.2.5', person: counted }))).status).toBe(403)
    },
  )

  test('small numbers of people are hidden outside the office', async () => {
    expect(await (await as('regione@demo.example')).page(figurePage)).toContain('meno di 5')
    expect(await (await as('progetto@demo.example')).page(figurePage)).not.toContain('meno di 5')
  })

  test.each(['regione@demo.example', 'admin@demo.example'])(
    '%s cannot tell one person by two end days',
    async (email) => {
      const reader = await as(email)
      const until = async (day: string) => {
        const page = await reader.page(`/staff/monitoraggio/O.2.5?dal=2025-10-01&al=${day}`)
        expect(page).toContain('mesi interi')
        const [figures] = page.match(/<dl[\s\S]*?<\/dl>/) ?? []
        expect(figures).toMatch(/\d|meno di 5/)
        return figures
      }
      expect(await until('2025-10-05')).toBe(await until('2025-10-06'))
      const now = Temporal.PlainDate.from(await inCtx(async (ctx) => ctx.today))
      const last_month = now.with({ day: 1 }).subtract({ days: 1 })
      expect(await reader.page('/staff/monitoraggio')).toContain(`value="${last_month}"`)
    },
  )

  test('a Comune, a citizenship and a month open to their people, for the office alone', async () => {
    const [office, region, operator] = [
      await as('progetto@demo.example'),
      await as('regione@demo.example'),
      await as('operatore@demo.example'),
    ]
    const divided = `${figurePage}&per=citizenship`
    const href = `${divided}&di=EG`.replaceAll('&', '&amp;')
    expect(await office.page(divided)).toContain(`href="${href}#persone"`)
    expect(await office.page(`${divided}&di=EG`)).toContain('CONTATA')
    expect(await office.page(`${divided}&di=MA`)).not.toContain('CONTATA')
    expect(await region.page(`${divided}&di=EG`)).not.toMatch(/CONTATA|di=/)
    const [months, month] = ['/staff/monitoraggio/non-conteggiabili', '/staff/monitoraggio/serviti?mese=2025-10']
    expect(await office.page(months)).toContain(`href="${month}&amp;solo=conteggiabili"`)
    expect(await office.page(month)).toMatch(/CONTATA[\s\S]*MANCANTE|MANCANTE[\s\S]*CONTATA/)
    expect(await office.page(`${month}&solo=conteggiabili`)).not.toContain('MANCANTE')
    expect(await operator.page(months)).not.toContain('serviti?mese')
    expect([(await operator.get(month)).status, (await region.get(month)).status]).toEqual([403, 403])
  })

  test('a row nobody knows is not found', async () => {
    expect((await (await as('progetto@demo.example')).get('/staff/monitoraggio/O.9.9')).status).toBe(404)
  })
})

describe('not countable yet', () => {
  const list = '/staff/monitoraggio/non-conteggiabili?motivo=title_not_shown'

  test('an operator finds who is missing what, one tap from the field', async () => {
    const page = await (await as('operatore@demo.example')).page(list)
    expect(page).toContain('MANCANTE')
    expect(page).toContain(`/staff/persone/${waiting}/manca/title_not_shown`)
    expect(page).not.toContain('CONTATA')
  })

  test.each(['regione@demo.example', 'admin@demo.example', 'docente@demo.example', 'mediatrice@demo.example'])(
    '%s does not open it',
    async (email) => {
      expect((await (await as(email)).get(list)).status).toBe(403)
    },
  )
})

test('a person’s file says where the person counts', async () => {
  const page = await (await as('operatore@demo.example')).page(`/staff/persone/${counted}`)
  expect(page).toContain('<strong>O.2.3</strong>')
  expect(page).toContain('<strong>O.2.5</strong>')
})

describe('a definition', () => {
  const path = '/staff/monitoraggio/definizioni/O.2.5'
  const typed = {
    since: '2025-09-25',
    name_it: 'Ricongiungimento e coesione',
    name_en: 'Reunification and cohesion',
    says_it: 'Prova.',
    says_en: 'Trial.',
    counts: 'persons',
    more_kinds: 'desk.need.FAM.COES',
  }

  test('is tried before it is saved, and the one before stays in its history', async () => {
    const office = await as('progetto@demo.example')
    const before = (await figure('O.2.5')).value
    const tried = await office.submit(path, typed)
    expect(tried.status).toBe(200)
    expect(await tried.text()).toMatch(new RegExp(`O\\.2\\.5[\\s\\S]*${before}[\\s\\S]*0`))
    expect((await figure('O.2.5')).value).toBe(before)
    const saved = await office.submit(path, { ...typed, save: '1' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/staff/monitoraggio/definizioni'])
    expect((await figure('O.2.5')).value).toBe(0)
    const list = await office.page('/staff/monitoraggio/definizioni')
    expect(list).toContain('Ricongiungimento e coesione')
    expect(list).toContain('Versioni precedenti (1)')
    await office.submit(path, { ...typed, more_kinds: 'desk.need.FAM.RICONG', save: '1' })
    expect((await figure('O.2.5')).value).toBe(before)
  })

  test('that names no kind of fact, or would depend on itself, is refused', async () => {
    const office = await as('progetto@demo.example')
    for (const more_kinds of ['Accessi allo sportello', 'desk.ned.FAM']) {
      const wrong = await office.submit(path, { ...typed, more_kinds })
      expect([wrong.status, await wrong.text()]).toEqual([
        422,
        expect.stringContaining('comincia come uno dell’elenco'),
      ])
    }
    const circle = await office.submit('/staff/monitoraggio/definizioni/O.2.3', {
      ...typed,
      kinds: 'desk.visit',
      parent: 'O.2.3.1',
    })
    expect([circle.status, await circle.text()]).toEqual([422, expect.stringContaining('dipenderebbe da sé stessa')])
  })

  test('is changed by the office alone', async () => {
    expect((await (await as('operatore@demo.example')).get(path)).status).toBe(403)
  })
})

describe('report on the command line', () => {
  const period = ['--from', '2025-10-01', '--to', '2025-10-31']

  test('prints the contract as JSON, and nothing else', async () => {
    const { status, printed, told } = await command(...period, '--format', 'json')
    const made = JSON.parse(printed)
    expect([status, told, Object.keys(made), made.period]).toEqual([
      0,
      '',
      ['period', 'indicators'],
      { from: '2025-10-01', to: '2025-10-31' },
    ])
    for (const indicator of made.indicators) {
      expect(Object.keys(indicator)).toEqual(['code', 'value', 'new', 'cells'])
      for (const cell of indicator.cells)
        expect([
          Object.keys(cell),
          codes[cell.gender as 'F'] ?? cell.gender,
          ['<18', '18-60', '>60'].includes(cell.age),
        ]).toEqual([['gender', 'age', 'value'], expect.any(String), true])
      if (indicator.cells.length > 0)
        expect(indicator.cells.reduce((sum: number, cell: { value: number }) => sum + cell.value, 0)).toBe(
          indicator.value,
        )
    }
    expect(made.indicators.map((one: { code: string }) => one.code)).toEqual(
      expect.arrayContaining([
        'O.2.1',
        'O.2.7',
        'R.2.11',
        'P.A1.04',
        'P.A2.07.visits',
        'P.A2.07.people',
        'P.A2.07.new',
        'P.A2.07.interventions',
      ]),
    )
  })

  test('prints a table, a CSV that reads back, and writes both kinds of file', async () => {
    expect((await command(...period)).printed).toMatch(/^O\.2\.3 +\d+ +\d+ {2}Numero di partecipanti/m)
    const rows: string[][] = parse((await command(...period, '--format', 'csv')).printed, { delimiter: ';' })
    expect(rows[0]?.slice(0, 2)).toEqual(['Codice', 'Indicatore'])
    const value = (await figure('O.2.3', '2025-10-31')).value
    expect(Number(rows.find(([code]) => code === 'O.2.3')?.[2])).toBe(value)
    const out = join(tmpdir(), `report-${crypto.randomUUID()}`)
    expect((await command(...period, '--format', 'csv', '--out', `${out}.csv`)).status).toBe(0)
    expect(await readFile(`${out}.csv`, 'utf8')).toMatch(/^\uFEFFCodice;/)
    expect((await command(...period, '--format', 'xlsx', '--out', `${out}.xlsx`)).status).toBe(0)
    const [sheet] = (await readXlsxFile(`${out}.xlsx`)) as unknown as { data: unknown[][] }[]
    expect(sheet?.data.find(([code]) => code === 'O.2.3')?.[2]).toBe(value)
    expect((await command(...period, '--format', 'pdf', '--out', `${out}.pdf`)).status).toBe(0)
    const pdf = await readFile(`${out}.pdf`)
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Title: 'Indicatori del progetto' })
    expect(textOf(pdf)).toMatch(new RegExp(`O\\.2\\.3 .* ${value} `))
  })

  test.each([
    [['--to', '2026-11-30'], 'The first day is needed'],
    [['--from', '2026-11-31', '--to', '2026-11-30'], "'2026-11-31' is not a day"],
    [['--from', '1/11/2026', '--to', '2026-11-30'], "'1/11/2026' is not a day"],
    [['--from', '2026-11-30', '--to', '2026-11-01'], 'ends (2026-11-01) before it begins'],
    [[...period, '--format', 'doc'], "no format 'doc'"],
    [[...period, '--format', 'pdf'], '--out'],
    [[...period, '--format', 'xlsx'], '--out'],
    [[...period, '--colour', 'red'], '--colour'],
  ])('refuses %j', async (argv, sentence) => {
    const { status, printed, told } = await command(...argv)
    expect([status, printed, told]).toEqual([2, '', expect.stringContaining(sentence)])
  })

  test('a file that cannot be written is a failure', async () => {
    expect((await command(...period, '--format', 'json', '--out', '/nowhere/at/all.json')).status).toBe(1)
  })
})
