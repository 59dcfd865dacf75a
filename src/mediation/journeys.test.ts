import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browser, openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { askMonthly, watch } from './jobs.ts'
import { mediation, open } from './urls.ts'

// A busy machine takes its time; what is right is decided by the database.

let town: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
beforeAll(async () => {
  post = await openPostOffice()
  town = await openTestHouse({ env: { SMTP_URL: post.url } })
  await sql(
    `insert into programme.setting (ambito_id, name, value, valid_from, note) select id, 'mediation.wave_size', '1'::jsonb, '2025-01-01', '' from territory.ambito where slug = 'lodi'`,
  )
})
afterAll(() => post.close())
afterEach(async () => {
  await town.moveClock('0 seconds')
  // As many requests as these would be too many from one address.
  await sql('delete from kernel.rate_limit')
})
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
const subjects = {
  verify: 'Conferma la tua',
  offer: 'Proposta',
  taken: 'già assegnato',
  job: 'è tuo',
  hours: 'da confermare',
  assigned: 'mediatore trovato',
  again: 'altra persona',
}
/** What somebody has found in their mail so far. */
async function waiting(to: string, kind: keyof typeof subjects) {
  await town.settle()
  return post.taken
    .filter((one) => one.to.includes(to) && one.mail.subject?.includes(subjects[kind]))
    .map(({ mail }) => ({ text: mail.text ?? '', subject: mail.subject ?? '' }))
}
const pathIn = (text: string | undefined) => /https?:\/\/[^/\s]+(\/\S+)/.exec(text ?? '')?.[1] ?? 'no link'
const day = (ahead: number) => Temporal.Now.plainDateISO('Europe/Rome').add({ days: ahead }).toString()
/** The next day, from `ahead` on, that is a Tuesday. */
const tuesday = (ahead: number) => {
  const from = Temporal.PlainDate.from(day(ahead))
  return from.add({ days: (9 - from.dayOfWeek) % 7 }).toString()
}
const wanted = {
  body: 'Scuola primaria di prova',
  name: 'Rosa Prova',
  email: 'rosa@scuola.example',
  phone: '0371 123456',
  language: 'ar',
  field: 'SCU_PRI',
  purpose: 'SCFAM',
  mode: 'PRES',
  comune: '098031',
  place: 'Aula 3',
  from: '10:00',
  minutes: '60',
  privacy: '1',
}
const callOf = async (email: string) =>
  (
    await sql<{ id: string; number: number; state: string }>(
      `select c.id, c.number, c.state from mediation.call c join mediation.contact k using (ambito_id) where k.id = c.contact_id and k.email = $1 order by c.number desc limit 1`,
      [email],
    )
  )[0] as { id: string; number: number; state: string }

async function ask(change: Record<string, string>) {
  const visitor = town.visitor()
  const sent = await visitor.submit(open.request.href({ l: 'it' }), { ...wanted, on: tuesday(10), ...change })
  expect([sent.status, sent.status === 422 ? (await sent.text()).match(/role="alert"[\s\S]{0,900}/)?.[0] : '']).toEqual(
    [303, ''],
  )
  const email = change.email ?? wanted.email
  const [letter] = (await waiting(email, 'verify')).slice(-1)
  return { visitor, verify: pathIn(letter?.text), email }
}
async function askAndVerify(change: Record<string, string>) {
  const { visitor, verify, email } = await ask(change)
  const answer = await visitor.submit(verify, {})
  expect(answer.status).toBe(303)
  return { visitor, status: answer.headers.get('location') as string, call: await callOf(email) }
}
const coordinator = () => town.as('coordinatrice@demo.example')

/** Links are only in the letters: three mediators of Arabic, wave after wave. */
const offerOf = async (email: string) => pathIn((await waiting(email, 'offer')).at(-1)?.text)

