/** The words of a course in the reader's language; where there are none, the Italian ones, and it says so. */
type Text = { language: string; title: string; summary: string; body: string; written_at: string }
export type TextShown = Text & { own: boolean; old: boolean }

export function textIn(texts: readonly Text[], lang: string): TextShown {
  const source = texts.find(({ language }) => language === 'it') as Text
  const found = texts.find(({ language }) => language === lang)
  return { ...(found ?? source), own: found !== undefined, old: found !== undefined && isOld(found, source) }
}

/** The Italian has been written again since. */
export const isOld = (text: Text, source: Text | undefined) =>
  source !== undefined && text.language !== 'it' && momentOf(text) < momentOf(source)
const momentOf = ({ written_at }: Text) => Temporal.Instant.from(written_at.replace(' ', 'T')).epochMilliseconds
