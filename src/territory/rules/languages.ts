import list from '../lists/languages.json' with { type: 'json' }
import { wordBook } from './words.ts'

/** Tier 0 is the source, 1 and 2 are the portal's, 3 are spoken by mediators and on short sheets. */
export type SpokenLanguage = {
  code: string
  it: string
  en: string
  native: string
  dir: 'ltr' | 'rtl'
  tier: 0 | 1 | 2 | 3
  also: string[]
}

export const spokenLanguages = list as readonly SpokenLanguage[]
const byCode = new Map(spokenLanguages.map((language) => [language.code, language]))

/** @returns the BCP 47 code of a language written as a name or a code */
export const languageOf = wordBook(
  spokenLanguages.map(({ code, it, en, native, also }) => [code, [code, it, en, native, ...also]] as const),
)

export function languageName(code: string, lang: string) {
  const language = byCode.get(code)
  if (language && (lang === 'it' || lang === 'en')) return language[lang]
  // A code of no known shape would be an error, not a name.
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code)) return code
  return new Intl.DisplayNames([lang], { type: 'language', fallback: 'code' }).of(code) ?? code
}