describe('an urgent call by phone', () => {
  test('goes to all at once; the first answer covers it', async () => {
    const { call } = await askAndVerify({
      email: 'pronto@ospedale.example',
      body: 'Pronto soccorso di prova',
      field: 'SAN_CONS',
      purpose: 'VISITA',
      mode: 'TEL',
      place: '',
      urgent: '1',
      on: day(1),
      from: '09:00',
      minutes: '30',
    })
    const staff = await coordinator()
    await staff.submit(mediation.approve.href({ call: call.id }), {}, { on: mediation.call.href({ call: call.id }) })
    const asked = await sql<{ email: string }>(
      `select m.email from mediation.offer o join mediation.mediator m on m.id = o.mediator_id where o.call_id = $1 and wave = 1`,
      [call.id],
    )
    expect(asked).toHaveLength(3)
    const answer = await browser(town.http).submit(await offerOf(asked[0]?.email as string), { answer: 'accept' })
    expect(await answer.text()).toContain('è tuo')
    expect(await sql(`select 1 from mediation.wave where call_id = $1 and all_at_once`, [call.id])).toHaveLength(1)
    expect(await waiting(asked[1]?.email as string, 'taken')).toHaveLength(1)
  })

  test('she falls ill an hour before: the body is told, all the others are asked at once, she is not', async () => {
    const call = await callOf('pronto@ospedale.example')
    const [winner] = await sql<{ email: string }>(
      `select m.email from mediation.assignment a join mediation.mediator m on m.id = a.mediator_id where a.call_id = $1 and a.ended_at is null`,
      [call.id],
    )
    const job = pathIn((await waiting(winner?.email as string, 'job')).at(-1)?.text)
    const [{ hours } = { hours: 0 }] = await sql<{ hours: number }>(
      `select extract(epoch from starts_at - now())::float / 3600 as hours from mediation.assignment where call_id = $1 and ended_at is null`,
      [call.id],
    )
    await town.moveClock(`${Math.max(0, Math.round((hours - 1) * 60))} minutes`)
    expect((await browser(town.http).submit(`${job}/rinuncia`, {}, { on: job })).status).toBe(303)
    expect(await waiting('pronto@ospedale.example', 'again')).toHaveLength(1)
    const asked = await sql<{ email: string }>(
      `select m.email from mediation.offer o join mediation.mediator m on m.id = o.mediator_id where o.call_id = $1 and wave = 2`,
      [call.id],
    )
    expect(asked.map(({ email }) => email)).not.toContain(winner?.email)
    expect(asked).toHaveLength(2)
    // Her page is closed: the place and the phone of the body are no longer hers to read.
    expect((await browser(town.http).get(job)).status).toBe(404)
    for (const { email } of asked)
      await browser(town.http).submit(
        await offerOf(email),
        { answer: 'decline', reason: 'busy' },
        { on: await offerOf(email) },
      )
    expect((await callOf('pronto@ospedale.example')).state).toBe('not_covered')
  })
})

describe('links', () => {
  test('ten scanners open the verification and the offer: nothing happens until somebody presses the button', async () => {
    const { verify } = await ask({ email: 'scanner@scuola.example' })
    await Promise.all(Array.from({ length: 10 }, () => browser(town.http).page(verify)))
    expect((await callOf('scanner@scuola.example')).state).toBe('draft')
    expect((await browser(town.http).submit(verify, {})).status).toBe(303)
    const { id } = await callOf('scanner@scuola.example')
    await (await coordinator()).submit(
      mediation.approve.href({ call: id }),
      {},
      { on: mediation.call.href({ call: id }) },
    )
    const [asked] = await sql<{ email: string }>(
      `select m.email from mediation.offer o join mediation.mediator m on m.id = o.mediator_id where o.call_id = $1`,
      [id],
    )
    const offer = await offerOf(asked?.email as string)
    await Promise.all(Array.from({ length: 10 }, () => browser(town.http).page(offer)))
    expect(await sql(`select answer from mediation.offer where call_id = $1`, [id])).toEqual([{ answer: null }])
    // Forwarded: whoever presses the button, whom to phone goes to the mediator's own address.
    const stranger = await (await browser(town.http).submit(offer, { answer: 'accept' })).text()
    expect(stranger).toContain('è tuo')
    expect(stranger).not.toContain('0371 123456')
    expect(stranger).not.toContain('incarico')
    expect(await waiting(asked?.email as string, 'job')).not.toHaveLength(0)
    // Pressed again it says so, and nobody wins twice.
    expect(
      (await browser(town.http).submit(offer, { answer: 'accept' }, { on: open.request.href({ l: 'it' }) })).status,
    ).toBe(422)
    expect(await sql(`select 1 from mediation.assignment where call_id = $1 and ended_at is null`, [id])).toHaveLength(
      1,
    )
  })

  test('a link of another kind, a made-up one and one of another Ambito open nothing', async () => {
    const { verify } = await ask({ email: 'altro@scuola.example' })
    const token = verify.split('/').at(-1) as string
    for (const path of [
      open.offer.href({ l: 'it', token }),
      open.hours.href({ l: 'it', token }),
      open.job.href({ l: 'it', token: 'a'.repeat(32) }),
    ])
      expect((await browser(town.http).get(path)).status).toBe(404)
    expect((await browser(town.http, '', 'vicino.localhost').get(verify)).status).toBe(404)
  })
})

