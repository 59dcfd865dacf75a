/** What goes wrong around a table, through the front door. */
import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { infoOf, textOf } from '../../test/kit/paper.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { scannedBack } from '../../test/kit/scanner.ts'
import { readRegister, takeRows } from '../kernel/register.ts'
import { readWorkbook } from '../kernel/sheets.ts'
import { meetingsRegister } from './actions/imports.ts'
import { tavolo } from './urls.ts'

type Browser = Awaited<ReturnType<TestHouse['as']>>
let house: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
let office: Browser
let today: Temporal.PlainDate
beforeAll(async () => {
  post = await openPostOffice()
  house = await openTestHouse({ env: { SMTP_URL: post.url } })
  office = await house.as('progetto@demo.example')
  today = Temporal.PlainDate.from(await house.inCtx(async (ctx) => ctx.today))
})
afterAll(() => post.close())

const rows = async <Row extends object>(text: string, ...values: unknown[]) =>
  (await house.house.owner_pool.query<Row>(text, values)).rows
const one = async <Row extends object>(text: string, ...values: unknown[]) =>
  (await rows<Row>(text, ...values))[0] as Row
const lastPart = (answer: Response) => new URL(answer.headers.get('location') ?? '', 'http://x').pathname.split('/')
const done = async (answer: Response) => {
  const refused = answer.status === 303 ? '' : ((await answer.text()).match(/alert note[\s\S]{0,600}/)?.[0] ?? '')
  expect([answer.status, refused]).toEqual([303, ''])
  return answer
}
const refused = async (answer: Response) => {
  expect(answer.status).toBe(422)
  return (await answer.text()).replaceAll('&#39;', '’')
}

/** A day from now on which nothing meets yet; no Sunday, onto which others are moved. */
async function freeDay(days: number) {
  for (let day = today.add({ days }); ; day = day.add({ days: Math.sign(days) || 1 }))
    if (
      day.dayOfWeek !== 7 &&
      (await rows('select from tavolo.meeting where on_day = $1 and cancelled_at is null', `${day}`)).length === 0
    )
      return `${day}`
}
async function meetingOn(on_day: string) {
  const made = await office.submit(tavolo.create.href(), {
    on_day,
    starts_at: '10:00',
    ends_at: '12:00',
    mode: 'online',
  })
  return lastPart(await done(made)).at(-1) as string
}
const body = async (name: string) =>
  (
    await one<{ id: string }>(
      `select o.id from territory.organisation o join territory.ambito a on a.id = o.ambito_id and a.slug = 'lodi' where o.name = $1`,
      name,
    )
  ).id
async function member(name: string, email: string, at: string, kind = 'member') {
  const organisation_id = await body(at)
  const made = await office.submit(tavolo.members.href(), { name, email, organisation_id, kind })
  const id = lastPart(await done(made)).at(-1) as string
  const seat = await one<{ id: string }>(
    'select id from tavolo.seat where member_id = $1 and organisation_id = $2 and until_on is null',
    id,
    organisation_id,
  )
  return { id, seat: seat.id, organisation_id }
}
async function point(meeting: string, title: string) {
  await done(await office.submit(tavolo.addItem.href({ meeting }), { title }, { on: tavolo.meeting.href({ meeting }) }))
  return (await one<{ id: string }>('select id from tavolo.item where meeting_id = $1 and title = $2', meeting, title))
    .id
}
const press = (path: string, on: string, fields = {}) => office.submit(path, fields, { on })
async function lettersTo(to: string, kind: string) {
  await house.settle()
  const queued = await rows<{ message_id: string }>(
    'select message_id from kernel.mail where to_address = $1 and kind = $2 order by queued_at, id',
    to,
    kind,
  )
  return queued.flatMap(({ message_id }) => post.taken.filter(({ mail }) => mail.messageId === message_id))
}
const pathIn = (text = '') => /https?:\/\/[^/\s]+(\/it\/tavolo\/\S+)/.exec(text)?.[1] ?? 'no link'

function readBack(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') as ICAL.Component))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') as ICAL.Component)
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    status: event.component.getFirstPropertyValue('status'),
    at: event.startDate.toJSDate().toISOString(),
    guest: event.attendees[0]?.getFirstValue(),
  }
}

