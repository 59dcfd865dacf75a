/** From what somebody says to the answer they read: spoken, read, gathered, answered, told. And nobody is counted or named. */
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { participation } from './urls.ts'

const town = await openTestHouse()
const { as, house, settle, visitor } = town
let editor: Awaited<ReturnType<typeof as>>
let operator: Awaited<ReturnType<typeof as>>
let lawyer: Awaited<ReturnType<typeof as>>
beforeAll(async () => {
  editor = await as('redazione@demo.example')
  operator = await as('operatore@demo.example')
  lawyer = await as('legale@demo.example')
})
const rows = async <Row extends object>(query: string, ...values: unknown[]) =>
  (await house.owner_pool.query<Row>(query, values)).rows
const one = async <Row extends object>(query: string, ...values: unknown[]) =>
  (await rows<Row>(query, ...values))[0] as Row
type Mail = { to_address: string; message: { subject: string; text: string } }
const mails = (kind: string) =>
  rows<Mail>(`select to_address, message from kernel.mail where kind = $1 order by queued_at, to_address`, kind)

const say = (l: string, fields: Record<string, string>) => visitor().submit(`/${l}/voce`, { topic: 'CASA', ...fields })
const voiceSaying = (text: string) =>
  one<{ id: string; text: string; doubtful: boolean }>('select * from participation.voice where text = $1', text)
const readOf = (voice: string, fields: Record<string, string> = {}) => {
  const path = participation.voice.href({ voice })
  return editor.submit(path, { text: 'Una frase senza nomi', topic: 'CASA', verdict: 'heard', ...fields })
}
async function spoken(l: string, text: string, fields: Record<string, string> = {}) {
  expect((await say(l, { text, ...fields })).status).toBe(303)
  return (await voiceSaying(text)).id
}

test('a voice needs no name; it is read before it is seen, and what named somebody is nowhere any more', async () => {
  const text = 'Il padrone di casa, signor Bianchi, non mi fa la residenza. Chiamami al 333 1234567.'
  // From "was this page useful?" on: what is missing says which page it is about, and nothing else.
  const useful = await visitor().post('/it/utile/servizi/sportello-stranieri', { useful: 'no' })
  const thanks = await visitor().page(useful.headers.get('location') as string)
  const on = /href="(\/it\/voce\?pagina=[^"]+)"/.exec(thanks)?.[1] as string
  const said = { topic: 'CASA', text, comune: '098031' }
  const hidden = (await visitor().hidden(on)) as { about?: string }
  expect(hidden.about).toBe('servizi/sportello-stranieri')
  expect(await visitor().hidden('/it/voce?pagina=%22%3E%3Cscript')).not.toHaveProperty('about')
  expect((await say('it', { ...said, about: '//altrove.example' })).status).toBe(422)
  const sent = await visitor().submit('/it/voce', said, { on })
  expect(sent.headers.get('location')).toBe('/it/voce/grazie')
  expect(await visitor().page('/it/voce/grazie')).toContain('Che cosa succede adesso')
  const { id } = await voiceSaying(text)
  expect((await operator.get(participation.voice.href({ voice: id }))).status).toBe(403)
  expect(await operator.page(participation.voices.href())).not.toContain('Bianchi')
  const page = await editor.page(participation.voice.href({ voice: id }))
  expect(page).toContain('href="/it/servizi/sportello-stranieri"')
  for (const pointed of ['Bianchi', '333 1234567']) expect(page).toContain(`<mark>${pointed}</mark>`)
  // Not read yet: no theme may have it.
  const theme = await editor.submit(participation.themes.href(), { title: 'Affitti', topic: 'CASA' })
  const theme_id = theme.headers.get('location')?.split('/').at(-1) as string
  const place = { on: participation.voice.href({ voice: id }) }
  expect((await editor.submit(participation.place.href({ voice: id }), { theme_id }, place)).status).toBe(422)
  const clean = 'Il padrone di casa non mi fa la residenza.'
  expect((await readOf(id, { text: clean })).status).toBe(303)
  const kept = await one<{ n: number }>(
    `select count(*)::int n from participation.voice where text like '%Bianchi%' or text like '%1234567%'`,
  )
  expect(kept.n).toBe(0)
  expect((await editor.submit(participation.place.href({ voice: id }), { theme_id }, place)).status).toBe(303)
  expect(await editor.page(participation.theme.href({ theme: theme_id }))).toContain(clean)
})

