/**
 * Words. A module's texts lie in `src/<module>/text/`: `{language}.json` for what citizens, mediators and requesting bodies
 * read, `staff.{it,en}.json` for the staff screens. A key is `<module>.<key>`; Italian is the source and the type.
 * Messages are ICU MessageFormat, so plurals follow each language's own rules.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { faultOf, log } from './log.ts'
import { root } from './root.ts'

/** The live languages of the public side, in the order of the language menu. */
export const languages = ['it', 'en', 'fr', 'es', 'ar', 'sq', 'zh', 'uk', 'pa', 'bn', 'ur', 'ro'] as const
export type Language = (typeof languages)[number]
export const staffLanguages = ['it', 'en'] as const satisfies readonly Language[]
export const isLanguage = (text: string | undefined): text is Language => languages.includes(text as Language)

/** Each module adds its own words here: `declare module '../kernel/i18n.ts' { interface Texts { desk: typeof staff } }`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in every module.ts
export interface Texts {}
export type TextKey = { [M in keyof Texts & string]: `${M}.${keyof Texts[M] & string}` }[keyof Texts & string]
export type Params = Record<string, string | number | null>
export type Translate = (key: TextKey, params?: Params) => string

const rightToLeft = new Set(['ar', 'ur', 'fa', 'ps', 'he', 'ckb'])
export const direction = (lang: string) => (rightToLeft.has(lang.split('-')[0] ?? lang) ? 'rtl' : 'ltr')

/** Digits people read on documents and clocks in Italy: Latin ones in every language, so that hours and sums compare at a glance. */
export const locale = (lang: string) => `${lang === 'zh' ? 'zh-Hans' : lang}-u-nu-latn`

type Catalogue = Map<string, string>

/** Reads every text file once: `{ it: { 'desk.queue.title': … }, 'staff.it': … }`. */
export function readTexts(folder = join(root, 'src')) {
  const catalogues = new Map<string, Catalogue>()
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const texts = join(folder, entry.name, 'text')
    for (const file of list(texts)) {
      const name = file.replace(/\.json$/, '')
      const catalogue = catalogues.get(name) ?? new Map<string, string>()
      catalogues.set(name, catalogue)
      const words = JSON.parse(readFileSync(join(texts, file), 'utf8')) as Record<string, string>
      for (const [key, text] of Object.entries(words)) catalogue.set(`${entry.name}.${key}`, text)
    }
  }
  return catalogues
}

function list(folder: string) {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.json'))
  } catch {
    return []
  }
}

export type Words = ReturnType<typeof openWords>

/** `translate('it')` gives `t`; staff words are looked up in the same `t` when the language has them. */
export function openWords(catalogues = readTexts()) {
  const messages = new Map<string, IntlMessageFormat>()
  const translators = new Map<string, Translate>()

  function message(lang: string, key: string) {
    const id = `${lang} ${key}`
    let found = messages.get(id)
    if (!found) {
      const text = catalogues.get(lang)?.get(key) ?? catalogues.get(`staff.${lang}`)?.get(key)
      // A missing word is a defect the tests refuse; on a page the key itself is better than a crash.
      found = new IntlMessageFormat(text ?? key.replaceAll(/[{}<>]/g, ''), locale(lang), undefined, { ignoreTag: true })
      messages.set(id, found)
    }
    return found
  }

  return {
    has: (lang: string, key: string) =>
      catalogues.get(lang)?.has(key) === true || catalogues.get(`staff.${lang}`)?.has(key) === true,
    translate(lang: string): Translate {
      let t = translators.get(lang)
      if (!t) {
        t = (key, params) => {
          try {
            return String(message(lang, key).format(params ?? {}))
          } catch (error) {
            log.warn({ key, lang, ...faultOf(error) }, 'a sentence lacks a value')
            return key
          }
        }
        translators.set(lang, t)
      }
      return t
    },
  }
}
