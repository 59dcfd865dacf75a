/** Translating: what there is to do, doing it, saying that it still holds, checking it. */
import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/events.ts'
import { type Language, languages } from '../../kernel/i18n.ts'
import { settingOf } from '../../programme/actions.ts'
import type { TranslationInput } from '../forms.ts'
import { may } from '../rules/may.ts'
import { graceDays, standingOf } from '../rules/publication.ts'
import { type Text, type TranslationState, textFields, workOn } from '../rules/texts.ts'
import * as items from '../store/items.ts'
import { pictureOf } from '../store/pictures.ts'
import * as store from '../store/translations.ts'
import { indexWords } from './search.ts'

export const targetLanguages = languages.filter((language) => language !== 'it')
export function targetLanguage(language: string): Exclude<Language, 'it'> {
  const found = targetLanguages.find((one) => one === language)
  if (!found) throw new NotFound()
  return found as Exclude<Language, 'it'>
}

const stateOf = (row: {
  revision: number | null
  origin: TranslationState['origin'] | null
  fresh: unknown
  checked_on: string | null
}) =>
  row.revision === null || row.origin === null
    ? null
    : { origin: row.origin, fresh: row.fresh === true, checked: row.checked_on !== null }

/** What readers see or will see and that asks for work in this language, the soonest first. */
export async function workList(ctx: Ctx, language: string) {
  allow(ctx.actor.can(may.see))
  const grace = await settingOf(ctx, graceDays)
  const lines = await store.workIn(ctx, targetLanguage(language))
  return lines
    .filter((line) => standingOf(line, ctx.today, grace) !== 'gone')
    .flatMap((line) => {
      const work = workOn(stateOf(line))
      return work ? [{ ...line, work }] : []
    })
}
export type WorkLine = Awaited<ReturnType<typeof workList>>[number]

export async function workInEveryLanguage(ctx: Ctx) {
  const lists = []
  for (const language of targetLanguages) {
    const lines = await workList(ctx, language)
    const count = (work: string) => lines.filter((line) => line.work === work).length
    lists.push({ language, missing: count('missing'), stale: count('stale'), unchecked: count('unchecked') })
  }
  return lists
}

/** The source as it is, as it was when it was translated, and the translation. */
export async function translationToEdit(ctx: Ctx, id: string, language: string) {
  const item = await items.findItem(ctx, id)
  allow(ctx.actor.can(may.see))
  const lang = targetLanguage(language)
  const source = (await items.sourceOf(ctx, id, item.version)) as items.Source
  const translation = (await store.translationsOf(ctx, id)).find((one) => one.language === lang)
  const made_from =
    translation && !translation.fresh ? await items.sourceOf(ctx, id, translation.of_version) : undefined
  const by = translation?.recorded_by
    ? (await accountNames(ctx, [translation.recorded_by])).get(translation.recorded_by)
    : undefined
  return { item, language: lang, source, translation, made_from, by, picture: await pictureOf(ctx, id) }
}
export type TranslationToEdit = Awaited<ReturnType<typeof translationToEdit>>

/**
 * `of_version`: the source the translator had before their eyes, which may not be the newest any more: then the translation
 * is born stale, and says so.
 */
export async function saveTranslation(ctx: Ctx, id: string, language: string, input: TranslationInput) {
  const item = await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.translate))
  const lang = targetLanguage(language)
  const newest = (await store.translationsOf(ctx, id)).find((one) => one.language === lang)
  const source = await items.sourceOf(ctx, id, input.of_version)
  refuse({
    // What is left out would be missing without a word: what to bring, or what a picture shows to who does not see it.
    ...Object.fromEntries(
      textFields.filter((field) => source?.[field] && !input[field]).map((field) => [field, 'kernel.form.required']),
    ),
    form:
      (newest?.revision ?? 0) !== input.revision
        ? 'board.error.changed_meanwhile'
        : input.of_version > item.version
          ? 'kernel.form.invalid'
          : undefined,
  })
  const text = Object.fromEntries(textFields.map((field) => [field, input[field] ?? ''])) as Text
  await store.insertTranslation(ctx, {
    item_id: id,
    language: lang,
    revision: input.revision + 1,
    of_version: input.of_version,
    origin: input.origin,
    ...text,
  })
  await indexWords(ctx, id)
  publish(ctx)
}

/** The source has changed in something the translation does not show: the same words, made from the source as it is now. */
export async function sayStillGood(
  ctx: Ctx,
  id: string,
  language: string,
  { of_version, revision }: { of_version: number; revision: number },
) {
  const item = await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.translate))
  const lang = targetLanguage(language)
  const newest = (await store.translationsOf(ctx, id)).find((one) => one.language === lang)
  if (!newest) throw new NotFound()
  refuse({
    form: newest.revision !== revision || item.version !== of_version ? 'board.error.changed_meanwhile' : undefined,
  })
  await store.insertTranslation(ctx, { ...newest, item_id: id, revision: revision + 1, of_version })
  publish(ctx)
}

/** Somebody who reads both says that it says the same. Only of the words they had before their eyes, and of the source as it is. */
export async function markChecked(ctx: Ctx, id: string, language: string, revision: number) {
  await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.check_translation))
  const lang = targetLanguage(language)
  const newest = (await store.translationsOf(ctx, id)).find((one) => one.language === lang)
  if (!newest) throw new NotFound()
  refuse({
    form:
      newest.revision !== revision
        ? 'board.error.changed_meanwhile'
        : newest.fresh
          ? undefined
          : 'board.error.check_stale',
  })
  await store.insertCheck(ctx, {
    item_id: id,
    language: lang,
    revision,
    checked_by: ctx.actor.name || 'cli',
    checked_on: ctx.today,
  })
  publish(ctx)
}
