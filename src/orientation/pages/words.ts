import type { TextKey } from '../../kernel/i18n.ts'
import { languageName, spokenLanguages } from '../../territory/actions.ts'
import { useFrame } from '../../ui/frame.ts'
import { educationLabel, employmentLabel } from '../codes.ts'

/** What a code of this module is called, `orientation.<list>.<code>`. */
export function useWords() {
  const { t, lang } = useFrame()
  const word = (list: string, code: string) => t(`orientation.${list}.${code}` as TextKey)
  return {
    t,
    lang,
    word,
    words: (list: string, codes: readonly string[]) => codes.map((code) => word(list, code)).join(', '),
    options: (list: string, codes: readonly string[]) => codes.map((value) => ({ value, text: word(list, value) })),
    employment: (code: string) => employmentLabel(code, lang),
    education: (code: string) => educationLabel(code, lang),
  }
}

/** Every language, as the reader calls it. */
export const languageOptions = (lang: string) =>
  spokenLanguages.map(({ code }) => ({ value: code, text: languageName(code, lang) }))
