/** What courses write to people, each in their own language; a letter names the course and nobody in it. */
import type { Ctx } from '../../kernel/ctx.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { sendMail } from '../../kernel/mail.ts'
import { contactOf } from '../../people/actions.ts'
import { momentInWords } from '../../ui/words-of-time.ts'
import { textIn } from '../rules/texts.ts'
import { textsOf } from '../store/editions.ts'
import { type Enrolment, findTrainee } from '../store/enrolments.ts'
import { makeLink } from '../store/links.ts'
import { open } from '../urls.ts'

type To = { email: string; lang: string }

/**
 * Where this person may be written to about this course; null: somebody has to call. Of a person with a file it is the file that
 * answers whether a message is safe, even if an address was typed here.
 */
export async function addressOf(ctx: Ctx, { person_id, trainee_id, email, lang }: Enrolment): Promise<To | null> {
  if (person_id) {
    const contact = await contactOf(ctx, person_id, ctx.today)
    if (!contact) return null
    if (contact.channel === 'email' && contact.to) return { email: contact.to, lang: readable(lang) }
    return email && contact.channel !== 'paper' ? { email, lang: readable(lang) } : null
  }
  const written = email || (trainee_id ? (await findTrainee(ctx, trainee_id)).email : '')
  return written ? { email: written, lang: readable(lang) } : null
}
const readable = (lang: string) => (isLanguage(lang) ? lang : 'it')

const status_days = 400

export const statusLink = (ctx: Ctx, enrolment_id: string) =>
  makeLink(ctx, 'status', enrolment_id, ctx.now.add({ hours: status_days * 24 }))

type What = 'requested' | 'enrolled' | 'waiting' | 'expired' | 'not_chosen' | 'cancelled'

async function courseIn(ctx: Ctx, edition_id: string, lang: string) {
  return textIn(await textsOf(ctx, [edition_id]), lang).title
}

/** How it stands, with the page where it always stands. @returns whether there was an address */
export async function tell(ctx: Ctx, enrolment: Enrolment, what: What, params: Record<string, number> = {}) {
  const to = await addressOf(ctx, enrolment)
  if (!to) return false
  const t = ctx.words.translate(to.lang)
  const [label, long] =
    what === 'cancelled'
      ? [t('courses.cancelled'), t('courses.cancelled.long')]
      : [t(`courses.state.${what}`), t(`courses.state.${what}.long`, params)]
  await write(ctx, to, what, label, [
    await courseIn(ctx, enrolment.edition_id, to.lang),
    long,
    `${ctx.base_url}${open.status.href({ l: to.lang, token: await statusLink(ctx, enrolment.id) })}`,
  ])
  return true
}

/** A place is free for this person, until then. */
export async function tellOffer(ctx: Ctx, enrolment: Enrolment, offer_id: string, expires_at: Temporal.Instant) {
  const to = await addressOf(ctx, enrolment)
  if (!to) return false
  const t = ctx.words.translate(to.lang)
  const token = await makeLink(ctx, 'offer', offer_id, expires_at.add({ hours: 24 * 30 }))
  await write(ctx, to, 'offer', t('courses.state.offered'), [
    await courseIn(ctx, enrolment.edition_id, to.lang),
    t('courses.state.offered.long'),
    t('ui.labelled', {
      label: t('courses.status.until'),
      value: momentInWords(expires_at, to.lang, ctx.today),
    }),
    `${ctx.base_url}${open.offer.href({ l: to.lang, token })}`,
  ])
  return true
}

async function write(
  ctx: Ctx,
  to: To,
  what: What | 'offer',
  label: string,
  lines: [course: string, ...rest: string[]],
) {
  const t = ctx.words.translate(to.lang)
  const foot = t('courses.mail.foot', { ambito: ctx.ambito.name })
  await sendMail(ctx, {
    to: to.email,
    kind: `courses.${what}`,
    subject: t('ui.labelled', { label, value: lines[0] }),
    text: `${[...lines, foot].join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}