describe('an offer names language, field, Comune and time', () => {
  test('and nothing else: the letter, word for word', async () => {
    const { call } = await askAndVerify({
      email: 'riservata@scuola.example',
      safety: 'canarino di sicurezza',
      place: 'Luogo segreto 12',
      variety: 'Darija',
      adults: '3',
      minors: '2',
      name: 'Nome Segreto',
    })
    await (await coordinator()).submit(
      mediation.approve.href({ call: call.id }),
      {},
      { on: mediation.call.href({ call: call.id }) },
    )
    const [asked] = await sql<{ email: string }>(
      `select m.email from mediation.offer o join mediation.mediator m on m.id = o.mediator_id where o.call_id = $1`,
      [call.id],
    )
    const letter = (await waiting(asked?.email as string, 'offer')).at(-1) as { text: string; subject: string }
    const plain = letter.text
      .replace(/proposta\/[\w-]{32}/, 'proposta/TOKEN')
      .replace(/(luned|marted|mercoled|gioved|venerd|sabat|domenic)\S+ \d+ \S+(?: \d{4})?, \d\d:\d\d/g, 'GIORNO')
    expect([letter.subject, plain.trim()]).toMatchInlineSnapshot(`
      [
        "Proposta d’intervento",
        "Arabo · Scuola primaria · Lodi · GIORNO · 60 minuti

      Rispondi entro GIORNO, con un tocco:

      http://localhost:3000/it/mediazione/proposta/TOKEN

      Ambito di Lodi. Messaggio automatico.",
      ]
    `)
    const page = await browser(town.http).page(pathIn(letter.text))
    for (const secret of [
      'canarino',
      'Luogo segreto',
      'Nome Segreto',
      'riservata@',
      '0371 123456',
      wanted.body,
      'Darija',
    ]) {
      expect(letter.text).not.toContain(secret)
      expect(page).not.toContain(secret)
    }
  })
})

describe('bad input', () => {
  const sentence = async (change: Record<string, string>) => {
    const answer = await town
      .visitor()
      .submit(open.request.href({ l: 'it' }), { ...wanted, on: tuesday(10), email: 'errori@scuola.example', ...change })
    expect(answer.status).toBe(422)
    return answer.text()
  }
  test('the past, no language, no reason for a gender, no place, two addresses in one', async () => {
    expect(await sentence({ on: day(-1) })).toContain('già passato')
    expect(await sentence({ language: '' })).toContain('Scegli la lingua')
    expect(await sentence({ language: '', comes_from: 'Atlantide' })).toContain('<option value="MA"')
    expect(await sentence({ gender: 'F' })).toContain('Scrivi il motivo')
    expect(await sentence({ place: '' })).toContain('Scrivi il luogo')
    expect(await sentence({ email: 'a@x.example,b@y.example' })).toContain('e-mail')
    expect(await sql(`select 1 from mediation.contact where email like 'errori%'`)).toHaveLength(0)
  })

  test('a report before the call, ending before it begins, outside the booking', async () => {
    const { call } = await askAndVerify({ email: 'orari@scuola.example', on: tuesday(20) })
    const staff = await coordinator()
    const at = { call: call.id }
    const [she] = await sql<{ id: string; email: string }>(
      `select id, email from mediation.mediator where email = 'youssef@ponte.example'`,
    )
    await staff.submit(mediation.approve.href(at), {}, { on: mediation.call.href(at) })
    expect(
      (
        await staff.submit(
          mediation.assign.href(at),
          { mediator_id: she?.id as string, on: tuesday(20), from: '10:00' },
          { on: mediation.call.href(at) },
        )
      ).status,
    ).toBe(303)
    // The same hour of the same person, by hand, for another body: the database says no, the page says why.
    const { call: other } = await askAndVerify({
      email: 'stessa@scuola.example',
      on: tuesday(20),
      comune: '098019',
      from: '11:05',
    })
    await staff.submit(mediation.approve.href({ call: other.id }), {}, { on: mediation.call.href({ call: other.id }) })
    const refused = await staff.submit(
      mediation.assign.href({ call: other.id }),
      { mediator_id: she?.id as string, on: tuesday(20), from: '11:05' },
      { on: mediation.call.href({ call: other.id }) },
    )
    expect([refused.status, (await refused.text()).includes('in viaggio')]).toEqual([422, true])
    const job = pathIn((await waiting(she?.email as string, 'job')).at(-1)?.text)
    const her = browser(town.http)
    const early = await her.submit(`${job}/relazione`, { on: tuesday(20), from: '10:00', to: '11:00', outcome: 'RAGG' })
    expect([early.status, (await early.text()).includes('dopo l’intervento')]).toEqual([422, true])
    await town.moveClock(`${daysUntil(tuesday(20)) + 1} days`)
    const backwards = await her.submit(`${job}/relazione`, {
      on: tuesday(20),
      from: '11:00',
      to: '10:00',
      outcome: 'RAGG',
    })
    expect(backwards.status).toBe(422)
    expect(
      (await her.submit(`${job}/relazione`, { on: tuesday(20), from: '10:00', to: '13:00', outcome: 'RAGG' })).status,
    ).toBe(303)
    expect(
      await sql(`select outside_booking, paid_minutes from mediation.report where call_id = $1`, [call.id]),
    ).toEqual([{ outside_booking: true, paid_minutes: 180 }])
  })
})

