/** Countries and citizenships. Membership as it stands today: a country that joined or left would need dated rows. */
import { folded } from '../../kernel/cells.ts'
import list from '../lists/countries.json' with { type: 'json' }
import stateless from '../lists/stateless.json' with { type: 'json' }
import { wordBook } from './words.ts'

export type CitizenshipGroup = 'eu' | 'eea_ch' | 'third' | 'stateless'
export type Country = {
  code: string
  it: string
  en: string
  m: string | null
  f: string | null
  group: CitizenshipGroup
  also: string[]
}

export const countries = list as readonly Country[]
const byCode = new Map(countries.map((country) => [country.code, country]))

/** @returns the ISO code of a country name, a citizenship adjective (any gender) or a code; "congolese" means two and finds none */
export const countryOf = wordBook(
  countries.map(
    ({ code, it, en, m, f, also }) =>
      [code, [code, it, en, m, f, plural(m), plural(f), ...also].filter((word) => word !== null)] as const,
  ),
)

/** `egiziani`, `egiziane`: registers write groups in the plural. */
function plural(adjective: string | null) {
  if (!adjective || !/[^i][oe]$|[^i]a$/.test(adjective)) return null
  if (adjective.endsWith('a')) return adjective.replace(/([cg])a$/, '$1he').replace(/a$/, 'e')
  return adjective.replace(/[oe]$/, 'i')
}

export const countryName = (code: string, lang: string) => {
  const country = byCode.get(code)
  // The one word of the list that is no country, so that the platform has no name for it.
  if (code === 'XX') return stateless[lang as keyof typeof stateless] ?? country?.en ?? code
  if (lang === 'it' || lang === 'en') return (lang === 'it' ? country?.it : country?.en) ?? code
  if (!/^[A-Z]{2}$/.test(code)) return code
  return new Intl.DisplayNames([lang], { type: 'region', fallback: 'code' }).of(code) ?? code
}

/** The country somebody means who writes it in their own language. */
export function countryCalled(typed: string, lang: string) {
  const called = (is: (name: string) => boolean) => countries.find(({ code }) => is(countryName(code, lang)))?.code
  const words = folded(typed)
  // As written first: without its marks a name in Bengali may be another's.
  return countryOf(typed) ?? called((name) => name === typed.trim()) ?? called((name) => folded(name) === words)
}

export const citizenshipGroup = (code: string): CitizenshipGroup | undefined => byCode.get(code)?.group

/** Third-country national: not of the Union, nor of the EEA or Switzerland (whom the programme does not count either). Stateless people are. */
export function isThirdCountry(code: string) {
  const group = citizenshipGroup(code)
  return group === 'third' || group === 'stateless'
}
