/** An editor writes, publishes, looks after and withdraws; readers see it as it is. */
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { openReader } from '../../test/kit/reader.ts'
import { isClosed } from '../territory/actions.ts'
import { remindOwners } from './actions/care.ts'

const town = await openTestHouse()
const { as, inCtx, settle, house } = town
const reader = await openReader(town)
let editor = await as('redazione@demo.example')
let translator = editor

/** Sessions of a clock that jumps are over. */
async function moveClock(interval: string) {
  await town.moveClock(interval)
  editor = await as('redazione@demo.example')
  translator = editor
  house.cache.drop(await inCtx(async (ctx) => ctx.ambito_id))
}

const idIn = (location: string | null) => /schede\/([0-9a-f-]{36})/.exec(location ?? '')?.[1] as string
const today = () => inCtx(async (ctx) => ctx.today)
const inDays = async (days: number) =>
  Temporal.PlainDate.from(await today())
    .add({ days })
    .toString()

async function write(kind: string, fields: Record<string, string>) {
  const answer = await editor.submit(`/staff/bacheca/nuova/${kind}`, fields)
  expect(answer.status).toBe(303)
  return idIn(answer.headers.get('location'))
}
const publishFrom = (id: string, published_from: string, published_until = '') =>
  editor.submit(`/staff/bacheca/schede/${id}/pubblicazione`, { published_from, published_until })

const announced = async (id: string) => {
  const { rows } = await house.owner_pool.query(
    "select count(*)::int n from kernel.event where name = 'board.item_published' and payload->>'item_id' = $1",
    [id],
  )
  return rows[0].n as number
}

test('a notice is a draft until its day, then everybody reads it, announced once', async () => {
  const id = await write('notice', {
    title: 'Corso di cucito',
    summary: 'Si impara insieme.',
    body: '## Quando\n\nIl *giovedì*.',
  })
  expect((await reader.get('/it/bacheca/corso-di-cucito')).status).toBe(404)
  expect(await reader.page('/it/bacheca')).not.toContain('Corso di cucito')
  expect((await publishFrom(id, await inDays(3), await inDays(10))).status).toBe(303)
  expect((await reader.get('/it/bacheca/corso-di-cucito')).status).toBe(404)
  expect(await announced(id)).toBe(0)

  await moveClock('3 days')
  await inCtx(
    (ctx) =>
      house.modules
        .find(({ name }) => name === 'board')
        ?.timers?.find(({ name }) => name === 'board.publish')
        ?.run(ctx) as Promise<void>,
  )
  expect(await announced(id)).toBe(1)
  const page = await reader.page('/it/bacheca/corso-di-cucito')
  expect(page).toContain('<h2>Quando</h2>')
  expect(page).toContain('<em>giovedì</em>')

  // Published again, withdrawn and put back: those who listen hear of it once.
  await publishFrom(id, await inDays(0), await inDays(10))
  await editor.submit(`/staff/bacheca/schede/${id}/ritiro`, {}, { on: `/staff/bacheca/schede/${id}` })
  expect((await reader.get('/it/bacheca/corso-di-cucito')).status).toBe(404)
  await editor.submit(`/staff/bacheca/schede/${id}/rientro`, {}, { on: `/staff/bacheca/schede/${id}` })
  expect((await reader.get('/it/bacheca/corso-di-cucito')).status).toBe(200)
  expect(await announced(id)).toBe(1)

  await moveClock('14 days')
  expect((await reader.get('/it/bacheca/corso-di-cucito')).status).toBe(404)
  await editor.submit(`/staff/bacheca/schede/${id}/ritiro`, {}, { on: `/staff/bacheca/schede/${id}` })
  await moveClock('0')
})

