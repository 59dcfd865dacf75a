import { beforeAll, describe, expect, test } from 'vitest'
import { browser, openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { textOf } from '../../test/kit/paper.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { NotFound } from '../kernel/errors.ts'
import { serviceSheetKind, serviceSheets } from './actions/papers.ts'
import { mediation, open } from './urls.ts'

// A busy machine takes its time; what is right is decided by the database.

let town: TestHouse
let post: Awaited<ReturnType<typeof openPostOffice>>
beforeAll(async () => {
  post = await openPostOffice()
  town = await openTestHouse({ env: { SMTP_URL: post.url } })
  return () => post.close()
})
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
const linkTo = async (to: string, word: string) => {
  await town.settle()
  const letter = post.taken.findLast((one) => one.to.includes(to) && one.mail.subject?.includes(word))
  return /https?:\/\/[^/\s]+(\/\S+)/.exec(letter?.mail.text ?? '')?.[1] as string
}
const day = (ahead: number) => Temporal.Now.plainDateISO('Europe/Rome').add({ days: ahead }).toString()
const asker = {
  body: 'Istituto dei colloqui',
  name: 'Rosa Prova',
  email: 'colloqui@scuola.example',
  phone: '0371 1',
  field: 'SCU_PRI',
  comune: '098031',
  place: 'Aula magna',
  privacy: '1',
}

describe('a day of interviews', () => {
  test('three languages are three calls in a row; the list at the door has times and numbers, and no name', async () => {
    const sent = await town.visitor().submit(open.interviews.href({ l: 'it' }), {
      ...asker,
      on: day(14),
      from: '14:00',
      slot_minutes: '20',
      language_1: 'ar',
      interviews_1: '6',
      language_2: 'sq',
      interviews_2: '4',
      language_3: 'pa',
      interviews_3: '2',
    })
    expect(sent.status).toBe(303)
    const verify = await linkTo(asker.email, 'Conferma')
    expect((await browser(town.http).submit(verify, {})).status).toBe(303)
    const calls = await sql<{ id: string; language: string; minutes: number; state: string }>(
      `select c.id, c.language, c.minutes, c.state from mediation.call c join mediation.contact k on k.id = c.contact_id where k.email = $1 order by c.number`,
      [asker.email],
    )
    expect(calls.map(({ language, minutes, state }) => [language, minutes, state])).toEqual([
      ['ar', 120, 'sent'],
      ['sq', 80, 'sent'],
      ['pa', 40, 'sent'],
    ])
    const staff = await town.as('coordinatrice@demo.example')
    const paper = await staff.get(mediation.doorList.href({ call: calls[0]?.id as string }))
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    const text = textOf(new Uint8Array(await paper.arrayBuffer()))
    for (const word of ['14:00', '17:40', 'Arabo', 'Albanese', 'Punjabi']) expect(text).toContain(word)
    expect(text).not.toContain('Rosa')
  })
})

const paperAt = async (who: { get(path: string): Promise<Response> }, path: string) => {
  const answer = await who.get(path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return textOf(new Uint8Array(await answer.arrayBuffer()))
}
const stroke = (y: number) => Array.from({ length: 60 }, (_, at) => `${40 + at * 8},${y + (at % 7) * 6}`).join(' ')
const setting = (name: string, value: string) =>
  sql(
    `insert into programme.setting (ambito_id, name, value, valid_from, note) select id, $1, $2::jsonb, '2025-01-01', '' from territory.ambito where slug = 'lodi'`,
    [name, value],
  )

describe('papers', () => {
  test('both sign on the mediator’s screen: the hours are confirmed, the drawings kept, and the sheet says what they are', async () => {
    const [call] = await sql<{ id: string; number: number }>(
      `select id, number from mediation.call where state = 'reported' limit 1`,
    )
    const at = { call: call?.id as string }
    const staff = await town.as('coordinatrice@demo.example')
    const unsigned = await paperAt(staff, mediation.serviceSheet.href(at))
    for (const words of [`M-${call?.number}`, 'Firma del servizio', `Scheda M-${call?.number}: firmata`])
      expect(unsigned).toContain(words)
    // Signed in ink and scanned, it files itself on this call, and on no other.
    const sheet_of = (thing_id: string) => ({ kind: serviceSheetKind, thing_id, sheet: 1 })
    await town.inCtx((ctx) => serviceSheets.file(ctx, sheet_of(at.call)))
    await expect(town.inCtx((ctx) => serviceSheets.file(ctx, sheet_of(crypto.randomUUID())))).rejects.toThrow(NotFound)
    const named = await town.inCtx((ctx) => serviceSheets.describe(ctx, [at.call]))
    expect(named.get(at.call)?.href).toBe(mediation.call.href(at))
    const her = await town.as('mediatrice@demo.example')
    const mine = await her.submit(
      mediation.openMine.href(),
      { kind: 'job', id: at.call },
      { on: mediation.mine.href() },
    )
    const job = mine.headers.get('location') as string
    // Ink is the rule: the page is there once the office has said that a screen will do.
    expect((await her.get(`${job}/firma`)).status).toBe(404)
    await setting('mediation.signs_on_screen', 'true')
    const phone = browser(town.http)
    expect(await phone.page(job)).toContain(`${job}/firma`)
    const wrong = await phone.submit(`${job}/firma`, { signer: 'Anna Firma', mediator: stroke(60), body: '3,3 4,4' })
    expect([wrong.status, (await wrong.text()).includes('Firma dentro il riquadro')]).toEqual([422, true])
    const signed = await phone.submit(`${job}/firma`, {
      signer: 'Anna Firma',
      job: 'Dirigente',
      mediator: stroke(60),
      body: `${stroke(30)};${stroke(110)}`,
    })
    expect(signed.status).toBe(303)
    expect(await sql(`select how, signer from mediation.confirmation where call_id = $1`, [at.call])).toEqual([
      { how: 'screen', signer: 'Anna Firma' },
    ])
    expect(
      await sql(
        `select s.side, k.type, k.size > 200 as drawn from mediation.signature s join kernel.file k on k.id = s.file_id where s.call_id = $1 order by s.side`,
        [at.call],
      ),
    ).toEqual([
      { side: 'body', type: 'image/png', drawn: true },
      { side: 'mediator', type: 'image/png', drawn: true },
    ])
    const sheet = await paperAt(phone, `${job}/scheda-intervento.pdf`)
    for (const words of ['Firma elettronica semplice', 'Anna Firma, Dirigente', 'Chiara Lombardi'])
      expect(sheet).toContain(words)
    // The service reads at its own address that somebody signed for it.
    await town.settle()
    expect(
      post.taken.some(({ to, mail }) => to.includes('referente@demo.example') && mail.subject?.includes('ore firmate')),
    ).toBe(true)
    // A correction is another report: the drawings do not sign it.
    await staff.submit(mediation.reopen.href(at), {}, { on: mediation.call.href(at) })
    expect(await paperAt(staff, mediation.serviceSheet.href(at))).not.toContain('Anna Firma')
  })

  test('the month for the invoice: CUP, CIG, the rate, what it is worth, and what was cancelled too late', async () => {
    const [contract] = await sql<{ id: string }>(
      `select id from mediation.contract where title = 'Ponte di Parole 2025-2028'`,
    )
    for (const [what, number] of [
      ['cup', 'B11B21000000001'],
      ['cig', 'Z123456789'],
    ])
      await sql(
        `insert into programme.office_reference (ambito_id, kind, thing_id, what, number) select id, 'mediation.contract', $1, $2, $3 from territory.ambito where slug = 'lodi'`,
        [contract?.id, what, number],
      )
    // Cancelled by the service an hour before.
    const [call] = await sql<{ id: string; starts_at: Date }>(
      `select c.id, a.starts_at from mediation.call c join mediation.assignment a on a.call_id = c.id where c.state = 'assigned' limit 1`,
    )
    const hours = ((call?.starts_at.getTime() ?? 0) - Date.now()) / 3_600_000
    await town.moveClock(`${Math.floor(hours - 1)} hours`)
    const at = { call: call?.id as string }
    const staff = await town.as('coordinatrice@demo.example')
    await staff.submit(mediation.cancel.href(at), {}, { on: mediation.call.href(at) })
    const month = call?.starts_at.toISOString().slice(0, 7) as string
    const her = await town.as('mediatrice@demo.example')
    const paper = await paperAt(her, mediation.monthPaper.href({}, { mese: month }))
    for (const words of ['Chiara Lombardi', 'B11B21000000001', 'Z123456789', '24,00', 'annullato tardi'])
      expect(paper).toContain(words)
    await town.moveClock('0 seconds')
  })

  test('the sheet of whoever is helped, on paper in their own language and the office’s; typed in, it is a person to be completed', async () => {
    const [call] = await sql<{ id: string }>(`select id from mediation.call where state = 'confirmed' limit 1`)
    const at = { call: call?.id as string }
    const her = await town.as('mediatrice@demo.example')
    const job = (
      await her.submit(mediation.openMine.href(), { kind: 'job', id: at.call }, { on: mediation.mine.href() })
    ).headers.get('location') as string
    const sheet = await paperAt(browser(town.http), `${job}/scheda-destinatario.pdf?lingua=ar`)
    expect(sheet).toContain('Cognome')
    expect(sheet).toMatch(/[\u0600-\u06FF]{3}/u)
    const staff = await town.as('coordinatrice@demo.example')
    const typed = await staff.submit(mediation.typeSheet.href(at), {
      language: 'ar',
      given_names: 'Nour',
      surname: 'Zzcarta',
      heard: '1',
    })
    expect(typed.status).toBe(303)
    await town.settle()
    expect(
      await sql(
        `select r.typed, n.language from mediation.recipient_sheet r join people.privacy_notice n using (ambito_id, person_id) where r.call_id = $1`,
        [at.call],
      ),
    ).toEqual([{ typed: null, language: 'ar' }])
    const desk = await town.as('operatore@demo.example')
    expect(await desk.page('/staff')).toContain(mediation.toComplete.href())
    expect(await desk.page(mediation.toComplete.href())).toMatch(/ZZCARTA[\s\S]*\/manca\//)
  })
})

describe('a recurring call and a written translation', () => {
  const wanted = {
    ...asker,
    email: 'serie@scuola.example',
    language: 'ar',
    purpose: 'COLL',
    mode: 'PRES',
    on: day(9),
    from: '10:00',
    minutes: '60',
  }
  test('every second week until …: one confirmation for all of them, each a call of its own', async () => {
    expect(
      (
        await town
          .visitor()
          .submit(open.request.href({ l: 'it' }), { ...wanted, repeat: 'fortnightly', repeat_until: day(9 + 28) })
      ).status,
    ).toBe(303)
    const status = (await browser(town.http).submit(await linkTo(wanted.email, 'Conferma'), {})).headers.get(
      'location',
    ) as string
    const [made] = await sql<{ calls: number; series: number }>(
      `select count(*)::int as calls, count(distinct series_id)::int as series from mediation.call c join mediation.contact k on k.id = c.contact_id where k.email = $1 and state = 'sent'`,
      [wanted.email],
    )
    expect(made?.calls).toBeGreaterThanOrEqual(2)
    expect(made?.series).toBe(1)
    const again = await browser(town.http).page(`${open.request.href({ l: 'it' })}?copia=${status.split('/').at(-1)}`)
    expect(again).toContain('value="serie@scuola.example"')
  })

  test('a text goes in, only of a known kind', async () => {
    const email = 'testi@scuola.example'
    expect(
      (
        await town
          .visitor()
          .submit(open.request.href({ l: 'it' }), { ...wanted, email, mode: 'SCRITTA', place: '', pages: '2' })
      ).status,
    ).toBe(303)
    const status = (await browser(town.http).submit(await linkTo(email, 'Conferma'), {})).headers.get(
      'location',
    ) as string
    const send = async (bytes: string, name: string) => {
      const form = new FormData()
      form.set('file', new File([bytes], name))
      return browser(town.http).post(`${status}/file`, form)
    }
    expect((await send('<script>alert(1)</script>', 'lettera.pdf')).status).toBe(422)
    expect((await send('%PDF-1.7 lettera', '../../../etc/passwd')).status).toBe(303)
    expect(
      await sql(
        `select k.type, k.name, f.way from mediation.file f join kernel.file k on k.id = f.file_id where k.purpose = 'translation'`,
      ),
    ).toEqual([{ type: 'application/pdf', name: 'passwd.pdf', way: 'in' }])
  })
})
