/** The public pages as people meet them: in their language, on a narrow screen, without a script, weighing little. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { recordVisit } from '../src/desk/actions.ts'
import { booking } from '../src/desk/urls.ts'
import { direction, languages } from '../src/kernel/i18n.ts'
import { createPerson } from '../src/people/actions.ts'
import { needPages } from '../src/portal/codes.ts'
import { portal } from '../src/portal/urls.ts'
import { addBudgetVersion } from '../src/programme/actions/budget.ts'
import { axeOn, openChromium, overhang } from './kit/chromium.ts'
import { openTestHouse } from './kit/house.ts'
import { aboutOf } from './kit/schema-org.ts'
import { inTurn } from './kit/share.ts'

const { as, house, http, inCtx, moveClock, settle, visitor } = await openTestHouse()
const { open } = await openChromium(http)
const screenshots = process.env.SCREENSHOTS

const pagesIn = (l: string) => [
  portal.home.href({ l }),
  portal.project.href({ l }),
  portal.privacy.href({ l }),
  portal.accessibility.href({ l }),
  portal.contacts.href({ l }),
  ...needPages.map(({ need }) => portal.need.href({ l, need })),
]
/** Nobody outside is led to the pages of those who work here. */
const staffLinks = (html: string) => html.match(/(?:href|action)="\/staff[^"]*"/g) ?? []
const withoutStyle = (html: string) => html.replace(/<style>.*?<\/style>/s, '')
const wordsOf = (html: string) =>
  withoutStyle(html)
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
/** Drops the kept pages, as every change does through the database. */
const forget = async () => house.cache.drop((await inCtx(async (ctx) => ctx.ambito_id)) as string)

describe.each(languages)('in %s', (lang) => {
  it('every page answers in its language, with no word missing, no cookie and nothing to wait for', async () => {
    for (const path of pagesIn(lang)) {
      const answer = await visitor().get(path, { 'accept-encoding': 'br' })
      const bytes = Buffer.from(await answer.arrayBuffer())
      const html = brotliDecompressSync(bytes).toString()
      expect([path, answer.status]).toEqual([path, 200])
      expect(html).toContain(`<html lang="${lang}" dir="${direction(lang)}">`)
      expect([path, wordsOf(html).match(/\b(portal|ui|kernel)\.[a-z_]+\.[\w.]+/g)]).toEqual([path, null])
      expect([path, bytes.length <= 13_000]).toEqual([path, true])
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(html.match(/<h1>/g)).toHaveLength(1)
      expect(html).toContain(`<link rel="canonical" href="${house.base_url}${path}"/>`)
      expect(html.match(/<link rel="alternate" hreflang=/g)).toHaveLength(languages.length + 1)
      expect([path, staffLinks(html)]).toEqual([path, []])
    }
  })
})

