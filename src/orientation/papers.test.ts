/** The plan, the log and the CV are read back in Italian, Arabic and Chinese. */
import { writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { bare, infoOf, lettersOf, textOf } from '../../test/kit/paper.ts'
import { scannedBack } from '../../test/kit/scanner.ts'
import { logSheet, planSheet, sheetKinds } from './actions/papers.ts'
import { orientation } from './urls.ts'

let town: TestHouse
let self: Awaited<ReturnType<TestHouse['as']>>
const plans: Record<string, string> = {}
beforeAll(async () => {
  town = await openTestHouse()
  self = await town.as('self@demo.example')
  const { rows } = await town.house.owner_pool.query<{ id: string; language: string }>(
    'select id, language from orientation.plan',
  )
  for (const { id, language } of rows) plans[language] = id
})
const folder = process.env.SCREENSHOTS
async function paper(path: string, name: string) {
  const answer = await self.get(path)
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'application/pdf'])
  expect(answer.headers.get('content-disposition')).not.toMatch(/haddad|liu/i)
  const pdf = new Uint8Array(await answer.arrayBuffer())
  if (folder) writeFileSync(`${folder}/${name}.pdf`, pdf)
  const info = infoOf(pdf)
  expect(info.Tagged).toBe('yes')
  expect(info.Title).not.toMatch(/haddad|liu|حداد|刘/i)
  return pdf
}

test('the plan stands in two languages side by side, each step with who and by when', async () => {
  const arabic = await paper(orientation.paper.href({ plan: plans.ar as string }), 'plan-ar')
  for (const words of ['HADDAD Salma', 'Il mio piano', 'Lavorare come sarta', 'Diploma di sartoria', 'La mia firma'])
    expect(textOf(arabic)).toContain(words)
  for (const words of ['سلمى حداد', 'خطتي', 'دبلوم الخياطة', 'الاعتراف بالشهادة الدراسية', 'توقيعي', 'أنا'])
    expect(lettersOf(arabic)).toContain(bare(words))
  const chinese = await paper(orientation.paper.href({ plan: plans.zh as string }), 'plan-zh')
  for (const words of ['刘燕', '我的计划', '我想在厨房工作', '学好意大利语', '食品卫生'])
    expect(lettersOf(chinese)).toContain(bare(words))
  // What nobody has translated says so, in the language of whoever reads it.
  expect(lettersOf(chinese)).toContain('只有意大利语')
  expect(infoOf(chinese).Pages).toBe('1')
})

test('however long the plan, every page is a sheet with a mark of its own', async () => {
  const plan = plans.zh as string
  const long =
    'Telefonare, scrivere, tornare e chiedere ancora, poi segnare che cosa hanno risposto e quando richiamare. '
  for (let at = 0; at < 9; at++) {
    const { version } = (
      await town.house.owner_pool.query('select version from orientation.plan where id = $1', [plan])
    ).rows[0] as { version: number }
    const fields = {
      kind: 'search',
      text: long.repeat(3).slice(0, 290),
      owner: 'other',
      owner_text: 'Agenzia per il lavoro',
      due_on: Temporal.Now.plainDateISO().add({ days: 90 }).toString(),
    }
    const answer = await self.submit(orientation.newStep.href({ plan }), {
      ...fields,
      text_own: '打电话、写信、再去问，'.repeat(24).slice(0, 290),
      seen: String(version),
    })
    expect(answer.status).toBe(303)
  }
  const pdf = await paper(orientation.paper.href({ plan }), 'plan-long')
  const pages = Number(infoOf(pdf).Pages)
  const marks = textOf(pdf).match(/Foglio \d+ di \d+/g) ?? []
  expect(pages).toBeGreaterThan(3)
  expect(marks).toEqual(Array.from({ length: pages }, (_, at) => `Foglio ${at + 1} di ${pages}`))
})

test('of somebody who reads none of our languages but Italian there is one column, in Italian', async () => {
  const plan = plans.sq as string
  await town.house.owner_pool.query("update orientation.plan set language = 'wo' where id = $1", [plan])
  const text = textOf(await paper(orientation.paper.href({ plan }), 'plan-it'))
  expect([text.includes('Fare il curriculum'), text.includes('Plani im')]).toEqual([true, false])
})

test('the log has every session with its minutes; signed sheets file themselves on the plan', async () => {
  const plan = plans.ar as string
  const log = textOf(await paper(orientation.log.href({ plan }), 'log'))
  for (const words of ['Colloquio individuale', 'Accompagnamento', 'Elena Marchetti', '3:45'])
    expect(log).toContain(words)
  // Signed, copied and dropped, each is filed on its plan; one whose mark is spoilt is picked by its number.
  for (const [kind, path] of [
    [planSheet, orientation.paper.href({ plan })],
    [logSheet, orientation.log.href({ plan })],
  ] as const) {
    const pdf = await paper(path, 'back')
    expect(await scannedBack(town, self, pdf)).toEqual([{ kind, thing_id: plan, sheet: 1 }])
    const offered = await town.inCtx((ctx) => sheetKinds[kind].offer(ctx))
    const [, number = ''] = /Piano n\. ([0-9A-F]{6}) ·/.exec(textOf(pdf)) ?? []
    expect(offered.find(({ id }) => id === plan)?.text).toContain(number)
    expect(offered.map(({ text }) => text).join()).not.toMatch(/haddad/i)
  }
  const picking = await self.page(orientation.plan.href({ plan }))
  expect(picking).toContain('firmat')
})

test('the CV keeps the order of Europass, in Italian and in the language of the person, and names no project', async () => {
  const italian = textOf(await paper(orientation.cv.href({ plan: plans.ar as string }, { lingua: 'it' }), 'cv-it'))
  const order = [
    'Curriculum vitae',
    'Informazioni personali',
    'Che lavoro cerco',
    'Esperienza lavorativa',
    'Aiuto in famiglia',
    'Sarta',
    'Istruzione e formazione',
    'Lingue',
    'Competenze',
    'Patente di guida',
  ]
  const found = order.map((words) => italian.indexOf(words))
  expect(found).not.toContain(-1)
  expect(found).toEqual([...found].sort((a, b) => a - b))
  for (const words of ['FAMI', 'Lab', 'Unione europea', 'SELF']) expect(italian).not.toContain(words)
  const arabic = lettersOf(await paper(orientation.cv.href({ plan: plans.ar as string }, { lingua: 'ar' }), 'cv-ar'))
  for (const words of ['السيرة الذاتية', 'الخبرة المهنية', 'خياطة', 'اللغة الأم', '+393335550301'])
    expect(arabic).toContain(bare(words))
  const chinese = lettersOf(await paper(orientation.cv.href({ plan: plans.zh as string }, { lingua: 'zh' }), 'cv-zh'))
  for (const words of ['简历', '工作经历', '帮厨', '02/2022–10/2024', '母语']) expect(chinese).toContain(bare(words))
  const empty = await self.get(orientation.cv.href({ plan: plans.sq as string }, { lingua: 'it' }))
  expect(empty.status).toBe(422)
})
