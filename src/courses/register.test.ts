/** Marks made far from each other, and registers of before that come in. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openCourse, somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { readRegister, takeRows } from '../kernel/register.ts'
import { readWorkbook } from '../kernel/sheets.ts'
import { findDuplicates, mergePersons } from '../people/actions/duplicates.ts'
import { undecidedAmong } from '../people/actions.ts'
import { chargeEdition, publishEdition } from './actions/editions.ts'
import { endEdition } from './actions/ending.ts'
import { decide, enrolPerson, enrolTrainee } from './actions/enrolling.ts'
import { attendanceRegister } from './actions/imports.ts'
import { hoursOf, issueCertificates } from './actions/outcomes.ts'
import { watchPlaces } from './actions/places.ts'
import { closeIn, markIn, markRest, sealsChecked } from './actions/register.ts'
import { joinTwice } from './actions/twice.ts'
import { chargedOn } from './rules/editions.ts'
import { gained } from './rules/levels.ts'
import { type Mark, standing } from './rules/marks.ts'
import { minutesPresent } from './rules/register.ts'
import { levelOf, minutesOfHours } from './rules/register-cells.ts'
import { chargesOf, findEdition } from './store/editions.ts'

describe('two tablets without network', () => {
  /** Each device marks on what it has seen itself; nothing of the other is known until both are back. */
  const device = (name: string) =>
    fc.array(fc.record({ present: fc.boolean(), at: fc.integer({ min: 0, max: 5 }) }), { maxLength: 4 }).map((taps) =>
      taps.map(
        ({ present, at }, order): Mark => ({
          id: `${name}${order}`,
          present,
          minutes: present ? 120 : 0,
          from_time: null,
          to_time: null,
          made_at: `2026-11-20T10:0${at}:00Z`,
          seen: taps.slice(0, order).map((_, before) => `${name}${before}`),
        }),
      ),
    )
  test('end the same in whatever order their marks come back; what they disagree about is shown', () => {
    fc.assert(
      fc.property(device('a'), device('b'), fc.infiniteStream(fc.nat()), (one, two, keys) => {
        const all = [...one, ...two]
        const shuffled = all
          .map((mark) => [keys.next().value as number, mark] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, mark]) => mark)
        expect(standing(shuffled).now).toEqual(standing(all).now)
        const lasts = [one.at(-1), two.at(-1)].filter((mark) => mark !== undefined)
        expect(standing(all).conflict).toBe(lasts.length === 2 && lasts[0]?.present !== lasts[1]?.present)
        // A mark sent twice changes nothing.
        expect(
          standing([...all.slice(0, 1), ...all].filter((mark, at, every) => every.indexOf(mark) === at)).now,
        ).toEqual(standing(all).now)
      }),
      { numRuns: 500 },
    )
  })
})

test('minutes count inside the lesson only, and a level gains by a step', () => {
  const lesson = { starts_at: '09:00:00', ends_at: '11:00:00' }
  expect(minutesPresent(lesson, {})).toBe(120)
  expect(minutesPresent(lesson, { from_time: '08:00', to_time: '12:00' })).toBe(120)
  expect(minutesPresent(lesson, { from_time: '09:30', to_time: '10:45' })).toBe(75)
  expect([gained('ALFA', 'PRE_A1', true), gained('ALFA', 'PRE_A1', false), gained('ALFA', 'A1', false)]).toEqual([
    true,
    false,
    true,
  ])
  expect([gained('A1', 'A1', true), gained('NON_VAL', 'A2', true), gained(undefined, 'A2', true)]).toEqual([
    false,
    false,
    false,
  ])
  expect(['2', '2,5', '2:30', '3 ore', 'due'].map(minutesOfHours)).toEqual([120, 150, 150, 180, undefined])
  expect(['A1', 'pre-A1', 'Alfabetizzazione', 'livello b1', 'A2.1', 'boh'].map(levelOf)).toEqual([
    'A1',
    'PRE_A1',
    'ALFA',
    'B1',
    'A2',
    undefined,
  ])
})