test('one that tells of danger is handed on by a mail that says nothing of it, and waits until somebody takes it up', async () => {
  const id = await spoken('it', 'Mio marito mi picchia e mi ha preso i documenti')
  expect(await editor.page(participation.voice.href({ voice: id }))).toContain('possono voler dire pericolo')
  expect((await readOf(id, { danger: '1' })).status).toBe(422)
  expect((await readOf(id, { danger: '1', to_role: 'lawyer', text: 'Violenza in casa' })).status).toBe(303)
  const [mail] = await mails('participation.alarm')
  expect(mail?.to_address).toBe('legale@demo.example')
  expect(mail?.message.text).not.toMatch(/marito|picchia|Violenza/)
  expect(await lawyer.page('/staff')).toContain('Una segnalazione parla di pericolo')
  expect(await operator.page('/staff')).not.toContain('parla di pericolo')
  const path = participation.voice.href({ voice: id })
  expect(await lawyer.page(path)).toContain('Violenza in casa')
  for (let twice = 0; twice < 2; twice++)
    expect((await lawyer.submit(participation.alarm.href({ voice: id }), {}, { on: path })).status).toBe(303)
  expect(await lawyer.page('/staff')).not.toContain('parla di pericolo')
})

describe('you said, we did', () => {
  let theme: string
  const address = () => participation.theme.href({ theme })
  const write = (language: string) =>
    editor.submit(participation.reply.href({ theme, language }), {
      title: `Titolo ${language}`,
      you_said: `Detto ${language}`,
      we_did: `Fatto ${language}`,
      origin: 'person',
    })
  const publish = () => editor.submit(participation.publication.href({ theme }), {}, { on: address() })
  const shown = async (l: string) => {
    house.cache.drop((await one<{ id: string }>(`select id from territory.ambito where slug = 'lodi'`)).id)
    return visitor().page(`/${l}/voce/risposte`)
  }

  test('voices from the site, the desk and a group stand in one theme; merged and split, none is lost', async () => {
    const ids = [
      await spoken('ar', 'نحتاج إلى حديقة للأطفال', { email: 'Layla@esempio.it' }),
      await spoken('ar', 'الأطفال يلعبون في الشارع', { email: 'layla@esempio.it' }),
      await spoken('uk', 'Дітям ніде гратися', { phone: '+39 320 5556667', answer_in: 'it' }),
    ]
    const hear = { channel: 'desk', language: 'it', topic: 'FAM', text: 'Manca un parco per i bambini' }
    expect((await operator.submit(participation.hear.href(), hear)).status).toBe(303)
    ids.push((await voiceSaying(hear.text)).id)
    const met = await operator.submit(participation.meetings.href(), {
      on_day: '2026-11-20',
      place: 'Oratorio',
      attended: '2',
    })
    const meeting = met.headers.get('location') as string
    for (const text of ['Un parco', 'Delle panchine', 'Una fontana']) {
      expect((await operator.submit(meeting, { language: 'it', topic: 'FAM', text })).status).toBe(303)
      ids.push((await voiceSaying(text)).id)
    }
    for (const id of ids) await readOf(id, { text: `Voce ${ids.indexOf(id)}`, topic: 'FAM' })
    const first = ids[0] as string
    const on = { on: participation.voice.href({ voice: first }) }
    await editor.submit(participation.place.href({ voice: first }), { title: 'Un parco' }, on)
    const [made] = await rows<{ id: string }>(`select id from participation.theme where title = 'Un parco'`)
    theme = made?.id as string
    for (const voice of ids.slice(1, 4))
      await editor.submit(
        participation.place.href({ voice }),
        { theme_id: theme },
        { on: participation.voice.href({ voice }) },
      )
    const other = (await editor.submit(participation.themes.href(), { title: 'Panchine', topic: 'FAM' })).headers.get(
      'location',
    ) as string
    for (const voice of ids.slice(4))
      await editor.submit(
        participation.place.href({ voice }),
        { theme_id: other.split('/').at(-1) as string },
        { on: participation.voice.href({ voice }) },
      )
    expect((await editor.submit(`${other}/unione`, { into_id: theme }, { on: other })).status).toBe(303)
    const merged = await editor.page(address())
    for (const at of ids.keys()) expect(merged).toContain(`Voce ${at}`)
    // One address twice is one person; a meeting of two gives two, whatever number of things they said.
    expect(merged).toContain('7 voci, almeno 5 persone.')
    expect(await editor.page(other)).toContain('Le sue voci stanno in un altro tema')
    const split = await editor.submit(
      `${address()}/divisione`,
      { title: 'Fontane', voices: ids[6] as string },
      { on: address() },
    )
    expect(split.status).toBe(303)
    expect(await editor.page(split.headers.get('location') as string)).toContain('Voce 6')
    expect(await editor.page(address())).toContain('6 voci, almeno 5 persone.')
    expect(
      (
        await editor.submit(
          `${address()}/divisione`,
          { title: 'Tutte', voices: ids.slice(0, 6) as never },
          { on: address() },
        )
      ).status,
    ).toBe(422)
  })

  test('the tavolo hears of it once, and is told no word', async () => {
    for (let twice = 0; twice < 2; twice++)
      expect((await editor.submit(participation.propose.href({ theme }), {}, { on: address() })).status).toBe(303)
    const told = await rows<{ payload: object }>(
      `select payload from kernel.event where name = 'participation.theme_proposed'`,
    )
    expect(told).toEqual([{ payload: { theme_id: theme, on: expect.any(String) } }])
    expect(await editor.page(address())).toContain('Proposto al tavolo')
  })

  test('it is published only when every language people asked in is there; those who left an address are told once, in theirs', async () => {
    await write('it')
    await write('ar')
    const early = await publish()
    expect(early.status).toBe(422)
    expect(await early.text()).toContain('Manca il testo in: ucraino')
    expect(await shown('it')).not.toContain('Detto it')
    await write('uk')
    await write('ti')
    for (let twice = 0; twice < 2; twice++) expect((await publish()).status).toBe(303)
    const arabic = await shown('ar')
    expect(arabic).toContain('Detto ar')
    expect(arabic).toContain('قاله 5 أشخاص على الأقل.')
    const chinese = await shown('zh')
    expect(chinese).toContain('<bdi lang="it">Titolo it</bdi>')
    // A language without pages of its own is read on every one of them.
    expect(chinese).toContain('Fatto ti')
    const told = await mails('participation.reply')
    expect(told.map(({ to_address }) => to_address)).toEqual(['layla@esempio.it'])
    expect(told[0]?.message.text).toContain('Fatto ar')
    expect(told[0]?.message.text).toContain(`/ar/voce/risposte#t-${theme}`)
    await settle()
    const kept = await rows(`select 1 from participation.wish where email <> ''`)
    expect(kept).toEqual([])
  })

  test('who left a number is called, and then the number is gone', async () => {
    expect(await operator.page('/staff')).toContain('Una persona aspetta una telefonata')
    const page = await operator.page(participation.toTell.href())
    expect(page).toContain('+393205556667')
    expect(page).toContain('Fatto it')
    const [wish] = await rows<{ id: string }>(`select id from participation.wish where phone <> ''`)
    const told = participation.told.href({ wish: wish?.id as string })
    expect((await operator.submit(told, {}, { on: participation.toTell.href() })).status).toBe(303)
    expect(await rows(`select 1 from participation.wish where phone <> ''`)).toEqual([])
    expect((await operator.post(told, {})).status).toBe(404)
  })

  test('fewer than five people are "people", never a number; taken off, it is gone', async () => {
    const [group] = await rows<{ id: string }>(`select meeting_id as id from participation.voice where text = 'Voce 4'`)
    const voice = (await one<{ id: string }>(`select id from participation.voice where text = 'Voce 3'`)).id
    await editor.submit(
      participation.place.href({ voice }),
      { title: 'Altro' },
      { on: participation.voice.href({ voice }) },
    )
    expect(group?.id).toBeDefined()
    const page = await shown('it')
    expect(page.slice(page.indexOf('Titolo it'), page.indexOf('Fatto it'))).not.toMatch(/almeno/)
    await editor.submit(participation.withdrawal.href({ theme }), {}, { on: address() })
    expect(await shown('it')).not.toContain('Detto it')
  })
})

