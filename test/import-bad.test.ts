/** Registers as they should not be: each comes in as far as it can, or is refused with one sentence (issue B, bad inputs). */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { registerFile } from '../bench/register-file.ts'
import { root } from '../src/kernel/root.ts'
import { command } from './kit/command.ts'
import { csvOf, feedVisits, fileOf } from './kit/feed.ts'
import { openTestHouse, type TestHouse } from './kit/house.ts'
import { changedTables, rowPrints } from './kit/rows.ts'

let town: TestHouse
beforeAll(async () => {
  town = await openTestHouse({ demo: false })
})

const feed = (bytes: string | Uint8Array, name?: string, ...more: string[]) =>
  command(town, 'import', 'visits', fileOf(bytes, name), '--format', 'json', ...more)
const row = (cells: Record<string, string>) => ({
  Data: '07/01/2026',
  Sportello: 'Immigrati',
  Motivo: 'casa',
  ...cells,
})
const ask = <Row>(query: ReturnType<typeof sql<Row>>) => town.inCtx(async ({ db }) => (await query.execute(db)).rows)
const personOf = async (surname: string) => {
  const [person] = await ask(sql<{
    id: string
    born: string | null
    born_precision: string
    gender: string
    tax_code: string | null
    remarks: string[]
  }>`
    select p.id, p.born, p.born_precision, p.gender, p.tax_code, j.remarks from people.joined_row j join people.person p on p.id = j.person_id
    where j.said ->> 'surname' = ${surname}`)
  return person
}

describe('refused whole, exit status 2, one sentence', () => {
  test.each([
    ['no rows', 'Data;Sportello;Cognome\n', 'registro.csv', 'non contiene righe'],
    ['nothing at all', '', 'registro.csv', 'non contiene righe'],
    ['one column', 'Cognome\nRossi\nBianchi\n', 'registro.csv', 'Data, Sportello'],
    ['no name column', 'Data;Sportello;Motivo\n07/01/2026;Immigrati;casa\n', 'registro.csv', 'Cognome / Nome'],
    [
      'a letter',
      'Gentile ufficio,\nin allegato il registro.\nCordiali saluti',
      'registro.csv',
      'Mancano delle colonne',
    ],
    [
      'a picture named .xlsx',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      'registro.xlsx',
      'non è un foglio di calcolo',
    ],
    ['more than 50 MB', new Uint8Array(50 * 1024 * 1024 + 1).fill(0x61), 'registro.csv', 'al massimo 50 MB'],
  ])('%s', async (_, bytes, name, sentence) => {
    const before = await rowPrints(town.house.owner_pool)
    const answer = await feed(bytes, name)
    expect([answer.status, answer.out]).toEqual([2, ''])
    expect(answer.err).toContain(sentence)
    expect(answer.err.trim().split('\n')).toHaveLength(1)
    expect(changedTables(before, await rowPrints(town.house.owner_pool))).toEqual([])
  })

  test('no such file, no such kind, a word too much', async () => {
    expect(await command(town, 'import', 'visits', '/nowhere/registro.csv')).toMatchObject({ status: 2, out: '' })
    expect((await command(town, 'import', 'letters', fileOf('a;b'))).err).toContain('visits')
    expect((await command(town, 'import', 'visits')).status).toBe(2)
    expect((await command(town, 'import', 'visits', 'a.csv', 'b.csv')).status).toBe(2)
    expect((await command(town, 'import', 'visits', 'a.csv', '--format', 'xml')).status).toBe(2)
    expect((await command(town, 'import', 'visits', 'a.csv', '--nonsense')).status).toBe(2)
  })
})

