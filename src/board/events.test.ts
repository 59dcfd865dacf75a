/** People sign up without account, a seat is given once, who came leaves evidence, and contacts are forgotten. */
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { openReader } from '../../test/kit/reader.ts'
import { forgetOldContacts } from './actions/care.ts'

const town = await openTestHouse()
const { as, inCtx, house } = town
const reader = await openReader(town)
let editor = await as('redazione@demo.example')
let operator = await as('operatore@demo.example')

async function moveClock(interval: string) {
  await town.moveClock(interval)
  editor = await as('redazione@demo.example')
  operator = await as('operatore@demo.example')
  house.cache.drop(await inCtx(async (ctx) => ctx.ambito_id))
}
const today = await inCtx(async (ctx) => ctx.today)
const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString()
const rows = async <Row extends object>(query: string, ...values: unknown[]) =>
  (await house.owner_pool.query<Row>(query, values)).rows

async function plan(title: string, fields: Record<string, string>) {
  const created = await editor.submit('/staff/bacheca/nuova/event', { title })
  const id = /schede\/([0-9a-f-]{36})/.exec(created.headers.get('location') ?? '')?.[1] as string
  const data = { on_day: inDays(7), starts_at: '15:00', ends_at: '17:00', place_text: 'Lodi', sign_up: '1', ...fields }
  const planned = await editor.submit(`/staff/bacheca/schede/${id}/evento`, data)
  expect(planned.status).toBe(303)
  await editor.submit(`/staff/bacheca/schede/${id}/pubblicazione`, { published_from: today })
  const [item] = await rows<{ slug: string }>('select slug from board.item where id = $1', id)
  return {
    id,
    slug: item?.slug as string,
    change: (more: Record<string, string>) => editor.submit(`/staff/bacheca/schede/${id}/evento`, { ...data, ...more }),
  }
}
const signUp = (slug: string, fields: Record<string, string>, l = 'it') =>
  reader.post(`/${l}/eventi/${slug}/iscrizione`, fields)
const standing = async (id: string) =>
  Number(
    (
      await rows<{ n: string }>('select count(*) n from board.sign_up where item_id = $1 and withdrawn_at is null', id)
    )[0]?.n,
  )

test('a seat is given once, whoever asks at once', async () => {
  const { id, slug } = await plan('Gita al fiume', { capacity: '7' })
  const answers = await Promise.all(
    Array.from({ length: 25 }, (_, at) =>
      signUp(slug, { called_as: `Persona ${at}`, phone: `+39 333 00000${at + 10}` }),
    ),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 303)).toHaveLength(7)
  expect(new Set(statuses)).toEqual(new Set([303, 422]))
  const seats = await rows<{ seat: number }>('select seat from board.sign_up where item_id = $1 order by seat', id)
  expect(seats.map(({ seat }) => seat)).toEqual([1, 2, 3, 4, 5, 6, 7])
  await expect(
    rows(
      "insert into board.sign_up (ambito_id, item_id, seat, called_as, language, token_hash) select ambito_id, item_id, 3, 'x', 'it', '\\x00' from board.sign_up where item_id = $1 limit 1",
      id,
    ),
  ).rejects.toThrow(/seat_taken_once/)

  expect(await reader.page(`/it/eventi/${slug}`)).toContain('Posti finiti')
  // Who gives a seat up frees it for the next, by a link that only they have.
  const mine = answers.find(({ status }) => status === 303)?.headers.get('location') as string
  expect(await reader.page(mine)).toContain('Sei iscritto')
  for (let twice = 0; twice < 2; twice++) expect((await reader.submit(mine, {})).status).toBe(303)
  expect(await reader.page(mine)).toContain('Hai rinunciato')
  expect(await reader.page(`/it/eventi/${slug}`)).not.toContain('Posti finiti')
  const empty = await (await signUp(slug, {})).text()
  for (const id of ['called_as', 'phone']) expect(empty).toContain(`href="#f-${id}"`)
  expect((await signUp(slug, { called_as: 'Ultima', phone: '3331234567' })).status).toBe(303)
  expect((await reader.get(`${mine.slice(0, -4)}AAAA`)).status).toBe(404)
  expect(await standing(id)).toBe(7)
})