test('the trap for machines throws nothing away, and a crowd is asked to wait', async () => {
  const text = 'Vorrei un corso di cucina'
  expect((await say('it', { text, website: 'https://spam.example' })).status).toBe(303)
  expect((await voiceSaying(text)).doubtful).toBe(true)
  await rows("update kernel.rate_limit set points = 60 where key like 'participation.voice%'")
  const refused = await say('ar', { text: 'نص' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('رسائل كثيرة من هنا')
  await rows("delete from kernel.rate_limit where key like 'participation.%'")
})

test('what is typed in twelve scripts, ten thousand letters or as a header comes back as text or not at all', async () => {
  const nasty = '<b id="canarino">"\'&amp; عربي 中文 ਪੰਜਾਬੀ বাংলা اردو українська șț ëç</b>'
  expect((await say('ur', { text: nasty })).status).toBe(303)
  const page = await editor.page(participation.voice.href({ voice: (await voiceSaying(nasty)).id }))
  expect(page).not.toContain('<b id="canarino"')
  const wrong: Record<string, string>[] = [
    { text: 'à'.repeat(10_000) },
    { text: 'x', email: 'a@b.it\r\nBcc: evil@x.it' },
    { text: 'x', email: 'a@b.it, c@d.it' },
    { text: 'x', topic: 'NIENTE' },
    { text: 'x', comune: '999999' },
    { text: '   ' },
  ]
  for (const bad of wrong) {
    const answer = await say('it', bad)
    expect([JSON.stringify(bad).slice(0, 60), answer.status]).toEqual([JSON.stringify(bad).slice(0, 60), 422])
  }
})

test('the questionnaire keeps faces without a name, and shows no count under five', async () => {
  const faces = { living: 'yes', helped: 'no', heard: 'little', taking_part: 'yes', hardest: ['DOC', 'CASA'] }
  expect(
    (
      await visitor().submit('/bn/voce/questionario?living=yes&helped=no&heard=little&taking_part=yes', {
        ...faces,
        text: 'আরও পার্ক চাই',
      })
    ).status,
  ).toBe(303)
  expect((await visitor().post('/it/voce/questionario', { living: 'yes' })).status).toBe(422)
  expect(
    (await visitor().post('/it/voce/questionario', { ...faces, hardest: ['DOC', 'CASA', 'LAV', 'SAL'] })).status,
  ).toBe(422)
  expect(await voiceSaying('আরও পার্ক চাই')).toBeDefined()
  const skipped = await visitor().page('/it/voce/questionario?living=yes&avanti=helped')
  expect(skipped).toContain('Domanda 2 di 5')
  expect(skipped).toContain('Manca questa risposta')
  const page = await editor.page(participation.questionnaires.href())
  expect(page).toContain('Risposte: 13')
  expect(page).not.toMatch(/class="figure">[1-4]</)
})