test('moved twice onto the day the clock changes, then cancelled: the same entry in every calendar, newer each time', async () => {
  const { seat } = await member('Ines Calvi', 'ines@ente.example', 'Comune di Lodi')
  const meeting = await meetingOn(await freeDay(40))
  const here = tavolo.meeting.href({ meeting })
  await done(await press(tavolo.invitations.href({ meeting }), here, { seats: seat }))
  const sunday = (month: number) => {
    const last = Temporal.PlainYearMonth.from({ year: today.year, month }).toPlainDate({ day: 31 })
    const of = last.subtract({ days: last.dayOfWeek % 7 })
    const next = of.year === today.year && Temporal.PlainDate.compare(of, today) > 0 ? of : undefined
    if (next) return next
    const later = Temporal.PlainYearMonth.from({ year: today.year + 1, month }).toPlainDate({ day: 31 })
    return later.subtract({ days: later.dayOfWeek % 7 })
  }
  const moves = [sunday(3), sunday(10)].map(String)
  for (const on_day of moves)
    await done(
      await press(tavolo.move.href({ meeting }), here, {
        on_day,
        starts_at: '09:30',
        ends_at: '11:00',
        why: 'Sala occupata',
      }),
    )
  expect(
    await refused(
      await press(tavolo.move.href({ meeting }), here, {
        on_day: moves[1] ?? '',
        starts_at: '09:30',
        ends_at: '11:00',
      }),
    ),
  ).toContain('È già in quel giorno')
  await done(await press(tavolo.cancellation.href({ meeting }), here, { why: 'Sciopero' }))
  const letters = [
    ...(await lettersTo('ines@ente.example', 'tavolo.invited')),
    ...(await lettersTo('ines@ente.example', 'tavolo.moved')),
    ...(await lettersTo('ines@ente.example', 'tavolo.cancelled')),
  ]
  const entries = letters.map(({ mail }) => readBack(mail.attachments[0]?.content.toString() ?? ''))
  expect(entries.map(({ sequence, method, status }) => [sequence, method, status])).toEqual([
    [0, 'REQUEST', 'CONFIRMED'],
    [1, 'REQUEST', 'CONFIRMED'],
    [2, 'REQUEST', 'CONFIRMED'],
    [3, 'CANCEL', 'CANCELLED'],
  ])
  expect(new Set(entries.map(({ uid }) => uid)).size).toBe(1)
  expect(entries[0]?.guest).toBe('mailto:ines@ente.example')
  const inRome = (day: string) =>
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Rome', plainTime: '09:30' }).epochMilliseconds
  expect(entries.slice(1, 3).map(({ at }) => Date.parse(at))).toEqual(moves.map(inRome))
  expect(await refused(await press(tavolo.holding.href({ meeting }), here))).toContain('annullato')
  const link = pathIn(letters[0]?.mail.text)
  expect(await house.visitor().page(link)).toContain('Sciopero')
})

test('the post is down while inviting: nothing is lost, and the page says what has not left yet', async () => {
  const { seat } = await member('Ugo Ferri', 'ugo@ente.example', 'Prefettura di Lodi')
  const meeting = await meetingOn(await freeDay(20))
  const here = tavolo.meeting.href({ meeting })
  await house.settle()
  post.tell({ greeting: [421, 421, 421] })
  await done(await press(tavolo.invitations.href({ meeting }), here, { seats: seat }))
  await house.settle()
  expect(await office.page(here)).toContain('in partenza')
  post.tell({})
  await rows(
    `update graphile_worker._private_jobs set run_at = now() where run_at > now() and task_id = (select id from graphile_worker._private_tasks where identifier = 'kernel.send_mail')`,
  )
  expect(await lettersTo('ugo@ente.example', 'tavolo.invited')).toHaveLength(1)
  expect(await office.page(here)).not.toContain('in partenza')
})

test('a link that was passed on: somebody else comes for the body; a new link closes the one before', async () => {
  const { seat } = await member('Rita Sala', 'rita@ente.example', 'CPIA Lodi')
  const meeting = await meetingOn(await freeDay(25))
  const here = tavolo.meeting.href({ meeting })
  await done(await press(tavolo.invitations.href({ meeting }), here, { seats: seat }))
  const [letter] = await lettersTo('rita@ente.example', 'tavolo.invited')
  const link = pathIn(letter?.mail.text)
  const friend = house.visitor()
  expect(await friend.page(link)).toContain('CPIA Lodi')
  expect(await friend.page(link)).not.toContain('Rita')
  const answer = (fields: Record<string, string>) => friend.submit(link, { answer: 'substitute', ...fields })
  expect(await refused(await answer({ name: '' }))).toContain('Nome e cognome')
  expect(await refused(await answer({ name: 'Rita', email: 'rita@ente.example' }))).toContain('chi viene al tuo posto')
  await done(await answer({ name: 'Piero Vanni', email: 'piero@ente.example' }))
  expect(await lettersTo('piero@ente.example', 'tavolo.invited')).toHaveLength(1)
  const page = await office.page(here)
  for (const word of ['Piero Vanni', 'Viene qualcun altro al mio posto']) expect(page).toContain(word)
  await done(await press(tavolo.invitations.href({ meeting }), here, { seats: seat, again: '1' }))
  expect((await friend.get(link)).status).toBe(404)
  const [, again] = await lettersTo('rita@ente.example', 'tavolo.invited')
  await done(await friend.submit(pathIn(again?.mail.text), { answer: 'no' }))
  expect((await friend.get(`/ar${pathIn(again?.mail.text).slice(3)}`)).status).toBe(404)
})