/** Asked, verified, taken on, and given to one mediator by hand. */
async function assigned(change: Record<string, string> & { on: string; from?: string }, she = 'youssef@ponte.example') {
  const { call } = await askAndVerify(change)
  const staff = await coordinator()
  const at = { call: call.id }
  const back = { on: mediation.call.href(at) }
  await staff.submit(mediation.approve.href(at), {}, back)
  const [mediator] = await sql<{ id: string }>(`select id from mediation.mediator where email = $1`, [she])
  const given = { mediator_id: mediator?.id as string, on: change.on, from: change.from ?? '10:00' }
  expect((await staff.submit(mediation.assign.href(at), given, back)).status).toBe(303)
  return { call, at, back, job: pathIn((await waiting(she, 'job')).at(-1)?.text) }
}

describe('what goes otherwise', () => {
  test('across midnight: the report ends on the next day, and is as long as it was', async () => {
    const on = tuesday(40)
    const { call, job } = await assigned({ email: 'notte@ospedale.example', on, from: '23:30', mode: 'TEL', place: '' })
    await town.moveClock(`${daysUntil(on) + 2} days`)
    const told = await browser(town.http).submit(`${job}/relazione`, {
      on,
      from: '23:30',
      to: '00:40',
      outcome: 'RAGG',
    })
    expect(told.status).toBe(303)
    expect(
      await sql(
        `select paid_minutes, outside_booking, extract(epoch from ended_at - started_at)::int / 60 as minutes from mediation.report where call_id = $1`,
        [call.id],
      ),
    ).toEqual([{ paid_minutes: 75, outside_booking: false, minutes: 70 }])
  })

  test('a service that never confirms: asked every month and by her once a day, never counted as confirmed, signed in ink at last', async () => {
    const on = tuesday(10)
    const { call, at, back } = await assigned({ email: 'muto@scuola.example', on }, 'mediatrice@demo.example')
    await town.moveClock(`${daysUntil(on) + 1} days`)
    // She told it on the telephone: the office writes it.
    const times = { on, from: '10:00', to: '11:00', outcome: 'RAGG' }
    const office = await coordinator()
    expect((await office.submit(mediation.report.href(at), times)).status).toBe(303)
    for (const _ of [1, 2]) await town.inCtx(askMonthly)
    expect(await waiting('muto@scuola.example', 'hours')).toHaveLength(2)
    const her = await town.as('mediatrice@demo.example')
    const month = mediation.month.href({}, { mese: on.slice(0, 7) })
    for (const _ of [1, 2]) await her.submit(mediation.remindMine.href(), { id: call.id }, { on: month })
    expect(await waiting('muto@scuola.example', 'hours')).toHaveLength(3)
    await office.submit(mediation.closeMonth.href(), { month: on.slice(0, 7) }, { on: mediation.hours.href() })
    expect((await callOf('muto@scuola.example')).state).toBe('reported')
    await office.submit(mediation.paper.href(at), { signer: 'Preside' }, back)
    expect((await callOf('muto@scuola.example')).state).toBe('confirmed')
  })

  test('a wave that has expired cannot be accepted, nor can a link that was pressed before', async () => {
    const { call } = await askAndVerify({ email: 'scaduta@scuola.example' })
    const staff = await coordinator()
    await staff.submit(mediation.approve.href({ call: call.id }), {}, { on: mediation.call.href({ call: call.id }) })
    const [first] = await sql<{ email: string }>(
      `select m.email from mediation.offer o join mediation.mediator m on m.id = o.mediator_id where o.call_id = $1 and wave = 1`,
      [call.id],
    )
    const offer = await offerOf(first?.email as string)
    const marks = await browser(town.http).hidden(offer)
    await town.moveClock('13 hours')
    const late = await browser(town.http).post(offer, { ...marks, answer: 'accept' })
    expect([late.status, (await late.text()).includes('scaduta')]).toEqual([422, true])
    expect(await sql(`select 1 from mediation.assignment where call_id = $1`, [call.id])).toEqual([])
  })

  test('she did not come: the office says so, and it is not covered', async () => {
    const on = tuesday(12)
    const { at, back } = await assigned({ email: 'vuoto@scuola.example', on, from: '16:00' })
    await town.moveClock(`${daysUntil(on) + 1} days`)
    await town.inCtx(watch)
    expect((await (await coordinator()).submit(mediation.release.href(at), {}, back)).status).toBe(303)
    expect((await callOf('vuoto@scuola.example')).state).toBe('not_covered')
  })

  test('nobody near enough: by video the same call finds somebody', async () => {
    await sql(
      `update mediation.mediator set max_travel_minutes = 0, base_comune = '098010' where email = 'arben@ponte.example'`,
    )
    const { call } = await askAndVerify({ email: 'lontano@scuola.example', language: 'sq', on: tuesday(10) })
    const staff = await coordinator()
    const at = { call: call.id }
    const back = { on: mediation.call.href(at) }
    expect((await callOf('lontano@scuola.example')).state).toBe('not_covered')
    const link = 'https://video.example/stanza'
    expect((await staff.submit(mediation.mode.href(at), { mode: 'VIDEO', link }, back)).status).toBe(303)
    expect((await callOf('lontano@scuola.example')).state).toBe('offered')
    expect(await waiting('arben@ponte.example', 'offer')).toHaveLength(1)
  })

  test('a contract that is over, its hours used up, or a mediator who left: nobody of it is asked', async () => {
    const staff = await coordinator()
    const [harpreet] = await sql<{ id: string; contract_id: string }>(
      `select id, contract_id from mediation.mediator where email = 'harpreet@lingue.example'`,
    )
    const stateAfter = async (email: string) => {
      const { call } = await askAndVerify({ email, language: 'pa', on: tuesday(10) })
      await staff.submit(mediation.approve.href({ call: call.id }), {}, { on: mediation.call.href({ call: call.id }) })
      return (await callOf(email)).state
    }
    const contract = (change: string) =>
      sql(`update mediation.contract set ${change} where id = $1`, [harpreet?.contract_id])
    await contract(`ends_on = current_date`)
    expect(await stateAfter('finito@scuola.example')).toBe('not_covered')
    await contract(`ends_on = null, ceiling_minutes = 30`)
    expect(await stateAfter('esaurito@scuola.example')).toBe('not_covered')
    await contract(`ceiling_minutes = 60`)
    expect(await stateAfter('basta@scuola.example')).toBe('offered')
    await contract(`ceiling_minutes = null`)
    const profile = mediation.mediator.href({ mediator: harpreet?.id as string })
    const changed = await staff.get(mediation.changeMediator.href({ mediator: harpreet?.id as string }))
    expect(await changed.text()).toContain('value="harpreet@lingue.example"')
    expect((await staff.submit(`${profile}/fine`, {}, { on: profile })).status).toBe(303)
    expect(await stateAfter('andata@scuola.example')).toBe('not_covered')
  })
})

