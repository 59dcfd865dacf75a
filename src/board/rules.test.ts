import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeSlug, slugOf } from '../kernel/slugs.ts'
import { changesBetween } from './rules/changes.ts'
import { endOf, eventErrors, minutesOf, moved, startOf } from './rules/events.ts'
import { daysUnlike, openState, opensOn } from './rules/hours.ts'
import { htmlOf, plainTextOf } from './rules/markdown.ts'
import { daysWithEvents, weeksOf } from './rules/months.ts'
import { publicationErrors, standingOf } from './rules/publication.ts'
import { linesOf, notesFor, workOn } from './rules/texts.ts'
import { distance, folded, nearWords, wordsOf } from './rules/words.ts'

describe('when a service is open', () => {
  const weekly = [
    { weekday: 1, starts_at: '09:00', ends_at: '12:00' },
    { weekday: 1, starts_at: '12:00', ends_at: '18:00' },
    { weekday: 5, starts_at: '15:00', ends_at: '18:00' },
  ]
  const days = ['2026-11-23', '2026-11-24', '2026-11-27', '2026-11-30']
  const on = (exceptions: Parameters<typeof opensOn>[2] = [], closed: string[] = []) =>
    opensOn(days, weekly, exceptions, new Set(closed))

  it('follows the week', () => {
    expect(on().map(({ on_day, starts_at }) => `${on_day} ${starts_at}`)).toEqual([
      '2026-11-23 09:00',
      '2026-11-23 12:00',
      '2026-11-27 15:00',
      '2026-11-30 09:00',
      '2026-11-30 12:00',
    ])
  })
  it('is shut on the days of closure', () =>
    expect(on([], ['2026-11-23']).some(({ on_day }) => on_day === '2026-11-23')).toBe(false))
  it('lets a written day win over the week and over closures', () => {
    const said = [{ on_day: '2026-11-23', starts_at: '10:00', ends_at: '11:00' }]
    expect(on(said, ['2026-11-23'])[0]).toEqual({ on_day: '2026-11-23', starts_at: '10:00', ends_at: '11:00' })
    const shut = [{ on_day: '2026-11-23', starts_at: null, ends_at: null }]
    expect(on(shut).some(({ on_day }) => on_day === '2026-11-23')).toBe(false)
  })
  it('says until when, across hours that touch', () =>
    expect(openState(on(), '2026-11-23', '10:00')).toEqual({ open: true, until: '18:00' }))
  it('is shut at the very minute of closing', () =>
    expect(openState(on(), '2026-11-23', '18:00')).toEqual({
      open: false,
      day: 'd5',
      on_day: '2026-11-27',
      at: '15:00',
    }))
  it('is open at the very minute of opening', () =>
    expect(openState(on(), '2026-11-27', '15:00')).toEqual({ open: true, until: '18:00' }))
  it('knows today and tomorrow', () => {
    expect(openState(on(), '2026-11-23', '08:00')).toMatchObject({ open: false, day: 'today', at: '09:00' })
    expect(openState(on(), '2026-11-26', '20:00')).toMatchObject({ open: false, day: 'tomorrow', at: '15:00' })
    expect(openState(on(), '2026-11-20', '20:00')).toMatchObject({ open: false, day: 'd1' })
    expect(openState(on(), '2026-11-10', '20:00')).toMatchObject({ open: false, day: 'later' })
  })
  it('tells the days of the next seven that do not keep to the week, and leaves closures out', () => {
    const week = [{ weekday: 1, starts_at: '15:00', ends_at: '18:00' }]
    const monday = { on_day: '2026-11-23', starts_at: '15:00', ends_at: '18:00' }
    const sunday = { on_day: '2026-11-22', starts_at: '09:00', ends_at: '20:00' }
    expect(daysUnlike([sunday, monday], week, [], '2026-11-22')).toEqual([{ on_day: '2026-11-22', openings: [sunday] }])
    expect(daysUnlike([], week, [], '2026-11-22')).toEqual([{ on_day: '2026-11-23', openings: [] }])
    expect(daysUnlike([], week, ['2026-11-23'], '2026-11-22')).toEqual([])
    // The same hours for somebody else are other hours.
    const other = [{ ...monday, kind: 'refugees' }]
    expect(daysUnlike(other, week, [], '2026-11-22')).toHaveLength(1)
    expect(daysUnlike([monday, { ...sunday, on_day: '2026-11-30' }], week, [], '2026-11-22')).toEqual([])
  })
  it('says nothing when nobody has said anything', () => expect(openState([], '2026-11-23', '10:00')).toBeUndefined())
  it('is open exactly when the minute lies in an opening of that day', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    const clock = (of: number) => `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`
    fc.assert(
      fc.property(fc.array(fc.tuple(minute, minute), { maxLength: 5 }), minute, (spans, now) => {
        const openings = spans
          .map(([a, b]) => ({ on_day: '2026-11-23', starts_at: clock(Math.min(a, b)), ends_at: clock(Math.max(a, b)) }))
          .filter(({ starts_at, ends_at }) => starts_at < ends_at)
          .sort((a, b) => a.starts_at.localeCompare(b.starts_at))
        const inside = openings.some(({ starts_at, ends_at }) => starts_at <= clock(now) && clock(now) < ends_at)
        expect(openState(openings, '2026-11-23', clock(now))?.open ?? false).toBe(inside)
      }),
    )
  })
})

