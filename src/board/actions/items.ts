/** The cards of the board: written in Italian, published, looked after, withdrawn. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce, publish } from '../../kernel/events.ts'
import { freeSlug, slugOf } from '../../kernel/slugs.ts'
import { settingOf } from '../../programme/actions.ts'
import { itemPublished, itemWithdrawn } from '../events.ts'
import type { PublicationInput, SourceInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { graceDays, isShown, type Kind, publicationErrors, standingOf } from '../rules/publication.ts'
import { type SourceText, sameSource, sourceFields } from '../rules/texts.ts'
import * as store from '../store/items.ts'
import { pictureOf } from '../store/pictures.ts'
import { translationsOf } from '../store/translations.ts'
import { indexWords } from './search.ts'

export const textOf = (input: Partial<Record<keyof SourceText, string | undefined>>) =>
  Object.fromEntries(sourceFields.map((field) => [field, input[field] ?? ''])) as SourceText

export async function createItem(ctx: Ctx, kind: Kind, input: SourceInput, { demo = false }: { demo?: boolean } = {}) {
  allow(ctx.actor.can(may.write))
  const slug = slugOf(input.title, 'scheda')
  const id = await store.insertItem(ctx, {
    kind,
    slug: freeSlug(slug, new Set(await store.slugsLike(ctx, kind, slug))),
    demo,
  })
  await store.insertSource(ctx, id, 1, textOf(input))
  await store.updateItem(ctx, id, { version: 1 })
  return id
}

/** Saved as it was changes nothing, so no translation grows old for it. `version`: what the editor had before their eyes. */
export async function saveSource(ctx: Ctx, id: string, input: SourceInput, version: number) {
  const item = await store.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({ form: item.version !== version ? 'board.error.changed_meanwhile' : undefined })
  const before = await store.sourceOf(ctx, id, item.version)
  // What the picture shows is written where the picture is.
  await newVersion(ctx, item, { ...textOf(input), alt: before?.alt ?? '' })
}

/** The words of an item from now on; as they were before changes nothing. */
export async function newVersion(ctx: Ctx, { id, version }: store.Item, text: SourceText) {
  const before = await store.sourceOf(ctx, id, version)
  if (before && sameSource(before, text)) return
  await store.insertSource(ctx, id, version + 1, text)
  await store.updateItem(ctx, id, { version: version + 1 })
  await indexWords(ctx, id)
  publish(ctx)
}

/** An item whole, for who writes it. */
export async function itemWhole(ctx: Ctx, id: string) {
  const item = await store.findItem(ctx, id)
  allow(ctx.actor.can(may.see))
  const source = (await store.sourceOf(ctx, id, item.version)) as store.Source
  return {
    item,
    source,
    standing: await standingNow(ctx, item),
    translations: await translationsOf(ctx, id),
    needs: await store.needsOf(ctx, id),
    checked: await store.lastCardCheck(ctx, id),
    useful: await store.usefulnessOf(ctx, id),
    picture: await pictureOf(ctx, id),
  }
}
export type ItemWhole = Awaited<ReturnType<typeof itemWhole>>

export const standingNow = async (ctx: Ctx, item: Parameters<typeof standingOf>[0]) =>
  standingOf(item, ctx.today, await settingOf(ctx, graceDays))

export async function itemsWithStanding(ctx: Ctx, kind?: Kind) {
  allow(ctx.actor.can(may.see))
  const grace = await settingOf(ctx, graceDays)
  return (await store.listItems(ctx, kind)).map((item) => ({ ...item, standing: standingOf(item, ctx.today, grace) }))
}
export type LineWithStanding = Awaited<ReturnType<typeof itemsWithStanding>>[number]

// --- publishing -----------------------------------------------------------------------------------------------------

export async function publishItem(ctx: Ctx, id: string, input: PublicationInput) {
  const item = await store.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse(publicationErrors(input, item.kind))
  await store.updateItem(ctx, id, {
    published_from: input.published_from,
    published_until: input.published_until ?? null,
    ...(input.owner && { owner: input.owner }),
  })
  await indexWords(ctx, id)
  if (input.published_from <= ctx.today && !item.withdrawn_at) await announceOnce(ctx, id, item.kind)
  publish(ctx)
}

export async function withdrawItem(ctx: Ctx, id: string) {
  const item = await store.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({ form: item.withdrawn_at ? 'board.error.already_withdrawn' : undefined })
  await store.updateItem(ctx, id, { withdrawn_at: ctx.now.toString(), withdrawn_by: ctx.actor.account_id })
  announce(ctx, itemWithdrawn, { item_id: id, on: ctx.today })
  publish(ctx)
}

/** Back to where it was; what has been announced is not announced again. */
export async function bringBack(ctx: Ctx, id: string) {
  const item = await store.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({ form: item.withdrawn_at ? undefined : 'board.error.not_withdrawn' })
  await store.updateItem(ctx, id, { withdrawn_at: null, withdrawn_by: null })
  if (isShown(await standingNow(ctx, { ...item, withdrawn_at: null }))) await announceOnce(ctx, id, item.kind)
  publish(ctx)
}

export async function announceOnce(ctx: Ctx, item_id: string, kind: Kind) {
  if (await store.markAnnounced(ctx, item_id)) announce(ctx, itemPublished, { item_id, kind, on: ctx.today })
}

/** Somebody has looked whether the card is still true; it holds until `next`. */
export async function checkCard(ctx: Ctx, id: string, { by_whom, next }: { by_whom: string; next: string }) {
  const item = await store.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({ next: next < ctx.today ? 'board.error.before_today' : undefined })
  await store.insertCardCheck(ctx, item.id, by_whom)
  await store.updateItem(ctx, id, { published_until: next })
  publish(ctx)
}
