/** The catalogue as text: nothing a strict content policy or a careless attribute could trip over, and every reference leads somewhere. */
import type { Child } from 'hono/jsx'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { visitor } from '../kernel/actor.ts'
import { blankForm, text } from '../kernel/form.ts'
import { Catalogue, RefusedPage } from './catalogue.tsx'
import { Chip } from './chip.tsx'
import { exampleFrame } from './example-frame.ts'
import { Facts } from './facts.tsx'
import { Field } from './field.tsx'
import { FormCard } from './form-card.tsx'
import { safeHref } from './link.tsx'
import { look } from './look.tsx'
import { Name } from './name.tsx'
import { Page } from './page.tsx'
import { Table } from './table.tsx'
import { Count, Day, Minutes, Moment, Money } from './time.tsx'
import { weekdayInWords } from './words-of-time.ts'

const global = ['id', 'class', 'lang', 'dir', 'hidden', 'tabindex', 'role', 'autofocus', 'popover']
const allowed: Record<string, readonly string[]> = {
  html: [],
  head: [],
  title: [],
  body: [],
  header: [],
  main: [],
  footer: [],
  nav: [],
  aside: [],
  section: [],
  search: [],
  div: [],
  span: [],
  p: [],
  h1: [],
  h2: [],
  h3: [],
  ul: [],
  ol: [],
  li: [],
  dl: [],
  dt: [],
  dd: [],
  strong: [],
  kbd: [],
  bdi: [],
  fieldset: [],
  legend: [],
  summary: [],
  datalist: [],
  caption: [],
  table: [],
  thead: [],
  tbody: [],
  tfoot: [],
  tr: [],
  td: [],
  style: [],
  meta: ['charset', 'name', 'property', 'content'],
  link: ['rel', 'href', 'type', 'hreflang'],
  script: ['src', 'defer'],
  a: ['href', 'rel', 'hreflang'],
  img: ['src', 'alt', 'width', 'height', 'loading'],
  time: ['datetime'],
  details: ['open'],
  th: ['scope'],
  form: ['method', 'action', 'enctype', 'novalidate'],
  label: ['for'],
  input: [
    'type',
    'name',
    'value',
    'checked',
    'autocomplete',
    'inputmode',
    'maxlength',
    'min',
    'max',
    'list',
    'accept',
    'multiple',
  ],
  textarea: ['name', 'rows', 'autocomplete', 'maxlength'],
  select: ['name'],
  option: ['value', 'selected'],
  button: ['type', 'name', 'value', 'popovertarget'],
  progress: ['value', 'max'],
  svg: ['viewBox', 'focusable', 'width', 'height'],
  path: ['d', 'fill'],
  rect: ['width', 'height', 'x', 'y', 'rx'],
  circle: ['cx', 'cy', 'r'],
}

type Element = { tag: string; attributes: Map<string, string> }

function elementsOf(html: string): Element[] {
  const bare = html.replace(/<style>.*?<\/style>/gs, '<style></style>')
  return [...bare.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, tag = '', inside = '']) => ({
      tag,
      attributes: new Map(
        [...inside.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, value]),
      ),
    }),
  )
}

const pages: [string, string][] = [
  [
    'catalogue, staff, Italian',
    look.page(
      exampleFrame('staff', 'it', { menu: [{ text: 'Oggi', href: '/staff' }], said: ['Salvato.'], draft_back: true }),
      <Catalogue />,
    ),
  ],
  [
    'catalogue, public, Arabic',
    look.page(
      exampleFrame('public', 'ar', { logos: [{ src: '/logo.svg', alt: 'Fondo', width: 90, height: 30 }] }),
      <Catalogue />,
    ),
  ],
  ['refused form, staff, English', look.page(exampleFrame('staff', 'en'), <RefusedPage />)],
  [
    'failure, staff, nobody signed in',
    look.failure(exampleFrame('staff', 'it', { actor: visitor }), 'forbidden', { request_id: 'r-2' }),
  ],
  [
    'failure, public, Italian',
    look.failure(exampleFrame('public', 'it'), 'refused', { request_id: 'r-1', sentences: ['Il corso è pieno.'] }),
  ],
]
const drawn = (node: Child, lang = 'it') => look.fragment(exampleFrame('staff', lang), node)

