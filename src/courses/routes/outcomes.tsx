/** What people say of themselves, their portfolio. */

import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { Name } from '../../ui/name.tsx'
import { portfolioPaper } from '../actions/portfolio.ts'
import * as ratings from '../actions/ratings.ts'
import { type Named, namesOf } from '../actions/register.ts'
import { staffRatingForm } from '../forms.ts'
import { StaffRatingPage } from '../pages/rating.tsx'
import { may } from '../rules/may.ts'
import type { Enrolment } from '../store/enrolments.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

async function called(ctx: Ctx, enrolment: Enrolment) {
  const { latin, original } = (await namesOf(ctx, [enrolment])).get(enrolment.id) as Named
  if (enrolment.person_id) looked(ctx, { what: 'courses.enrolment', person_id: enrolment.person_id })
  return <Name latin={latin} original={original} />
}

routes.form(courses.rating, may.assess, staffRatingForm, {
  async show(ctx, { enrolment: id }, form) {
    const { enrolment, edition, moment } = await ratings.ratingSeen(ctx, id)
    return (
      <StaffRatingPage
        name={await called(ctx, enrolment)}
        course={edition.title}
        back={courses.enrolment.href({ enrolment: id })}
        form={filled(form, { moment })}
      />
    )
  },
  async submit(ctx, { enrolment }, input) {
    await ratings.rateForThem(ctx, enrolment, input)
    say(ctx, 'courses.said.changed')
    return courses.enrolment.href({ enrolment })
  },
})

routes.page(courses.portfolio, may.see_people, (ctx, { enrolment }) => portfolioPaper(ctx, enrolment))