describe('what is shown', () => {
  const item = { kind: 'service', published_from: '2026-01-01', published_until: '2026-06-30', withdrawn_at: null }
  it.each([
    ['2025-12-31', 'waiting'],
    ['2026-01-01', 'live'],
    ['2026-06-30', 'live'],
    ['2026-07-01', 'stale'],
    ['2026-07-30', 'stale'],
    ['2026-07-31', 'gone'],
  ])('a service on %s is %s', (today, standing) => expect(standingOf(item, today, 30)).toBe(standing))
  it('a notice has no days of grace', () =>
    expect(standingOf({ ...item, kind: 'notice' }, '2026-07-01', 30)).toBe('gone'))
  it('without a day it is a draft; withdrawn it is withdrawn', () => {
    expect(standingOf({ ...item, published_from: null }, '2026-02-01', 30)).toBe('draft')
    expect(standingOf({ ...item, withdrawn_at: 'x' }, '2026-02-01', 30)).toBe('withdrawn')
  })
  it('a service has a day by which it is checked', () => {
    expect(publicationErrors({ published_from: '2026-01-01' }, 'service')).toHaveProperty('published_until')
    expect(publicationErrors({ published_from: '2026-01-01' }, 'notice')).toEqual({})
    expect(publicationErrors({ published_from: '2026-01-02', published_until: '2026-01-01' }, 'notice')).toHaveProperty(
      'published_until',
    )
  })
})

describe('what a reader is told', () => {
  const state = { origin: 'person', checked: true, fresh: true } as const
  it('nothing of a fresh translation, and nothing of Italian to who reads Italian', () => {
    expect(notesFor('ar', state)).toEqual([])
    expect(notesFor('it', null)).toEqual([])
  })
  it('that it is in Italian', () => expect(notesFor('ar', null)).toEqual(['in_italian']))
  it('that it may be old, whoever checked the old one', () =>
    expect(notesFor('ar', { ...state, fresh: false })).toEqual(['maybe_old']))
  it('that a program wrote it, until somebody has checked', () => {
    expect(notesFor('ar', { origin: 'machine', checked: false, fresh: true })).toEqual(['by_machine'])
    expect(notesFor('ar', { origin: 'machine', checked: true, fresh: true })).toEqual([])
    expect(notesFor('ar', { origin: 'machine', checked: false, fresh: false })).toEqual(['maybe_old', 'by_machine'])
  })
  it('and a translator what comes first', () => {
    expect(workOn(null)).toBe('missing')
    expect(workOn({ ...state, fresh: false })).toBe('stale')
    expect(workOn({ ...state, checked: false })).toBe('unchecked')
    expect(workOn(state)).toBeUndefined()
  })
})