describe('headers as people make them', () => {
  test('title lines above, other order, extra columns, other words', async () => {
    const answer = await feed(
      `Registro 2026;;;;\n;;;;\nN.;NOME E COGNOME;Data  accesso;tipo_sportello;Motivo dell'accesso (codice)\n1;Testata Uno;7/1/26;Rifugiati;casa\n\n2;Testata Due;8/1/26;digitale;spid\n`,
    )
    expect(answer.json).toMatchObject({ rows: 2, accepted: 2, people_created: 2 })
  })

  test('two rows of headers, groups above', async () => {
    const answer = await feed(
      'Accesso;;Persona;;Titolo;;\nData;Sportello;Cognome;Nome;Tipo;Numero;Scadenza\n07/01/2026;Immigrati;Gruppi;Ada;famiglia;I12345678;07/06/2027\n',
    )
    expect(answer.json).toMatchObject({ rows: 1, accepted: 1 })
    const [title] = await ask(
      sql<{
        kind: string
        number: string
        expires_on: string
      }>`select kind, number, expires_on from people.title where number = 'I12345678'`,
    )
    expect(title).toEqual({ kind: 'FAM', number: 'I12345678', expires_on: '2027-06-07' })
  })

  test('a header merged over two columns, and one repeated in the middle', async () => {
    const answer = await feed(
      'Data;Sportello;Cognome e nome;;Note\n07/01/2026;Immigrati;Unita;Cella;a\nData;Sportello;Cognome e nome;;Note\n08/01/2026;Immigrati;Altra;Cella;b\n',
    )
    expect(answer.json).toMatchObject({ rows: 2, accepted: 2 })
    const names = await ask(sql<{ surname: string }>`select surname from people.name where surname like '%Cella'`)
    expect(names.map(({ surname }) => surname).sort()).toEqual(['Altra Cella', 'Unita Cella'])
  })

  test('a workbook saved by LibreOffice Calc: merged headers, true dates, a formula, a sheet of something else', async () => {
    const rejects = fileOf('', 'rifiutate.csv')
    const answer = await feed(readFileSync(join(root, 'test/registro-calc.xlsx')), 'calc.xlsx', '--rejects', rejects)
    expect(answer.json).toMatchObject({ rows: 3, accepted: 2, rejected: 1, people_created: 2 })
    expect(answer.err).toContain('Legenda')
    expect(readFileSync(rejects, 'utf8')).toContain('31/11/2025;Immigrati;محمد;')
    const visits = await ask(
      sql`select v.on_day, v.minutes, p.born from people.joined_row j
        join desk.visit v on v.person_id = j.person_id join people.person p on p.id = j.person_id
        where j.said ->> 'surname' in ('Haïdara', '王芳') order by 1`,
    )
    expect(visits).toEqual([
      { on_day: '2025-11-03', minutes: 15, born: '1991-05-04' },
      { on_day: '2025-11-04', minutes: 15, born: '1988-07-01' },
    ])
  })

  test('a workbook with a sheet for each month, and one that is something else', async () => {
    const data = (rows: string[][]) => rows.map((cells) => cells.map((value) => ({ value })))
    const head = ['Data', 'Sportello', 'Cognome']
    const bytes = await writeXlsxFile([
      { sheet: 'Gennaio', data: data([head, ['07/01/2026', 'Immigrati', 'Mensile Uno']]) },
      { sheet: 'Legenda', data: data([['A', 'assente']]) },
      {
        sheet: 'Febbraio',
        data: data([
          ['Sportello', 'Data', 'Cognome'],
          ['Digitale', '04/02/2026', 'Mensile Due'],
          ['Digitale', '31/02/2026', 'Mensile Tre'],
        ]),
      },
    ] as never).toBuffer()
    const rejects = fileOf('', 'rifiutate.csv')
    const answer = await feed(bytes, 'registro.xlsx', '--rejects', rejects)
    expect(answer.json).toMatchObject({ rows: 3, accepted: 2, rejected: 1 })
    expect(answer.err).toContain('Legenda')
    expect(readFileSync(rejects, 'utf8')).toContain('31/02/2026;Digitale;Mensile Tre;Data: ')
  })
})

