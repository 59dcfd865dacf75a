/** What people sign, say of themselves and take away: the pact, the faces, the portfolio, their own calendar. */
import { beforeAll, describe, expect, test } from 'vitest'
import { openCourse, somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, lettersOf, pictureOf, structureOf } from '../../test/kit/paper.ts'
import { copied, dirtied, tilted } from '../../test/kit/scanner.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { endEdition } from './actions/ending.ts'
import { enrolPerson, enrolTrainee } from './actions/enrolling.ts'
import { statusLink } from './actions/letters.ts'
import { issueCertificates } from './actions/outcomes.ts'
import { printCertificates, sweepPrintings } from './actions/printing.ts'
import { closeIn, markRest } from './actions/register.ts'
import { eraseCourses } from './personal-data.ts'
import { enrolmentsOf } from './store/enrolments.ts'

// Typst and the reader of scans on a busy machine.

type Browser = Awaited<ReturnType<TestHouse['as']>>
let house: TestHouse
let office: Browser
let operator: Browser
const course = { id: '', lessons: [] as string[], enrolment: '', person: '' }
const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await house.house.owner_pool.query<Row>(text, values)).rows
const bytes = async (browser: Browser, path: string) => new Uint8Array(await (await browser.get(path)).arrayBuffer())

beforeAll(async () => {
  house = await openTestHouse()
  await house.settle()
  office = await house.as('progetto@demo.example')
  operator = await house.as('operatore@demo.example')
  Object.assign(
    course,
    await house.inCtx(async (ctx) => {
      const made = await openCourse(ctx, { skills: 'Leggere un orario' }, { from_day: '2026-11-16', lessons: 2 })
      const person = await somebodyWhoCounts(ctx, {
        surname: 'Mansour',
        given_names: 'Layla',
        original_name: 'ليلى منصور',
        phone: '+39 333 7654321',
        speaks: 'ar',
      })
      const enrolment = await enrolPerson(ctx, made.id, person, { needs_childcare: false })
      return { ...made, person, enrolment }
    }),
  )
})

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

describe('what people say of themselves', () => {
  const answers = { understand: 'little', speak: 'no', read: 'no', write: 'no', manage: 'little', motivation: 'yes' }
  const mine = async () => {
    const token = await house.inCtx((ctx) => statusLink(ctx, course.enrolment))
    return `/ar/corsi/iscrizioni/${token}`
  }

  test('in faces, on their own telephone and in their own language, coming in and leaving; told to the plan', async () => {
    const visitor = house.visitor()
    const page = await mine()
    expect(await visitor.page(page)).toContain(`${page}/capacita`)
    expect(await visitor.page(`${page}/capacita`)).toContain('أفهم عندما يتكلمون معي بالإيطالية')
    const partly = await visitor.submit(`${page}/capacita`, { understand: 'yes' })
    expect(partly.status).toBe(422)
    expect((await visitor.submit(`${page}/capacita`, answers)).status).toBe(303)
    expect(await visitor.page(`${page}/capacita`)).toContain('شكرًا')
    await house.inCtx(async (ctx) => {
      for (const id of course.lessons.slice(0, 1)) {
        await markRest(ctx, id, 'page')
        await closeIn(ctx, id, { topic: 'Orari' })
      }
    })
    // Half of the lessons are held: what is said now is how one leaves.
    expect((await visitor.submit(`${page}/capacita`, { ...answers, speak: 'yes' })).status).toBe(303)
    expect(
      await sql('select moment, speak, by_whom from courses.self_rating where enrolment_id = $1 order by position', [
        course.enrolment,
      ]),
    ).toEqual([
      { moment: 'entry', speak: 'no', by_whom: 'person' },
      { moment: 'exit', speak: 'yes', by_whom: 'person' },
    ])
    expect(
      await sql(
        "select payload->>'moment' moment, payload->>'person_id' person from kernel.event where name = 'courses.self_rated' and payload->>'enrolment_id' = $1 order by recorded_at",
        [course.enrolment],
      ),
    ).toEqual([
      { moment: 'entry', person: course.person },
      { moment: 'exit', person: course.person },
    ])
    // The staff write it down for whoever has no telephone.
    const written = `/staff/corsi/iscrizioni/${course.enrolment}/capacita`
    expect((await operator.submit(written, { ...answers, moment: 'entry', read: 'little' })).status).toBe(303)
    expect(await operator.page(`/staff/corsi/iscrizioni/${course.enrolment}`)).toContain('Leggo in italiano')
  })

  test('what was learnt stands on one page, in their language and in Italian', async () => {
    const pdf = await bytes(operator, `/staff/corsi/iscrizioni/${course.enrolment}/percorso.pdf`)
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Pages: '1', Title: 'مساري · Il mio percorso' })
    const letters = lettersOf(pdf)
    for (const whole of ['ليلىمنصور', 'أتكلمالإيطالية', 'Parloinitaliano', 'Leggereunorario', '2/4(50%)'])
      expect(letters).toContain(whole)
  })

  test('their own lessons stand in their own calendar, without a name, until they ask for another address', async () => {
    const visitor = house.visitor()
    const page = await mine()
    const make = async () =>
      /(\/corsi\/calendario\/[\w-]+)/.exec(
        await (await visitor.submit(`${page}/calendario`, {}, { on: page })).text(),
      )?.[1] as string
    const address = await make()
    const calendar = await (await visitor.get(address)).text()
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(calendar).toContain('دروسي')
    expect(calendar).not.toMatch(/Mansour|iscrizioni/)
    expect((await visitor.get(await make())).status).toBe(200)
    expect((await visitor.get(address)).status).toBe(404)
  })
})

