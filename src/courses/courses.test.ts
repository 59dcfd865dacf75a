/** Courses through the front door: from the notice to the certificate, and what the ledger makes of it. */
import { createPublicKey, verify } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { openCourse, somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, lettersOf, pictureOf, textOf } from '../../test/kit/paper.ts'
import { copied, dirtied, tilted } from '../../test/kit/scanner.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { report } from '../monitoring/actions.ts'
import { createPerson } from '../people/actions.ts'
import { endEdition } from './actions/ending.ts'
import { enrolPerson } from './actions/enrolling.ts'
import { assess, issueCertificates } from './actions/outcomes.ts'
import { watchPlaces } from './actions/places.ts'
import { closeIn, markRest } from './actions/register.ts'
import { findEdition } from './store/editions.ts'

type Browser = Awaited<ReturnType<TestHouse['as']>>

let house: TestHouse
let office: Browser
let operator: Browser

beforeAll(async () => {
  house = await openTestHouse()
  await house.settle()
  office = await house.as('progetto@demo.example')
  operator = await house.as('operatore@demo.example')
})

const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await house.house.owner_pool.query<Row>(text, values)).rows
const idIn = (text: string | null) => /[0-9a-f-]{36}/.exec(text ?? '')?.[0] as string
const figures = (ctx: Ctx) => report(ctx, { from: '2025-09-25', to: '2028-09-24' })
const figure = async (code: string) => {
  const { indicators } = await house.inCtx(figures)
  return indicators.find((one) => one.code === code)?.value ?? 0
}
const slugOf = (id: string) => house.inCtx(async (ctx) => (await findEdition(ctx, id)).slug)
const held = (ids: readonly string[]) =>
  house.inCtx(async (ctx) => {
    for (const id of ids) {
      await markRest(ctx, id, 'page')
      await closeIn(ctx, id, { topic: 'Prova' })
    }
  })
const statesOf = (edition: string) =>
  sql<{ id: string; state: string; email: string }>(
    'select id, state, email from courses.enrolment where edition_id = $1 order by recorded_at, id',
    [edition],
  )
/** The link in the letter to this address that has not been sent yet: once sent, what it said is gone. */
async function linkTo(email: string) {
  const [mail] = await sql<{ message: { text: string } }>(
    'select message from kernel.mail where to_address = $1 order by queued_at desc, id desc limit 1',
    [email],
  )
  return /http:\/\/[^/]+(\/\S+)/.exec(mail?.message.text ?? '')?.[1] as string
}