describe('cells', () => {
  test('refused rows come back with the reason; mended, only they are added', async () => {
    const rejects = fileOf('', 'rifiutate.csv')
    const rows = [
      row({ Cognome: 'Buona', Note: '=1+1' }),
      row({ Data: '31/02/2026', Cognome: 'Febbraio', Note: '=HYPERLINK("x")', Telefono: '+39 333 100 2003' }),
      row({ Data: '03/04/2031', Cognome: 'Futura' }),
      row({ Data: '', Cognome: 'Senzagiorno' }),
      row({ Data: '24/09/2025', Cognome: 'Prima' }),
      row({ Cognome: 'Nascita', 'Data di nascita': '31/04/1990' }),
      row({ Cognome: 'Neonata', 'Data di nascita': '08/01/2026' }),
      row({ Cognome: 'Scadenza', 'Scadenza titolo': 'boh?' }),
    ]
    const answer = await feed(csvOf(rows, ','), 'registro.csv', '--rejects', rejects)
    expect(answer.status).toBe(0)
    expect(answer.json).toMatchObject({ rows: 8, accepted: 1, rejected: 7 })
    const given_back = readFileSync(rejects, 'utf8')
    expect(given_back.split('\r\n')[0]).toBe(
      '\uFEFFData,Sportello,Motivo,Cognome,Note,Telefono,Data di nascita,Scadenza titolo,Motivo del rifiuto',
    )
    expect(given_back).toContain('Data: questo giorno deve ancora venire')
    expect(given_back).toContain(`"'=HYPERLINK(""x"")",'+39 333 100 2003`)
    expect(given_back).not.toMatch(/(^|,)[=+]/m)
    const mended = fileOf(given_back.replace('31/02/2026', '28/02/2026'), 'corrette.csv')
    const again = await command(town, 'import', 'visits', mended, '--format', 'json')
    expect(again.json).toMatchObject({ rows: 7, accepted: 1, rejected: 6, people_created: 1 })
    const [note] = await ask(sql<{ text: string }>`select text from desk.note where text like '=HYPER%'`)
    expect(note?.text).toBe('=HYPERLINK("x")')
  })

  test('a tax code that contradicts the birth is a remark, and is not kept', async () => {
    const answer = await feedVisits(town, [
      {
        Cognome: 'Contraria',
        Nome: 'Anna',
        'Data di nascita': '17/05/1990',
        Sesso: 'F',
        'Codice fiscale': 'RSSMRA85M01H501Q',
      },
      {
        Cognome: 'Concorde',
        Nome: 'Mario',
        'Data di nascita': '01/08/1985',
        Sesso: 'M',
        'Codice fiscale': 'rssmra85m01h501q',
      },
      { Cognome: 'Stramba', 'Codice fiscale': 'ABC123' },
    ])
    expect(answer.json).toMatchObject({ accepted: 3 })
    expect(answer.err).toContain('il codice fiscale dice un’altra data di nascita')
    expect(await personOf('Contraria')).toMatchObject({ tax_code: null, born: '1990-05-17', gender: 'F' })
    expect(await personOf('Concorde')).toMatchObject({ tax_code: 'RSSMRA85M01H501Q' })
    expect((await personOf('Stramba'))?.remarks).toEqual(['people.register.tax_code.not_a_tax_code'])
  })

  test('days in every habit, serial numbers and the year that was no leap year', async () => {
    await feedVisits(town, [
      { Data: '46029', Cognome: 'Seriale', 'Data di nascita': '33010' },
      { Data: '2026-01-07', Cognome: 'Annosolo', 'Data di nascita': '1988' },
      {
        Data: '7 gennaio 2026',
        Cognome: 'Finta',
        'Data di nascita': '01/01/0001',
        'Titolo di soggiorno': 'asilo',
        'Scadenza titolo': '01/01/0001',
      },
    ])
    expect(await personOf('Seriale')).toMatchObject({ born: '1990-05-17', born_precision: 'day' })
    expect(await personOf('Annosolo')).toMatchObject({ born: '1988-07-01', born_precision: 'year' })
    expect(await personOf('Finta')).toMatchObject({ born: null })
    const days = await ask(
      sql<{
        on_day: string
      }>`select distinct on_day from people.joined_row where said ->> 'surname' in ('Seriale', 'Annosolo', 'Finta')`,
    )
    expect(days).toEqual([{ on_day: '2026-01-07' }])
  })

  test('words nobody knows are kept and said, never lost and never guessed', async () => {
    const answer = await feedVisits(town, [
      {
        Cognome: 'Strana',
        Sportello: 'Corte celeste',
        Sesso: 'fluida',
        Cittadinanza: 'Atlantide',
        Comune: 'Paperopoli',
        Telefono: '12',
        Lingua: 'dothraki',
        'Titolo di soggiorno': 'carta di soggiorno',
        'Titolo visto': 'sì',
        Motivo: 'volare / casa',
        Esito: 'zzz',
        Minuti: 'un po’',
        Informativa: 'mah',
        Note: 'gentile',
      },
    ])
    expect(answer.json).toMatchObject({ accepted: 1, rejected: 0, facts: 3 })
    expect((await personOf('Strana'))?.remarks.sort()).toEqual([
      'people.register.kind_to_decide',
      'people.register.not_a_phone',
      'people.register.not_yes_or_no',
      'people.register.unknown_comune',
      'people.register.unknown_country',
      'people.register.unknown_gender',
      'people.register.unknown_language',
    ])
    const notes = await ask(
      sql<{
        text: string
      }>`select n.text from desk.note n join people.joined_row j on j.row_id = n.visit_id where j.said ->> 'surname' = 'Strana' order by 1`,
    )
    expect(notes.map(({ text }) => text)).toEqual(['Corte celeste', 'gentile', 'un po’', 'volare', 'zzz'])
    const [title] = await ask(
      sql<{
        kind: string
        as_written: string
      }>`select t.kind, t.as_written from people.title t join people.joined_row j on j.person_id = t.person_id where j.said ->> 'surname' = 'Strana'`,
    )
    expect(title).toEqual({ kind: 'NON_RIL', as_written: 'carta di soggiorno' })
  })

  test('that somebody has no title is written down nowhere', async () => {
    const rejects = fileOf('', 'rifiutate.csv')
    const words = ['irregolare', 'senza permesso', 'Clandestino', 'PRIVO DI TITOLO']
    await feedVisits(
      town,
      words.flatMap((word, at) => [
        { Cognome: `Taciuta${at}`, 'Titolo di soggiorno': word, 'Titolo visto': 'no' },
        { Data: '31/02/2026', Cognome: `Tornata${at}`, 'Titolo di soggiorno': word },
      ]),
      '--rejects',
      rejects,
    )
    await feedVisits(town, [{ Cognome: 'Vuota', 'Titolo di soggiorno': '', 'Titolo visto': 'no' }])
    const told = await town.house.owner_pool.query<{ hits: number }>(`
      select sum((xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I t where t::text ~* %L', n.nspname, c.relname, 'irregolare|senza permesso|clandestin|privo di'), false, true, '')))[1]::text::int)::int as hits
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('people', 'desk', 'kernel', 'monitoring') and c.relname <> 'migration'`)
    expect(told.rows[0]?.hits).toBe(0)
    expect(readFileSync(rejects, 'utf8')).not.toMatch(/irregolare|senza|clandestin|privo/i)
    const titles = await ask(
      sql<{
        n: number
      }>`select count(*)::int as n from people.title t join people.joined_row j on j.person_id = t.person_id where j.said ->> 'surname' like 'Taciuta%' or j.said ->> 'surname' = 'Vuota'`,
    )
    expect(titles).toEqual([{ n: 0 }])
  })

  test('very long, right to left, markup, emoji: stored as text', async () => {
    const answer = await feedVisits(town, [
      {
        Cognome: 'L'.repeat(10_000),
        Nome: '<script>alert(1)</script>',
        Note: 'n'.repeat(9000),
        Telefono: '3'.repeat(300),
        'Numero titolo': '9'.repeat(400),
        'Titolo di soggiorno': 'x'.repeat(500),
      },
      { Cognome: '\u202Einvertita', Nome: '😀', Note: '\u0007' },
      { Cognome: "Robert'); drop table people.person;--", Nome: '__proto__' },
    ])
    // A bell rings in no spreadsheet.
    expect(answer.status).toBe(2)
    const without = await feedVisits(town, [
      {
        Cognome: 'L'.repeat(10_000),
        Nome: '<script>alert(1)</script>',
        Note: 'n'.repeat(9000),
        Telefono: '3'.repeat(300),
        'Numero titolo': '9'.repeat(400),
        'Titolo di soggiorno': 'x'.repeat(500),
      },
      { Cognome: '\u202Einvertita', Nome: '😀' },
      { Cognome: "Robert'); drop table people.person;--", Nome: '__proto__' },
    ])
    expect(without.json).toMatchObject({ rows: 3, accepted: 3, people_created: 3 })
  })
})