test('a service past its day warns readers, then goes; its owner hears of it once, before', async () => {
  const id = await write('service', { title: 'Ambulatorio di prova' })
  await editor.submit(`/staff/bacheca/schede/${id}/servizio`, {
    pictogram: 'stethoscope',
    keeps_closures: '1',
    phone: '0371 000000',
  })
  expect((await publishFrom(id, await inDays(0))).status).toBe(422)
  await publishFrom(id, await inDays(0), await inDays(20))
  const reminders = async () => {
    const { rows } = await house.owner_pool.query<{ to_address: string }>(
      "select to_address from kernel.mail where kind = 'board.reminder'",
    )
    return rows.map(({ to_address }) => to_address)
  }
  await inCtx(remindOwners)
  expect(await reminders()).toEqual([])
  await moveClock('8 days')
  for (let twice = 0; twice < 2; twice++) await inCtx(remindOwners)
  expect(await reminders()).toEqual(['redazione@demo.example'])

  await moveClock('25 days')
  expect(await reader.page('/it/servizi/ambulatorio-di-prova')).toContain('non sono stati controllati da un po')
  // Checked again: the warning goes, and readers see who looked and when.
  const next = await inDays(60)
  await editor.submit(`/staff/bacheca/schede/${id}/controllo`, { by_whom: 'Ufficio di Piano', next })
  const page = await reader.page('/it/servizi/ambulatorio-di-prova')
  expect(page).not.toContain('non sono stati controllati da un po')
  expect(page).toContain('Dati controllati (Ufficio di Piano):')
  await moveClock('120 days')
  expect((await reader.get('/it/servizi/ambulatorio-di-prova')).status).toBe(404)
  await moveClock('0')
})

test('hours, exceptions and closures say whether it is open', async () => {
  // At noon, whenever this is run: at midnight everything is closed.
  const before = await inCtx(async (ctx) => ctx.now.toZonedDateTimeISO('Europe/Rome'))
  let noon = before.with({ hour: 12, minute: 0, second: 0 })
  // On a day that is no feast.
  while (await inCtx((ctx) => isClosed(ctx, noon.toPlainDate().toString()))) noon = noon.add({ days: 1 })
  await moveClock(`${before.until(noon).total('seconds')} seconds`)
  const id = await write('service', { title: 'Biblioteca di prova' })
  await editor.submit(`/staff/bacheca/schede/${id}/servizio`, { pictogram: 'book', keeps_closures: '1' })
  await publishFrom(id, await inDays(0), await inDays(90))
  const now = await inCtx(async (ctx) => ctx.now.toZonedDateTimeISO('Europe/Rome'))
  const weekday = String(now.dayOfWeek)
  const refused = await editor.submit(`/staff/bacheca/schede/${id}/orari`, {
    weekday,
    starts_at: '18:00',
    ends_at: '09:00',
  })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('prima di quella di inizio')
  await editor.submit(`/staff/bacheca/schede/${id}/orari`, { weekday, starts_at: '00:00', ends_at: '23:59' })
  expect(await reader.page('/it/servizi/biblioteca-di-prova')).toContain('Aperto ora, fino alle 23:59')
  await editor.submit(
    `/staff/bacheca/schede/${id}/orari/eccezioni`,
    { on_day: await today(), closed: '1' },
    { on: `/staff/bacheca/schede/${id}/orari` },
  )
  expect(await reader.page('/it/servizi/biblioteca-di-prova')).not.toContain('Aperto ora')
  expect(await reader.page('/ar/servizi/biblioteca-di-prova')).toContain('يفتح')
  await moveClock('0')
})

test('two editors at once: the second is told, nothing is lost', async () => {
  const id = await write('notice', { title: 'Due mani' })
  const first = await editor.hidden(`/staff/bacheca/schede/${id}/testo`)
  expect((await editor.submit(`/staff/bacheca/schede/${id}/testo`, { title: 'Due mani, prima' })).status).toBe(303)
  const late = await editor.post(`/staff/bacheca/schede/${id}/testo`, { ...first, title: 'Due mani, dopo' })
  expect(late.status).toBe(422)
  const page = await late.text()
  expect(page).toContain('qualcuno ha salvato')
  expect(page).toContain('Due mani, dopo')
  // Sent again from the page that was shown again, it is still refused: they have not seen the other's words.
  const again = /name="version" value="(\d+)"/.exec(page)?.[1]
  expect(again).toBe(first.version)
})

test('a preview shows and does not save', async () => {
  const answer = await editor.submit('/staff/bacheca/nuova/page', {
    title: 'Solo prova',
    body: '**forte**',
    button: 'preview',
  })
  expect(answer.status).toBe(200)
  const page = await answer.text()
  expect(page).toContain('<strong>forte</strong>')
  expect(page).toContain('value="Solo prova"')
  expect(await editor.page('/staff/bacheca')).not.toContain('Solo prova')
})