test('a name and one contact are asked, and no more than a few of one contact', async () => {
  const { id, slug } = await plan('Merenda', {})
  const refused = await signUp(slug, { called_as: 'Amina' }, 'ar')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('اكتب رقم الهاتف أو البريد الإلكتروني')
  const wrong: Record<string, string>[] = [
    { called_as: 'A', email: 'a@b.it\r\nBcc: evil@x.it' },
    { called_as: 'A', email: 'a@b.it, c@d.it' },
    { called_as: 'A', phone: 'chiamami' },
    { called_as: 'x'.repeat(81), phone: '333' },
  ]
  for (const bad of wrong) expect((await signUp(slug, bad)).status).toBe(422)
  for (let child = 0; child < 6; child++)
    expect((await signUp(slug, { called_as: `Figlio ${child}`, phone: '+39 320 1112223' })).status).toBe(303)
  expect((await signUp(slug, { called_as: 'Uno di troppo', phone: '+39 320 111 2223' })).status).toBe(422)
  expect(await standing(id)).toBe(6)
})

test('an event moved while it is in calendars: the same entry, newer; who signed up is told in their language', async () => {
  const { id, slug, change } = await plan('Passeggiata', {})
  const entry = async () => {
    const calendar = new ICAL.Component(ICAL.parse(await reader.page(`/it/eventi/${slug}/calendario.ics`)))
    return new ICAL.Event(calendar.getFirstSubcomponent('vevent') as ICAL.Component)
  }
  const first = await entry()
  await signUp(slug, { called_as: 'Omar', email: 'omar@esempio.it' }, 'ar')
  await signUp(slug, { called_as: 'Anna', email: 'anna@esempio.it' })
  await change({ on_day: inDays(9), starts_at: '16:00', ends_at: '18:00' })
  const moved = await entry()
  expect(moved.uid).toBe(first.uid)
  expect(moved.sequence).toBe(first.sequence + 1)
  expect(moved.startDate.toString()).toBe(`${inDays(9)}T16:00:00`)
  // Saved again without a move, nobody hears anything.
  await change({ on_day: inDays(9), starts_at: '16:00', ends_at: '18:00' })
  const told = () =>
    rows<{ to_address: string; kind: string; message: { subject: string; text: string } }>(
      "select to_address, kind, message from kernel.mail where kind like 'board.%' order by queued_at, to_address",
    )
  const mails = (await told()).filter(({ kind }) => kind === 'board.moved')
  expect(mails.map(({ to_address }) => to_address)).toEqual(['anna@esempio.it', 'omar@esempio.it'])
  expect(mails[1]?.message.subject).toContain('تغيّر شيء')
  expect(mails.every(({ message }) => !/Omar|Anna/.test(message.subject + message.text))).toBe(true)

  const all = await reader.page('/ar/eventi.ics')
  expect(all).toContain(`UID:${first.uid}`)
  await editor.submit(`/staff/bacheca/schede/${id}/annullamento`, {}, { on: `/staff/bacheca/schede/${id}/evento` })
  expect(await reader.page(`/it/eventi/${slug}`)).toContain('Questo evento non si fa più')
  expect(await reader.page('/it/eventi')).toContain('Annullato')
  const cancelled = await entry()
  expect([cancelled.uid, cancelled.sequence, cancelled.component.getFirstPropertyValue('status')]).toEqual([
    first.uid,
    first.sequence + 2,
    'CANCELLED',
  ])
  expect((await told()).filter(({ kind }) => kind === 'board.cancelled')).toHaveLength(2)
  expect((await signUp(slug, { called_as: 'Tardi', phone: '333111222' })).status).toBe(422)
})