describe('again, at once, and cut off', () => {
  const count = async (house: Pick<TestHouse, 'house'>) => {
    const { rows } = await house.house.owner_pool.query(`
      select (select count(*) from people.person) as people, (select count(*) from desk.visit) as visits, (select count(*) from monitoring.fact) as facts,
        (select count(*) from people.joined_row) as rows, (select count(*) from people.suggestion) as pairs, (select count(*) from kernel.register_row) as known`)
    return rows[0]
  }

  test('the same register as CSV and as XLSX is one register', async () => {
    const cells = [
      ['Data', 'Sportello', 'Cognome', 'Telefono', 'Minuti', 'Data di nascita'],
      ['7/1/26', 'Immigrati', 'Gemella', '3331002004', '15', '17/05/1990'],
      ['08/01/2026', 'Immigrati', 'Gemella', '3331002004', '15', '17/05/1990'],
    ]
    expect((await feed(cells.map((row) => row.join(';')).join('\n'))).json).toMatchObject({
      accepted: 2,
      people_created: 1,
    })
    const day = (iso: string) => ({ value: new Date(`${iso}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' })
    const bytes = await writeXlsxFile([
      (cells[0] as string[]).map((value) => ({ value })),
      [
        day('2026-01-07'),
        { value: 'Immigrati' },
        { value: 'Gemella' },
        { value: 3331002004, type: Number },
        { value: 15, type: Number },
        day('1990-05-17'),
      ],
      [
        day('2026-01-08'),
        { value: 'Immigrati' },
        { value: 'Gemella' },
        { value: 3331002004, type: Number },
        { value: 15, type: Number },
        day('1990-05-17'),
      ],
    ] as never).toBuffer()
    expect((await feed(bytes, 'registro.xlsx')).json).toMatchObject({ accepted: 2, people_created: 0, facts: 0 })
  })

  test('two equal rows are two visits, and stay two', async () => {
    const rows = [
      row({ Cognome: 'Ripetuta', Telefono: '333 100 2005' }),
      row({ Cognome: 'Ripetuta', Telefono: '333 100 2005' }),
    ]
    expect((await feed(csvOf(rows))).json).toMatchObject({ accepted: 2, facts: 4, people_created: 1 })
    expect((await feed(csvOf([...rows, ...rows.slice(0, 1)]))).json).toMatchObject({
      accepted: 3,
      facts: 2,
      people_created: 0,
    })
  })

  test('a dry run answers the same and writes nothing', async () => {
    const file = fileOf(registerFile(1100, 5))
    const before = await rowPrints(town.house.owner_pool)
    const dry = await command(town, 'import', 'visits', file, '--dry-run', '--format', 'json')
    expect(changedTables(before, await rowPrints(town.house.owner_pool))).toEqual([])
    const real = await command(town, 'import', 'visits', file, '--format', 'json')
    expect(real.json).toEqual(dry.json)
    expect(real.json.accepted).toBe(1100)
  })

  test('the same file twice at once ends as if fed once', async () => {
    const file = fileOf(registerFile(400, 6))
    const [once, twice] = [await openTestHouse({ demo: false }), await openTestHouse({ demo: false })]
    const beside = await openTestHouse({ demo: false, beside: twice.database })
    await command(once, 'import', 'visits', file)
    const both = await Promise.all([
      command(twice, 'import', 'visits', file),
      command(beside, 'import', 'visits', file),
    ])
    expect(both.map(({ status }) => status)).toEqual([0, 0])
    expect(await count(twice)).toEqual(await count(once))
  })

  test('cut off in the middle and fed again it ends the same', async () => {
    const file = fileOf(registerFile(1700, 7))
    const [whole, cut] = [await openTestHouse({ demo: false }), await openTestHouse({ demo: false })]
    await command(whole, 'import', 'visits', file)
    const { owner_pool } = cut.house
    // the connection that writes ends itself, at a row of the second thousand whatever the machine's speed
    await owner_pool.query(`
      create function kernel.cut_off() returns trigger language plpgsql as $$ begin
        if (select count(*) from kernel.register_row) > 1000 then perform pg_terminate_backend(pg_backend_pid()); end if;
        return null;
      end $$;
      create trigger cut_off after insert on kernel.register_row execute function kernel.cut_off()`)
    await expect(command(cut, 'import', 'visits', file)).rejects.toThrow()
    await owner_pool.query('drop function kernel.cut_off cascade')
    const half = await count(cut)
    expect(Number(half.known)).toBe(1000)
    expect((await command(cut, 'import', 'visits', file)).status).toBe(0)
    expect(await count(cut)).toEqual(await count(whole))
  })
})

test('the file of the refused rows that cannot be written says so', async () => {
  writeFileSync(fileOf('x'), 'x')
  const answer = await feedVisits(
    town,
    [{ Data: '31/02/2026', Cognome: 'Perduta' }],
    '--rejects',
    '/nowhere/rifiutate.csv',
  ).catch((error: Error) => error)
  expect(answer instanceof Error || answer.status === 2).toBe(true)
})
