/** What is written about an appointment: when, where, how to change it. Never for what, nor at which desk (domain.md §6.8). */
import { randomBytes } from 'node:crypto'
import { romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { sendMail } from '../../kernel/mail.ts'
import { contactOf } from '../../people/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { codeOf } from '../rules/slots.ts'
import type { Appointment } from '../store/appointments.ts'
import { makeLink } from '../store/links.ts'
import { booking } from '../urls.ts'

/** A code opens one appointment until a month after it. */
export const codeUntil = ({ on_day, starts_at }: Pick<Appointment, 'on_day' | 'starts_at'>) =>
  romeTime(on_day, starts_at.slice(0, 5)).add({ hours: 24 * 30 })
export async function codeFor(ctx: Ctx, appointment: Appointment) {
  const code = codeOf(randomBytes(12))
  await makeLink(ctx, 'appointment', appointment.id, codeUntil(appointment), code)
  return code
}

type To = { email: string; lang: string }
/** Of a person with a file it is the file that answers whether a message is safe, even if an address was typed here. */
async function addressOf(ctx: Ctx, { person_id, email, lang }: Appointment): Promise<To | null> {
  const readable = (asked: string) => (isLanguage(asked) ? asked : 'it')
  if (!person_id) return email ? { email, lang: readable(lang) } : null
  const contact = await contactOf(ctx, person_id, ctx.today)
  if (!contact || contact.channel === 'paper') return null
  const own = isLanguage(contact.language) ? contact.language : readable(lang)
  if (contact.channel === 'email' && contact.to) return { email: contact.to, lang: own }
  return email ? { email, lang: own } : null
}

export type What = 'booked' | 'moved' | 'cancelled' | 'reminder'

/** @returns whether there was an address to write to */
export async function tell(ctx: Ctx, appointment: Appointment, what: What, known_code?: string) {
  const to = await addressOf(ctx, appointment)
  if (!to) return false
  const t = ctx.words.translate(to.lang)
  const when = t('desk.mail.when', {
    day: dayInWords(appointment.on_day, to.lang, ctx.today),
    time: appointment.starts_at.slice(0, 5),
  })
  const l = to.lang
  const way =
    what === 'cancelled'
      ? [t('desk.mine.by_house'), t('desk.mail.again'), `${ctx.base_url}${booking.kinds.href({ l })}`]
      : [
          ...(appointment.place ? [t('ui.labelled', { label: t('desk.mine.where'), value: appointment.place })] : []),
          t('desk.mail.change'),
          `${ctx.base_url}${booking.mine.href({ l, code: known_code ?? (await codeFor(ctx, appointment)) })}`,
        ]
  await sendMail(ctx, {
    to: to.email,
    kind: `desk.appointment_${what}`,
    subject: t(`desk.mail.${what}`),
    text: `${[when, ...way, t('desk.mail.foot', { ambito: ctx.ambito.name })].join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return true
}
