import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { contactOf } from '../../people/actions.ts'
import { organisations } from '../../territory/actions.ts'
import { cvPaper, paperLanguage } from '../actions/papers.ts'
import * as plans from '../actions/plans.ts'
import * as records from '../actions/records.ts'
import { isEntryKind, isMilestoneKind } from '../codes.ts'
import * as forms from '../forms.ts'
import {
  AttachmentsPage,
  CurriculumPage,
  EntryPage,
  MilestonePage,
  OutcomePage,
  ResultPage,
} from '../pages/records.tsx'
import { may } from '../rules/may.ts'
import { isResultMonths } from '../rules/results.ts'
import { entriesOf, findMilestone } from '../store/records.ts'
import { orientation } from '../urls.ts'

import { planPage, starting } from './shown.tsx'

const routes = router()
export default routes.all

// --- what happened on the way, results ------------------------------------------------------------------------------

const kindIn = (kind: string) => {
  if (!isMilestoneKind(kind)) throw new NotFound()
  return kind
}
routes.form(orientation.newMilestone, may.work, forms.milestoneForm, {
  async show(ctx, { plan: id, kind }, form) {
    const { plan, head } = await plans.planFor(ctx, id)
    return (
      <MilestonePage
        form={starting(form, { on_day: ctx.today })}
        plan={plan}
        head={head}
        kind={kindIn(kind)}
        courses={kind === 'course' ? await records.coursesToPropose(ctx) : []}
        bodies={(await organisations(ctx)).map(({ name }) => name)}
      />
    )
  },
  async submit(ctx, { plan, kind }, input) {
    await records.recordMilestone(ctx, plan, kindIn(kind), input)
    say(ctx, 'orientation.said.saved')
    return orientation.plan.href({ plan })
  },
})
routes.form(orientation.milestone, may.work, forms.outcomeForm, {
  async show(ctx, { milestone }, form) {
    return (
      <OutcomePage
        form={starting(form, { on_day: ctx.today })}
        milestone={await records.seeMilestone(ctx, milestone)}
      />
    )
  },
  async submit(ctx, { milestone }, input) {
    const plan = await records.endMilestone(ctx, milestone, input)
    say(ctx, 'orientation.said.saved')
    return orientation.plan.href({ plan })
  },
})
routes.form(orientation.milestoneEnd, may.work, forms.noFields, {
  show: async (ctx, { milestone }, form) =>
    planPage(ctx, (await findMilestone(ctx, milestone)).plan_id, { typed: form }),
  async submit(ctx, { milestone }) {
    const plan = await records.withdrawMilestone(ctx, milestone)
    say(ctx, 'orientation.said.withdrawn')
    return orientation.plan.href({ plan })
  },
})

const monthsIn = (months: string) => {
  const number = Number(months)
  if (!isResultMonths(number)) throw new NotFound()
  return number
}
routes.form(orientation.result, may.work, forms.resultForm, {
  async show(ctx, { plan: id, months }, form) {
    const { plan, head } = await plans.planFor(ctx, id)
    return (
      <ResultPage
        form={starting(form, { on_day: ctx.today })}
        plan={plan}
        head={head}
        months={monthsIn(months)}
        contact={await contactOf(ctx, plan.person_id, ctx.today)}
      />
    )
  },
  async submit(ctx, { plan, months }, input) {
    await records.recordResult(ctx, plan, monthsIn(months), input)
    say(ctx, 'orientation.said.result')
    return orientation.plan.href({ plan })
  },
})

// --- the CV, files --------------------------------------------------------------------------------------------------

routes.page(orientation.curriculum, may.work, async (ctx, { plan: id }) => {
  const { plan, head } = await plans.planFor(ctx, id)
  return (
    <CurriculumPage
      plan={plan}
      head={head}
      entries={await entriesOf(ctx, [id])}
      theirs={paperLanguage(plan.language)}
    />
  )
})
const entryIn = (kind: string) => {
  if (!isEntryKind(kind)) throw new NotFound()
  return kind
}
routes.form(orientation.newEntry, may.work, forms.entryForm, {
  async show(ctx, { plan, kind }, form) {
    await plans.planFor(ctx, plan)
    return <EntryPage form={form} plan_id={plan} kind={entryIn(kind)} />
  },
  async submit(ctx, { plan, kind }, input) {
    await records.addEntry(ctx, plan, entryIn(kind), input)
    say(ctx, 'orientation.said.saved')
    return orientation.curriculum.href({ plan })
  },
})
routes.form(orientation.entry, may.work, forms.entryForm, {
  async show(ctx, { entry: id }, form) {
    const entry = await records.seeEntry(ctx, id)
    return <EntryPage form={starting(form, entry)} plan_id={entry.plan_id} kind={entryIn(entry.kind)} />
  },
  async submit(ctx, { entry }, input) {
    const plan = await records.changeEntry(ctx, entry, input)
    say(ctx, 'orientation.said.saved')
    return orientation.curriculum.href({ plan })
  },
})
routes.form(orientation.entryEnd, may.work, forms.noFields, {
  async show(ctx, { entry: id }) {
    const entry = await records.seeEntry(ctx, id)
    return (
      <EntryPage form={starting(blankForm(ctx.ambito_id), entry)} plan_id={entry.plan_id} kind={entryIn(entry.kind)} />
    )
  },
  async submit(ctx, { entry }) {
    const plan = await records.removeEntry(ctx, entry)
    say(ctx, 'orientation.said.withdrawn')
    return orientation.curriculum.href({ plan })
  },
})
/** In Italian, or in the language the person reads. */
routes.page(orientation.cv, may.see, async (ctx, { plan }, { query }) => cvPaper(ctx, plan, query.get('lingua')))

async function attachmentsPage(ctx: Ctx, id: string, form: Form<typeof forms.attachmentForm>) {
  const { plan, head } = await plans.planFor(ctx, id)
  return <AttachmentsPage form={form} plan={plan} head={head} files={await records.attachmentsShown(ctx, id)} />
}
routes.form(
  orientation.attachments,
  may.work,
  forms.attachmentForm,
  {
    show: (ctx, { plan }, form) => attachmentsPage(ctx, plan, starting(form, { purpose: 'skills_profile' })),
    async submit(ctx, { plan }, { purpose }, { files }) {
      await records.attach(ctx, plan, files.get('file')?.[0], purpose)
      say(ctx, 'orientation.said.attached')
      return orientation.attachments.href({ plan })
    },
  },
  41_000_000,
)
routes.page(orientation.file, may.see, (ctx, { file }) => records.serveAttachment(ctx, file))
routes.form(orientation.fileEnd, may.work, forms.noFields, {
  show: async (ctx, { file }) => attachmentsPage(ctx, await records.planOfFile(ctx, file), blankForm(ctx.ambito_id)),
  async submit(ctx, { file }) {
    const plan = await records.dropAttachment(ctx, file)
    say(ctx, 'orientation.said.withdrawn')
    return orientation.attachments.href({ plan })
  },
})