describe('Markdown', () => {
  it('makes what editors need', () =>
    expect(htmlOf('## Quando\n\n- il **lunedì**\n- [sito](https://esempio.it)')).toBe(
      '<h2>Quando</h2>\n<ul>\n<li>il <strong>lunedì</strong></li>\n<li><a href="https://esempio.it" rel="noopener noreferrer">sito</a></li>\n</ul>',
    ))
  const attacks = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/staff/uscita)',
    '![x](https://evil.example/pixel.png)',
    '<a href="javascript:alert(1)">x</a>',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '<style>*{display:none}</style>',
    '<iframe src=https://evil.example></iframe>',
    '<b onmouseover=alert(1)>x</b>',
    '```html\n<script>alert(1)</script>\n```',
    '[<img src=x onerror=alert(1)>](https://esempio.it)',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '\u202E<script>',
  ]
  it.each(attacks)('carries nothing that acts: %s', (typed) => {
    const html = htmlOf(typed)
    expect(html).not.toMatch(/<(script|img|svg|style|iframe|b|object|form)\b/i)
    expect(html).not.toMatch(/<[^>]+\son\w+=/i)
    for (const [, href] of html.matchAll(/<a href="([^"]*)"/g)) expect(href).toMatch(/^(https?:\/\/|mailto:|tel:)/)
  })
  it('makes no element but its own, whatever is typed', () => {
    const allowed = /^\/?(p|br|strong|em|ul|ol|li|h2|h3|blockquote|a|hr)$/
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...attacks, '<', '>', '"', "'", '](', '![', '`', '&#', '\n', '    '),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const [, name] of htmlOf(pieces.join('')).matchAll(/<(\/?[a-z0-9]+)/gi)) expect(name).toMatch(allowed)
      }),
      { numRuns: 300 },
    )
  })
  it('reads as plain text in a calendar', () =>
    expect(plainTextOf('## A & B\n\n- uno\n- <due>')).toBe('A & B\n\nuno\n\n<due>'))
})

describe('addresses', () => {
  it.each([
    ['Sportello stranieri', 'sportello-stranieri'],
    ['Che cos’è? È già qui!', 'che-cos-e-e-gia-qui'],
    ['مكتب', 'scheda'],
  ])('%s → %s', (title, slug) => expect(slugOf(title, 'scheda')).toBe(slug))
  it('never too long, always what the database takes', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (title) => {
        expect(slugOf(title, 'scheda')).toMatch(/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/)
      }),
    ))
  it('are not given twice', () => expect(freeSlug('a', new Set(['a', 'a-2']))).toBe('a-3'))
})

describe('changes of the source', () => {
  it('are the words that went and the words that came', () =>
    expect(changesBetween('aperto il lunedì alle 15', 'aperto il martedì alle 15')).toEqual([
      { kind: 'same', text: 'aperto il ' },
      { kind: 'gone', text: 'lunedì' },
      { kind: 'new', text: 'martedì' },
      { kind: 'same', text: ' alle 15' },
    ]))
  it('put together give both texts back', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b ', 'casa', '\n', 'ل'), { maxLength: 40 }),
        fc.array(fc.constantFrom('a', 'b ', 'casa', '\n', 'ل'), { maxLength: 40 }),
        (a, b) => {
          const pieces = changesBetween(a.join(''), b.join(''))
          const without = (kind: string) =>
            pieces
              .filter((piece) => piece.kind !== kind)
              .map(({ text }) => text)
              .join('')
          expect(without('new')).toBe(a.join(''))
          expect(without('gone')).toBe(b.join(''))
        },
      ),
    ))
})