test('a translation has its own states, and readers are told', async () => {
  const id = await write('notice', { title: 'Mensa', body: 'La mensa apre.' })
  await publishFrom(id, await inDays(0))
  const address = `/staff/bacheca/schede/${id}/lingue/ar`
  expect(await reader.page('/ar/bacheca/mensa')).toContain('هذا النص موجود بالإيطالية فقط')
  expect(await translator.page('/staff/bacheca/traduzioni/ar')).toContain(`/${id}/lingue/ar`)

  // Half of it would be read as the whole.
  expect((await translator.submit(address, { title: 'المطعم', origin: 'machine' })).status).toBe(422)
  await translator.submit(address, { title: 'المطعم', body: 'يفتح المطعم.', origin: 'machine' })
  let page = await reader.page('/ar/bacheca/mensa')
  expect(page).toContain('المطعم')
  expect(page).toContain('هذه الترجمة من عمل برنامج')
  await translator.submit(`${address}/controllo`, {}, { on: address })
  page = await reader.page('/ar/bacheca/mensa')
  expect(page).not.toContain('هذه الترجمة من عمل برنامج')
  expect(await translator.page('/staff/bacheca/traduzioni/ar')).not.toContain(`/${id}/lingue/ar`)

  await editor.submit(`/staff/bacheca/schede/${id}/testo`, { title: 'Mensa', body: 'La mensa apre **domani**.' })
  expect(await reader.page('/ar/bacheca/mensa')).toContain('قد لا تكون هذه الترجمة محدَّثة')
  const work = await translator.page(address)
  expect(work).toContain('<ins>')
  // A stale translation cannot be marked as checked; it can be said to hold still.
  const hidden = await translator.hidden(`${address}/ancora`)
  expect((await translator.post(`${address}/controllo`, { revision: '1' })).status).toBe(422)
  expect(hidden).toBeDefined()
  await translator.submit(`${address}/ancora`, {}, { on: address })
  expect(await reader.page('/ar/bacheca/mensa')).not.toContain('قد لا تكون هذه الترجمة محدَّثة')
})

/** The page without what attributes and structured data quote, and without our own scripts. */
const bare = (page: string) =>
  page
    .replaceAll(/<script type="application\/ld\+json"[^>]*>[^<]*<\/script>/g, '')
    .replaceAll(/href="javascript/gi, '<script')
    .replaceAll(/"[^"<>]*"/g, '""')
    .replaceAll(/<script src=""[^>]*><\/script>/g, '')
const acts = /<script|<img|<svg onload|<[a-z][^>]* on[a-z]+=/i

test('script and markup in every field of the editor act nowhere', async () => {
  const corpus = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</script><script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '{{7*7}}<%=7*7%>',
    '‮<svg onload=alert(1)>',
    'العربية <b onclick=alert(1)>',
  ]
  const ids: string[] = []
  const fields = ['title', 'summary', 'body', 'plain_summary', 'plain_body', 'bring', 'for_whom', 'cost', 'booking']
  for (const [at, typed] of corpus.entries()) {
    const id = await write('service', Object.fromEntries(fields.map((field) => [field, `${typed} ${at}`])))
    await editor.submit(`/staff/bacheca/schede/${id}/servizio`, { pictogram: 'book' })
    await publishFrom(id, await inDays(0), await inDays(30))
    await editor.submit(`/staff/bacheca/schede/${id}/lingue/ar`, {
      title: typed,
      body: typed,
      summary: typed,
      bring: typed,
      for_whom: typed,
      cost: typed,
      booking: typed,
      origin: 'person',
    })
    const { rows } = await house.owner_pool.query<{ slug: string }>('select slug from board.item where id = $1', [id])
    for (const path of [
      `/it/servizi/${rows[0]?.slug}`,
      `/ar/servizi/${rows[0]?.slug}`,
      `/it/cerca?q=${encodeURIComponent(typed)}`,
    ])
      expect(bare(await reader.page(path))).not.toMatch(acts)
    for (const path of [
      `/staff/bacheca/schede/${id}`,
      `/staff/bacheca/schede/${id}/testo`,
      `/staff/bacheca/schede/${id}/lingue/ar`,
    ])
      expect(bare(await editor.page(path))).not.toMatch(acts)
    ids.push(id)
  }
  for (const path of ['/it/servizi', '/ar/servizi', '/it/cerca?q=alert', '/it/bacheca.atom'])
    expect(bare(await reader.page(path))).not.toMatch(acts)
  for (const id of ids)
    await editor.submit(`/staff/bacheca/schede/${id}/ritiro`, {}, { on: `/staff/bacheca/schede/${id}` })
})

