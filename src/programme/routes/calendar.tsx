import type { Ctx } from '../../kernel/ctx.ts'
import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { addDeadline, changeDeadline, deadlineOf, deadlines, dropDeadline, markDone } from '../actions/calendar.ts'
import { projectOf, wordsIn } from '../actions/project.ts'
import { deadlineForm, nothing } from '../forms.ts'
import { CalendarPage, DeadlinePage } from '../pages/calendar.tsx'
import { may } from '../rules/may.ts'
import { programme } from '../urls.ts'

const routes = router()
export default routes.all

const calendarPage = async (ctx: Ctx) => (
  <CalendarPage
    project={await projectOf(ctx)}
    deadlines={await deadlines(ctx)}
    today={ctx.today}
    changes={ctx.actor.can(may.keep_calendar)}
  />
)
routes.page(programme.calendar, may.read, calendarPage)

routes.form(programme.newDeadline, may.keep_calendar, deadlineForm, {
  show: (_ctx, _, form) => <DeadlinePage form={filled(form, { remind_days: '14' })} />,
  async submit(ctx, _, input) {
    await addDeadline(ctx, input)
    return programme.calendar.href()
  },
})

routes.form(programme.deadline, may.keep_calendar, deadlineForm, {
  async show(ctx, { id }, form) {
    const { title, due_on, kind, note, assumed, remind_days, done_on } = await deadlineOf(ctx, id)
    const values = {
      title: wordsIn(title, ctx.lang).text,
      due_on,
      kind,
      note,
      remind_days: String(remind_days),
      ...(assumed && { assumed: '1' }),
    }
    return <DeadlinePage form={filled(form, values)} known={{ id, done_on }} />
  },
  async submit(ctx, { id }, input) {
    await changeDeadline(ctx, id, input)
    return programme.calendar.href()
  },
})

for (const [address, act] of [
  [programme.deadlineDone, markDone],
  [programme.deadlineDropped, dropDeadline],
] as const)
  routes.form(address, may.keep_calendar, nothing, {
    show: calendarPage,
    async submit(ctx, { id }) {
      await act(ctx, id)
      return programme.calendar.href()
    },
  })