test('one person for two bodies, a file of a German Teams and of a French Zoom: people count once, and a mistake is taken back', async () => {
  const first = await member('Jörg Ångström', 'jorg@ente.example', 'Comune di Lodi')
  const second = await member('Jörg Ångström', 'jorg@ente.example', 'Questura di Lodi')
  expect(second.id).toBe(first.id)
  const other = await member('Noor Haddad', '', 'Prefettura di Lodi')
  const meeting = await meetingOn(`${today}`)
  const here = tavolo.meeting.href({ meeting })
  expect(await refused(await press(tavolo.holding.href({ meeting }), here))).toContain('Prima segna chi c’era')
  const there = tavolo.attendance.href({ meeting })
  const send = async (name: string, bytes: Uint8Array) => {
    const form = new FormData()
    for (const [field, value] of Object.entries(await office.hidden(there))) form.append(field, value)
    form.set('_once', crypto.randomUUID())
    form.append('file', new File([new Uint8Array(bytes)], name))
    return office.post(tavolo.platform.href({ meeting }), form)
  }
  const teams = [
    '1. Zusammenfassung',
    'Titel der Besprechung\tTavolo',
    'Teilnehmerzahl\t2',
    '',
    '2. Teilnehmer',
    'Name\tErste Teilnahme\tDauer der Besprechung\tE-Mail\tTeilnehmer-ID (UPN)',
    'Ångström Jörg (Extern)\t10:01\t1 Std 23 min\tjorg@ente.example\tjorg@ente.example',
    'Nobody Known\t10:05\t5 min\tnobody@nowhere.example\t',
    '',
    '3. Aktivitäten',
    'Name\tTeilnahmezeit',
    'Someone Else\t10:01',
  ].join('\r\n')
  const found = await send('anwesenheit.csv', Buffer.from(`\uFEFF${teams}`, 'utf16le'))
  expect(found.status).toBe(200)
  const said = await found.text()
  expect(said).toContain('2 presenze nuove')
  expect(said).toContain('Nobody Known')
  expect(said).not.toContain('Someone Else')
  const zoom = 'Nom (nom original),Adresse e-mail,Durée (minutes)\r\n"HADDAD, Noor",,61\r\n'
  expect(await (await send('participants.csv', Buffer.from(zoom, 'latin1'))).text()).toContain('1 presenza nuova')
  for (const nonsense of ['niente', 'a;b\r\n1;2\r\n'])
    expect(await refused(await send('x.csv', Buffer.from(nonsense)))).toContain('Nel file non c’è una colonna')
  await done(await press(tavolo.holding.href({ meeting }), here))
  await house.settle()
  const told = () =>
    rows<{ kind: string; n: number }>(
      `select kind, count(*)::int n from monitoring.fact f where kind like 'tavolo.%' and on_day = $1 and reverses is null
         and not exists (select from monitoring.fact l where l.reverses = f.id) group by kind order by kind`,
      `${today}`,
    )
  expect(await told()).toEqual([
    { kind: 'tavolo.attendance', n: 2 },
    { kind: 'tavolo.meeting', n: 1 },
    { kind: 'tavolo.represented', n: 1 },
  ])
  // The sheet they signed comes back from the copier, and is filed at its meeting.
  const sheet = new Uint8Array(await (await office.get(tavolo.sheet.href({ meeting }))).arrayBuffer())
  const marks = textOf(sheet).match(/foglio \d+ di \d+/g) ?? []
  expect(new Set(marks).size).toBe(Number(infoOf(sheet).Pages))
  expect(await scannedBack(house, office, sheet)).toEqual([{ kind: 'tavolo.meeting', thing_id: meeting, sheet: 1 }])
  expect(await office.page(there)).toContain('1 foglio firmato archiviato')
  // He was there for one of the two only: still one person, one body less.
  await done(await press(tavolo.tap.href({ meeting, seat: first.seat }), there))
  await house.settle()
  expect(await told()).toEqual([
    { kind: 'tavolo.attendance', n: 2 },
    { kind: 'tavolo.meeting', n: 1 },
  ])
  await done(await press(tavolo.tap.href({ meeting, seat: second.seat }), there))
  await done(await press(tavolo.tap.href({ meeting, seat: other.seat }), there))
  await done(await press(tavolo.tap.href({ meeting, seat: other.seat }), there))
  await house.settle()
  expect(await told()).toEqual([
    { kind: 'tavolo.attendance', n: 1 },
    { kind: 'tavolo.meeting', n: 1 },
  ])
})

