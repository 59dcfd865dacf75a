import { describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../test/kit/house.ts'
import { bare, infoOf, lettersOf, structureOf, textOf } from '../../../test/kit/paper.ts'
import { type Paper, paperOf, typeset } from './document.ts'

const paper: Paper = {
  title: 'Elenco di prova',
  lang: 'it',
  ambito: 'Ambito di Lodi',
  funded: 'Cofinanziato dall’Unione europea',
  project: 'Lab’Impact · FAMI 2021-2027 · CUP J19I25000000001',
  references: ['Prot. 1234 del 22/11/2026'],
  logos: [{ picture: 'logo-0.svg', alt: 'Regione di prova' }],
  made_at: '2026-11-22T14:05',
  words: { page: 'Pagina {page} di {pages}', version: 'versione', made: 'Stampato il 22/11/2026 alle 14:05', demo: '' },
}
const logo = (fill: string) => ({
  name: 'logo-0.svg',
  bytes: new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path fill="${fill}" d="M0 0h20v10z"/></svg>`,
  ),
})
const pictures = [logo('#080')]
const list = (rows: string[][], notes: string[] = []) => ({
  notes,
  columns: [
    { header: 'Nome', width: 3, figure: false },
    { header: 'Ore', width: 1, figure: true },
  ],
  rows,
})
const names = {
  Arabic: 'محمد السيد عبد الرحمن',
  Urdu: 'وقار یونس ٹھاکر',
  Bengali: 'রফিকুল ইসলাম চৌধুরী',
  Gurmukhi: 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ',
  Chinese: '欧阳晓明',
  Ukrainian: 'Їжакевич Ґанна',
  Hindi: 'प्रिया शर्मा',
  Tigrinya: 'ተስፋይ ገብረ',
  Sinhala: 'කුමාර පෙරේරා',
  Albanian: 'Çelë Gjëra',
}
const render = (data: unknown, change: Partial<Paper> = {}, given = pictures) =>
  typeset('kernel/documents/list.typ', data, { paper: { ...paper, ...change }, pictures: given })

describe('a paper', () => {
  test('is tagged PDF/UA-1, with title, language, headings, table heads and alternatives to pictures', async () => {
    const pdf = await render(list([['Amina', '3']]))
    expect(infoOf(pdf)).toMatchObject({
      Tagged: 'yes',
      Title: 'Elenco di prova',
      'Page size': '595.276 x 841.89 pts (A4)',
    })
    const bytes = Buffer.from(pdf).toString('latin1')
    expect(bytes).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/)
    expect(bytes).toMatch(/\/Lang\s*\(it\)/)
    const tree = structureOf(pdf)
    expect(tree).toMatch(/H1/)
    expect(tree).toMatch(/THead[\s\S]*Scope \/Column/)
    expect(tree).toContain('Cofinanziato')
    expect(tree.match(/Figure/g)).toHaveLength(2)
  })

  test.each(Object.entries(names))('carries a name in %s whole, in regular and in bold', async (_, name) => {
    const data = {
      ...list([[name, '1']]),
      columns: [
        { header: name, width: 3, figure: false },
        { header: 'Ore', width: 1, figure: true },
      ],
    }
    const letters = lettersOf(await render(data))
    expect(letters.split(bare(name))).toHaveLength(3)
  })

  test('carries all of them on one page, in an Arabic paper too', async () => {
    const pdf = await render(list(Object.values(names).map((name) => [name, '1'])), {
      lang: 'ar',
      title: 'قائمة الأسماء',
    })
    const letters = lettersOf(pdf)
    expect(Object.values(names).filter((name) => !letters.includes(bare(name)))).toEqual([])
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang\s*\(ar\)/)
    // Arabic begins at the right; Punjabi, written in Gurmukhi, at the left.
    const punjabi = await render(list([['ਗੁਰਪ੍ਰੀਤ', '1']]), { lang: 'pa', title: 'ਸੂਚੀ' })
    expect([textOf(pdf), textOf(punjabi)]).toEqual([
      expect.stringMatching(/Ore\s+Nome/),
      expect.stringMatching(/Nome\s+Ore/),
    ])
  })

  test('shows a letter it has no shape for as missing, and drops what cannot be seen', async () => {
    const letters = lettersOf(await render(list([['Ana 😀\u0000\u200b தமிழ் Rossi', '1']])))
    expect(letters).toContain('Ana�')
    expect(letters).toContain('Rossi')
  })

  test('takes whatever was typed as text, never as the language of the template', async () => {
    const typed = [
      '#panic("x")',
      '*a*',
      '$x$',
      '= b',
      '\\',
      '"',
      '<label>',
      '@ref',
      '// c',
      '[d]',
      '{e}',
      'https://example.org',
      "''",
    ]
    const letters = lettersOf(
      await render(
        list(
          typed.map((one) => [one, '1']),
          typed,
        ),
        { title: typed.join(' ') },
      ),
    )
    expect(typed.filter((one) => letters.split(bare(one)).length < 4)).toEqual([])
  })

  test('repeats the heads of its table and says which page of how many', async () => {
    const pdf = await render(list(Array.from({ length: 90 }, (_, at) => [`Riga ${at}`, String(at)])))
    const pages = textOf(pdf).split('\f').slice(0, -1)
    expect(pages.length).toBeGreaterThan(1)
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`Pagina ${at + 1} di ${pages.length}`)
      expect(page).toMatch(/Nome +Ore/)
      expect(page).toContain('J19I25000000001')
    }
  })

  test('has one mark for the same content, whenever it is printed, and another when a word changes', async () => {
    const mark = async (...args: Parameters<typeof render>) =>
      /versione ([0-9a-f]{8})/.exec(textOf(await render(...args)))?.[1]
    const first = await mark(list([['Amina', '3']]))
    expect(first).toBeDefined()
    expect(await mark(list([['Amina', '3']]), { made_at: '2027-01-01T10:00' })).toBe(first)
    expect(await mark(list([['Amina', '4']]))).not.toBe(first)
  })

  test('does not keep the picture of the paper before', async () => {
    const [green, blue] = [await render(list([])), await render(list([]), {}, [logo('#00f')])]
    expect(Buffer.from(green).equals(Buffer.from(blue))).toBe(false)
  })

  test('says what is wrong with a template, and the thread goes on', async () => {
    await expect(typeset('kernel/documents/nowhere.typ', {}, { paper, pictures })).rejects.toThrow(/nowhere/)
    expect(infoOf(await render(list([['Amina', '3']])))).toMatchObject({ Pages: '1' })
  })

  test('fifty at once are each set whole', async () => {
    const papers = await Promise.all(Array.from({ length: 50 }, (_, at) => render(list([[`Amina ${at}`, '3']]))))
    expect(papers.map((pdf) => /Amina (\d+)/.exec(textOf(pdf))?.[1])).toEqual(papers.map((_, at) => String(at)))
  })
})

test('the project stands on every paper: its name, its numbers, who pays', async () => {
  const { inCtx } = await openTestHouse()
  const [italian, arabic] = await inCtx(
    async (ctx) =>
      [await paperOf(ctx, { title: 'Prova' }), await paperOf(ctx, { title: 'Prova', lang: 'ar' })] as const,
  )
  expect(italian.paper.project).toMatch(/Lab.Impact/)
  expect(italian.paper.funded).toMatch(/Cofinanziato/)
  expect(arabic.paper.funded).toMatch(/الاتحاد الأوروبي/)
  expect(italian.paper.words.demo).not.toBe('')
  expect(textOf(await typeset('kernel/documents/list.typ', list([['Amina', '3']]), italian))).toMatch(/Lab.Impact/)
})
