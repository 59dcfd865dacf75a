/** The questionnaire at the end of an activity, once each, counted for R.2.9; and letters, answered both ways. */
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { scannedBack } from '../../test/kit/scanner.ts'
import { askExitSurvey } from './actions.ts'
import { open, participation } from './urls.ts'

const town = await openTestHouse()
const { as, house, inCtx, settle, visitor } = town
let operator: Awaited<ReturnType<typeof as>>
let office: Awaited<ReturnType<typeof as>>
let people: { id: string }[]
beforeAll(async () => {
  operator = await as('operatore@demo.example')
  office = await as('progetto@demo.example')
  people = await rows(
    `select p.id from people.person p join territory.ambito a on a.id = p.ambito_id where a.slug = 'lodi' order by p.id limit 12`,
  )
})
const rows = async <Row extends object>(query: string, ...values: unknown[]) =>
  (await house.owner_pool.query<Row>(query, values)).rows
const person = (at: number) => people[at]?.id as string
const answers = { useful: 'yes', changed: ['speak', 'know'], again: 'yes' }
const facts = (answer = '%') =>
  rows<{ kind: string; person_id: string; reverses: string | null }>(
    `select kind, person_id, reverses from monitoring.fact where evidence like $1 order by recorded_at`,
    `participation.answer:${answer}`,
  )
async function started(at: number, service = 'desk') {
  const asked = await operator.submit(participation.ask.href({ person: person(at) }), { service, language: 'ar' })
  expect(asked.status).toBe(303)
  return asked.headers.get('location') as string
}
async function linkOf(survey: string) {
  const page = await (await operator.submit(`${survey}/codice`, {}, { on: survey })).text()
  return /href="[^"]*(\/ar\/opinione\/[\w-]{32})"/.exec(page)?.[1] as string
}