describe('the person helped', () => {
  test('fills in a sheet on their own phone, once; it reaches the desk, not the body, and they count as assisted', async () => {
    const { call, status } = await askAndVerify({ email: 'scheda@scuola.example', on: tuesday(30) })
    const staff = await coordinator()
    const at = { call: call.id }
    const [she] = await sql<{ id: string; email: string }>(
      `select id, email from mediation.mediator where email = 'samira@ponte.example'`,
    )
    await staff.submit(mediation.approve.href(at), {}, { on: mediation.call.href(at) })
    await staff.submit(
      mediation.assign.href(at),
      { mediator_id: she?.id as string, on: tuesday(30), from: '10:00' },
      { on: mediation.call.href(at) },
    )
    const job = pathIn((await waiting(she?.email as string, 'job')).at(-1)?.text)
    const made = await (await browser(town.http).submit(`${job}/scheda`, { language: 'ar' })).text()
    const sheet = /\/ar\/mediazione\/scheda\/[\w-]+/.exec(made)?.[0] as string
    const phone = browser(town.http)
    const unread = await phone.submit(sheet, { given_names: 'Hanane' })
    expect(unread.status).toBe(422)
    expect(
      (
        await phone.submit(sheet, {
          given_names: 'Hanane',
          surname: 'Zzcanary',
          born: '1990',
          gender: 'F',
          citizenship: 'MA',
          heard: '1',
        })
      ).status,
    ).toBe(303)
    expect((await phone.post(sheet, { given_names: 'Altra', heard: '1' })).status).toBe(422)
    await town.settle()
    const [row] = await sql<{ person_id: string; typed: unknown }>(
      `select person_id, typed from mediation.recipient_sheet where call_id = $1`,
      [call.id],
    )
    expect(row?.typed).toBeNull()
    expect(await sql(`select language, how from people.privacy_notice where person_id = $1`, [row?.person_id])).toEqual(
      [{ language: 'ar', how: 'mediator' }],
    )
    expect(
      await sql(`select kind, person_id from monitoring.fact where evidence = $1 and kind = 'mediation.assisted'`, [
        `mediation.call:${call.id}`,
      ]),
    ).toEqual([{ kind: 'mediation.assisted', person_id: row?.person_id }])
    expect(await browser(town.http).page(status)).not.toContain('Zzcanary')
    expect(JSON.stringify(post.taken.map(({ raw }) => raw))).not.toContain('Zzcanary')
    const file = await (await town.as('operatore@demo.example')).page(`/staff/persone/${row?.person_id}`)
    expect(file).toContain(`M-${call.number}`)
  })
})

