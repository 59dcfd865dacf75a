/** What happens by the clock: reminders, the papers some days before, what is due, what is forgotten. */
import { addDays, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { later, slowJob } from '../../kernel/events.ts'
import { sendMail } from '../../kernel/mail.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { settingOf } from '../../programme/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { may } from '../rules/may.ts'
import { papersDays, reminderDays, taskReminderDays } from '../rules/settings.ts'
import { sweepLinks } from '../store/links.ts'
import * as store from '../store/meetings.ts'
import { forgetAddresses } from '../store/members.ts'
import { countTasks, openTasks, tasksToRemind, updateTask } from '../store/tasks.ts'
import { tavolo } from '../urls.ts'
import { taskAddress } from './after.ts'
import { tellInvited } from './convening.ts'
import { feedMeeting } from './feeding.ts'
import { agendaReady, setAgendaPaper } from './papers.ts'
import { ownAddress } from './tasks.ts'

/** At most once each: what has gone out is written on the meeting and on the task. Not in the night. */
export async function remind(ctx: Ctx) {
  if (Temporal.Instant.compare(ctx.now, romeTime(ctx.today, '08:00')) < 0) return
  const before = await settingOf(ctx, papersDays)
  for (const meeting of await store.plannedBetween(ctx, ctx.today, addDays(ctx.today, before))) {
    if (!meeting.invited_at || meeting.papers_sent_at) continue
    await feedMeeting(ctx, meeting.id)
    await store.updateMeeting(ctx, meeting.id, { papers_sent_at: ctx.now.toString() })
    later(ctx, sendPapers, { meeting_id: meeting.id }, { key: `tavolo.papers:${meeting.id}` })
  }
  const days = await settingOf(ctx, reminderDays)
  for (const meeting of await store.plannedBetween(ctx, ctx.today, addDays(ctx.today, days))) {
    if (!meeting.invited_at || meeting.reminded_at || (days > 0 && meeting.on_day === ctx.today)) continue
    await tellInvited(ctx, meeting, 'reminder', ({ answer }) => answer !== 'no')
    await store.updateMeeting(ctx, meeting.id, { reminded_at: ctx.now.toString() })
  }
  await remindTasks(ctx)
}

async function remindTasks(ctx: Ctx) {
  const t = ctx.words.translate('it')
  for (const task of await tasksToRemind(ctx, addDays(ctx.today, await settingOf(ctx, taskReminderDays)))) {
    const day = dayInWords(task.due_on as string, 'it', ctx.today)
    await sendMail(ctx, {
      to: task.member_email as string,
      kind: 'tavolo.task',
      subject: t('tavolo.mail.task_due.subject'),
      text: `${[
        t('tavolo.mail.task_due', { what: task.what, day }),
        await taskAddress(ctx, task.id),
        t('tavolo.mail.foot', { ambito: ctx.ambito.name }),
      ].join('\n\n')}\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    await updateTask(ctx, task.id, { reminded_for: task.due_on })
  }
}

/** One file with agenda and papers, set outside of any transaction. */
export const sendPapers = slowJob<{ meeting_id: string }>('tavolo.send_papers', async ({ open }, { meeting_id }) => {
  const ready = await open(async (ctx) => agendaReady(ctx, await store.findMeeting(ctx, meeting_id)))
  const body = await setAgendaPaper(ready)
  await open(async (ctx) => {
    const meeting = await store.lockMeeting(ctx, meeting_id)
    if (meeting.cancelled_at || meeting.held_at) return
    await tellInvited(ctx, meeting, 'papers', ({ answer }) => answer !== 'no', [
      { name: 'ordine-del-giorno.pdf', type: 'application/pdf', body },
    ])
  })
})

/** Every night. */
export async function tidy(ctx: Ctx) {
  const next = await store.nextMeeting(ctx, ctx.today)
  if (next) await feedMeeting(ctx, next.id)
  await sweepLinks(ctx)
  await forgetAddresses(ctx, addDays(ctx.today, -365))
}

export async function tavoloToday(ctx: Ctx): Promise<TodayLine[]> {
  const { actor, t } = ctx
  if (!actor.can(may.keep)) return ownToday(ctx)
  const lines: TodayLine[] = []
  const next = await store.nextMeeting(ctx, ctx.today)
  if (next && !next.invited_at && next.on_day <= addDays(ctx.today, 21))
    lines.push({
      order: 60,
      text: t('tavolo.today.invite', { day: dayInWords(next.on_day, ctx.lang, ctx.today, 'short') }),
      href: tavolo.meeting.href({ meeting: next.id }),
    })
  const past = (await store.plannedBetween(ctx, addDays(ctx.today, -400), ctx.today)).filter(
    ({ on_day }) => on_day < ctx.today,
  )
  for (const meeting of past.slice(0, 1))
    lines.push({
      order: 61,
      text: t('tavolo.today.close', { day: dayInWords(meeting.on_day, ctx.lang, ctx.today, 'short') }),
      href: tavolo.meeting.href({ meeting: meeting.id }),
    })
  const { late, nobody } = await countTasks(ctx, ctx.today)
  if (late > 0)
    lines.push({ order: 62, count: late, text: t('tavolo.today.late', { count: late }), href: tavolo.tasks.href() })
  if (nobody > 0)
    lines.push({
      order: 63,
      count: nobody,
      text: t('tavolo.today.nobody', { count: nobody }),
      href: tavolo.tasks.href(),
    })
  return lines
}

/** Who sits at it: what they have taken on, until it is done. */
async function ownToday(ctx: Ctx): Promise<TodayLine[]> {
  const own = await ownAddress(ctx)
  const mine = own ? (await openTasks(ctx)).filter((task) => task.member_email?.toLowerCase() === own) : []
  if (mine.length === 0) return []
  const late = mine.filter(({ due_on }) => due_on !== null && due_on < ctx.today).length
  return [
    {
      order: 20,
      count: mine.length,
      text: ctx.t('tavolo.today.mine', { count: mine.length, late }),
      href: mine.length === 1 && mine[0] ? tavolo.task.href({ task: mine[0].id }) : tavolo.home.href(),
    },
  ]
}