describe('words that are searched', () => {
  it.each([
    ['Perché', 'it', ['perche']],
    ['dell’ufficio', 'it', ['dell', 'ufficio']],
    ['الأجانب', 'ar', ['اجانب']],
    ['المُساعَدة', 'ar', ['مساعده']],
    ['Їжа', 'uk', ['іжа']],
  ])('%s (%s)', (text, lang, words) => expect(wordsOf(text, lang)).toEqual(words))
  it('keep the vowel signs of Bengali and Gurmukhi', () => {
    expect(folded('সেবা')).toBe('সেবা'.normalize('NFC'))
    expect(folded('ਸੇਵਾ')).toBe('ਸੇਵਾ')
  })
  it('forgive a wrong letter', () => {
    const all = ['permesso', 'permessi', 'medico', 'casa']
    expect(nearWords('permeso', all)[0]).toMatch(/^permess/)
    expect(nearWords('mediko', all)).toEqual(['medico'])
    expect(nearWords('cas', all)).toEqual([])
  })
  it('measure as people do: a swap is one mistake', () => {
    expect(distance('lavoro', 'lavroo', 2)).toBe(1)
    expect(distance('casa', 'scuola', 2)).toBeGreaterThan(2)
  })
  it('survive wildcards and anything else', () => {
    for (const typed of ['%', '_', '%%%', "'; drop table board.word; --", '\\', '*', '(((', '\u0000'])
      expect(() => wordsOf(typed, 'it')).not.toThrow()
    expect(wordsOf('%_*', 'it')).toEqual([])
  })
})

describe('events', () => {
  const event = { on_day: '2026-11-25', starts_at: '15:00', ends_at: '17:00', place_id: null, place_text: 'Lodi' }
  it('move when day, hour or place change', () => {
    expect(moved(event, { ...event })).toBe(false)
    for (const change of [{ on_day: '2026-11-26' }, { starts_at: '14:00' }, { place_text: 'Codogno' }])
      expect(moved(event, { ...event, ...change })).toBe(true)
  })
  it('have an end after their start, and a place', () => {
    expect(eventErrors({ ...event, ends_at: '15:00', place_id: undefined })).toHaveProperty('ends_at')
    expect(eventErrors({ ...event, place_id: undefined, place_text: undefined })).toHaveProperty('place_text')
  })
  it('last as long as the clock of the wall says, also in the night it changes', () => {
    expect(minutesOf(event)).toBe(120)
    expect(minutesOf({ on_day: '2026-10-25', starts_at: '01:30', ends_at: '03:30' })).toBe(180)
    expect(minutesOf({ on_day: '2027-03-28', starts_at: '01:30', ends_at: '03:30' })).toBe(60)
  })
  it('in a doubled hour the first is meant, in a skipped one the next', () => {
    expect(startOf({ on_day: '2026-10-25', starts_at: '02:30' }).offset).toBe('+02:00')
    expect(startOf({ on_day: '2027-03-28', starts_at: '02:30' }).toString()).toBe(
      '2027-03-28T03:30:00+02:00[Europe/Rome]',
    )
    expect(endOf({ on_day: '2027-03-28', ends_at: '04:00' }).offset).toBe('+02:00')
  })
})

it('a list of documents is one a line, with or without dashes', () =>
  expect(linesOf('- passaporto\n\n• codice fiscale\n tessera ')).toEqual(['passaporto', 'codice fiscale', 'tessera']))

describe('a month on the wall', () => {
  it('begins on Monday, holds every day once, in order, in whole weeks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2020, max: 2060 }), fc.integer({ min: 1, max: 12 }), (year, number) => {
        const month = `${year}-${String(number).padStart(2, '0')}`
        const weeks = weeksOf(month)
        const days = weeks.flat().filter((day) => day !== null)
        expect(weeks.every((week) => week.length === 7)).toBe(true)
        expect(days).toHaveLength(Temporal.PlainYearMonth.from(month).daysInMonth)
        expect(days).toEqual(days.toSorted())
        for (const week of weeks)
          for (const [at, day] of week.entries()) if (day) expect(Temporal.PlainDate.from(day).dayOfWeek).toBe(at + 1)
      }),
      { numRuns: 60 },
    )
  })
  it('leads to the page of the list on which the first of a day stands', () => {
    const counts = [
      { on_day: '2026-12-01', count: 50 },
      { on_day: '2026-12-02', count: 49 },
      { on_day: '2026-12-03', count: 3 },
      { on_day: '2026-12-04', count: 1 },
    ]
    expect([...daysWithEvents(counts, 50).values()].map(({ page }) => page)).toEqual([1, 2, 2, 3])
  })
})
