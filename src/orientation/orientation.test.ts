/** Equipe SELF at its front door: what may not be, and what stays of people who are merged, erased, or not to be called. */
import { beforeAll, describe, expect, test } from 'vitest'
import { somebodyWhoCounts } from '../../test/kit/courses.ts'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { announce } from '../kernel/events.ts'
import { readRegister, takeRows } from '../kernel/register.ts'
import { readWorkbook } from '../kernel/sheets.ts'
import { createPerson, mergePersons } from '../people/actions.ts'
import { rowSplitOff } from '../people/events.ts'
import { guidanceRegister } from './actions/imports.ts'
import module from './module.ts'
import { minutesIn } from './rules/register-cells.ts'
import { resultsDue } from './rules/results.ts'
import { packed } from './rules/sheets.ts'
import { orientation } from './urls.ts'

let town: TestHouse
let self: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  town = await openTestHouse()
  // It is noon, and stays today: these rules speak of yesterday and tomorrow.
  await town.moveClock(`${Math.round((noon - Date.now()) / 1000)} seconds`)
  await town.settle()
  self = await town.as('self@demo.example')
})
const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query<Row>(text, values)).rows
const noon = Temporal.Now.zonedDateTimeISO('Europe/Rome').withPlainTime('12:00').epochMilliseconds
const today = Temporal.Instant.fromEpochMilliseconds(noon).toZonedDateTimeISO('Europe/Rome').toPlainDate().toString()
const day = (ahead: number) => Temporal.PlainDate.from(today).add({ days: ahead }).toString()

async function newPlan(fields: Record<string, string> = {}) {
  const person = await town.inCtx((ctx) => somebodyWhoCounts(ctx))
  const answer = await self.submit(orientation.open.href({ person }), fields)
  const plan = (answer.headers.get('location') ?? '').split('/').at(-1) as string
  return { person, plan, at: { plan } }
}
const step = (fields: Record<string, string> = {}) => ({ kind: 'cv', owner: 'person', due_on: day(20), ...fields })
const refused = async (answer: Response) => {
  const html = await answer.text()
  return [
    answer.status,
    /<ul>(.*?)<\/ul>/s
      .exec(html)?.[1]
      ?.replaceAll(/<[^>]+>/g, '')
      .trim() ?? html.slice(0, 200),
  ]
}

describe('a plan', () => {
  test('is one for a person; a result before it, or too early, is told so', async () => {
    const { person, at } = await newPlan()
    const again = await self.submit(orientation.open.href({ person }), {}, { on: orientation.newStep.href(at) })
    expect(again.status).toBe(422)
    const result = orientation.result.href({ ...at, months: '3' })
    const given = { employment: 'OCC_IND', on_day: today }
    expect(await refused(await self.submit(result, given))).toEqual([
      422,
      expect.stringContaining('non è ancora deciso'),
    ])
    expect((await self.submit(orientation.newStep.href(at), step())).status).toBe(303)
    expect(
      (await self.submit(orientation.agreement.href(at), { on_day: today }, { on: orientation.plan.href(at) })).status,
    ).toBe(303)
    expect(await refused(await self.submit(result, given))).toEqual([422, expect.stringContaining('È presto')])
    expect(await refused(await self.submit(result, { ...given, on_day: day(-1) }))).toEqual([
      422,
      expect.stringContaining('il risultato viene dopo'),
    ])
    expect((await self.get(orientation.result.href({ ...at, months: '4' }))).status).toBe(404)
    expect(await sql('select 1 from orientation.result where plan_id = $1', [at.plan])).toEqual([])
    // Closed, it is read and no more written; the person is asked how it was.
    expect((await self.submit(orientation.closing.href(at), { reason: 'reached' })).status).toBe(303)
    expect((await self.submit(orientation.newStep.href(at), step())).status).toBe(422)
    expect(await sql('select service from participation.survey where thing_id = $1', [at.plan])).toEqual([
      { service: 'self' },
    ])
  })

  test('changed meanwhile is not overwritten, whatever the second wanted to do', async () => {
    const { at } = await newPlan({ goal: 'Prima' })
    const old = await self.hidden(orientation.newStep.href(at))
    expect((await self.submit(orientation.newStep.href(at), step())).status).toBe(303)
    const late = await self.post(orientation.newStep.href(at), { ...old, ...step({ kind: 'italian' }) })
    const html = await late.text()
    expect([late.status, html.includes('passo aggiunto'), html.includes('data-meanwhile')]).toEqual([422, true, true])
    const [row] = await sql<{ id: string }>('select id from orientation.step where plan_id = $1', [at.plan])
    const moved = await self.post(orientation.stepState.href({ step: row?.id as string }), { state: 'done', seen: '1' })
    expect(moved.status).toBe(422)
    const seen = { state: 'done', seen: '2' }
    const good = await self.submit(orientation.stepState.href({ step: row?.id as string }), seen, {
      on: orientation.plan.href(at),
    })
    expect(good.status).toBe(303)
    expect(await sql('select state from orientation.step where plan_id = $1', [at.plan])).toEqual([{ state: 'done' }])
  })

  test('is read by SELF alone; the desk sees that somebody follows, the office figures', async () => {
    const { person, at } = await newPlan({ goal: 'Un segreto di lavoro' })
    for (const email of [
      'operatore@demo.example',
      'coordinatrice@demo.example',
      'progetto@demo.example',
      'admin@demo.example',
    ])
      expect([email, (await (await town.as(email)).get(orientation.plan.href(at))).status]).toEqual([email, 403])
    const file = await (await town.as('operatore@demo.example')).page(`/staff/persone/${person}`)
    expect([file.includes('seguito/a da SELF'), file.includes('segreto')]).toEqual([true, false])
    expect((await (await town.as('progetto@demo.example')).get(orientation.figures.href())).status).toBe(200)
    const csv = await self.submit(orientation.figuresExport.href(), { format: 'csv', purpose: 'report' })
    expect([csv.status, (await csv.text()).includes('Persone orientate')]).toEqual([200, true])
  })
})

