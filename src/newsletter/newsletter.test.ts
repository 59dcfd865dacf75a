/** The life of a subscription, and of an issue until it leaves: knocked at the front door, read in the mailbox. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { readRegister, takeRows } from '../kernel/register.ts'
import { subscribersRegister } from './actions/register.ts'
import { newsletter } from './urls.ts'

const office = await openPostOffice()
const town = await openTestHouse({ env: { SMTP_URL: office.url, BASE_URL: 'https://lodi.example' } })
afterAll(() => office.close())
const sql = async <Row>(text: string, values: unknown[] = []) =>
  (await town.house.owner_pool.query(text, values)).rows as Row[]
beforeEach(async () => {
  office.taken.length = 0
  office.tell({})
  await sql('delete from kernel.rate_limit')
})

const visitor = town.visitor()
const { subscribe: form } = newsletter
const ask = (email: string, fields: Record<string, string | string[]> = {}, l = 'it') =>
  visitor.submit(form.href({ l }), { email, consent: 'on', language: l, ...fields })
const lettersTo = async (email: string) => {
  await town.settle()
  return office.taken.filter(({ to }) => to[0] === email)
}
const linkIn = (text = '') => new URL(/https:\/\/lodi\.example\/\S+/.exec(text)?.[0] ?? 'https://nowhere').pathname
const confirmed = async (email: string, fields: Record<string, string | string[]> = {}, l = 'it') => {
  await ask(email, fields, l)
  const link = linkIn((await lettersTo(email)).at(-1)?.mail.text)
  const answer = await visitor.submit(link, {})
  return { link, mine: (answer.headers.get('location') ?? '').split('?')[0] as string }
}
const rows = (email: string) =>
  sql<{ id: string; language: string; topics: string[]; confirmed: boolean; paused: boolean; name: string }>(
    `select id, language, topics, name, confirmed_at is not null as confirmed, paused_at is not null as paused from newsletter.subscriber where email = $1`,
    [email],
  )

describe('subscribing', () => {
  test('asked, confirmed by a button and not by opening the link; twice says so, in any language', async () => {
    const asked = await ask('Amina@Esempio.it', { name: 'Amina', topics: ['work'], language: 'ar' })
    expect([asked.status, asked.headers.get('location')]).toEqual([303, newsletter.asked.href({ l: 'it' })])
    const [letter, ...others] = await lettersTo('amina@esempio.it')
    expect(others).toEqual([])
    // Nothing a stranger typed travels to somebody's mailbox.
    expect(letter?.raw).not.toContain('Amina ')
    const link = linkIn(letter?.mail.text)
    expect(link).toMatch(/^\/it\/newsletter\/conferma\//)
    expect(await visitor.page(link)).toContain('Confermo')
    expect(await rows('amina@esempio.it')).toMatchObject([{ confirmed: false, language: 'ar', topics: ['work'] }])
    // A mail program that presses nothing has confirmed nothing; the link works in another language too.
    const elsewhere = link.replace('/it/', '/ar/')
    const done = await visitor.submit(elsewhere, {})
    expect(done.headers.get('location')).toMatch(/^\/ar\/newsletter\/scelte\/\w{20}\?fatto=conferma$/)
    expect(await rows('amina@esempio.it')).toMatchObject([{ confirmed: true }])
    expect(await visitor.page(link)).toContain('Hai già confermato')
    expect((await visitor.submit(link, {})).headers.get('location')).toMatch(/scelte/)
    const kept = JSON.stringify(await sql('select * from newsletter.link'))
    expect(kept).not.toContain(link.split('/').at(-1))
  })

  test('answers the same for an address it knows, and only the mailbox hears the difference', async () => {
    await confirmed('nota@esempio.it')
    office.taken.length = 0
    const known = await ask('nota@esempio.it', { language: 'fr', name: 'Altri' })
    const unknown = await ask('ignota@esempio.it')
    const plain = async (answer: Response) => [
      answer.status,
      await answer.text(),
      [...answer.headers].filter(([name]) => name !== 'date'),
    ]
    expect(await plain(known)).toEqual(await plain(unknown))
    const [told] = await lettersTo('nota@esempio.it')
    expect(told?.mail.subject).toContain('Ricevi già')
    expect(told?.mail.text).toContain('/it/newsletter/scelte/')
    // Whoever asked again without being them has changed nothing.
    expect(await rows('nota@esempio.it')).toMatchObject([{ language: 'it', name: '' }])
    expect(await visitor.page(linkIn(told?.mail.text))).toContain('nota@esempio.it')
  })

  test('needs a right address and a yes; what was typed comes back', async () => {
    const without = await visitor.submit(form.href({ l: 'it' }), { email: 'senza@esempio.it', name: 'Però <b>' })
    expect(without.status).toBe(422)
    expect(await without.text()).toMatch(/metti il segno qui[\s\S]*value="Però &lt;b&gt;"/)
    for (const email of [
      'a@x.it\r\nBcc: b@x.it',
      'a@x.it, b@x.it',
      'Nome <a@x.it>',
      'a@localhost',
      '@',
      'a@è',
      '"a b"@x.it',
    ])
      expect([email, (await ask(email)).status]).toEqual([email, 422])
    await town.settle()
    expect(office.taken).toEqual([])
    // Line breaks in a name are no way into the head of a letter.
    await confirmed('righe@esempio.it', { name: 'Anna\r\nBcc: evil@x.it' })
    expect((await rows('righe@esempio.it'))[0]?.name).toBe('Anna Bcc: evil@x.it')
  })

  test('a thousand from one address are stopped, and nobody’s mailbox is filled by somebody else', async () => {
    for (let time = 0; time < 5; time++) expect((await ask('vittima@esempio.it')).status).toBe(303)
    expect(await lettersTo('vittima@esempio.it')).toHaveLength(3)
    const statuses = new Map<number, number>()
    for (let at = 0; at < 60; at++) {
      const { status } = await visitor.post(form.href({ l: 'it' }), { email: `n${at}@esempio.it`, consent: 'on' })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 303: 25, 422: 35 })
    const refused = await visitor.post(form.href({ l: 'it' }), { email: 'ultimo@esempio.it', consent: 'on' })
    expect(await refused.text()).toMatch(/Troppe richieste[\s\S]*value="ultimo@esempio.it"/)
  })

  test('an expired link offers a new one; after a week nothing is left', async () => {
    await ask('tardi@esempio.it')
    const link = linkIn((await lettersTo('tardi@esempio.it'))[0]?.mail.text)
    await town.moveClock('4 days')
    expect(await visitor.page(link)).toContain('Mandami un messaggio nuovo')
    expect((await visitor.submit(link, {})).headers.get('location')).toBe(newsletter.asked.href({ l: 'it' }))
    const again = linkIn((await lettersTo('tardi@esempio.it'))[1]?.mail.text)
    expect(again).not.toBe(link)
    expect(await visitor.page(again)).toContain('Confermo')
    await town.moveClock('12 days')
    const timer = town.house.modules
      .flatMap(({ timers = [] }) => timers)
      .find(({ name }) => name === 'newsletter.forget')
    await town.inCtx(async (ctx) => timer?.run(ctx))
    expect(await rows('tardi@esempio.it')).toEqual([])
    expect(await visitor.page(again)).toContain('non vale più')
    expect((await visitor.submit(again, {})).headers.get('location')).toBe(form.href({ l: 'it' }))
    await town.moveClock('0')
  })
})

describe('without account', () => {
  test('language, topics and a pause are changed; a copy is given; all is deleted', async () => {
    const { mine } = await confirmed('scelte@esempio.it')
    expect((await visitor.submit(mine, { language: 'zh', topics: ['home', 'health'], name: '王芳' })).status).toBe(303)
    expect(await rows('scelte@esempio.it')).toMatchObject([
      { language: 'zh', topics: ['home', 'health'], name: '王芳' },
    ])
    const pause = `${mine}/pausa`
    for (let time = 0; time < 2; time++) await visitor.submit(pause, { state: 'paused' }, { on: mine })
    expect(await rows('scelte@esempio.it')).toMatchObject([{ paused: true }])
    await visitor.submit(pause, { state: 'back' }, { on: mine })
    expect(await rows('scelte@esempio.it')).toMatchObject([{ paused: false }])
    const copy = await visitor.get(`${mine}/dati.json`)
    expect(await copy.json()).toMatchObject({
      email: 'scelte@esempio.it',
      name: '王芳',
      consent_words: /Sì, voglio/ as never,
    })
    await visitor.submit(`${mine}/cancellazione`, {}, { on: mine })
    expect(await visitor.page(mine)).toContain('Non ricevi più')
    expect(JSON.stringify(await sql('select * from newsletter.subscriber'))).not.toMatch(/scelte@|王芳/)
    expect((await visitor.get(`${mine}/dati.json`)).status).toBe(404)
    expect((await visitor.get(mine.slice(0, -4))).status).toBe(200)
  })

  test('one click of a mail program is enough, and a look at the link is not', async () => {
    const { mine } = await confirmed('via@esempio.it')
    const leave = mine.replace('/scelte/', '/fine/')
    expect(await visitor.page(leave)).toContain('non scrivetemi più')
    expect(await rows('via@esempio.it')).toHaveLength(1)
    for (let time = 0; time < 2; time++) {
      const answer = await visitor.post(leave, { 'List-Unsubscribe': 'One-Click' })
      expect([answer.status, await answer.text()]).toEqual([200, ''])
    }
    expect(await rows('via@esempio.it')).toEqual([])
    expect(await visitor.page(leave)).toContain('Non ricevi più le notizie')
    // Coming back is a new beginning.
    await confirmed('via@esempio.it')
    expect(await rows('via@esempio.it')).toMatchObject([{ confirmed: true }])
  })
})

test('an old list comes in with its proofs, and brings nobody back who went', async () => {
  const { mine } = await confirmed('partita@esempio.it')
  await visitor.post(mine.replace('/scelte/', '/fine/'), {})
  await confirmed('presente@esempio.it', { language: 'fr' })
  const table = [
    ['E-mail', 'Nome', 'Lingua', 'Data del consenso', 'Dove è il consenso'],
    ['Nuova@Esempio.it', 'Nuova', 'arabo', '12/05/2026', 'foglio firme, festa di maggio'],
    ['presente@esempio.it', 'Altra', 'italiano', '12/05/2026', 'foglio'],
    ['partita@esempio.it', '', '', '12/05/2026', 'foglio'],
    ['senza@esempio.it', '', '', '', 'foglio'],
    ['senzadove@esempio.it', '', '', '12/05/2026', ''],
    ['futuro@esempio.it', '', '', '12/05/2099', 'foglio'],
    ['a@x.it, b@x.it', '', '', '12/05/2026', 'foglio'],
  ]
  const register = readRegister(
    { sheets: [{ name: 'foglio', rows: table, lines: table.map((_, at) => at + 1) }], delimiter: ';' } as never,
    subscribersRegister,
  )
  for (let time = 0; time < 2; time++) {
    const { refused } = await town.inCtx((ctx) => takeRows(ctx, subscribersRegister, register.rows, 0))
    expect(refused.map(({ line, said }) => [line, said[0]?.column])).toEqual([
      ['5', 'consent_on'],
      ['6', 'consent_where'],
      ['7', 'consent_on'],
      ['8', 'email'],
      ['4', 'email'],
    ])
  }
  expect(await rows('nuova@esempio.it')).toMatchObject([{ confirmed: true, language: 'ar', name: 'Nuova' }])
  expect(await rows('presente@esempio.it')).toMatchObject([{ language: 'fr', name: '' }])
})

describe('an issue', () => {
  const scripts = [
    'Ciao',
    'Hello',
    'Ça va',
    '¿Qué?',
    'مرحبا',
    'Përshëndetje',
    '你好',
    'Привіт',
    'ਸਤ ਸ੍ਰੀ ਅਕਾਲ',
    'নমস্কার',
    'سلام',
    'Bună',
  ]
  const nasty = (word: string) =>
    `${word} <script>alert(1)</script><img src=x onerror=alert(1)> [qui](javascript:alert(1)) <b id="canarino">${word}</b> {{7*7}} ${'w'.repeat(300)}`

  test('is written, tried out, and leaves for as many as were promised, each in their language', async () => {
    await confirmed('italiana@esempio.it', { name: 'Anna "capo" <x@y.it>' })
    await confirmed('araba@esempio.it', { language: 'ar', topics: ['work'] }, 'ar')
    await confirmed('francese@esempio.it', { language: 'fr', topics: ['home'] })
    const editor = await town.as('redazione@demo.example')
    const made = await editor.submit(newsletter.create.href(), {
      subject: 'Prove\r\nBcc: evil@x.it 🎉',
      body: scripts.map(nasty).join('\n\n'),
    })
    const id = /numeri\/([0-9a-f-]{36})/.exec(made.headers.get('location') ?? '')?.[1] as string
    const issue = newsletter.issue.href({ id })
    await editor.submit(newsletter.words.href({ id, language: 'ar' }), { subject: 'تجربة', body: '**مرحبا**' })
    const contents = newsletter.contents.href({ id })
    const page = await editor.page(contents)
    const items = [...page.matchAll(/name="items"[^>]*value="([^"]+)"/g)]
      .map(([, value]) => value as string)
      .slice(0, 3)
    expect(items).toHaveLength(3)
    expect((await editor.submit(contents, { items, topics: ['work'] })).status).toBe(303)
    expect((await editor.post(contents, { items: ['0198c0de-0000-7000-8000-000000000000'] })).status).toBe(422)

    for (const language of ['it', 'ar', 'zh']) {
      const preview = await editor.page(newsletter.preview.href({ id, language }))
      expect(preview).toContain(newsletter.letter.href({ id, language }))
      const letter = await editor.get(newsletter.letter.href({ id, language }))
      expect(letter.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
      const html = await letter.text()
      expect(html).not.toMatch(/<script|<img src="?x|javascript:|<b id/)
    }
    await editor.submit(
      newsletter.tryOut.href({ id }),
      { language: 'ar' },
      { on: newsletter.preview.href({ id, language: 'ar' }) },
    )
    const [trial] = await lettersTo('redazione@demo.example')
    expect(trial?.mail.subject).toBe('[Prova] تجربة')
    expect(trial?.mail.html).toMatch(/<html lang="ar" dir="rtl">/)
    expect(trial?.raw).not.toMatch(/~~reader~~/)

    const dispatch = newsletter.dispatch.href({ id })
    // Those who chose work, and those who chose nothing: not who chose home.
    const promised = Number(/Spedisci a (\d+) persone/.exec(await editor.page(dispatch))?.[1])
    expect((await editor.submit(dispatch, { when: 'planned' })).status).toBe(422)
    expect((await editor.submit(dispatch, { when: 'planned', on_day: '2026-01-01', at: '10:00' })).status).toBe(422)
    const later = Temporal.Now.plainDateISO('Europe/Rome').add({ days: 1 }).toString()
    await editor.submit(dispatch, { when: 'planned', on_day: later, at: '09:30' })
    await town.settle()
    expect(await editor.page(issue)).toContain('programmato')
    expect(await editor.page('/staff')).toContain('Un numero della newsletter in partenza')
    office.taken.length = 0
    await town.moveClock('2 days')
    const watch = town.house.modules
      .flatMap(({ timers = [] }) => timers)
      .find(({ name }) => name === 'newsletter.watch')
    await town.inCtx(async (ctx) => watch?.run(ctx))
    await town.settle()
    await town.moveClock('0')

    const sent = office.taken.filter(({ raw }) => /^List-Id: /im.test(raw))
    expect(sent).toHaveLength(promised)
    const to = (email: string) => sent.filter((one) => one.to[0] === email)
    expect(to('francese@esempio.it')).toEqual([])
    const [italian, arabic] = [to('italiana@esempio.it')[0], to('araba@esempio.it')[0]]
    expect(italian?.mail.subject).toBe('Prove Bcc: evil@x.it 🎉')
    expect(italian?.mail.to).toMatchObject({
      value: [{ address: 'italiana@esempio.it', name: 'Anna "capo" <x@y.it>' }],
    })
    expect(sent.flatMap(({ to: all }) => all)).not.toContain('evil@x.it')
    expect(arabic?.mail.subject).toBe('تجربة')
    expect(arabic?.mail.html).toMatch(/dir="rtl"/)
    expect(arabic?.mail.text).toContain('مرحبا')
    const ukrainian = sent.find(({ mail }) => mail.html && /lang="uk"/.test(mail.html))
    expect(ukrainian?.mail.subject).toMatch(/\(італійською\)$/)
    const unsubscribe = /^List-Unsubscribe: <https:\/\/lodi\.example(\S+)>$/m.exec(italian?.raw ?? '')?.[1] as string
    expect(italian?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    expect(italian?.raw).toMatch(/^Precedence: bulk$/m)
    expect(italian?.mail.html).not.toMatch(/src="http/)
    expect(italian?.mail.text).toContain(`https://lodi.example${unsubscribe}`)
    expect((await visitor.post(unsubscribe, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200)
    expect(await rows('italiana@esempio.it')).toEqual([])

    const result = await editor.page(issue)
    expect(result).toContain('Non sappiamo chi apre i messaggi')
    expect(result).toContain('spedito')
    // What has gone is not written again.
    expect((await editor.post(newsletter.words.href({ id, language: 'it' }), { subject: 'x' })).status).toBe(422)
    expect((await (await town.as('progetto@demo.example')).get(issue)).status).toBe(200)
    expect((await (await town.as('progetto@demo.example')).get(newsletter.subscribers.href())).status).toBe(403)
  })

  test('the list is handed over with a reason, and looking at it is recorded', async () => {
    await confirmed('lista@esempio.it')
    const editor = await town.as('redazione@demo.example')
    expect(await editor.page(newsletter.subscribers.href())).toContain('lista@esempio.it')
    const file = await editor.submit(newsletter.subscribersExport.href(), { format: 'csv', purpose: 'check' })
    expect(await file.text()).toContain('lista@esempio.it')
    expect(
      await sql(
        `select what from kernel.audit where what in ('newsletter.subscribers', 'kernel.export') group by 1 order by 1`,
      ),
    ).toEqual([{ what: 'kernel.export' }, { what: 'newsletter.subscribers' }])
    const [row] = await rows('lista@esempio.it')
    await editor.submit(newsletter.remove.href({ id: row?.id ?? '' }), {}, { on: newsletter.subscribers.href() })
    expect(await rows('lista@esempio.it')).toEqual([])
  })
})

describe('two years of silence', () => {
  const weekly = () =>
    town.inCtx(async (ctx) =>
      town.house.modules
        .flatMap(({ timers = [] }) => timers)
        .find(({ name }) => name === 'newsletter.ask_silent')
        ?.run(ctx),
    )
  const asking = async (email: string) =>
    (await lettersTo(email)).filter(({ mail }) => mail.subject?.match(/ancora|تريد/))

  test('are asked about once; a button keeps the letters coming, silence ends them, and nobody else is touched', async () => {
    await confirmed('silenzio@esempio.it')
    await confirmed('resta@esempio.it', { language: 'ar' }, 'ar')
    await town.moveClock('20 months')
    await confirmed('recente@esempio.it')
    await weekly()
    expect(await asking('silenzio@esempio.it')).toEqual([])
    await town.moveClock('25 months')
    await weekly()
    await weekly()
    const [[silent, ...twice], [stays]] = [await asking('silenzio@esempio.it'), await asking('resta@esempio.it')]
    expect([twice, await asking('recente@esempio.it')]).toEqual([[], []])
    expect(silent?.mail.text).toContain('60 giorni')
    const mine = linkIn(stays?.mail.text)
    expect(mine).toMatch(/^\/ar\//)
    expect(await visitor.page(mine)).toContain('/resto"')
    expect((await rows('resta@esempio.it')).length).toBe(1)
    const kept = await visitor.submit(`${mine}/resto`, {}, { on: mine })
    expect(kept.headers.get('location')).toContain('fatto=resto')
    expect(await visitor.page(mine)).not.toContain('/resto"')
    await town.moveClock('28 months')
    await weekly()
    expect(await rows('silenzio@esempio.it')).toEqual([])
    expect(await rows('resta@esempio.it')).toMatchObject([{ confirmed: true }])
    expect(await rows('recente@esempio.it')).toMatchObject([{ confirmed: true }])
    expect(await visitor.page(linkIn(silent?.mail.text))).toContain('Non ricevi più')
    await town.moveClock('0')
  })
})