describe('the demonstration accounts', () => {
  test.each([
    ['mediatrice@demo.example', mediation.mine.href()],
    ['mediatrice@demo.example', mediation.month.href()],
    ['referente@demo.example', mediation.asked.href()],
    ['coordinatrice@demo.example', mediation.calls.href()],
    ['coordinatrice@demo.example', mediation.hours.href()],
    ['coordinatrice@demo.example', mediation.figures.href()],
    ['coordinatrice@demo.example', mediation.mediators.href()],
    ['coordinatrice@demo.example', mediation.providers.href()],
    ['coordinatrice@demo.example', mediation.bodies.href()],
    ['progetto@demo.example', mediation.hours.href()],
  ])('%s finds %s', async (email, path) => {
    const page = await (await town.as(email)).page(path)
    expect(page).not.toMatch(/mediation\.[a-z_]+\./)
  })
  test('a mediator opens her own link, and nobody else’s', async () => {
    const her = await town.as('mediatrice@demo.example')
    const mine = await her.page(mediation.mine.href())
    const id = /name="kind" value="job"[\s\S]{0,80}name="id" value="([0-9a-f-]{36})"/.exec(mine)?.[1] as string
    const answer = await her.submit(mediation.openMine.href(), { kind: 'job', id }, { on: mediation.mine.href() })
    expect(answer.headers.get('location')).toMatch(/^\/it\/mediazione\/incarico\//)
    expect(
      (await (await town.as('referente@demo.example')).post(mediation.openMine.href(), { kind: 'job', id })).status,
    ).toBe(404)
    expect((await her.get(mediation.calls.href())).status).toBe(403)
  })
})
const daysUntil = (on: string) => Temporal.Now.plainDateISO('Europe/Rome').until(on, { largestUnit: 'day' }).days