describe('the home page', () => {
  it('says in schema.org’s words what it is, and ends no script early', async () => {
    const html = await visitor().page('/it/')
    const data = JSON.parse(/<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '')
    expect(data['@graph'].map((thing: { '@type': string }) => thing['@type'])).toEqual([
      'GovernmentOrganization',
      'GovernmentService',
    ])
    expect(data['@graph'][1].availableChannel.serviceLocation.openingHoursSpecification).toHaveLength(5)
  })
  it('says when the desk opens, and that it is open when it is', async () => {
    const now = (await inCtx(async (ctx) => ctx.now)).toZonedDateTimeISO('Europe/Rome')
    const monday = now.toPlainDate().add({ days: 15 - now.dayOfWeek })
    const at = async (time: string) => {
      const { seconds } = now.until(monday.toZonedDateTime({ timeZone: 'Europe/Rome', plainTime: time }), {
        largestUnit: 'second',
      })
      await moveClock(`${seconds + 1} seconds`)
      await forget()
      return wordsOf(await visitor().page('/it/'))
    }
    expect(await at('14:30')).toContain('Apre oggi alle 15:00')
    expect(await at('15:30')).toContain('Aperto ora, fino alle 18:00')
    expect(await at('18:00')).toContain('Apre mercoledì alle 15:00')
    await moveClock('0')
    await forget()
  })
  it('is the same bytes for everybody until something changes', async () => {
    const first = await visitor().get('/it/')
    const again = await visitor().get('/it/', { 'if-none-match': first.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })
})

describe('a page that is not there yet', () => {
  it('an address nobody promised is not found, politely', async () => {
    const answer = await visitor().get('/ar/bisogni/niente')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('<html lang="ar" dir="rtl">')
  })
})

describe('for search engines', () => {
  it('the sitemap names every lasting page in every language, and each answers', async () => {
    const sitemap = await visitor().page('/sitemap.xml')
    const paths = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url = '']) => url.replace(house.base_url, ''))
    expect(paths).toEqual(
      expect.arrayContaining([
        portal.home.href({ l: 'ur' }),
        portal.need.href({ l: 'zh', need: 'casa' }),
        portal.project.href({ l: 'it' }),
      ]),
    )
    expect(paths).toContain(booking.kinds.href({ l: 'ar' }))
    expect(new Set(paths).size).toBe(paths.length)
    const kindOf: Record<string, string> = { servizi: 'GovernmentService', eventi: 'Event', corsi: 'Course' }
    const said = new Set<string>()
    // In two languages: every route answers alike in the other ten, whose pages are read one by one above.
    for (const path of paths.filter((one) => /^\/(it|ar)\//.test(one))) {
      const answer = await visitor().get(path)
      const page = await answer.text()
      const { kinds, missing } = aboutOf(page)
      expect([path, answer.status, staffLinks(page), missing]).toEqual([path, 200, [], []])
      const [, , of] = path.match(/^\/..\/(\w+)\/./) ? path.split('/') : []
      if (of && of in kindOf) expect([path, kinds]).toEqual([path, [kindOf[of]]])
      for (const kind of kinds) said.add(kind)
    }
    expect([...said].sort()).toEqual(['Course', 'Event', 'GovernmentOrganization', 'GovernmentService'])
  })
  it('each Ambito names itself by its own address, whatever a request calls itself', async () => {
    const at = async (host: string, path: string) =>
      (await http.request(`http://${host}${path}`, { headers: { host } })).text()
    const neighbour = house.base_url.replace('localhost', 'vicino.localhost')
    expect(await at('vicino.localhost', '/it/contatti')).toContain(`rel="canonical" href="${neighbour}/it/contatti"`)
    expect(await at('vicino.localhost', '/robots.txt')).toContain(`Sitemap: ${neighbour}/sitemap.xml`)
    expect(await at('nessuno.localhost', '/it/contatti')).toContain(
      `rel="canonical" href="${house.base_url}/it/contatti"`,
    )
  })
  it('the robots are told where it is and what is not theirs', async () => {
    expect(await visitor().page('/robots.txt')).toMatch(/Disallow: \/staff\nSitemap: http.*\/sitemap\.xml/)
  })
})

