/** A word that is missing, half written or not translated fails here: no page may find out first. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { languages, locale, staffLanguages } from './i18n.ts'
import { root } from './root.ts'

type Words = Record<string, string>
const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && existsSync(join(root, 'src', entry.name, 'text')),
)
const read = (module: string, name: string): Words | undefined => {
  const path = join(root, 'src', module, 'text', `${name}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Words) : undefined
}
const modules = folders.map(({ name }) => name)
const open = modules.filter((name) => read(name, 'it'))
const staffed = modules.filter((name) => read(name, 'staff.it'))

/** Names, and words that are the same in both languages. */
const sameAsItalian = new Set([
  ...languages.map((lang) => `${lang} ui.site.name`),
  ...languages.filter((lang) => lang !== 'fr').map((lang) => `${lang} ui.labelled`),
  ...['es', 'fr', 'ro', 'sq'].map((lang) => `${lang} ui.minutes.zero`),
  ...['en', 'es'].flatMap((lang) => [`${lang} participation.face.no`, `${lang} participation.again.no`]),
  'en ui.footer.privacy',
  'en ui.footer.newsletter',
  'en ui.minutes.zero',
  'en ui.minutes.short',
  'en portal.contacts.mail',
  'es ui.minutes.short',
  'fr ui.minutes.short',
  'ro portal.contacts.mail',
])

/** Each word of a public page is written in the script of its language. */
const scripts: Partial<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  ur: /\p{Script=Arabic}/u,
  zh: /\p{Script=Han}/u,
  uk: /\p{Script=Cyrillic}/u,
  pa: /\p{Script=Gurmukhi}/u,
  bn: /\p{Script=Bengali}/u,
}
/** Punctuation of another script inside a sentence: a slip of the keyboard. */
const foreign: Partial<Record<string, RegExp>> = {
  ar: /[?;]|, |[۔।。]/,
  ur: /[?;]|, |[^\d]\.$|[।。]/,
  // No sign at the head of a line: what stands before it does not let it go.
  fr: / [?!:;»]|« /,
  zh: /[?;!]|, |[^\d]\.$|[：；，。！？、] (?=\p{Script=Han})/u,
  pa: /[^\d]\.$|[۔。]/,
  bn: /[^\d]\.$|[۔。]/,
}

type Node = { type: number; value: string; options?: Record<string, { value: Node[] }> }
const kinds = { argument: 1, number: 2, date: 3, time: 4, select: 5, plural: 6 }
const parsed = (text: string, lang: string) =>
  new IntlMessageFormat(text, locale(lang), undefined, { ignoreTag: true }).getAst() as unknown as Node[]
const walk = (nodes: Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...Object.values(node.options ?? {}).flatMap((option) => walk(option.value))])

/** `count:plural`, `{day}`, and every answer a choice can have. */
function placeholders(text: string, lang: string) {
  const found = walk(parsed(text, lang)).filter(({ type }) => type >= kinds.argument && type <= kinds.plural)
  return [
    ...new Set(
      found.map(
        (node) =>
          `${node.value}:${node.type}${node.type === kinds.select ? `:${Object.keys(node.options ?? {}).sort()}` : ''}`,
      ),
    ),
  ].sort()
}

/** What the language's own rules ask for, of whole numbers people meet; a number answered by itself (`=0`) asks for nothing. */
function pluralMistakes(text: string, lang: string) {
  const rules = new Intl.PluralRules(lang)
  return walk(parsed(text, lang))
    .filter(({ type }) => type === kinds.plural)
    .flatMap(({ value, options = {} }) => {
      const given = Object.keys(options)
      const numbers = Array.from({ length: 1000 }, (_, number) => number).filter(
        (number) => !given.includes(`=${number}`),
      )
      const wanted = new Set(['other', ...numbers.map((number) => rules.select(number))])
      return [
        ...[...wanted].filter((category) => !given.includes(category)).map((category) => `${value} lacks ${category}`),
        ...given
          .filter((category) => !category.startsWith('=') && !wanted.has(category as Intl.LDMLPluralRule))
          .map((category) => `${value} has ${category}, which never comes`),
      ]
    })
}