test('search finds in any language, forgives a letter, and takes wildcards as words', async () => {
  expect(await reader.page('/it/cerca?q=avvocato')).toContain('/it/servizi/sportello-stranieri')
  expect(await reader.page(`/ar/cerca?q=${encodeURIComponent('محامي')}`)).toContain('/ar/servizi/sportello-stranieri')
  expect(await reader.page('/ar/cerca?q=refugees')).toContain('/ar/servizi/sportello-rifugiati')
  // A mistyped word, a register's own abbreviation, the beginning of a word.
  expect(await reader.page('/it/cerca?q=avocato')).toContain('/it/servizi/sportello-stranieri')
  expect(await reader.page('/it/cerca?q=rinnovo+pds')).toContain('/it/servizi/sportello-stranieri')
  expect(await reader.page('/it/cerca?q=digit')).toContain('/it/servizi/pomeriggio-digitale')
  // As people write who have heard the word and never read it.
  for (const [typed, found] of [
    ['permeso', '/servizi/sportello-stranieri'],
    ['permesso di sogiorno', '/servizi/sportello-stranieri'],
    ['pasaporto', '/servizi/sportello-stranieri'],
    ['kodice fiscal', '/servizi/sportello-stranieri'],
    ['cuestura', '/servizi/sportello-stranieri'],
    ['rifujiati', '/servizi/sportello-rifugiati'],
    ['ucraina', '/servizi/sportello-rifugiati'],
    ['spidd', '/eventi/spid-passo-per-passo'],
    ['telefonno', '/eventi/spid-passo-per-passo'],
    ['lavorro', '/servizi/equipe-s-e-l-f'],
    ['مكتب الاجانب', '/servizi/sportello-stranieri'],
    ['جوار السفر', '/servizi/sportello-stranieri'],
    ['lawer', '/servizi/sportello-stranieri'],
  ] as const)
    expect([typed, (await reader.page(`/it/cerca?q=${encodeURIComponent(typed)}`)).includes(found)]).toEqual([
      typed,
      true,
    ])
  for (const typed of ['%', '_', '%25%25', '*', "'; drop table board.word", '\\', '(', ' ', 'x'.repeat(5000), '\u0000'])
    expect([typed.slice(0, 10), (await reader.get(`/it/cerca?q=${encodeURIComponent(typed)}`)).status]).toEqual([
      typed.slice(0, 10),
      200,
    ])
  expect(await reader.page('/it/cerca?q=%25')).not.toContain('class="card-title"')
})

test('was it useful: counted without knowing who, three times a day from one place', async () => {
  const useful = async () => {
    const { rows } = await house.owner_pool.query<{ yes: number; no: number }>(
      'select sum(yes)::int yes, sum(no)::int no from board.usefulness',
    )
    return rows[0]
  }
  const answer = await reader.post('/it/utile/servizi/sportello-stranieri', { useful: 'yes' })
  expect(answer.status).toBe(303)
  expect(await reader.page(answer.headers.get('location') as string)).toContain('Grazie')
  await reader.post('/ar/utile/servizi/sportello-stranieri', { useful: 'no' })
  expect(await useful()).toEqual({ yes: 1, no: 1 })
  for (let more = 0; more < 5; more++)
    expect((await reader.post('/it/utile/servizi/sportello-stranieri', { useful: 'yes' })).status).toBe(303)
  expect(await useful()).toEqual({ yes: 2, no: 1 })
  expect((await reader.post('/it/utile/servizi/sportello-stranieri', { useful: 'maybe' })).status).toBe(422)
  expect((await reader.post('/it/utile/nulla/sportello-stranieri', { useful: 'yes' })).status).toBe(404)
})

test('who may not write does not', async () => {
  const office = await as('progetto@demo.example')
  expect((await office.get('/staff/bacheca')).status).toBe(200)
  expect((await office.get('/staff/bacheca/nuova/service')).status).toBe(403)
  expect((await (await as('mediatrice@demo.example')).get('/staff/bacheca')).status).toBe(403)
  const neighbour = await reader.get('/it/servizi/sportello-stranieri', { host: 'vicino.localhost' })
  expect(neighbour.status).toBe(404)
  await settle()
})