describe.each(pages)('%s', (_, html) => {
  const elements = elementsOf(html)

  it('carries only elements and attributes we know, no handler and no style attribute', () => {
    const strange = elements.flatMap(({ tag, attributes }) =>
      !allowed[tag]
        ? [`<${tag}>`]
        : [...attributes.keys()]
            .filter(
              (name) => !/^(aria|data)-[a-z-]+$/.test(name) && !global.includes(name) && !allowed[tag]?.includes(name),
            )
            .map((name) => `<${tag} ${name}>`),
    )
    expect(elements.length).toBeGreaterThan(20)
    expect([...new Set(strange)]).toEqual([])
    expect(html).not.toMatch(/\son[a-z]+=|\sstyle=|javascript:[^<]*"|undefined|\[object|NaN/)
  })

  it('names every id once, and every reference finds its id', () => {
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const pointed = elements.flatMap(({ attributes }) => [
      ...['for', 'list', 'popovertarget'].flatMap((name) => attributes.get(name) ?? []),
      ...['aria-describedby', 'aria-labelledby', 'aria-controls'].flatMap(
        (name) => attributes.get(name)?.split(' ') ?? [],
      ),
      ...(attributes.get('href')?.startsWith('#') ? [attributes.get('href')?.slice(1) as string] : []),
    ])
    expect(pointed.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('labels every field', () => {
    const labelled = new Set(
      elements.filter(({ tag }) => tag === 'label').map(({ attributes }) => attributes.get('for')),
    )
    const bare = elements.filter(
      ({ tag, attributes }) =>
        ['input', 'select', 'textarea'].includes(tag) &&
        attributes.get('type') !== 'hidden' &&
        !labelled.has(attributes.get('id')),
    )
    expect(bare).toEqual([])
  })

  it('has one h1, one main, a language and a direction', () => {
    expect(elements.filter(({ tag }) => tag === 'h1')).toHaveLength(1)
    expect(elements.filter(({ tag }) => tag === 'main')).toHaveLength(1)
    expect(html).toMatch(/^<!doctype html><html lang="[a-z]+" dir="(ltr|rtl)">/)
  })

  it('lets nothing typed become markup', () => {
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('<b>Wei')
  })

  it('keeps the name of no person in its title', () => {
    expect(html.match(/<title>(.*?)<\/title>/)?.[1]).not.toMatch(/RAHMANI|رحماني|Marchesi/)
  })
})

describe('every part', () => {
  const evil = '"><img src=x onerror=alert(1)>'
  it.each([
    [
      'Chip',
      <Chip state="good" href={evil}>
        {evil}
      </Chip>,
    ],
    ['Facts', <Facts of={[[evil, evil]]} />],
    ['Name', <Name latin={evil} original={evil} lang={evil} />],
    ['Table', <Table caption={evil} rows={[evil]} empty={evil} columns={[{ header: evil, cell: (row) => row }]} />],
  ])('%s escapes what it is given', (_, node) => {
    expect(drawn(node)).not.toContain('<img')
  })
})

describe('a refused form', () => {
  const schema = z.object({ given_name: text(), elsewhere: text() })
  const form = {
    ...blankForm<typeof schema>('a', { given_name: '' }),
    errors: { elsewhere: 'Manca.', given_name: 'Troppo corto.', form: 'È tardi.' },
  }
  const html = drawn(
    <FormCard form={form} submit="Salva">
      <Field form={form} name="given_name" label="Nome" />
    </FormCard>,
  )

  it('leads to the fields it shows and only names the others', () => {
    expect(html).toContain('<a href="#f-given_name"><strong>Nome</strong> – Troppo corto.</a>')
    expect(html).toContain('<li>Manca.</li>')
  })
  it('says what concerns the whole first', () => {
    expect(html.indexOf('È tardi.')).toBeLessThan(html.indexOf('Troppo corto.'))
  })
  it('carries the mark of the form and of its Ambito', () => {
    expect(html).toContain(`name="_once" value="${form.once}"`)
    expect(html).toContain('name="_ambito" value="a"')
  })
  it('never gives a password back', () => {
    const secret = { values: { password: 'letmein' }, errors: {} }
    expect(drawn(<Field form={secret} name="password" kind="password" label="Password" />)).not.toContain('letmein')
  })
})

describe('an address typed in by people', () => {
  it.each(['https://a.example/?b=c', 'http://a.example', 'mailto:a@b.example', 'tel:+393331234567'])(
    '%s is a link',
    (href) => {
      expect(safeHref(href)).toBeDefined()
    },
  )
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    '/staff',
    'file:///etc/passwd',
  ])('%s is only text', (href) => {
    expect(safeHref(href)).toBeUndefined()
  })
})

describe('days, times and numbers', () => {
  const words = (html: string) =>
    html
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/[\u200e\u200f\u00a0\u202f]/g, ' ')
      .trim()
  it('says the weekday, and the year only when it is another one', () => {
    expect(words(drawn(<Day on="2026-11-23" />))).toBe('lunedì 23 novembre')
    expect(words(drawn(<Day on="2027-06-07" />))).toBe('lunedì 7 giugno 2027')
    expect(words(drawn(<Day on="2026-11-23" />, 'ar'))).toBe('الاثنين، 23 نوفمبر')
  })
  it('keeps Rome’s clock on both sides of the hour that October doubles', () => {
    expect(words(drawn(<Moment at="2026-10-25T00:30:00Z" />))).toBe('domenica 25 ottobre, 02:30')
    expect(words(drawn(<Moment at="2026-10-25T01:30:00Z" />))).toBe('domenica 25 ottobre, 02:30')
    expect(words(drawn(<Moment at="2026-10-24T22:30:00Z" />))).toBe('domenica 25 ottobre, 00:30')
  })
  it('writes Latin digits in every language, grouped', () => {
    expect(words(drawn(<Count of={1234} />))).toBe('1.234')
    expect(words(drawn(<Count of={1234} />, 'ar'))).toBe('1,234')
    expect(words(drawn(<Money cents={-5} />))).toBe('-0,05 €')
  })
  it('names the days of the week', () => {
    expect([1, 7].map((weekday) => weekdayInWords(weekday, 'it'))).toEqual(['lunedì', 'domenica'])
    expect(weekdayInWords(1, 'ar')).toBe('الاثنين')
  })
  it('says minutes as people do', () => {
    expect([0, 15, 60, 75].map((of) => words(drawn(<Minutes of={of} />)))).toEqual([
      '0 min',
      '15 min',
      '1 h',
      '1 h 15 min',
    ])
  })
})

describe('a page', () => {
  it('that is no <Page> is refused', () => {
    expect(() => look.page(exampleFrame('public', 'it'), <p>nuda</p>)).toThrow(/not a <Page>/)
  })
  it('offers itself in every live language', () => {
    const html = look.page(exampleFrame('public', 'it', { path: '/it/corsi/italiano-a1' }), <Page title="Corso" />)
    for (const lang of ['it', 'en', 'ar']) expect(html).toContain(`href="/${lang}/corsi/italiano-a1"`)
  })
  it('leads to the front page of a language when its address carries none', () => {
    const html = look.page(exampleFrame('public', 'it', { path: '/attestati/12' }), <Page title="Attestato" />)
    expect(html).toContain('<a class="list-item" lang="ar" hreflang="ar" href="/ar/"')
    expect(html).not.toContain('rel="alternate"')
  })
  it('as a fragment carries no document around it', () => {
    expect(drawn(<Chip state="good">sì</Chip>)).not.toContain('<html')
  })
})