describe('a session', () => {
  test('of nine hours, of tomorrow, of before the project, or of too much in one day is refused; eight hours are not', async () => {
    const { at } = await newPlan()
    const path = orientation.newSession.href(at)
    const held = { kind: 'individual', way: 'in_person', on_day: today, minutes: '60' }
    for (const [change, words] of [
      [{ minutes: '540' }, 'Più di 8 ore'],
      [{ minutes: '2' }, 'Meno di 5 minuti'],
      [{ on_day: day(1) }, 'deve ancora venire'],
      [{ on_day: '2020-01-01' }, 'non era ancora iniziato'],
      [{ kind: 'accompaniment' }, 'Dove'],
    ] as const)
      expect(await refused(await self.submit(path, { ...held, ...change }))).toEqual([
        422,
        expect.stringContaining(words),
      ])
    expect((await self.submit(path, { ...held, minutes: '480' })).status).toBe(303)
    expect(await refused(await self.submit(path, held))).toEqual([422, expect.stringContaining('si superano le 8 ore')])
  })

  test('of a group counts its minutes once and is nobody’s personal one; taken back, all of it is reversed', async () => {
    const [one, two] = [await newPlan(), await newPlan()]
    const answer = await self.submit(orientation.group.href(), {
      plans: [one.plan, two.plan],
      on_day: today,
      minutes: '90',
    })
    expect(answer.status).toBe(303)
    await town.settle()
    const facts = () =>
      sql(
        `select kind, minutes, reverses is not null as back from monitoring.fact where person_id = any ($1) and kind like 'orientation%' order by minutes nulls last, back`,
        [[one.person, two.person]],
      )
    expect(await facts()).toEqual([
      { kind: 'orientation.session', minutes: 90, back: false },
      { kind: 'orientation.session', minutes: null, back: false },
    ])
    const [row] = await sql<{ session_id: string }>(
      'select session_id from orientation.attendance where plan_id = $1',
      [one.plan],
    )
    const session = orientation.session.href({ session: row?.session_id as string })
    expect((await self.submit(session, { reason: 'not_happened' })).status).toBe(303)
    expect(
      (await self.submit(session, { reason: 'not_happened' }, { on: orientation.newStep.href(one.at) })).status,
    ).toBe(422)
    await town.settle()
    expect((await facts()).filter((fact) => (fact as { back: boolean }).back)).toHaveLength(2)
    expect(
      (await self.submit(orientation.group.href(), { plans: [one.plan], on_day: today, minutes: '30' })).status,
    ).toBe(422)
  })
})

