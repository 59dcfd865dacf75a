/** The code on paper, for whoever has no e-mail. */
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { allow } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { headLines } from '../../people/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { may } from '../rules.ts'
import { findAppointment } from '../store/appointments.ts'
import { booking } from '../urls.ts'
import { codeFor } from './letters.ts'

export async function slipOf(ctx: Ctx, id: string) {
  const appointment = await findAppointment(ctx, id)
  allow(ctx.actor.can(may.give_appointments))
  const [head] = appointment.person_id ? await headLines(ctx, [appointment.person_id]) : []
  const lang = [head?.language, appointment.lang].find((one) => one && isLanguage(one)) ?? 'it'
  const t = ctx.words.translate(lang)
  const when = t('desk.mail.when', {
    day: dayInWords(appointment.on_day, lang, ctx.today),
    time: appointment.starts_at.slice(0, 5),
  })
  const address = `${ctx.base_url}${booking.byCode.href({ l: lang })}`
  const data = {
    facts: [[t('desk.mine.when'), when], ...(appointment.place ? [[t('desk.mine.where'), appointment.place]] : [])],
    code_title: t('desk.mine.code'),
    code: await codeFor(ctx, appointment),
    how: t('desk.slip.how', { address }),
  }
  return document(ctx, 'desk/documents/slip.typ', data, { title: t('desk.mine.title'), name: 'appuntamento', lang })
}