describe('a signature on the screen', () => {
  test('where the project lets it count: drawn by whoever was there, sealed with the lesson, printed as what it is', async () => {
    const lesson = `/staff/corsi/lezioni/${course.lessons[1]}`
    const page = `${lesson}/firme/${course.enrolment}`
    expect((await operator.get(page)).status).toBe(404)
    await sql(
      `insert into programme.setting (ambito_id, name, value, valid_from, note)
       select id, 'programme.screen_signature', 'true'::jsonb, '2025-01-01', '' from territory.ambito where slug = 'lodi'`,
    )
    const drawing = '40,100 90,40 140,120 200,60;300,90 420,95'
    // Nobody signs who has not been marked as there, and a dot is no signature.
    expect((await operator.submit(page, { drawing })).status).toBe(422)
    await operator.submit(lesson, { enrolment: course.enrolment, present: 'yes' })
    expect((await operator.submit(page, { drawing: '10,10' })).status).toBe(422)
    expect(await operator.page(page)).toContain('هذا توقيع إلكتروني بسيط.')
    for (const drawn of [drawing, `${drawing};20,20 80,180`])
      expect((await operator.submit(page, { drawing: drawn })).status).toBe(303)
    expect(
      await sql("select count(*)::int n from kernel.file where purpose = 'signature' and removed_at is null"),
    ).toEqual([{ n: 1 }])
    await operator.submit(`${lesson}/chiusura`, { topic: 'Firme' }, { on: lesson })
    const [seal] = await sql<{ content: string }>('select content from courses.seal where lesson_id = $1', [
      course.lessons[1],
    ])
    expect(JSON.parse(seal?.content ?? '{}')).toMatchObject({ signed_on_screen: [course.enrolment] })
    expect((await operator.submit(page, { drawing })).status).toBe(422)
    expect(lettersOf(await bytes(operator, `${lesson}/foglio.pdf`))).toContain('firmaelettronicasemplice')
    const register = lettersOf(await bytes(operator, `/staff/corsi/edizioni/${course.id}/registro.pdf`))
    expect(register).toContain('ascherm')
    await house.inCtx((ctx) => eraseCourses(ctx, [course.person]))
    expect(await sql("select 1 from kernel.file where purpose = 'signature' and removed_at is null")).toEqual([])
  })
})

describe('many certificates', () => {
  test('are set by a job in parts that can be taken one by one; of two at work on them one is killed, and none is set twice', async () => {
    const { id } = await house.inCtx(async (ctx) => {
      const made = await openCourse(ctx, { kind: 'operators', action: '01', capacity: 60 }, { lessons: 1 })
      for (let at = 0; at < 52; at++) await enrolTrainee(ctx, made.id, { name: `Operatrice ${at}`, body: 'Comune' })
      await markRest(ctx, made.lessons[0] as string, 'page')
      await closeIn(ctx, made.lessons[0] as string, { topic: 'Prova' })
      await endEdition(ctx, made.id, ctx.today)
      const all = await enrolmentsOf(ctx, made.id)
      await issueCertificates(
        ctx,
        made.id,
        all.map((one) => one.id),
      )
      return made
    })
    const page = `/staff/corsi/edizioni/${id}/attestati`
    const asked = await office.submit(`${page}/stampa`, {}, { on: page })
    const printing = asked.headers.get('location') as string
    expect(await office.page(printing)).toMatch(/<progress|Pronti/)
    let opened = 0
    const open = <Result>(work: (ctx: Ctx) => Promise<Result>) => {
      if (++opened > 2) throw new Error('killed')
      return house.inCtx(work)
    }
    const printing_id = printing.split('/').at(-1) as string
    const outside = { config: house.house.config, open, last_attempt: false }
    // Beside the house's own worker.
    await Promise.allSettled([printCertificates.slowly(outside, { printing_id })])
    await house.settle()
    expect(await office.page(printing)).toContain('Pronti: 52 attestati.')
    expect(
      await sql("select count(*)::int n from kernel.file where purpose = 'certificates' and removed_at is null"),
    ).toEqual([{ n: 2 }])
    const parts = [0, 1].map((part) => bytes(office, `${printing}/${part}/attestati.pdf`))
    expect((await Promise.all(parts)).map((pdf) => infoOf(pdf).Pages)).toEqual(['50', '2'])
    const teacher = await house.as('docente@demo.example')
    expect((await teacher.get(printing)).status).toBe(404)
    await house.moveClock('3 days')
    await house.inCtx(sweepPrintings)
    await house.moveClock('0')
    expect((await office.get(printing)).status).toBe(404)
  })
})