describe('the project page', () => {
  it('keeps in a number that could point at a person, and shows it when it cannot', async () => {
    const people = async () => /Persone aiutate\s*(\d+)/.exec(wordsOf(await visitor().page('/it/progetto')))?.[1]
    await settle()
    const before = (await inCtx(async (ctx) => ctx.db.selectFrom('monitoring.fact').select('id').execute())).length
    expect(before).toBeGreaterThan(0)
    await forget()
    const counted = Number(await people())
    expect(counted).toBeGreaterThanOrEqual(5)
    await inCtx(async (ctx) => {
      const opening = await ctx.db
        .selectFrom('desk.opening')
        .select('id')
        .where('ambito_id', '=', ctx.ambito_id)
        .executeTakeFirstOrThrow()
      const person = await createPerson(ctx, { surname: 'Prova', given_names: 'Una' } as never, { demo: true })
      await recordVisit(ctx, opening.id, {
        person_id: person,
        needs: ['RES.CF'],
        outcome: 'solved',
        minutes: 10,
        mandate_seen: false,
        help: [],
        mediator_present: false,
        answer_wanted: false,
      } as never)
    })
    await forget()
    // Somebody who is served but not countable yet changes nothing.
    expect(Number(await people())).toBe(counted)
    // The neighbour has one person: a number that small stays in.
    const neighbour = await http.request('http://vicino.localhost/it/progetto', {
      headers: { host: 'vicino.localhost' },
    })
    expect(neighbour.status).toBe(200)
    expect(wordsOf(await neighbour.text())).not.toContain('Persone aiutate')
  })
  it('draws the budget with its numbers beside, and hands out what it counts as open data', async () => {
    expect(await visitor().page('/ar/progetto')).not.toContain('bar-fill" width="33')
    await inCtx((ctx) =>
      addBudgetVersion(ctx, {
        valid_from: ctx.today,
        reason: 'prova',
        lines:
          'A1; Operatori; WP2; personale; 60.000,00\nB1; Aule; WP2; locali; 20.000,00\nC1; Viaggi; WP1; viaggi; 0,00',
      }),
    )
    await forget()
    const words = wordsOf(await visitor().page('/it/progetto'))
    expect(words).toMatch(/Chi lavora nel progetto\s+60\.000,00\s€\s+75\s?%/)
    expect(words).toMatch(/Locali\s+20\.000,00\s€\s+25\s?%/)
    expect(await visitor().page('/ar/progetto')).toContain('bar-fill" width="33.3%"')
    const { indicators, until } = JSON.parse(await visitor().page('/dati/indicatori.json'))
    const csv = (await visitor().page('/dati/indicatori.csv')).trim().split('\r\n')
    expect(until < (await inCtx(async (ctx) => ctx.today))).toBe(true)
    const cells = indicators.flatMap((one: { cells: unknown[] }) => one.cells)
    expect(csv).toHaveLength(1 + indicators.length + cells.length)
    const people = indicators.find((one: { code: string }) => one.code === 'O.2.3')
    expect(people.value === null || people.value >= 5 || people.value === 0).toBe(true)
    for (const { value } of [...indicators, ...cells]) if (value !== null) expect(value === 0 || value >= 5).toBe(true)
    expect(JSON.stringify(indicators)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  })
  it('marks what nobody has written in the reader’s language', async () => {
    await inCtx((ctx) =>
      ctx.db
        .updateTable('programme.action')
        .set({ code: 'M2.9' })
        .where('ambito_id', '=', ctx.ambito_id)
        .where('code', '=', 'M3.2')
        .execute(),
    )
    await forget()
    const html = await visitor().page('/en/progetto')
    expect(html).toMatch(/<bdi lang="it">Partecipazione alla vita[^<]*<\/bdi> \(in Italian\)/)
  })
})

describe('languages', () => {
  it('one that is switched off leads to one the reader prefers, and leaves the menu and the sitemap', async () => {
    const editor = await as('redazione@demo.example')
    expect((await editor.submit('/staff/lingue/fr/stato', { state: 'off' }, { on: '/staff/lingue' })).status).toBe(303)
    await forget()
    expect((await visitor().get('/fr/progetto')).headers.get('location')).toBe('/it/progetto')
    expect((await visitor().get('/fr/progetto', { 'accept-language': 'fr, ar;q=0.8' })).headers.get('location')).toBe(
      '/ar/progetto',
    )
    expect(await visitor().page('/it/')).not.toContain('hreflang="fr"')
    expect(await visitor().page('/sitemap.xml')).not.toContain('/fr/')
    expect((await editor.submit('/staff/lingue/fr/stato', { state: 'on' }, { on: '/staff/lingue' })).status).toBe(303)
    await forget()
    expect((await visitor().get('/fr/progetto')).status).toBe(200)
  })
  it('until a named person has checked it, every page says so in that language', async () => {
    const notice = 'لم يراجع أحد هذه الترجمة بعد.'
    expect(await visitor().page('/ar/contatti')).toContain(notice)
    expect(await visitor().page('/it/contatti')).not.toContain('not-checked"')
    const office = await as('progetto@demo.example')
    const late = await office.submit('/staff/lingue/ar/controllo', {
      checked_by: 'Samira Haddad',
      checked_on: '2099-01-01',
    })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('non può essere nel futuro')
    const checked_on = await inCtx(async (ctx) => ctx.today)
    expect(
      (await office.submit('/staff/lingue/ar/controllo', { checked_by: 'Samira Haddad', checked_on })).status,
    ).toBe(303)
    await forget()
    expect(await visitor().page('/ar/contatti')).not.toContain(notice)
    // Her name is for the office, not for the public page.
    expect(await visitor().page('/ar/contatti')).not.toContain('Samira')
    expect(wordsOf(await office.page('/staff/lingue'))).toContain('Samira Haddad')
    expect(
      (await office.submit('/staff/lingue/ar/stato', { state: 'unchecked' }, { on: '/staff/lingue' })).status,
    ).toBe(303)
    await forget()
    expect(await visitor().page('/ar/contatti')).toContain(notice)
  })
  it('Italian cannot be switched off, an unknown one does not exist, and only editor and office decide', async () => {
    const editor = await as('redazione@demo.example')
    expect((await editor.post('/staff/lingue/it/stato', { state: 'off' })).status).toBe(422)
    expect((await editor.post('/staff/lingue/xx/stato', { state: 'on' })).status).toBe(404)
    expect((await (await as('operatore@demo.example')).post('/staff/lingue/fr/stato', { state: 'off' })).status).toBe(
      403,
    )
    expect((await (await as('operatore@demo.example')).get('/staff/lingue')).status).toBe(403)
  })
  it('one Ambito’s choice is not its neighbour’s', async () => {
    const editor = await as('redazione@demo.example')
    await editor.submit('/staff/lingue/ro/stato', { state: 'off' }, { on: '/staff/lingue' })
    await forget()
    expect((await http.request('http://vicino.localhost/ro/', { headers: { host: 'vicino.localhost' } })).status).toBe(
      200,
    )
    expect((await visitor().get('/ro/')).status).toBe(302)
    await editor.submit('/staff/lingue/ro/stato', { state: 'on' }, { on: '/staff/lingue' })
    await forget()
  })
})

describe('in a browser', () => {
  const seen = (l: string) =>
    ['home', 'project', 'privacy', 'accessibility', 'contacts']
      .map((page) => portal[page as 'home'].href({ l }))
      .concat(portal.need.href({ l, need: 'diritti' }), booking.kinds.href({ l }))
  // The other two pairs differ in nothing axe has not seen; they are drawn when somebody wants to look at them.
  const looks = [
    { width: 360, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
    ...(screenshots
      ? ([
          { width: 360, scheme: 'dark' },
          { width: 1280, scheme: 'light' },
        ] as const)
      : []),
  ] as const

  it.each(['it', 'ar', 'zh'].flatMap((lang, at) => looks.map((look) => [lang, look.width, look.scheme, at] as const)))(
    'in %s at %i px, %s, nothing to complain about',
    async (lang, width, scheme, at) => {
      if (screenshots) mkdirSync(screenshots, { recursive: true })
      const { page, complaints, close } = await open(portal.home.href({ l: lang }), {
        colorScheme: scheme,
        viewport: { width, height: 800 },
      })
      const share = screenshots ? 1 : width === 360 ? 2 : 3
      for (const path of inTurn(seen(lang), at, share)) {
        await page.goto(new URL(path, page.url()).href)
        if (screenshots)
          await page.screenshot({
            path: join(screenshots, `${path.slice(1).replaceAll('/', '-')}-${scheme}-${width}.png`),
            fullPage: true,
          })
        // The wide dark look differs from the narrow one in nothing else that axe could see.
        expect([path, await axeOn(page, width === 360 ? undefined : ['color-contrast'])]).toEqual([path, []])
        expect([path, complaints]).toEqual([path, []])
        expect([path, await overhang(page)]).toEqual([path, 0])
      }
      await close()
    },
    60_000,
  )

  it('no page hangs over the edge of a screen of 320 px, in any language', async () => {
    const { page, close } = await open('/it/', { viewport: { width: 320, height: 640 } })
    for (const [at, lang] of languages.entries())
      for (const path of inTurn(
        [
          portal.home.href({ l: lang }),
          portal.project.href({ l: lang }),
          portal.need.href({ l: lang, need: 'casa' }),
          portal.contacts.href({ l: lang }),
        ],
        at,
        2,
      )) {
        await page.goto(new URL(path, page.url()).href)
        expect([path, await overhang(page)]).toEqual([path, 0])
      }
    await close()
  })

  it('without JavaScript the hours open, the language changes, and a tile leads where it says', async () => {
    const { page, close } = await open('/it/', { javaScriptEnabled: false, viewport: { width: 360, height: 800 } })
    await page.getByText('Orari della settimana').click()
    await expect.poll(() => page.getByText('venerdì', { exact: true }).isVisible()).toBe(true)
    await page.locator('.languages summary').click()
    await page.getByRole('link', { name: '中文' }).click()
    await expect.poll(() => page.url()).toMatch(/\/zh\/$/)
    await page.getByRole('link', { name: '住房' }).click()
    await expect.poll(() => page.locator('h1').textContent()).toBe('住房')
    await close()
  })

  it('with the keyboard alone one reaches the content first, then each tile in order', async () => {
    const { page, close } = await open('/it/', { viewport: { width: 1280, height: 800 } })
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.getAttribute("href")')).toBe('#main')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main')
    const reached: (string | null)[] = []
    for (const _ of ['field', 'button', 'tile']) {
      await page.keyboard.press('Tab')
      reached.push(await page.evaluate('document.activeElement.id || document.activeElement.getAttribute("href")'))
    }
    expect(reached).toEqual(['cerca', null, '/it/bisogni/documenti'])
    await close()
  })
})