test('seats cannot become fewer than the people who have one', async () => {
  const { slug, change } = await plan('Torneo', { capacity: '5' })
  for (let at = 0; at < 4; at++) await signUp(slug, { called_as: `P${at}`, phone: `33344455${at}0` })
  expect((await change({ capacity: '3' })).status).toBe(422)
  expect((await change({ capacity: '4' })).status).toBe(303)
  expect((await signUp(slug, { called_as: 'P5', phone: '3334445599' })).status).toBe(422)
  expect((await change({ capacity: '' })).status).toBe(303)
  expect((await signUp(slug, { called_as: 'P5', phone: '3334445599' })).status).toBe(303)
})

test('who came leaves evidence: in the ledger, for the known person, and taken back', async () => {
  const { id, slug } = await plan('Festa', { on_day: today })
  await signUp(slug, { called_as: 'Layla', phone: '3339998877' })
  const sheet = `/staff/bacheca/schede/${id}/presenze`
  const page = await operator.page(sheet)
  expect(page).toContain('Layla')
  const sign_up_id = /iscrizione=([0-9a-f-]{36})/.exec(page)?.[1] as string
  const [person] = await rows<{ id: string; ambito_id: string }>(
    "select p.id, p.ambito_id from people.person p join territory.ambito a on a.id = p.ambito_id where a.slug = 'lodi' limit 1",
  )

  expect(
    (
      await operator.submit(
        `${sheet}/nuova`,
        { sign_up_id, person_id: person?.id as string, minutes: '120' },
        { on: sheet },
      )
    ).status,
  ).toBe(303)
  expect((await operator.submit(`${sheet}/nuova`, { sign_up_id, minutes: '120' }, { on: sheet })).status).toBe(422)
  expect((await operator.submit(`${sheet}/nuova`, { minutes: '60' }, { on: sheet })).status).toBe(303)
  await town.settle()
  const facts = () =>
    rows<{ person_id: string | null; minutes: number; evidence: string; action: string }>(
      "select person_id, minutes, evidence, action from monitoring.fact where kind = 'board.event' order by minutes desc",
    )
  expect(await facts()).toMatchObject([
    { person_id: person?.id, minutes: 120, action: '03' },
    { person_id: null, minutes: 60, action: '03' },
  ])
  const [known] = await facts()
  const attendance = known?.evidence.replace('board.attendance:', '')
  await operator.submit(`${sheet}/${attendance}/ritiro`, {}, { on: sheet })
  await town.settle()
  const reversed = await rows("select 1 from monitoring.fact where kind = 'board.event' and reverses is not null")
  expect(reversed).toHaveLength(1)
  expect((await editor.get(sheet)).status).toBe(200)
  expect((await editor.post(`${sheet}/nuova`, { minutes: '60' })).status).toBe(403)
  expect((await (await as('progetto@demo.example')).get(sheet)).status).toBe(403)
})

test('a month later nobody knows who had signed up', async () => {
  await inCtx(forgetOldContacts)
  expect(
    Number((await rows<{ n: string }>("select count(*) n from board.sign_up where called_as <> ''"))[0]?.n),
  ).toBeGreaterThan(0)
  await moveClock('60 days')
  await inCtx(forgetOldContacts)
  expect(
    (
      await rows<{ n: string }>(
        "select count(*) n from board.sign_up where called_as <> '' or email <> '' or phone <> ''",
      )
    )[0]?.n,
  ).toBe('0')
  await moveClock('0')
})

test('one place cannot fill everything', async () => {
  const { slug } = await plan('Affollato', {})
  expect((await signUp(slug, { called_as: 'A', phone: '3450000998' })).status).toBe(303)
  await rows("update kernel.rate_limit set points = 120 where key like 'board.sign_up%'")
  const refused = await signUp(slug, { called_as: 'B', phone: '3450000999' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Troppe richieste')
})