describe('at the end of an activity', () => {
  test('a personal link is opened without account, answered once, and counts for R.2.9; only its hash is kept', async () => {
    const survey = await started(0)
    const link = await linkOf(survey)
    const token = link.split('/').at(-1) as string
    const kept = await rows<{ token_hash: Buffer }>('select token_hash from participation.survey_link')
    expect(kept.some(({ token_hash }) => token_hash.toString('utf8').includes(token))).toBe(false)
    const page = await visitor().page(link)
    expect(page).toContain('رأيك')
    for (let twice = 0; twice < 2; twice++)
      expect((await visitor().submit(link, { ...answers, missing: 'ينقص وقت أكثر' })).status).toBe(303)
    expect(await visitor().page(link)).toContain('شكرًا، وصلنا جوابك')
    await settle()
    expect(await facts()).toEqual([{ kind: 'participation.survey.helpful', person_id: person(0), reverses: null }])
    // What was missing is a voice, read like any other.
    expect(await rows(`select channel from participation.voice where text = 'ينقص وقت أكثر'`)).toEqual([
      { channel: 'survey' },
    ])
    expect((await visitor().get(`${link.slice(0, -3)}AAA`)).status).toBe(404)
    await town.moveClock('61 days')
    expect((await visitor().get(link)).status).toBe(404)
    await town.moveClock('0')
  })

  test('on paper: the sheet carries no name, what is keyed in may be taken back, "a little" is kept apart', async () => {
    const survey = await started(1, 'italian')
    const paper = await operator.submit(`${survey}/foglio`, {}, { on: survey })
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    // Scanned, it files itself at its survey, and lies beside the form its answers are typed into.
    const id = survey.split('/').at(-1) as string
    const pdf = new Uint8Array(await paper.arrayBuffer())
    expect(await scannedBack(town, operator, pdf)).toEqual([{ kind: 'participation.survey', thing_id: id, sheet: 1 }])
    const beside = await operator.page(`${survey}/risposta`)
    const picture = /<img[^>]* src="(\/staff\/scansioni\/[^"]+)"/.exec(beside)?.[1] as string
    expect((await operator.get(picture)).headers.get('content-type')).toBe('image/png')
    expect((await office.get(picture)).status).toBe(404)
    expect(beside).toMatch(/value="paper"[^>]* checked/)
    expect(await operator.page('/staff/scansioni')).toContain('fotocopia.pdf')
    const key = { ...answers, useful: 'little', filled: 'paper', on_day: '2026-11-21' }
    expect((await operator.submit(`${survey}/risposta`, { ...key, on_day: '2030-01-01' })).status).toBe(422)
    expect((await operator.submit(`${survey}/risposta`, key)).status).toBe(303)
    expect((await operator.submit(`${survey}/risposta`, key)).status).toBe(422)
    await settle()
    const [answer] = await rows<{ id: string }>(`select id from participation.answer where filled = 'paper'`)
    expect((await facts(answer?.id)).map(({ kind }) => kind)).toEqual(['participation.survey.little'])
    expect((await operator.submit(`${survey}/annullamento`, {}, { on: survey })).status).toBe(303)
    await settle()
    expect((await facts(answer?.id)).map(({ reverses }) => reverses !== null)).toEqual([false, true])
    expect((await operator.submit(`${survey}/risposta`, { ...key, useful: 'no' })).status).toBe(303)
  })

  test('other modules ask once about one thing; who may be written to by mail gets the link in their language', async () => {
    const about = { service: 'italian' as const, thing_id: '0198c0de-0000-7000-8000-00000000000a' }
    const asked = { person_id: person(2), about, language: 'fr' }
    const first = await inCtx((ctx) => askExitSurvey(ctx, asked))
    const second = await inCtx((ctx) => askExitSurvey(ctx, asked))
    expect(second).toEqual({ survey_id: first.survey_id, link: null, mailed: false })
    expect(first.link).toContain('/fr/opinione/')
  })

  test('results hide what fewer than five people said, and the number beside it that would tell', async () => {
    for (let at = 3; at < 9; at++) {
      const link = await linkOf(await started(at, 'digital'))
      await visitor().submit(link, { ...answers, useful: at === 3 ? 'no' : 'yes' })
    }
    const page = await office.page(`${participation.results.href()}?servizio=digital`)
    expect(page).toContain('Aiuto con telefono e computer')
    const line = page.slice(page.indexOf('Nel tempo'))
    expect(line).toContain('>6<')
    expect(line).not.toMatch(/>[1-5]</)
    expect(
      (await office.get(participation.survey.href({ survey: '0198c0de-0000-7000-8000-000000000000' }))).status,
    ).toBe(403)
  })

  test('erased, the words and the links are gone and the count stays', async () => {
    const { eraseParticipation, exportParticipation } = await import('./personal-data.ts')
    const told = await inCtx((ctx) => exportParticipation(ctx, [person(0)]))
    expect(told.exit_surveys[0]?.missing).toBe('ينقص وقت أكثر')
    await inCtx((ctx) => eraseParticipation(ctx, [person(0)]))
    const left = await inCtx((ctx) => exportParticipation(ctx, [person(0)]))
    expect(left.exit_surveys[0]).toMatchObject({ missing: '', useful: 'yes' })
    expect(await rows(`select 1 from participation.voice where text like '%ينقص وقت%'`)).toEqual([])
    expect((await facts()).length).toBeGreaterThan(0)
  })
})