test('an attachment that is a program, too large, or called like a path comes back with a sentence or without its path', async () => {
  const { at } = await newPlan()
  const path = orientation.attachments.href(at)
  const send = async (bytes: Uint8Array<ArrayBuffer>, name: string) => {
    const body = new FormData()
    for (const [key, value] of Object.entries({ ...(await self.hidden(path)), purpose: 'skills_profile' }))
      body.set(key, value)
    body.set('file', new File([bytes], name))
    return self.post(path, body)
  }
  const program = new Uint8Array(400).fill(7)
  program.set([0x7f, 0x45, 0x4c, 0x46])
  expect(await refused(await send(program, 'profilo.pdf'))).toEqual([422, expect.stringContaining('PDF')])
  const large = new Uint8Array(30 * 1024 * 1024)
  large.set(new TextEncoder().encode('%PDF-1.7\n'))
  expect(await refused(await send(large, 'profilo.pdf'))).toEqual([422, expect.stringContaining('10')])
  const small = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n') as Uint8Array<ArrayBuffer>
  expect((await send(small, '../../etc/passwd.pdf')).status).toBe(303)
  const [file] = await sql<{ name: string; id: string }>(
    'select f.name, f.id from kernel.file f join orientation.attachment a on a.file_id = f.id where a.plan_id = $1',
    [at.plan],
  )
  expect(file?.name).not.toMatch(/[/\\]|\.\./)
  const given = await self.get(orientation.file.href({ file: file?.id as string }))
  expect([given.status, given.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment/)])
  expect(
    (await (await town.as('operatore@demo.example')).get(orientation.file.href({ file: file?.id as string }))).status,
  ).toBe(403)
})

test('whoever is merged has one plan open, whoever is due is called, whoever is not safe is not, whoever is erased is asked nothing', async () => {
  const [call = ''] =
    /\/staff\/orientamento\/piani\/[0-9a-f-]+\/verifiche\/3\/telefonata/.exec(
      await self.page(orientation.checks.href()),
    ) ?? []
  for (const [how, said] of [
    ['no_answer', 'non ha risposto il'],
    ['reached', 'sentita/o il'],
  ] as const) {
    expect((await self.submit(call, { how }, { on: orientation.checks.href() })).status).toBe(303)
    expect(await self.page(orientation.checks.href())).toContain(said)
  }
  const { person, at } = await newPlan({ goal: 'Restare in contatto', minutes: '60' })
  await self.submit(orientation.newStep.href(at), step({ text: 'Dal signor Verdi' }))
  await self.submit(orientation.agreement.href(at), { on_day: today }, { on: orientation.plan.href(at) })
  const other = await town.inCtx(async (ctx) => {
    const id = await createPerson(ctx, { surname: 'Doppia', given_names: 'Amina', born: '1992-03-04' })
    await mergePersons(ctx, person, id, 'la stessa')
    return id
  })
  expect(
    (await self.submit(orientation.open.href({ person: other }), {}, { on: orientation.newStep.href(at) })).status,
  ).toBe(422)
  await sql('update people.person set contact_safe = false where id = $1', [person])
  expect(await self.page(orientation.result.href({ ...at, months: '3' }))).toContain('nessun contatto sicuro')
  await town.inCtx((ctx) => module.personal_data?.erase(ctx, [person]) as Promise<void>)
  expect(
    await sql('select goal, close_reason, agreed_on is not null as agreed from orientation.plan where id = $1', [
      at.plan,
    ]),
  ).toEqual([{ goal: '', close_reason: 'unreachable', agreed: true }])
  expect(await sql('select text from orientation.step where plan_id = $1', [at.plan])).toEqual([{ text: '' }])
  const due = resultsDue(
    await sql<{ id: string; agreed_on: string; closed_on: string; close_reason: string }>(
      'select id, agreed_on::text, closed_on::text, close_reason from orientation.plan where id = $1',
      [at.plan],
    ),
    [],
    '2099-01-01',
  )
  expect(due).toEqual([])
  // The hour was given: it stays.
  expect(
    await sql(
      'select minutes from orientation.session s join orientation.attendance a on a.session_id = s.id where a.plan_id = $1',
      [at.plan],
    ),
  ).toEqual([{ minutes: 60 }])
})

test('a course of ours that was proposed is joined by enrolling; a visit taken back sends nobody', async () => {
  const { person, at } = await newPlan()
  const [edition] = await sql<{ id: string }>(
    "select id from courses.edition where kind = 'language' and ended_on is null",
  )
  const proposed = { what: 'proposed', edition_id: edition?.id as string, on_day: today }
  expect((await self.submit(orientation.newMilestone.href({ ...at, kind: 'course' }), proposed)).status).toBe(303)
  expect((await self.submit(`/staff/corsi/edizioni/${edition?.id}/iscritti/persona/${person}`, {})).status).toBe(303)
  await town.settle()
  expect(await sql('select outcome from orientation.milestone where plan_id = $1', [at.plan])).toEqual([
    { outcome: 'joined' },
  ])
  const [sent] = await sql<{ visit_id: string }>('select visit_id from orientation.referral where ended_on is null')
  const desk = await town.as('operatore@demo.example')
  await desk.submit(
    `/staff/accessi/${sent?.visit_id}/annullamento`,
    { reason: 'twice' },
    { on: `/staff/accessi/${sent?.visit_id}` },
  )
  await town.settle()
  expect(await sql('select end_reason from orientation.referral where visit_id = $1', [sent?.visit_id])).toEqual([
    { end_reason: 'withdrawn' },
  ])
})

