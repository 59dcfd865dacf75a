/** What the HTTP part needs of `ui/`: a frame around a page, and the pages of refusal. `main.ts` brings the two together. */
import type { Child } from 'hono/jsx'
import type { Actor } from './actor.ts'
import type { Ambito } from './ctx.ts'
import type { Language, Translate } from './i18n.ts'

/** A language the Ambito has switched on; `checked` when a person has read its translation. */
export type LanguageOn = { readonly lang: Language; readonly checked: boolean }

export type Frame = {
  readonly surface: 'staff' | 'public'
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly t: Translate
  readonly ambito: Ambito
  readonly actor: Actor
  /** The path asked for, without query. */
  readonly path: string
  readonly base_url: string
  readonly demo: boolean
  /** The day and time this page was made, for "last update" and for dates in words. */
  readonly now: Temporal.Instant
  /** `aside`: settings and what is rarely needed, kept together behind one word. */
  readonly menu: readonly { text: string; href: string; aside?: boolean }[]
  /** Sentences waiting from the action before. */
  readonly said: readonly string[]
  /** True when what was typed before the session expired has just been given back. */
  readonly draft_back: boolean
  /** Logos of the project, in order; empty until the programme gives them. */
  readonly logos: readonly { src: string; alt: string; width: number; height: number }[]
  /** The languages of the public pages, for the menu; on staff pages none. */
  readonly languages: readonly LanguageOn[]
}

export type Failure = 'forbidden' | 'not_found' | 'conflict' | 'refused' | 'unavailable' | 'error' | 'too_many'

export type Look = {
  /** A whole document with its doctype. */
  page(frame: Frame, node: Child): string
  /** The same parts without a document around them, for htmx. */
  fragment(frame: Frame, node: Child): string
  failure(frame: Frame, failure: Failure, details: { request_id: string; sentences?: string[] }): string
  /** `style-src` hashes of the styles that public pages carry inside. */
  style_hashes: readonly string[]
  /** What is answered under `/assets/`, by name. */
  assets: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}