describe('a letter to the project', () => {
  const mails = (kind: string) =>
    rows<{ to_address: string; message: { subject: string; text: string } }>(
      'select to_address, message from kernel.mail where kind = $1 order by queued_at',
      kind,
    )
  let page: string
  let letter: string

  test('from the page of contacts: it reaches the mailbox and the inbox, once however often it is sent', async () => {
    expect(await visitor().page('/it/contatti')).toContain('action="/it/contatti/scrivi"')
    const fields = { text: 'متى تبدأ الدورة؟', called_as: 'Layla Haddad', email: 'layla@esempio.it', phone: '' }
    const sent = [
      await visitor().post('/ar/contatti/scrivi', fields),
      await visitor().post('/ar/contatti/scrivi', fields),
    ]
    expect(sent.map(({ status }) => status)).toEqual([303, 303])
    page = sent[0]?.headers.get('location') as string
    expect(sent[1]?.headers.get('location')).toBe(page)
    const [mail, ...more] = await mails('participation.letter')
    expect(more).toEqual([])
    expect(mail?.to_address).toBe('progetti.fami@ufficiodipiano.lodi.it')
    expect(mail?.message.text).toContain('متى تبدأ الدورة؟')
    expect(JSON.stringify(mail?.message)).not.toMatch(/Layla|Haddad|esempio\.it/)
    expect((await mails('participation.letter_received'))[0]?.message.subject).toBe('وصلتنا رسالتك')
    expect(await visitor().page(page)).toContain('وصلت الرسالة')
    const inbox = await office.page(participation.letters.href())
    letter = /\/staff\/posta\/[0-9a-f-]{36}(?="[^>]*><bdi lang="ar">متى)/.exec(inbox)?.[0] as string
    expect(letter).toBeDefined()
  })

  test('given, answered, written back, closed, open again by a word of theirs; the time to the answer is kept', async () => {
    const [colleague] = await rows<{ id: string }>(
      `select id from accounts.account where email = 'operatore@demo.example'`,
    )
    expect(
      (await office.submit(`${letter}/incarico`, { to_account: colleague?.id as string }, { on: letter })).status,
    ).toBe(303)
    expect((await office.submit(`${letter}/incarico`, { to_account: person(0) }, { on: letter })).status).toBe(422)
    await town.moveClock('90 minutes')
    const worker = await as('operatore@demo.example')
    expect((await worker.submit(letter, { text: 'تبدأ في يناير' })).status).toBe(303)
    const told = (await mails('participation.letter_answered'))[0]?.message
    expect(told?.text).not.toContain('يناير')
    const link = /(\/ar\/contatti\/messaggi\/[\w-]+)/.exec(told?.text ?? '')?.[1] as string
    for (const address of [link, page]) expect(await visitor().page(address)).toContain('تبدأ في يناير')
    expect(await worker.page(letter)).toMatch(/1 h 3\d min/)
    await worker.submit(`${letter}/chiusura`, {}, { on: letter })
    expect((await worker.post(letter, { text: 'tardi' })).status).toBe(422)
    expect((await visitor().submit(link, { text: 'شكرًا، وأين؟' })).status).toBe(303)
    expect(await worker.page(letter)).toContain('شكرًا، وأين؟')
    expect(await worker.page('/staff')).toMatch(/messagg\S+ aspetta/)
    expect((await visitor().get(`${link.slice(0, -3)}AAA`)).status).toBe(404)
    await town.moveClock('0')
  })

  test('the trap throws nothing away and fills no mailbox; headers and endless words are refused beside their field', async () => {
    const before = (await mails('participation.letter')).length
    const sent = await visitor().post('/it/contatti/scrivi', {
      text: 'Compra qui',
      website: 'http://spam',
      email: 'a@b.it',
    })
    expect(sent.status).toBe(303)
    expect((await mails('participation.letter')).length).toBe(before)
    expect(await office.page(`${participation.letters.href()}?stato=doubtful`)).toContain('Compra qui')
    expect(await office.page(participation.letters.href())).not.toContain('Compra qui')
    const wrong: Record<string, string>[] = [
      { text: '' },
      { text: 'x'.repeat(10_000) },
      { text: 'x', email: 'a@b.it\r\nBcc: c@d.it' },
      { text: 'x', called_as: 'y'.repeat(81) },
    ]
    for (const fields of wrong) expect((await visitor().post('/it/contatti/scrivi', fields)).status).toBe(422)
    await rows("update kernel.rate_limit set points = 40 where key like 'participation.letter%'")
    expect((await visitor().post(open.write.href({ l: 'it' }), { text: 'Ancora' })).status).toBe(422)
  })

  test('a year later nobody knows who had written, nor what', async () => {
    const { forgetOld } = await import('./actions/care.ts')
    await inCtx(forgetOld)
    expect(await visitor().page(page)).toContain('تبدأ في يناير')
    await town.moveClock('370 days')
    await inCtx(forgetOld)
    const left = await rows(`select 1 from participation.letter where called_as <> '' or email <> '' or phone <> ''`)
    const words = await rows(`select 1 from participation.letter_word where text <> ''`)
    expect([left, words]).toEqual([[], []])
    await town.moveClock('0')
  })
})