test('a register of before comes in once: sessions, a group with its hour told once, an application; a row of somebody else goes over', async () => {
  const csv = [
    'Data;Tipo;Minuti;Operatore;Argomento;Cognome;Nome;Data di nascita;Sesso;Cittadinanza',
    '12/01/2026;Colloquio individuale;60;Rossi;cv;Mansour;Layla;04/03/1992;F;egiziana',
    '14/01/2026;gruppo;1h30;Rossi;contratti;Mansour;Leila;04/03/1992;F;Egitto',
    '14/01/2026;gruppo;1h30;Rossi;contratti;Diallo;Ousmane;05/06/1990;M;Senegal',
    '20/02/2026;Accompagnamento CPI;2 ore;Rossi;;Diallo;Ousmane;05/06/1990;M;Senegal',
    '21/02/2026;Domanda di riconoscimento;;Rossi;Laurea;Mansour;Layla;04/03/1992;F;egiziana',
    '22/02/2026;colloquio;540;Rossi;;Diallo;Ousmane;05/06/1990;M;Senegal',
    '22/02/2026;pranzo;60;Rossi;;Diallo;Ousmane;05/06/1990;M;Senegal',
    '22/02/2099;colloquio;60;Rossi;;Diallo;Ousmane;05/06/1990;M;Senegal',
  ].join('\r\n')
  const feed = () =>
    town.inCtx((ctx) =>
      takeRows(
        ctx,
        guidanceRegister,
        readRegister(readWorkbook(new TextEncoder().encode(csv)), guidanceRegister).rows,
        0,
      ),
    )
  const told = `(select coalesce(sum(case when reverses is null then minutes else -minutes end), 0)::int
    from monitoring.fact where kind like 'orientation%')`
  const [before] = await sql<{ minutes: number }>(`select ${told} as minutes`)
  const taken = await feed()
  expect(taken.refused.map(({ line }) => line)).toEqual(['7', '8', '9'])
  expect(taken).toMatchObject({ people_created: 2, facts: 5 })
  const sums = () =>
    sql(`select (select count(*)::int from orientation.session where held_by = 'Rossi' and withdrawn_on is null) sessions,
      ${told} - ${before?.minutes} minutes,
      (select count(*)::int from orientation.milestone where title = 'Laurea' and withdrawn_on is null) applied`)
  const after = [{ sessions: 3, minutes: 60 + 90 + 120, applied: 1 }]
  expect(await sums()).toEqual(after)
  expect(await feed()).toMatchObject({ facts: 0, people_created: 0 })
  expect(await sums()).toEqual(after)

  const rows = await sql<{ row_id: string; person_id: string }>(
    "select row_id, person_id from orientation.attendance a join orientation.session s on s.id = a.session_id where s.kind = 'group' and s.held_by = 'Rossi' order by person_id",
  )
  const [moved] = rows
  await town.inCtx(async (ctx) => {
    const to = await createPerson(ctx, { surname: 'Altra', given_names: 'Persona' })
    announce(ctx, rowSplitOff, {
      register: 'orientation',
      row_id: moved?.row_id as string,
      from: moved?.person_id as string,
      to,
    })
  })
  expect(await sums()).toEqual(after)
  const there = await sql<{ person_id: string }>(
    "select person_id from orientation.attendance a join orientation.session s on s.id = a.session_id where s.kind = 'group' and s.held_by = 'Rossi' and s.withdrawn_on is null",
  )
  expect(there.map(({ person_id }) => person_id)).not.toContain(moved?.person_id)
  expect(there).toHaveLength(2)
})

test('minutes are read as people write them, and steps never run over a sheet', () => {
  expect(['45', '1:30', '1h30', '2h', '1,5 ore', '90 min', 'tanto'].map((cell) => minutesIn(cell, 'minutes'))).toEqual([
    45,
    90,
    90,
    120,
    90,
    90,
    undefined,
  ])
  expect(['2', '1,5', '1:15'].map((cell) => minutesIn(cell, 'hours'))).toEqual([120, 90, 75])
  expect(packed([3, 3, 3, 9, 1], (lines) => lines, 5, 8)).toEqual([[3], [3, 3], [9], [1]])
})
