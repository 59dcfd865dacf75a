/** What people sign, say of themselves and take away: the pact, the faces, the portfolio, their own calendar. */
import { beforeAll, describe, expect, test } from 'vitest'
import { openCourse, somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, lettersOf, pictureOf, structureOf } from '../../test/kit/paper.ts'
import { copied, dirtied, tilted } from '../../test/kit/scanner.ts'
import { enrolPerson } from './actions/enrolling.ts'

type Browser = Awaited<ReturnType<TestHouse['as']>>
let house: TestHouse
let _office: Browser
let operator: Browser
const course = { id: '', lessons: [] as string[], enrolment: '', person: '' }
const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await house.house.owner_pool.query<Row>(text, values)).rows
const bytes = async (browser: Browser, path: string) => new Uint8Array(await (await browser.get(path)).arrayBuffer())

beforeAll(async () => {
  house = await openTestHouse()
  await house.settle()
  _office = await house.as('progetto@demo.example')
  operator = await house.as('operatore@demo.example')
  Object.assign(
    course,
    await house.inCtx(async (ctx) => {
      const made = await openCourse(ctx, { skills: 'Leggere un orario' }, { from_day: ctx.today, lessons: 2 })
      const person = await somebodyWhoCounts(ctx, {
        surname: 'Mansour',
        given_names: 'Layla',
        original_name: 'ليلى منصور',
      })
      const enrolment = await enrolPerson({ ...ctx, lang: 'ar' }, made.id, person, { needs_childcare: false })
      return { ...made, person, enrolment }
    }),
  )
}, 60_000)

describe('the learning pact', () => {
  test('is printed in two languages side by side and files itself when it comes back signed', async () => {
    const page = `/staff/corsi/iscrizioni/${course.enrolment}`
    expect(await operator.page(page)).toContain('manca la firma')
    const pdf = await bytes(operator, `/staff/corsi/edizioni/${course.id}/patti.pdf`)
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Pages: '1', Title: 'Patto formativo' })
    const letters = lettersOf(pdf)
    for (const whole of ['Lelezionisonogratuite.', 'الدروسمجانية', 'almenoal70%', 'ليلىمنصور'])
      expect(letters).toContain(whole)
    expect(structureOf(pdf)).toContain('Vengo alle lezioni')
    const form = new FormData()
    for (const [key, value] of Object.entries(await operator.hidden('/staff/scansioni'))) form.append(key, value)
    const scan = tilted(dirtied(pictureOf(pdf, { dpi: 150 }), 0.02), 1.2)
    form.append('files', new File([copied([scan]) as Uint8Array<ArrayBuffer>], 'patto.pdf'))
    expect((await operator.post('/staff/scansioni', form)).status).toBe(303)
    await house.settle()
    expect(await sql("select thing_id from kernel.scan_page where kind = 'courses.pact'")).toEqual([
      { thing_id: course.enrolment },
    ])
    expect(await operator.page(page)).not.toContain('manca la firma')
    // Nobody is left who has still to sign.
    expect((await operator.get(`/staff/corsi/edizioni/${course.id}/patti.pdf`)).status).toBe(422)
  })
})
