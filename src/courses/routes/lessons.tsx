import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import * as planning from '../actions/editions.ts'
import { lessonSheets, lessonsSigned } from '../actions/papers.ts'
import * as register from '../actions/register.ts'
import * as signing from '../actions/signing.ts'
import * as forms from '../forms.ts'
import { LessonPage } from '../pages/lesson.tsx'
import { SealsPage } from '../pages/outcomes.tsx'
import { SignPage } from '../pages/sign.tsx'
import { may } from '../rules/may.ts'
import { findLesson } from '../store/editions.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

type LessonForms = {
  mark?: Form<typeof forms.markForm>
  closing?: Form<typeof forms.closingForm>
  correction?: Form<typeof forms.correctionForm>
}
async function lessonPage(ctx: Ctx, id: string, given: LessonForms = {}, initials = false) {
  const seen = await register.lessonSeen(ctx, id)
  const of = initials ? register.withInitials(seen) : seen
  const drawn = (await register.signedByAll(ctx, [id])).has(id)
  const paper = (await lessonsSigned(ctx, [id])).get(id)
  return (
    <LessonPage
      of={of}
      doors={{
        mark: courses.lesson.href({ lesson: id }),
        close: courses.closing.href({ lesson: id }),
        back: courses.calendar.href({ edition: of.edition.id }),
        correct: courses.correction.href({ lesson: id }),
        device: {
          worker: courses.worker.href(),
          without: courses.withoutNetwork.href({ lesson: id }),
        },
      }}
      mark={given.mark ?? emptyForm(ctx)}
      closing={given.closing ?? emptyForm(ctx, { topic: of.lesson.topic })}
      correction={ctx.actor.can(may.correct) ? (given.correction ?? emptyForm(ctx)) : null}
      signing={drawn ? null : (paper ?? null)}
      sign={(await signing.maySignOnScreen(ctx)) ? (enrolment) => courses.sign.href({ lesson: id, enrolment }) : null}
    />
  )
}
routes.page(courses.withoutNetwork, may.keep_register, (ctx, { lesson }) => lessonPage(ctx, lesson, {}, true))

routes.form(courses.lesson, may.keep_register, forms.markForm, {
  show: (ctx, { lesson }, form) => lessonPage(ctx, lesson, { mark: form }),
  async submit(ctx, { lesson }, input) {
    await register.staffMarks(ctx, lesson, input)
    return courses.lesson.href({ lesson })
  },
})
routes.form(courses.sign, may.keep_register, forms.drawingForm, {
  async show(ctx, { lesson, enrolment }, form) {
    const of = await signing.signSeen(ctx, lesson, enrolment)
    return (
      <SignPage
        {...of}
        form={form}
        back={courses.lesson.href({ lesson })}
        own={signing.signWords(ctx, of.row.enrolment.lang)}
      />
    )
  },
  async submit(ctx, { lesson, enrolment }, { drawing }) {
    await signing.sign(ctx, await signing.signSeen(ctx, lesson, enrolment), drawing)
    say(ctx, 'courses.said.signed')
    return courses.lesson.href({ lesson })
  },
})
routes.page(courses.lessonSheet, may.see_people, async (ctx, { lesson }, { query }) => {
  const { edition_id } = await findLesson(ctx, lesson)
  return lessonSheets(ctx, await planning.seenEdition(ctx, edition_id), lesson, query.has('mancanti'))
})

routes.form(courses.closing, may.keep_register, forms.closingForm, {
  show: (ctx, { lesson }, form) => lessonPage(ctx, lesson, { closing: form }),
  async submit(ctx, { lesson }, input) {
    await register.staffCloses(ctx, lesson, input)
    say(ctx, 'courses.said.closed')
    return courses.lesson.href({ lesson })
  },
})
routes.form(courses.correction, may.correct, forms.correctionForm, {
  show: (ctx, { lesson }, form) => lessonPage(ctx, lesson, { correction: form }),
  async submit(ctx, { lesson }, input) {
    await register.correct(ctx, lesson, input)
    say(ctx, 'courses.said.corrected')
    return courses.lesson.href({ lesson })
  },
})

routes.page(courses.seals, may.see, async (ctx, { edition: id }) => (
  <SealsPage edition={await planning.seenEdition(ctx, id)} of={await register.sealsChecked(ctx, id)} />
))
