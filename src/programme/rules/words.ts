/** Words kept by language, `{"it": …, "en": …}`; Italian is always there. */
export type Words = { it: string; [lang: string]: string }

/** What to show, and the language it is really in: a page marks words that are not in the reader's. */
export const wordsIn = (words: Words, lang: string): { text: string; lang: string } =>
  words[lang] ? { text: words[lang], lang } : { text: words.it, lang: 'it' }
