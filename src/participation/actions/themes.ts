/** Voices that say the same thing stand in one theme; a theme goes on until it is answered. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, publish } from '../../kernel/events.ts'
import type { Status, Topic } from '../codes.ts'
import { themeProposed } from '../events.ts'
import type { PlaceInput } from '../forms.ts'
import { peopleBehind, shown } from '../rules/figures.ts'
import { may } from '../rules/may.ts'
import { isOver, mayFollow, statusErrors, stillOwed } from '../rules/themes.ts'
import * as store from '../store/themes.ts'
import * as voices from '../store/voices.ts'

export async function newTheme(ctx: Ctx, theme: { title: string; topic: Topic; demo?: boolean }) {
  allow(ctx.actor.can(may.keep_themes))
  const id = await store.insertTheme(ctx, theme)
  await store.insertStatus(ctx, id, { status: 'open' })
  return id
}

export async function themeList(ctx: Ctx) {
  allow(ctx.actor.can(may.keep_themes))
  const themes = await store.listThemes(ctx)
  const people = await peopleBehindThemes(
    ctx,
    themes.map(({ id }) => id),
  )
  return themes.map((theme) => ({ ...theme, people: people.get(theme.id) ?? 0 }))
}
export type ThemeLine = Awaited<ReturnType<typeof themeList>>[number]

/** How many people surely stand behind each theme. */
export async function peopleBehindThemes(ctx: Ctx, ids: readonly string[]) {
  const behind = Map.groupBy(await voices.behindTheme(ctx, ids), ({ theme_id }) => theme_id)
  const meetings = await voices.listMeetings(ctx)
  return new Map([...behind].map(([id, said]) => [id, peopleBehind(said, meetings)]))
}

/** The languages people spoke in, or want their answer in. */
export async function languagesAsked(ctx: Ctx, id: string) {
  const said = await voices.behindTheme(ctx, [id])
  return [...new Set(said.flatMap(({ language, wish_language }) => [language, wish_language ?? language]))].sort()
}

export async function themeWhole(ctx: Ctx, id: string) {
  const theme = await store.findTheme(ctx, id)
  allow(ctx.actor.can(may.keep_themes))
  const replies = await store.repliesOf(ctx, [id])
  const asked = await languagesAsked(ctx, id)
  const written = replies.map(({ language }) => language)
  return {
    theme,
    voices: await voices.voicesOfTheme(ctx, id),
    people: (await peopleBehindThemes(ctx, [id])).get(id) ?? 0,
    statuses: await store.statusesOf(ctx, id),
    replies,
    owed: stillOwed(asked, written),
    asked,
    others: (await store.listThemes(ctx)).filter((other) => other.id !== id && !isOver(other.status)),
  }
}
export type ThemeWhole = Awaited<ReturnType<typeof themeWhole>>

/** Only what has been read stands in a theme; a title makes a new one. @returns the theme */
export async function placeVoice(ctx: Ctx, voice_id: string, { theme_id, title }: PlaceInput) {
  const voice = await voices.lockVoice(ctx, voice_id)
  allow(ctx.actor.can(may.keep_themes))
  refuse({
    form: voice.verdict !== 'heard' ? 'participation.error.not_read' : undefined,
    theme_id: !theme_id && !title ? 'participation.error.which_theme' : undefined,
  })
  const id = title ? await newTheme(ctx, { title, topic: voice.topic }) : await openTheme(ctx, theme_id as string)
  if (voice.theme_id !== id) await store.placeVoices(ctx, [voice_id], id)
  publish(ctx)
  return id
}

/** A theme voices may still join, locked. */
async function openTheme(ctx: Ctx, id: string, field: 'theme_id' | 'into_id' = 'theme_id') {
  try {
    const theme = await store.lockTheme(ctx, id)
    refuse({ [field]: isOver(theme.status) ? 'participation.error.moved_on' : undefined })
  } catch (error) {
    if (error instanceof NotFound) refuse({ [field]: 'kernel.form.not_a_choice' })
    throw error
  }
  return id
}

export async function setStatus(ctx: Ctx, id: string, status: Status, note = '') {
  const theme = await store.lockTheme(ctx, id)
  allow(ctx.actor.can(may.keep_themes))
  if (theme.status === status && !note) return
  refuse(theme.status === status ? {} : statusErrors(theme.status, status))
  await store.insertStatus(ctx, id, { status, note })
}

/** All its voices go over; it stays, and says where to. */
export async function mergeTheme(ctx: Ctx, id: string, into_id: string) {
  refuse({ into_id: id === into_id ? 'participation.error.itself' : undefined })
  // Always in the same order, so that two who merge crosswise do not wait for each other.
  const first = id < into_id ? await store.lockTheme(ctx, id) : undefined
  await openTheme(ctx, into_id, 'into_id')
  const theme = first ?? (await store.lockTheme(ctx, id))
  allow(ctx.actor.can(may.keep_themes))
  refuse({
    form: theme.published_on
      ? 'participation.error.published'
      : mayFollow(theme.status, 'merged')
        ? undefined
        : 'participation.error.moved_on',
  })
  const moved = (await voices.voicesOfTheme(ctx, id)).map((voice) => voice.id)
  await store.placeVoices(ctx, moved, into_id)
  await store.insertStatus(ctx, id, { status: 'merged', into_id })
  publish(ctx)
}

/** Some of its voices say something else: they get a theme of their own. */
export async function splitTheme(ctx: Ctx, id: string, title: string, voice_ids: readonly string[]) {
  const theme = await store.lockTheme(ctx, id)
  allow(ctx.actor.can(may.keep_themes))
  const there = (await voices.voicesOfTheme(ctx, id)).map((voice) => voice.id)
  const chosen = [...new Set(voice_ids)]
  refuse({
    voices:
      chosen.length === 0
        ? 'participation.error.which_voices'
        : chosen.some((one) => !there.includes(one))
          ? 'kernel.form.not_a_choice'
          : chosen.length === there.length
            ? 'participation.error.all_voices'
            : undefined,
  })
  const other = await newTheme(ctx, { title, topic: theme.topic })
  await store.placeVoices(ctx, chosen, other)
  publish(ctx)
  return other
}

/** On the agenda of the tavolo: whoever keeps it hears of it (events.ts). Pressed twice, it is proposed once. */
export async function proposeTheme(ctx: Ctx, id: string) {
  const theme = await store.lockTheme(ctx, id)
  allow(ctx.actor.can(may.keep_themes))
  if (theme.status === 'proposed') return
  refuse(statusErrors(theme.status, 'proposed'))
  await store.insertStatus(ctx, id, { status: 'proposed' })
  announce(ctx, themeProposed, { theme_id: id, on: ctx.today })
}

/** For the agenda: what it is about and how many people stand behind it, or null when they are fewer than five. No voice. */
export async function themeForTable(ctx: Ctx, id: string) {
  const { title, topic, status, since } = await store.findTheme(ctx, id)
  const people = (await peopleBehindThemes(ctx, [id])).get(id) ?? 0
  return { id, title, topic, status, since, people: shown(people), languages: await languagesAsked(ctx, id) }
}
