/**
 * What mediation writes to people. An offer names language, field, Comune and time, and nothing else; no letter carries what
 * somebody typed, nor the name of anybody helped (design.md §6).
 */
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { isLanguage, type TextKey } from '../../kernel/i18n.ts'
import { sendMail } from '../../kernel/mail.ts'
import { comuni, countryName, languageName } from '../../territory/actions.ts'
import { momentInWords, timeInWords } from '../../ui/words-of-time.ts'
import { type Call, optionsOf } from '../store/calls.ts'
import { makeLink } from '../store/links.ts'
import { open } from '../urls.ts'

type To = { email: string; lang: string }
type Line = readonly [key: TextKey, params?: Record<string, string | number>]

const readable = (lang: string) => (isLanguage(lang) ? lang : 'it')

export async function write(ctx: Ctx, to: To, kind: string, subject: Line, lines: readonly (Line | string | false)[]) {
  const t = ctx.words.translate(readable(to.lang))
  const said = lines.filter((line) => line !== false).map((line) => (typeof line === 'string' ? line : t(...line)))
  await sendMail(ctx, {
    to: to.email,
    kind: `mediation.${kind}`,
    subject: t(...subject),
    text: `${said.join('\n\n')}\n\n${t('mediation.mail.foot', { ambito: ctx.ambito.name })}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}

type Named = {
  language: string | null
  comes_from?: string | null
  field: string
  comune: string
  mode: string
  minutes: number
}
type When = readonly { starts_at: string; ends_at: string }[]

/** Language, field, Comune, time: in the reader's words. */
export async function gist(ctx: Ctx, call: Named, when: When, lang: string) {
  const reader = readable(lang)
  const t = ctx.words.translate(reader)
  const comune = (await comuni(ctx)).find(({ code }) => code === call.comune)?.name ?? call.comune
  return {
    language: call.language
      ? languageName(call.language, reader)
      : t('mediation.language.of', { country: countryName(call.comes_from ?? '', reader) }),
    field: t(`mediation.field.${call.field}` as TextKey),
    comune: call.mode === 'PRES' ? comune : t(`mediation.mode.${call.mode}` as TextKey),
    time: when.map((option) => spanInWords(ctx, option, call.minutes, reader)).join(' · '),
    minutes: call.minutes,
  }
}

export function spanInWords(
  ctx: Ctx,
  { starts_at, ends_at }: { starts_at: string; ends_at: string },
  minutes: number,
  lang: string,
) {
  const [from, to] = [instantOf(starts_at), instantOf(ends_at)]
  const begins = momentInWords(from, lang, ctx.today)
  return from.until(to).total('minutes') > minutes ? `${begins} – ${timeInWords(to, lang)}` : begins
}

export const link = (ctx: Ctx, path: string) => `${ctx.base_url}${path}`

const status_hours = 400 * 24

export const hoursOf = async (ctx: Ctx, call: Call) =>
  call.starts_at && call.ends_at ? [{ starts_at: call.starts_at, ends_at: call.ends_at }] : optionsOf(ctx, call.id)

// --- telling --------------------------------------------------------------------------------------------------------

export async function statusLink(ctx: Ctx, { id }: { id: string }) {
  return makeLink(ctx, 'status', id, ctx.now.add({ hours: status_hours }))
}

/** A word to who asked, with the page where it stands. */
export async function tell(ctx: Ctx, call: Call, what: 'refused' | 'assigned' | 'not_covered' | 'again' | 'reminder') {
  const to = { email: call.contact_email, lang: call.contact_lang }
  const token = await statusLink(ctx, call)
  await write(
    ctx,
    to,
    `asker_${what}`,
    [`mediation.mail.asker.${what}.subject`, { number: call.number }],
    [
      [`mediation.mail.asker.${what}.text`, await gist(ctx, call, await hoursOf(ctx, call), to.lang)],
      link(ctx, open.status.href({ l: to.lang, token })),
    ],
  )
}

/** What may be announced of a call. */
export async function facts(ctx: Ctx, call: Call) {
  const [first] = await hoursOf(ctx, call)
  const { id: call_id, language, field, comune, mode, organisation_id } = call
  return {
    call_id,
    on: first ? dayOf(instantOf(first.starts_at)) : ctx.today,
    language,
    field,
    comune,
    mode,
    organisation_id,
  }
}