test('two write at once; HTML in Markdown; a decision after the approval; a member who leaves', async () => {
  const owner = await member('Elio Brandi', 'elio@ente.example', 'Comune di Lodi')
  const heir = await member('Vera Nava', 'vera@ente.example', 'Comune di Lodi', 'substitute')
  const meeting = await meetingOn(await freeDay(-1))
  const here = tavolo.meeting.href({ meeting })
  const item = await point(meeting, 'Scuola')
  const write = tavolo.said.href({ item })
  const other = await house.as('coordinatrice@demo.example')
  const before = await other.hidden(write)
  await done(await office.submit(write, { said: 'Il primo testo' }))
  const late = await refused(await other.post(write, { ...before, said: 'Il secondo testo' }))
  for (const text of ['Il primo testo', 'Il secondo testo', 'niente è andato perso']) expect(late).toContain(text)
  const evil = '**Forte** <script>alert(1)</script> <img src=x onerror=alert(1)> [qui](javascript:alert(1))'
  await done(await other.submit(write, { said: evil }))
  const shown = await office.page(here)
  expect(shown).toContain('<strong>Forte</strong>')
  expect(shown).not.toMatch(/<script>alert|<img src=x|href="javascript/)
  expect((await rows('select from tavolo.writing where item_id = $1', item)).length).toBe(2)
  // Nor is a title written over by somebody who has not seen it.
  const title = tavolo.item.href({ item })
  const old = await other.hidden(title)
  await done(await office.submit(title, { title: 'Scuola e asilo' }))
  const second = await refused(await other.post(title, { ...old, title: 'Scuole' }))
  for (const text of ['<dd>Scuola e asilo', 'value="Scuole"', 'qui vedi com’è ora']) expect(second).toContain(text)

  await done(await office.submit(write, { said: evil, decision: 'Si apre lo sportello a scuola' }))
  const [{ id: taken } = { id: '' }] = await rows<{ id: string }>(
    'select id from tavolo.decision where item_id = $1',
    item,
  )
  const words = tavolo.decisionText.href({ decision: taken })
  const unseen = await other.hidden(words)
  await done(await office.submit(words, { text: 'Si apre lo sportello nella scuola' }))
  expect(await refused(await other.post(words, { ...unseen, text: 'Non si apre' }))).toContain('qui vedi com’è ora')
  await done(await other.submit(words, { text: 'Si apre lo sportello a scuola' }))
  expect(await refused(await office.submit(write, { said: evil, owner: owner.seat }))).toContain('Manca')
  await done(await office.submit(write, { said: evil, what: 'Trovare la stanza', owner: owner.seat }))
  expect(await refused(await press(tavolo.postponement.href({ item }), write))).toContain('Se ne è già parlato')
  await done(await press(tavolo.tap.href({ meeting, seat: heir.seat }), tavolo.attendance.href({ meeting }))).catch(
    () => {},
  )
  await rows('update tavolo.seat set from_on = $1 where id = any($2)', `${today.subtract({ days: 60 })}`, [
    owner.seat,
    heir.seat,
  ])
  await done(
    await press(tavolo.attendance.href({ meeting }), tavolo.attendance.href({ meeting }), { seats: heir.seat }),
  )
  await done(await press(tavolo.holding.href({ meeting }), here))
  await done(await press(tavolo.draft.href({ meeting }), here))
  const [letter] = await lettersTo('vera@ente.example', 'tavolo.draft')
  const mine = pathIn(letter?.mail.text)
  const vera = house.visitor()
  await done(await vera.submit(`${mine}/bozze/${meeting}`, { text: 'La stanza è al primo piano' }))
  const approve = () => press(tavolo.approval.href({ meeting }), here, { on_day: `${today}` })
  expect(await refused(await approve())).toContain('osservazione da vedere')
  const { id: remark } = await one<{ id: string }>('select id from tavolo.remark where meeting_id = $1', meeting)
  await done(await press(tavolo.remark.href({ remark }), here, { how: 'Aggiunto' }))
  await done(await approve())

  const { id: decision } = await one<{ id: string }>('select id from tavolo.decision where meeting_id = $1', meeting)
  const change = await office.post(tavolo.decisionText.href({ decision }), {
    text: 'Altro',
    _once: crypto.randomUUID(),
  })
  expect(await refused(change)).toContain('Scrivi una rettifica')
  await expect(rows(`update tavolo.decision set text = 'altro' where id = $1`, decision)).rejects.toThrow('approved')
  await expect(rows(`update tavolo.item set said = 'altro' where id = $1`, item)).rejects.toThrow('approved')
  await expect(rows('update tavolo.meeting set chair = $1 where id = $2', 'Altri', meeting)).rejects.toThrow('approved')
  await done(
    await press(tavolo.correction.href({ meeting }), tavolo.decision.href({ decision }), {
      decision_id: decision,
      text: 'Lo sportello è il martedì',
    }),
  )
  const corrected = await office.page(tavolo.decision.href({ decision }))
  for (const text of ['Si apre lo sportello a scuola', 'Lo sportello è il martedì']) expect(corrected).toContain(text)

  const page = tavolo.member.href({ member: owner.id })
  await done(await press(tavolo.seatEnd.href({ seat: owner.seat }), page, { on_day: `${today}`, heir: heir.seat }))
  const task = await one<{ id: string; member_id: string; closed_on: string | null }>(
    'select * from tavolo.task where meeting_id = $1',
    meeting,
  )
  expect([task.member_id, task.closed_on]).toEqual([heir.id, null])
  expect(await vera.page(mine)).toContain('Trovare la stanza')
  const extract = tavolo.extract.href({ meeting, language: 'it' })
  expect(
    await refused(
      await office.submit(extract, { title: 'Scuola', body: 'Ne ha parlato Vera Nava.', origin: 'person' }),
    ),
  ).toContain('Vera Nava')
  expect((await office.get(tavolo.extract.href({ meeting, language: 'xx' }))).status).toBe(404)
})

test('meetings held before come in from their register, once; what is wrong is given back with its reason', async () => {
  const past = (days: number) => today.subtract({ days }).toString().split('-').reverse().join('/')
  const csv = [
    'Data;Inizio;Modalità;Presenti;Argomenti;Decisioni;Da fare;Sintesi',
    `${past(500)};9.30;online;"Comune di Lodi: Ines Calvi; Questura di Lodi: Anna Prova";Corsi|Alloggi;Si parte a ottobre;Scrivere ai Comuni – Comune di Lodi – entro ${past(470)};Tutto bene`,
    `${past(530)};;in presenza;Ines Calvi (Comune di Lodi);Avvio;;;`,
    `${past(531)};;a voce;Ente Fantasma: Nessuno;;;;`,
    `31/02/2025;;online;Comune di Lodi: Ines Calvi;;;;`,
  ].join('\r\n')
  const { rows: lines } = readRegister(readWorkbook(Buffer.from(csv)), meetingsRegister)
  const take = () => house.inCtx((ctx) => takeRows(ctx, meetingsRegister, lines, 0))
  const taken = await take()
  expect(taken.facts).toBe(5)
  expect(taken.refused.map(({ said }) => said.map(({ column }) => column))).toEqual([['mode'], ['date']])
  expect((await take()).facts).toBe(0)
  const held = await rows<{ number: number; chair: string; approved: boolean; people: number }>(
    `select m.number, m.approved_at is not null as approved,
       (select count(*)::int from tavolo.attendance a where a.meeting_id = m.id) as people
     from tavolo.meeting m where m.on_day in ($1, $2) order by on_day`,
    `${today.subtract({ days: 530 })}`,
    `${today.subtract({ days: 500 })}`,
  )
  expect(held.map(({ approved, people }) => [approved, people])).toEqual([
    [true, 1],
    [true, 2],
  ])
  expect((held[0]?.number ?? 0) < (held[1]?.number ?? 0)).toBe(true)
  expect(await office.page(tavolo.decisions.href({}, { cerca: 'ottobre' }))).toContain('Si parte a ottobre')
  expect(await office.page(tavolo.tasks.href())).toContain('Scrivere ai Comuni')
})