describe('in a house', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse({ demo: false })
  })
  const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await house.house.owner_pool.query<Row>(text, values)).rows
  const feed = (lines: readonly string[]) =>
    house.inCtx(async (ctx) => {
      const csv = new TextEncoder().encode(lines.join('\r\n'))
      const { rows } = readRegister(readWorkbook(csv), attendanceRegister)
      return takeRows(ctx, attendanceRegister, rows, 0)
    })

  test('a register of before comes in once: courses, lessons, persons, levels, and the chain holds', async () => {
    const head = 'Corso;Data;Ore;Livello ingresso;Livello uscita;Cognome;Nome;Data di nascita;Sesso;Cittadinanza'
    const file = [
      head,
      'Italiano A1;12/01/2026;2;ALFA;;Mansour;Layla;04/03/1992;F;egiziana',
      'Italiano A1;14/01/2026;2,5;;A1;Mansour;Leila;04/03/1992;F;Egitto',
      'Italiano A1;14/01/2026;0;;;Diallo;Ousmane;1990;M;Senegal',
      'Orientamento civico;20/01/2026;3;;;Mansour;Layla;04/03/1992;F;egiziana',
      'Italiano A1;12/01/2099;2;;;Rossi;Anna;1980;F;peruviana',
      'Italiano A1;12/01/2026;molte;;;Rossi;Anna;1980;F;peruviana',
    ]
    const taken = await feed(file)
    expect(taken.refused.map(({ line }) => line)).toEqual(['6', '7'])
    expect(taken).toMatchObject({ people_created: 2, people_found: 2, facts: 4 })
    const counts = () =>
      sql(`select (select count(*)::int from courses.edition) editions, (select count(*)::int from courses.lesson) lessons,
        (select count(*)::int from courses.mark) marks, (select count(*)::int from courses.enrolment) enrolments,
        (select sum(minutes)::int from monitoring.fact where kind = 'courses.attendance.language') minutes,
        (select count(*)::int from monitoring.fact where kind = 'courses.level_gained') gained`)
    const after = [{ editions: 2, lessons: 3, marks: 4, enrolments: 3, minutes: 270, gained: 1 }]
    expect(await counts()).toEqual(after)
    expect(await feed(file)).toMatchObject({ facts: 0, people_created: 0 })
    expect(await counts()).toEqual(after)
    // How long it was and for how many nobody has written: it is not made up.
    const unknown = () => sql("select planned_minutes, capacity from courses.edition where slug = 'italiano-a1'")
    expect(await unknown()).toEqual([{ planned_minutes: null, capacity: null }])
    // A later part of the same register is added to lessons that are closed.
    await feed([head, 'Italiano A1;14/01/2026;2;;;Okoro;Blessing;1998;F;nigeriana'])
    expect(await sql('select kind from courses.seal order by edition_id, number')).toHaveLength(4)
    const [edition] = await sql<{ id: string }>("select id from courses.edition where slug = 'italiano-a1'")
    const id = edition?.id as string
    await expect(house.inCtx((ctx) => publishEdition(ctx, id))).rejects.toMatchObject({
      problems: { form: 'courses.error.incomplete' },
    })
    // Charged to one line, from February to another, the second of the same day having been a slip of the hand.
    await house.inCtx(async (ctx) => {
      for (const [budget_line, from_day] of [
        ['C3', '2026-03-01'],
        ['C1', '2026-01-01'],
        ['C0', '2026-02-01'],
        ['C2', '2026-02-01'],
      ] as const)
        await chargeEdition(ctx, id, { budget_line, from_day })
      const charges = await chargesOf(ctx, id)
      expect(
        ['2025-12-31', '2026-01-31', '2026-02-01', '2026-05-01'].map((day) => chargedOn(charges, day)?.budget_line),
      ).toEqual([undefined, 'C1', 'C2', 'C3'])
    })
    await feed([`${head};Ore del corso;Posti`, 'Italiano A1;15/01/2026;2;;;Okoro;Blessing;1998;F;nigeriana;60;12'])
    expect(await unknown()).toEqual([{ planned_minutes: 3600, capacity: 12 }])
  })

  test('a refresher enters the profile of the mediator with that address, once', async () => {
    const [contract] = await sql<{ ambito_id: string }>(
      "select id as ambito_id from territory.ambito where slug = 'lodi'",
    )
    await sql(
      `with c as (insert into mediation.contract (ambito_id, title, dispatch, starts_on, rate_cents) values ($1, 'Prova', 'by_hand', '2026-01-01', 1000) returning id)
       insert into mediation.mediator (ambito_id, contract_id, name, email, gender) select $1, id, 'Mediatrice', 'Media@Prova.example', 'F' from c`,
      [contract?.ambito_id],
    )
    await house.inCtx(async (ctx) => {
      const { id, lessons } = await openCourse(ctx, { kind: 'mediators', action: '01' }, { lessons: 1 })
      const trainee = await enrolTrainee(ctx, id, {
        name: 'Mediatrice',
        email: 'media@prova.example',
        body: 'Cooperativa',
      })
      for (const lesson of lessons) {
        await markRest(ctx, lesson, 'page')
        await closeIn(ctx, lesson, { topic: 'Etica' })
      }
      await endEdition(ctx, id, ctx.today)
      await issueCertificates(ctx, id, [trainee])
    })
    expect(await sql("select kind, on_day::text from mediation.credential where kind = 'refresher'")).toHaveLength(1)
  })

  test('whoever came to a course that ends is asked once how it was', async () => {
    const { person, id } = await house.inCtx(async (ctx) => {
      const course = await openCourse(ctx, { kind: 'experiential' }, { lessons: 1 })
      const person = await somebodyWhoCounts(ctx)
      await enrolPerson(ctx, course.id, person, { needs_childcare: false })
      await markRest(ctx, course.lessons[0] as string, 'page')
      await closeIn(ctx, course.lessons[0] as string, { topic: 'Prova' })
      await endEdition(ctx, course.id, ctx.today)
      return { person, id: course.id }
    })
    expect(
      await sql('select service from participation.survey where person_id = $1 and thing_id = $2', [person, id]),
    ).toEqual([{ service: 'experiential' }])
  })

  test('enrolled twice under two spellings: suggested, and once the files are one the attendances move, once', async () => {
    const { id, lessons, people } = await house.inCtx(async (ctx) => {
      const course = await openCourse(ctx, {}, { lessons: 3 })
      const people = []
      for (const given_names of ['Mohammed', 'Muhamad']) {
        const person = await somebodyWhoCounts(ctx, {
          surname: 'El Sayed',
          given_names,
          gender: 'M',
          born: '1990-02-11',
        })
        await enrolPerson(ctx, course.id, person, { needs_childcare: false })
        await findDuplicates(ctx, [person])
        people.push(person)
      }
      return { ...course, people }
    })
    const enrolments = await sql<{ id: string }>(
      'select id from courses.enrolment where edition_id = $1 order by recorded_at, id',
      [id],
    )
    const [first, second] = enrolments.map((one) => one.id) as [string, string]
    expect(await house.inCtx((ctx) => undecidedAmong(ctx, people))).toBe(1)
    // The first day one was there, the second day the other, the third day both had been ticked.
    for (const [at, there] of [[first], [second], [first, second]].entries())
      await house.inCtx(async (ctx) => {
        const lesson = lessons[at] as string
        for (const enrolment of [first, second])
          await markIn(ctx, lesson, { enrolment, present: there.includes(enrolment) ? 'yes' : 'no', seen: [] }, 'page')
        await closeIn(ctx, lesson, { topic: 'Prova' })
      })
    await house.inCtx((ctx) => mergePersons(ctx, people[0] as string, people[1] as string))
    expect(await house.inCtx((ctx) => joinTwice(ctx, second))).toBe(first)
    await expect(house.inCtx((ctx) => joinTwice(ctx, first))).rejects.toMatchObject({
      problems: { form: 'courses.error.not_twice' },
    })
    await house.inCtx(async (ctx) => {
      const hours = await hoursOf(ctx, await findEdition(ctx, id))
      expect([hours.get(first)?.minutes, hours.get(second)?.minutes]).toEqual([360, undefined])
      expect((await sealsChecked(ctx, id)).broken).toEqual([])
    })
    await house.settle()
    expect(
      await sql(
        `select sum(case when reverses is null then minutes else -minutes end)::int minutes from monitoring.fact f
         where person_id = any($1) and kind = 'courses.attendance.language'`,
        [people],
      ),
    ).toEqual([{ minutes: 360 }])
    expect(await sql('select state from courses.enrolment where id = $1', [second])).toEqual([{ state: 'withdrawn' }])
  })

  test('offers that expire in the same second, looked at by two at once, pass on each place once', async () => {
    const { id } = await house.inCtx((ctx) =>
      openCourse(
        ctx,
        { capacity: 2, kind: 'operators', action: '01', offer_hours: 2 },
        { from_day: '2027-02-01', lessons: 1 },
      ),
    )
    const all = await house.inCtx(async (ctx) => {
      const made = []
      for (const at of [0, 1, 2, 3, 4, 5])
        made.push(await enrolTrainee(ctx, id, { name: `Persona ${at}`, body: 'Ente' }))
      for (const one of made.slice(0, 2)) await decide(ctx, one, 'withdraw')
      return made
    })
    await sql(
      "update courses.offer set expires_at = date_trunc('second', kernel.now() + interval '1 hour') where edition_id = $1",
      [id],
    )
    await house.moveClock('3 hours')
    await Promise.all([1, 2, 3].map(() => house.inCtx(watchPlaces)))
    const rows = await sql<{ id: string; state: string }>(
      'select id, state from courses.enrolment where edition_id = $1',
      [id],
    )
    const state = new Map(rows.map((row) => [row.id, row.state]))
    expect(all.map((one) => state.get(one))).toEqual([
      'withdrawn',
      'withdrawn',
      'expired',
      'expired',
      'offered',
      'offered',
    ])
    expect(await sql('select count(*)::int n from courses.offer where edition_id = $1', [id])).toEqual([{ n: 4 }])
    await house.moveClock('0')
  })
})
