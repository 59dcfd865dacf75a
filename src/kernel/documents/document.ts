/**
 * Papers: a template of Typst in a module's `documents/`, fed with data, set as PDF/UA-1 in a thread of its own. What a paper
 * shows is read in the ctx; setting it comes after the commit.
 */
import { zone } from '../clock.ts'
import type { Ctx } from '../ctx.ts'
import type { Translate } from '../i18n.ts'
import type { Bytes } from '../routes.ts'
import { openThread } from '../thread.ts'
import type { Paper, Picture, Sheet } from './sheet.ts'

export type { Paper, Picture } from './sheet.ts'

/** What one module knows of the project, for every paper. */
export type PaperHead = {
  readonly funded: string
  readonly project: string
  readonly logos: readonly { readonly bytes: Uint8Array; readonly type: string; readonly alt: string }[]
}

/** `lang` when the reader's is not the actor's; `references` are office references in words. */
export type PaperOptions = { title: string; lang?: string; references?: readonly string[] }
export type PaperReady = { readonly paper: Paper; readonly pictures: readonly Picture[] }

/** What stands around the text of a paper, read in the ctx. */
export async function paperOf(
  ctx: Ctx,
  { title, lang = ctx.lang, references = [] }: PaperOptions,
): Promise<PaperReady> {
  const t = ctx.words.translate(lang)
  const { funded, project, logos } = await headOf(ctx, t)
  const pictures = logos.map(({ bytes, type }, at) => ({
    name: `logo-${at}.${type === 'image/png' ? 'png' : 'svg'}`,
    bytes,
  }))
  const made_at = ctx.now.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  const [day = '', time = ''] = made_at.split('T')
  const words = {
    page: t('kernel.paper.page', { page: '{page}', pages: '{pages}' }),
    version: t('kernel.paper.version'),
    made: t('kernel.paper.made', { day: day.split('-').reverse().join('/'), time }),
    demo: ctx.demo ? t('kernel.paper.demo') : '',
  }
  const shown = logos.map(({ alt }, at) => ({ picture: (pictures[at] as Picture).name, alt }))
  return {
    paper: { title, lang, ambito: ctx.ambito.name, funded, project, references, logos: shown, made_at, words },
    pictures,
  }
}

async function headOf(ctx: Ctx, t: Translate): Promise<PaperHead> {
  const [head] = await Promise.all(ctx.modules.flatMap((module) => module.paper?.(ctx, t) ?? []))
  return head ?? { funded: '', project: ctx.ambito.name, logos: [] }
}

const ask = openThread<Sheet, Uint8Array>('documents/typesetter.ts')

/** `template` is a path under `src/`: `desk/documents/opening.typ`. Never inside a transaction. */
export function typeset(
  template: string,
  data: unknown,
  { paper, pictures }: PaperReady,
  more: readonly Picture[] = [],
) {
  return ask({ template, data, paper, pictures: [...pictures, ...more] })
}

/** A paper as the answer of a route: its data has been read, it is set after the commit. */
export async function document(
  ctx: Ctx,
  template: string,
  data: unknown,
  { name, pictures, ...options }: PaperOptions & { name: string; pictures?: readonly Picture[] },
): Promise<Bytes> {
  const ready = await paperOf(ctx, options)
  return { type: 'application/pdf', name: `${name}.pdf`, body: () => typeset(template, data, ready, pictures) }
}
