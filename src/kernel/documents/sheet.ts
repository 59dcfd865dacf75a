/** What goes to the thread that sets papers. */

/** Mapped at `/.pictures/<name>` while the paper is set. */
export type Picture = { readonly name: string; readonly bytes: Uint8Array }

/** What every paper of the project has around it, in the words and the direction of its language. */
export type Paper = {
  readonly title: string
  readonly lang: string
  /** Whose paper it is. */
  readonly ambito: string
  /** Who pays, in full, beside the emblem. */
  readonly funded: string
  /** The project, its code, its CUP. */
  readonly project: string
  /** Office references of the thing itself, worded. */
  readonly references: readonly string[]
  readonly logos: readonly { readonly picture: string; readonly alt: string }[]
  /** `YYYY-MM-DDTHH:MM` in Rome. */
  readonly made_at: string
  readonly words: { readonly page: string; readonly version: string; readonly made: string; readonly demo: string }
}

export type Sheet = {
  readonly template: string
  readonly data: unknown
  readonly paper: Paper
  readonly pictures: readonly Picture[]
}