describe('an edition is planned', () => {
  test('with a calendar that passes closed days over, and publishes only with lessons', async () => {
    const made = await office.submit('/staff/corsi/nuovo', {
      title: 'Italiano di prova',
      kind: 'language',
      action: '02',
      hours: '6',
      minimum: '1',
      capacity: '2',
      choice: 'first_come',
      offer_hours: '24',
    })
    expect(made.status).toBe(303)
    const id = idIn(made.headers.get('location'))
    const page = `/staff/corsi/edizioni/${id}`
    expect((await office.submit(`${page}/pubblicazione`, {}, { on: page })).status).toBe(422)
    const lessons = { from_day: '2026-12-24', days: ['4', '5'], starts_at: '18:00', ends_at: '20:00', lessons: '3' }
    const wrong = await office.submit(`${page}/calendario`, { ...lessons, ends_at: '17:00' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Finisce prima di cominciare')
    expect((await office.submit(`${page}/calendario`, { ...lessons, lessons: '9' })).status).toBe(422)
    expect((await office.submit(`${page}/calendario`, lessons)).status).toBe(303)
    // 25 December and 1 January are closed everywhere.
    expect(await sql('select on_day::text from courses.lesson where edition_id = $1 order by 1', [id])).toEqual([
      { on_day: '2026-12-24' },
      { on_day: '2026-12-31' },
      { on_day: '2027-01-07' },
    ])
    // Nothing is closed then, but many will not come.
    const calendar_page = await office.page(`${page}/calendario`)
    for (const feast of ['Vacanze scolastiche di Natale', 'Ramadan', 'può cambiare di un giorno'])
      expect(calendar_page).toContain(feast)
    expect((await office.submit(`${page}/pubblicazione`, {}, { on: page })).status).toBe(303)
    expect(await house.visitor().page('/it/corsi')).toContain('Italiano di prova')
    const arabic = await house.visitor().page('/ar/corsi/italiano-di-prova')
    expect(arabic).toContain('<bdi lang="it">Italiano di prova</bdi>')
    expect(arabic).toContain('هذا النص بالإيطالية فقط')
    const calendar = await (await house.visitor().get('/it/corsi/italiano-di-prova/calendario.ics')).text()
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(3)
    const before = await office.submit(`${page}/lezioni/nuova`, {
      on_day: '2026-12-31',
      starts_at: '19:00',
      ends_at: '19:30',
    })
    expect(before.status).toBe(422)
  })

  test('a trainer sees her own editions, and of the others not even that they exist', async () => {
    const teacher = await house.as('docente@demo.example')
    const list = await teacher.page('/staff/corsi')
    expect(list).toContain('Italiano per il lavoro')
    expect(list).not.toContain('Cucina e igiene')
    const [other] = await sql<{ id: string }>("select id from courses.edition where slug like 'cucina%'")
    expect((await teacher.get(`/staff/corsi/edizioni/${other?.id}`)).status).toBe(404)
  })
})

describe('people enrol without account', () => {
  test('the last place once, then the list; a place given up is offered to the first, who answers by link', async () => {
    const { id } = await house.inCtx((ctx) =>
      openCourse(ctx, { capacity: 1, hours: 4 }, { from_day: '2027-02-01', lessons: 2 }),
    )
    const form = `/ar/corsi/${await slugOf(id)}/iscrizione`
    const visitor = house.visitor()
    const child = { given_names: 'Omar', born: '2012', citizenship: 'مصر', email: 'madre@prova.example', privacy: '1' }
    const unsigned = await visitor.submit(form, child)
    expect(unsigned.status).toBe(422)
    expect(await unsigned.text()).toContain('Omar')
    const empty = await (await visitor.submit(form, {})).text()
    for (const id of ['given_names', 'phone', 'privacy']) expect(empty).toContain(`href="#f-${id}"`)
    const signed = await visitor.submit(form, { ...child, signer_name: 'Huda', signer_as: 'parent' })
    const mine = signed.headers.get('location') as string
    expect(mine).toMatch(/^\/ar\/corsi\/iscrizioni\//)
    expect(await visitor.page(mine)).toContain('لديك مكان')
    const waiting: string[] = []
    for (const name of ['due', 'tre']) {
      const answer = await visitor.submit(form, { given_names: name, email: `${name}@prova.example`, privacy: '1' })
      waiting.push(answer.headers.get('location') as string)
    }
    await house.settle()
    expect((await statesOf(id)).map(({ state }) => state)).toEqual(['enrolled', 'waiting', 'waiting'])
    // The child has a file, and is reached through whoever signed.
    expect(
      await sql(
        `select g.name, g.role from people.guardian g join courses.enrolment n on n.person_id = g.person_id where n.edition_id = $1`,
        [id],
      ),
    ).toEqual([{ name: 'Huda', role: 'parent' }])
    expect(
      await sql(
        `select c.country from people.citizenship c join courses.enrolment n on n.person_id = c.person_id where n.edition_id = $1`,
        [id],
      ),
    ).toEqual([{ country: 'EG' }])
    expect(await visitor.page(waiting[1] as string)).toContain('رقم 2')

    await visitor.submit(`${mine}/rinuncia`, {}, { on: mine })
    const offer = await linkTo('due@prova.example')
    await house.settle()
    expect((await statesOf(id)).map(({ state }) => state)).toEqual(['withdrawn', 'offered', 'waiting'])
    expect(await visitor.page(offer)).toContain('هناك مكان لك')
    expect((await statesOf(id))[1]?.state).toBe('offered')
    expect((await visitor.submit(offer, { answer: 'accept' })).status).toBe(303)
    expect((await statesOf(id))[1]?.state).toBe('enrolled')
    const late = await visitor.submit(offer, { answer: 'decline' }, { on: mine })
    expect([422, 303]).toContain(late.status)
    expect((await statesOf(id))[1]?.state).toBe('enrolled')
  })

  test('an offer nobody answers goes to the next, once; who slept may come back to the end of the list', async () => {
    const { id } = await house.inCtx((ctx) =>
      openCourse(ctx, { capacity: 1, hours: 4, offer_hours: 2 }, { from_day: '2027-02-01', lessons: 2 }),
    )
    const form = `/it/corsi/${await slugOf(id)}/iscrizione`
    const visitor = house.visitor()
    const locations: string[] = []
    for (const name of ['alfa', 'beta', 'gamma'])
      locations.push(
        (await visitor.submit(form, { given_names: name, email: `${name}@prova.example`, privacy: '1' })).headers.get(
          'location',
        ) as string,
      )
    await house.settle()
    await visitor.submit(`${locations[0]}/rinuncia`, {}, { on: locations[0] as string })
    await house.settle()
    await house.moveClock('3 hours')
    // The job and the watch both come by: the place is passed on once.
    await house.inCtx(watchPlaces)
    await house.inCtx(watchPlaces)
    expect((await statesOf(id)).map(({ state }) => state)).toEqual(['withdrawn', 'expired', 'offered'])
    expect(await sql('select answer from courses.offer where edition_id = $1 order by sent_at', [id])).toEqual([
      { answer: 'expired' },
      { answer: null },
    ])
    const page = await visitor.page(locations[1] as string)
    expect(page).toContain('Nessuna risposta in tempo')
    await visitor.submit(`${locations[1]}/lista`, {}, { on: locations[1] as string })
    expect((await statesOf(id))[1]?.state).toBe('waiting')
    await house.moveClock('0')
  })
})

describe('the register', () => {
  test('one tap each, closed with a seal that shows what is changed afterwards', async () => {
    const { id, lessons } = await house.inCtx(async (ctx) => {
      const course = await openCourse(ctx)
      for (const name of ['Uno', 'Due'])
        await enrolPerson(ctx, course.id, await somebodyWhoCounts(ctx, { given_names: name }), {
          needs_childcare: false,
        })
      return course
    })
    const [lesson = ''] = lessons
    const page = `/staff/corsi/lezioni/${lesson}`
    const [one, two] = await statesOf(id)
    expect((await operator.submit(`${page}/chiusura`, { topic: 'Saluti' }, { on: page })).status).toBe(422)
    const wrong = await operator.submit(page, {
      enrolment: one?.id as string,
      present: 'yes',
      from_time: '19:00',
      to_time: '18:30',
    })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('L’uscita è prima dell’entrata')
    for (const [enrolment, from_time] of [
      [one?.id, '18:30'],
      [two?.id, ''],
    ])
      expect(
        (
          await operator.submit(page, {
            enrolment: enrolment as string,
            present: 'yes',
            from_time: from_time as string,
          })
        ).status,
      ).toBe(303)
    expect((await operator.submit(`${page}/chiusura`, { topic: 'Saluti' }, { on: page })).status).toBe(303)
    expect((await operator.submit(page, { enrolment: two?.id as string, present: 'no' })).status).toBe(422)
    // Later it turns out that the second was not there.
    const correction = { enrolment: two?.id as string, present: 'no', reason: 'Firma di un’altra persona' }
    expect((await office.submit(`${page}/correzione`, correction, { on: page })).status).toBe(303)
    await house.settle()
    expect(
      await sql(
        `select count(*) filter (where reverses is null)::int told, count(reverses)::int taken_back from monitoring.fact
         where evidence in (select 'courses.attendance:' || m.id from courses.mark m where m.lesson_id = $1)`,
        [lesson],
      ),
    ).toEqual([{ told: 2, taken_back: 1 }])
    const seals = `/staff/corsi/edizioni/${id}/chiusure`
    expect(await office.page(seals)).toContain('Chiusure intatte')
    // Whoever owns the database rewrites a minute: the chain says so.
    await sql('update courses.mark set minutes = 119 where lesson_id = $1 and minutes = 90', [lesson])
    expect(await office.page(seals)).toContain('Le presenze della chiusura 1 non sono più quelle')
    await sql('update courses.mark set minutes = 90 where lesson_id = $1 and minutes = 119', [lesson])
    await sql(`update courses.seal set content = replace(content, 'Saluti', 'Altro') where lesson_id = $1`, [lesson])
    expect(await office.page(seals)).toContain('La chiusura 1 è stata cambiata')
  })

  test('a teacher without account keeps it by a link to this edition and no other', async () => {
    const other = await house.inCtx((ctx) => openCourse(ctx))
    const { id, lessons } = await house.inCtx(async (ctx) => {
      const course = await openCourse(ctx)
      await enrolPerson(ctx, course.id, await somebodyWhoCounts(ctx), { needs_childcare: false })
      return course
    })
    const page = `/staff/corsi/edizioni/${id}`
    const [teacher] = await sql<{ id: string }>('select id from courses.teacher where edition_id = $1', [id])
    const shown = await (await office.submit(`${page}/docenti/${teacher?.id}/collegamento`, {}, { on: page })).text()
    const link = /(\/it\/corsi\/registro\/[\w-]+)/.exec(shown)?.[1] as string
    const visitor = house.visitor()
    const lesson = `${link}/${lessons[0]}`
    expect(await visitor.page(link)).toContain(lesson)
    expect((await visitor.get(`${link}/${other.lessons[0]}`)).status).toBe(404)
    const [enrolment] = await statesOf(id)
    expect((await visitor.submit(lesson, { enrolment: enrolment?.id as string, present: 'yes' })).status).toBe(303)
    expect((await visitor.submit(`${lesson}/chiusura`, { topic: 'Numeri' }, { on: lesson })).status).toBe(303)
    expect(await sql('select how from courses.mark where lesson_id = $1', [lessons[0]])).toEqual([{ how: 'link' }])
  })
})

describe('what is counted', () => {
  test('a woman of two language courses counts once, and her level once', async () => {
    await house.settle()
    const before = [await figure('O.2.3.1'), await figure('R.2.8')]
    const woman = await house.inCtx((ctx) => somebodyWhoCounts(ctx))
    for (const [entry, exit, from_day] of [
      ['ALFA', 'A1', '2026-09-01'],
      ['A1', 'A2', '2026-10-05'],
    ] as const) {
      const { id, lessons } = await house.inCtx((ctx) => openCourse(ctx, {}, { from_day, lessons: 2 }))
      const enrolment = await house.inCtx((ctx) => enrolPerson(ctx, id, woman, { needs_childcare: false }))
      await held(lessons)
      await house.inCtx(async (ctx) => {
        for (const [moment, level] of [
          ['entry', entry],
          ['exit', exit],
        ] as const)
          await assess(ctx, enrolment, { moment, level, on_day: '2026-11-01', assessor: 'Prova', sure: false })
      })
    }
    expect([await figure('O.2.3.1'), await figure('R.2.8')]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1])
  })

  test('a course for operators moves process figures and no participant', async () => {
    const before = [await figure('O.2.3'), await figure('P.A1.04')]
    const { id, lessons } = await house.inCtx((ctx) =>
      openCourse(ctx, { kind: 'operators', action: '01' }, { from_day: '2026-10-12', lessons: 2 }),
    )
    const page = `/staff/corsi/edizioni/${id}/iscritti`
    for (const name of ['Primo', 'Secondo'])
      expect(
        (
          await office.submit(
            `${page}/operatore`,
            { name, body: 'Comune di prova', job: 'anagrafe', email: `${name}@ente.example` },
            { on: page },
          )
        ).status,
      ).toBe(303)
    await held(lessons)
    expect([await figure('O.2.3'), await figure('P.A1.04')]).toEqual([before[0], (before[1] ?? 0) + 2])
  })
})

describe('papers', () => {
  test('a signed sheet that comes back from the copier files itself; until then the signature is missing', async () => {
    const { id, lessons } = await house.inCtx(async (ctx) => {
      const course = await openCourse(ctx, {}, { lessons: 4 })
      await enrolPerson(ctx, course.id, await somebodyWhoCounts(ctx), { needs_childcare: false })
      return course
    })
    const page = `/staff/corsi/edizioni/${id}`
    const pdf = new Uint8Array(await (await operator.get(`${page}/fogli.pdf`)).arrayBuffer())
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Pages: '4' })
    const form = new FormData()
    for (const [key, value] of Object.entries(await operator.hidden('/staff/scansioni'))) form.append(key, value)
    const scan = tilted(dirtied(pictureOf(pdf, { page: 2, dpi: 150 }), 0.02), 1.5)
    form.append('files', new File([copied([scan]) as Uint8Array<ArrayBuffer>], 'fotocopia.pdf'))
    expect((await operator.post('/staff/scansioni', form)).status).toBe(303)
    await house.settle()
    expect(await sql('select thing_id, sheet from kernel.scan_page where kind = $1', ['courses.lesson'])).toEqual([
      { thing_id: lessons[1], sheet: 1 },
    ])
    // Whoever was not on it is missing, also once the lesson is closed; the sheet of those alone can be printed.
    const lesson = `/staff/corsi/lezioni/${lessons[1]}`
    await house.inCtx(async (ctx) => {
      const late = await somebodyWhoCounts(ctx, { surname: 'Tardi' })
      await enrolPerson(ctx, id, late, { needs_childcare: false })
      await markRest(ctx, lessons[1] as string, 'page')
      await closeIn(ctx, lessons[1] as string, { topic: 'Prova' })
    })
    expect(await operator.page(lesson)).toContain('Una riga non è su nessun foglio firmato')
    const alone = textOf(new Uint8Array(await (await operator.get(`${lesson}/foglio.pdf?mancanti=1`)).arrayBuffer()))
    expect([alone.includes('TARDI'), alone.includes('PROVA')]).toEqual([true, false])
  })

  test('certificates for who came often enough, with names whole in any script; verified, revoked, unknown', async () => {
    const { id, lessons } = await house.inCtx(async (ctx) => {
      const course = await openCourse(ctx, { hours: 8 })
      for (const [surname, given_names, original_name] of [
        ['Mansour', 'Layla', 'ليلى منصور'],
        ['Hossain', 'Rahim', 'রহিম হোসেন'],
      ] as const)
        await enrolPerson(ctx, course.id, await somebodyWhoCounts(ctx, { surname, given_names, original_name }), {
          needs_childcare: false,
        })
      return course
    })
    await held(lessons)
    const late = await house.inCtx(async (ctx) =>
      enrolPerson(ctx, id, await createPerson(ctx, { given_names: 'Tardi' }), { needs_childcare: false }),
    )
    const page = `/staff/corsi/edizioni/${id}`
    const certificates = `${page}/attestati`
    expect((await office.submit(certificates, { enrolments: late })).status).toBe(422)
    await house.inCtx((ctx) => endEdition(ctx, id, ctx.today))
    const ids = (await statesOf(id)).map((one) => one.id)
    expect((await office.submit(certificates, { enrolments: ids })).status).toBe(303)
    const issued = await sql<{ id: string; number: string }>(
      'select c.id, c.number from courses.certificate c join courses.enrolment n on n.id = c.enrolment_id where n.edition_id = $1 order by 2',
      [id],
    )
    expect(issued).toHaveLength(2)
    const bytes = async (path: string) => new Uint8Array(await (await office.get(path)).arrayBuffer())
    const paper = await bytes(`${certificates}/tutti.pdf`)
    expect(infoOf(paper)).toMatchObject({ Tagged: 'yes', Pages: '2', Title: 'Attestato di frequenza' })
    for (const whole of ['ليلىمنصور', 'রহিমহোসেন', issued[0]?.number as string])
      expect(lettersOf(paper)).toContain(whole)
    const register = await bytes(`${page}/registro.pdf`)
    expect(infoOf(register)).toMatchObject({ Tagged: 'yes' })
    for (const whole of ['ليلىمنصور', 'রহিমহোসেন', '100%']) expect(lettersOf(register)).toContain(whole)
    const [seal] = await sql<{ code: string }>('select code from courses.seal where edition_id = $1 limit 1', [id])
    expect(lettersOf(register)).toContain(seal?.code)

    const visitor = house.visitor()
    const number = issued[0]?.number as string
    const verified = await (await visitor.get(`/attestati/${number}`, { 'accept-language': 'it' })).text()
    expect(verified).toContain('Valido')
    expect(verified).toContain('M. L.')
    expect(verified).not.toContain('Mansour')
    // The badge is checked with the public key alone, by another library than the one that signed it.
    const token = await (await visitor.get(`/attestati/${number}/badge.jwt`)).text()
    const [head = '', body = '', signature = ''] = token.split('.')
    const { keys } = (await (await visitor.get('/attestati/chiavi.json')).json()) as { keys: JsonWebKey[] }
    const key = createPublicKey({ key: keys[0] as never, format: 'jwk' })
    const holds = (content: string) => verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64url'))
    expect(holds(`${head}.${body}`)).toBe(true)
    const credential = JSON.parse(Buffer.from(body, 'base64url').toString())
    expect(credential).toMatchObject({ type: ['VerifiableCredential', 'OpenBadgeCredential'] })
    expect(credential.id).toContain(`/attestati/${number}`)
    expect(JSON.stringify(credential)).not.toMatch(/Mansour|Layla/)
    const forged = Buffer.from(JSON.stringify({ ...credential, name: 'Altro corso' })).toString('base64url')
    expect(holds(`${head}.${forged}`)).toBe(false)
    await office.submit(`/staff/corsi/attestati/${issued[0]?.id}/revoca`, { reason: 'Ore sbagliate' })
    expect(await visitor.page(`/attestati/${number}`)).not.toContain('Ore sbagliate')
    expect((await visitor.get(`/attestati/${number}/badge.jwt`)).status).toBe(404)
    expect(await (await visitor.get(`/attestati/${number}`, { 'accept-language': 'it' })).text()).toContain('Revocato')
    expect(await (await visitor.get('/attestati/2026-9999-ZZZZ', { 'accept-language': 'ar' })).text()).toContain(
      'غير موجودة',
    )
    // Once more for everybody: whoever has a valid one gets no second.
    await house.inCtx((ctx) => issueCertificates(ctx, id, ids))
    expect(
      await sql(
        'select count(*)::int n from courses.certificate c join courses.enrolment n on n.id = c.enrolment_id where n.edition_id = $1',
        [id],
      ),
    ).toEqual([{ n: 3 }])
  })
})