const everyWord = open.flatMap((module) =>
  Object.entries(read(module, 'it') as Words).map(([key, italian]) => ({ module, key, italian })),
)

describe.each(languages)('the public words in %s', (lang) => {
  const wordsOf = new Map(open.map((module) => [module, read(module, lang) ?? {}]))
  const said = everyWord.map(({ module, key, italian }) => ({
    name: `${module}.${key}`,
    italian,
    text: wordsOf.get(module)?.[key],
  }))
  const written = said.filter((word): word is typeof word & { text: string } => word.text !== undefined)

  it('are all there, and no others', () => {
    expect(said.filter(({ text }) => text === undefined || text.trim() === '').map(({ name }) => name)).toEqual([])
    const strange = open.flatMap((module) =>
      Object.keys(wordsOf.get(module) ?? {})
        .filter((key) => !(key in (read(module, 'it') as Words)))
        .map((key) => `${module}.${key}`),
    )
    expect(strange).toEqual([])
  })
  it('take the same values as the Italian ones', () => {
    expect(
      written
        .filter(({ italian, text }) => `${placeholders(italian, 'it')}` !== `${placeholders(text, lang)}`)
        .map(({ name, text }) => `${name}: ${text}`),
    ).toEqual([])
  })
  it('have the plurals this language has', () => {
    expect(
      written.flatMap(({ name, text }) => pluralMistakes(text, lang).map((mistake) => `${name}: ${mistake}`)),
    ).toEqual([])
  })
  it('are translated', () => {
    if (lang === 'it') return expect(written.length).toBe(everyWord.length)
    expect(
      written
        .filter(({ name, italian, text }) => italian === text && !sameAsItalian.has(`${lang} ${name}`))
        .map(({ name }) => name),
    ).toEqual([])
  })
  it('are written in its script, with its own punctuation', () => {
    const script = scripts[lang]
    const [latin, slips] = [
      written.filter(({ name, text }) => script && !script.test(text) && !sameAsItalian.has(`${lang} ${name}`)),
      written.filter(({ text }) => foreign[lang]?.test(text.replaceAll(/\{[^{}]*[{}]|STP, ENI/g, ''))),
    ]
    expect(latin.map(({ name }) => name)).toEqual([])
    expect(slips.map(({ name, text }) => `${name}: ${text}`)).toEqual([])
  })
})

it('no exception is left over', () => {
  const needed = new Set(
    languages.flatMap((lang) =>
      everyWord.flatMap(({ module, key, italian }) => {
        const text = read(module, lang)?.[key] ?? ''
        return text === italian || (scripts[lang] && !scripts[lang]?.test(text)) ? [`${lang} ${module}.${key}`] : []
      }),
    ),
  )
  expect([...sameAsItalian].filter((exception) => !needed.has(exception))).toEqual([])
})

describe.each(staffed)('the staff words of %s', (module) => {
  const [italian, ...others] = staffLanguages.map((lang) => ({ lang, words: read(module, `staff.${lang}`) ?? {} }))
  it('have equal keys, values and right plurals in both languages', () => {
    const source = italian?.words as Words
    for (const { lang, words } of others) {
      expect(Object.keys(words).sort()).toEqual(Object.keys(source).sort())
      expect(
        Object.entries(words)
          .filter(([key, text]) => `${placeholders(text, lang)}` !== `${placeholders(source[key] ?? '', 'it')}`)
          .map(([key]) => key),
      ).toEqual([])
    }
    for (const { lang, words } of [{ lang: 'it', words: source }, ...others])
      expect(
        Object.entries(words).flatMap(([key, text]) =>
          pluralMistakes(text, lang).map((mistake) => `${lang} ${key}: ${mistake}`),
        ),
      ).toEqual([])
  })
})
