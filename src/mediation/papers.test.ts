import { beforeAll, describe, expect, test } from 'vitest'
import { browser, openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { textOf } from '../../test/kit/paper.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { mediation, open } from './urls.ts'

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

describe('papers', () => {
  test('a service sheet and a month say the hours, and nothing of anybody helped', async () => {
    const [call] = await sql<{ id: string; number: number }>(
      `select id, number from mediation.call where state = 'confirmed' limit 1`,
    )
    const staff = await town.as('coordinatrice@demo.example')
    const sheet = textOf(
      new Uint8Array(await (await staff.get(mediation.serviceSheet.href({ call: call?.id as string }))).arrayBuffer()),
    )
    expect(sheet).toContain(`M-${call?.number}`)
    expect(sheet).toContain('Firma del servizio')
    const her = await town.as('mediatrice@demo.example')
    const month = await her.get(mediation.monthPaper.href({}, { mese: day(-6).slice(0, 7) }))
    expect(textOf(new Uint8Array(await month.arrayBuffer()))).toContain('Chiara Lombardi')
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
    expect(await sql(`select type, way from mediation.file`)).toEqual([{ type: 'application/pdf', way: 'in' }])
  })
})
