/**
 * What is said, in which language, and how far it can be trusted. A translation has three states that never mix:
 * origin (a person or a machine wrote it) · checked (somebody read it against the source: who, when) ·
 * fresh (the source it was made from says what the source says now).
 */
export const textFields = ['title', 'summary', 'body', 'bring', 'for_whom', 'cost', 'booking', 'alt'] as const
export type TextField = (typeof textFields)[number]
export type Text = Record<TextField, string>
export const plainFields = ['plain_summary', 'plain_body'] as const
export type SourceText = Text & Record<(typeof plainFields)[number], string>
export const sourceFields = [...textFields, ...plainFields] as const

export const sameSource = (a: SourceText, b: SourceText) => sourceFields.every((field) => a[field] === b[field])

export type Origin = 'person' | 'machine'
export type TranslationState = { origin: Origin; checked: boolean; fresh: boolean }

/** What a reader is told beside a text that is not simply theirs. */
export type Note = 'in_italian' | 'maybe_old' | 'by_machine'

/** `state` is null when nobody has translated it: the reader gets the Italian. */
export function notesFor(lang: string, state: TranslationState | null): Note[] {
  if (lang === 'it') return []
  if (state === null) return ['in_italian']
  return [
    ...(state.fresh ? [] : (['maybe_old'] as const)),
    ...(state.origin === 'machine' && !state.checked ? (['by_machine'] as const) : []),
  ]
}

/** What a translator does next with it; undefined when nothing. */
export type Work = 'missing' | 'stale' | 'unchecked'
export function workOn(state: TranslationState | null): Work | undefined {
  if (state === null) return 'missing'
  if (!state.fresh) return 'stale'
  return state.checked ? undefined : 'unchecked'
}

/** One document a line, as somebody typed them, with or without dashes. */
export const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•–]\s+)?/, '').trim())
    .filter(Boolean)
