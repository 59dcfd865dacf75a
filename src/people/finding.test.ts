import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { createPerson, findPeople, recordTitle } from './actions.ts'

let town: TestHouse
const ids: Record<string, string> = {}
type Known = Parameters<typeof createPerson>[1]

/** People who are looked for, each among namesakes of other years. */
const world: Record<string, Known> = {
  mohamed: { surname: 'Rahmouni', given_names: 'Mohamed', born: '17/05/1971', phone: '347 555 0199' },
  mohamed_arabic: { original_name: 'محمد الشريف', born: '1972' },
  wang: { surname: 'Wang', given_names: 'Fang', born: '20/08/1973' },
  wang_chinese: { original_name: '王芳', born: '1974' },
  fatima: { surname: 'Bensalem', given_names: 'Fatima', born: '02/11/1975' },
  fatima_cyrillic: { surname: 'Магомедова', given_names: 'Фатима', born: '1976' },
  gurpreet: { surname: 'Kaur', given_names: 'Gurpreet', born: '1977' },
  gurpreet_own: { original_name: 'ਗੁਰਪ੍ਰੀਤ ਕੌਰ', born: '1978' },
  rafiqul: { surname: 'Islam', given_names: 'Rafiqul', born: '1979' },
  rafiqul_own: { original_name: 'রফিকুল ইসলাম', born: '1980' },
  quispe: { surname: 'Quispe Mamani', given_names: 'Rosa Elena', born: '03/02/1981' },
}

beforeAll(async () => {
  town = await openTestHouse({ demo: false })
  await town.inCtx(async (ctx) => {
    for (const [name, known] of Object.entries(world)) ids[name] = await createPerson(ctx, known)
    for (const surname of ['Rahmouni', 'Wang', 'Bensalem', 'Islam', 'Quispe'])
      for (let year = 1950; year < 1956; year++)
        await createPerson(ctx, { surname, given_names: 'Omonima', born: String(year) })
    await recordTitle(ctx, ids.mohamed as string, {
      kind: 'LAV_SUB',
      status: 'VALIDO',
      number: 'I24899024',
      seen: true,
    })
  })
})

const found = (typed: string) =>
  town.inCtx(async (ctx) => {
    const { lines } = await findPeople(ctx, typed)
    return lines.map((line) => Object.keys(ids).find((name) => ids[name] === line.id) ?? 'omonima')
  })

describe.each([
  ['mohamed', ['mohamed rahmouni 1971', 'Muhammad 1971', 'Mohammed rahmuni', 'محمد 1971', 'محمد رحموني', 'moh 1971']],
  ['mohamed_arabic', ['Mohamed 1972', 'Muhammad Sharif', 'Mohammed El Cherif', 'محمد 1972', 'شريف محمد']],
  ['wang', ['Wang Fang 1973', '王芳 1973', 'fang wang 1973', 'wangfang 1973']],
  ['wang_chinese', ['Wang Fang 1974', '王芳 1974', 'fang 1974']],
  ['fatima', ['Fatima 1975', 'Фатима 1975', 'fatma bensalem', 'فاطمة 1975']],
  ['fatima_cyrillic', ['Fatima 1976', 'Фатима 1976', 'Magomedova Fatima', 'fatima magomedova']],
  ['gurpreet', ['Gurpreet 1977', 'ਗੁਰਪ੍ਰੀਤ 1977', 'gurprit kaur 1977']],
  ['gurpreet_own', ['Gurpreet 1978', 'ਗੁਰਪ੍ਰੀਤ 1978', 'gurpreet kaur 1978']],
  ['rafiqul', ['Rafiqul 1979', 'রফিকুল 1979', 'rofiqul islam 1979']],
  ['rafiqul_own', ['Rafiqul 1980', 'রফিকুল 1980', 'rafikul islam 1980']],
])('%s is the first found', (name, typed) => {
  test.each(typed)('with «%s»', async (words) => {
    expect((await found(words))[0]).toBe(name)
  })
})

describe('whatever the order and the cells', () => {
  test.each([
    'rosa elena quispe mamani',
    'Quispe Rosa',
    'mamani quispe elena rosa 1981',
    'rosa 3/2/1981',
    'quispe 3.2.81',
    'QUISPE MAMANI ROSA ELENA 1981-02-03',
  ])('«%s» finds Rosa Elena Quispe Mamani', async (words) => {
    expect((await found(words))[0]).toBe('quispe')
  })
})

describe('by what is not a name', () => {
  test.each(['347 555 0199', '+39 347 5550199', 'rahmouni 0199', 'mohamed 555 0199', 'I24899024', 'i24899024'])(
    '«%s» finds Mohamed Rahmouni',
    async (words) => {
      expect((await found(words))[0]).toBe('mohamed')
    },
  )

  test('a codice fiscale finds its holder, also where it contradicts the birth', async () => {
    const operator = await town.inCtx((ctx) =>
      createPerson(ctx, { surname: 'Rossi', given_names: 'Amina', born: '1982' }),
    )
    await town.inCtx(async (ctx) => {
      const { editPerson } = await import('./actions.ts')
      await editPerson(ctx, operator, {
        surname: 'Rossi',
        given_names: 'Amina',
        born: '1982',
        tax_code: 'RSSMNA85T50Z330X',
        contact_unsafe: false,
      })
    })
    const { lines } = await town.inCtx((ctx) => findPeople(ctx, 'rssmna85t50z330x'))
    expect(lines.map((line) => line.id)).toEqual([operator])
  })
})

describe('a slip does not hide anybody', () => {
  test('one name of three misspelled beyond hearing', async () => {
    expect((await found('quispe mamani xyzzy 1981'))[0]).toBe('quispe')
  })
  test('a birth typed wrong: who is called so is shown', async () => {
    expect(await found('rahmouni mohamed 1999')).toContain('mohamed')
  })
  test('a day typed for whoever is known by the year', async () => {
    expect((await found('rafiqul 12/4/1979'))[0]).toBe('rafiqul')
  })
})

test('one clue shows nobody, and asks for another; every search is in the trail, without its words', async () => {
  const answer = await town.inCtx((ctx) => findPeople(ctx, 'mohamed'))
  expect(answer).toEqual({ lines: [], needs_more: true })
  await found('mohamed 1971')
  const { rows } = await town.house.owner_pool.query(
    `select what, detail::text from kernel.audit where what = 'people.search' order by position desc limit 1`,
  )
  expect(rows[0].detail).toContain('clues')
  expect(JSON.stringify(rows)).not.toContain('mohamed')
})
