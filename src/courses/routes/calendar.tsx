import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { isSigned } from '../../kernel/scans/scans.ts'
import { closedDaysOf, feastsIn, places } from '../../territory/actions.ts'
import * as planning from '../actions/editions.ts'
import { lessonsSigned } from '../actions/papers.ts'
import { signedByAll } from '../actions/register.ts'
import * as forms from '../forms.ts'
import { CalendarPage, LessonFormPage } from '../pages/calendar.tsx'
import { may } from '../rules/may.ts'
import * as editions from '../store/editions.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

/** As far as somebody plans: a school year and the summer after it. */
const days_ahead = 450

async function calendarPage(
  ctx: Ctx,
  id: string,
  { form, problem }: { form?: Form<typeof forms.calendarForm>; problem?: string | undefined } = {},
) {
  const edition = await planning.seenEdition(ctx, id)
  const lessons = await editions.lessonsOf(ctx, [id])
  const papers = await lessonsSigned(
    ctx,
    lessons.map((one) => one.id),
  )
  const drawn = await signedByAll(
    ctx,
    lessons.map((one) => one.id),
  )
  const year = Number(ctx.today.slice(0, 4))
  const closed = [...(await closedDaysOf(ctx, year)), ...(await closedDaysOf(ctx, year + 1))]
  return (
    <CalendarPage
      edition={edition}
      lessons={lessons}
      signed={new Set([...[...papers].flatMap(([id, own]) => (isSigned(own) ? id : [])), ...drawn])}
      teachers={await editions.teachersOf(ctx, id)}
      troubles={await planning.troublesOf(ctx, edition)}
      closed={closed.filter(({ to_day }) => to_day >= ctx.today)}
      feasts={await feastsIn(ctx, lessons[0]?.on_day ?? ctx.today, addDays(ctx.today, days_ahead))}
      form={form ?? emptyForm(ctx)}
      plans={ctx.actor.can(may.plan)}
      keeps={ctx.actor.can(may.keep_register)}
      problem={problem}
    />
  )
}

routes.form(courses.calendar, may.see, forms.calendarForm, {
  show: (ctx, { edition }, form) => calendarPage(ctx, edition, { form }),
  async submit(ctx, { edition }, input) {
    say(ctx, 'courses.said.lessons', await planning.planLessons(ctx, edition, input))
    return courses.calendar.href({ edition })
  },
})

async function lessonForm(ctx: Ctx, id: string, form: Form<typeof forms.lessonForm>, is_new: boolean) {
  return (
    <LessonFormPage
      edition={await planning.seenEdition(ctx, id)}
      form={form}
      teachers={await editions.teachersOf(ctx, id)}
      places={await places(ctx)}
      is_new={is_new}
    />
  )
}
routes.form(courses.newLesson, may.plan, forms.lessonForm, {
  show: (ctx, { edition }, form) => lessonForm(ctx, edition, form, true),
  async submit(ctx, { edition }, input) {
    await planning.addLesson(ctx, edition, input)
    say(ctx, 'courses.said.lesson')
    return courses.calendar.href({ edition })
  },
})
routes.form(courses.lessonData, may.plan, forms.lessonForm, {
  async show(ctx, { lesson: id }, form) {
    const { on_day, starts_at, ends_at, teacher_id, place_id, room, topic, edition_id } = await editions.findLesson(
      ctx,
      id,
    )
    const values = {
      on_day,
      starts_at: starts_at.slice(0, 5),
      ends_at: ends_at.slice(0, 5),
      room,
      topic,
      ...(teacher_id && { teacher_id }),
      ...(place_id && { place_id }),
    }
    return lessonForm(ctx, edition_id, filled(form, values), false)
  },
  async submit(ctx, { lesson }, input) {
    const edition = await planning.changeLesson(ctx, lesson, input)
    say(ctx, 'courses.said.lesson')
    return courses.calendar.href({ edition })
  },
})
routes.form(courses.lessonOff, may.plan, forms.noFields, {
  show: async (ctx, { lesson }, form) =>
    calendarPage(ctx, (await editions.findLesson(ctx, lesson)).edition_id, { problem: form.errors.form }),
  async submit(ctx, { lesson }) {
    const edition = await planning.cancelLesson(ctx, lesson)
    say(ctx, 'courses.said.lesson_off')
    return courses.calendar.href({ edition })
  },
})
