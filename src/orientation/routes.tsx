import { accountNames } from '../accounts/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import { blankForm, type Form, type Schema } from '../kernel/form.ts'
import { router } from '../kernel/routes.ts'
import { papersOf } from '../kernel/scans/scans.ts'
import { contactOf, filesOfPerson } from '../people/actions.ts'
import { organisations } from '../territory/actions.ts'
import { exportRoute } from '../ui/export.tsx'
import { rowsAtOnce } from '../ui/pager.tsx'
import { checksDue, countWaiting } from './actions/checks.ts'
import { figuresOf, figuresToExport, periodAsked } from './actions/figures.ts'
import { cvPaper, logPaper, logSheet, paperLanguage, planPaper, planSheet } from './actions/papers.ts'
import * as plans from './actions/plans.ts'
import * as records from './actions/records.ts'
import { endReferral, waiting } from './actions/referrals.ts'
import * as sessions from './actions/sessions.ts'
import { isEntryKind, isMilestoneKind } from './codes.ts'
import * as forms from './forms.ts'
import { FiguresPage } from './pages/figures.tsx'
import { ChecksPage, PlansPage, ReferralEndPage, SentPage } from './pages/list.tsx'
import { PlanPage } from './pages/plan.tsx'
import { AimsPage, ClosingPage, InterviewPage, type Meanwhile, StepPage } from './pages/plan-forms.tsx'
import { AttachmentsPage, CurriculumPage, EntryPage, MilestonePage, OutcomePage, ResultPage } from './pages/records.tsx'
import { GroupPage, SessionFormPage, SessionPage } from './pages/sessions.tsx'
import { may } from './rules/may.ts'
import { isResultMonths } from './rules/results.ts'
import { findReferral, plansOf, stepsOf } from './store/plans.ts'
import { entriesOf, findMilestone } from './store/records.ts'
import { orientation } from './urls.ts'

const routes = router()
export default routes.all

function first(form: { values: object }) {
  return Object.keys(form.values).length === 0
}
/** A form as it opens: what is known already, unless something has been typed. */
const starting = <S extends Schema>(form: Form<S>, values: Record<string, unknown>): Form<S> =>
  first(form)
    ? {
        ...form,
        values: Object.fromEntries(
          Object.entries(values).flatMap(([name, value]) =>
            value === null || value === undefined || value === ''
              ? []
              : [[name, Array.isArray(value) ? value : String(value)]],
          ),
        ) as never,
      }
    : form

/** What was changed by others since the version that was on the screen when this was written. */
async function meanwhileOf(ctx: Ctx, plan: { id: string; version: number }, form: Form): Promise<Meanwhile | null> {
  const seen = Number(form.values.seen)
  if (!Number.isInteger(seen) || seen < 1 || seen >= plan.version) return null
  const changes = await plans.changesSince(ctx, plan.id, seen)
  return {
    changes,
    by: await accountNames(
      ctx,
      changes.flatMap(({ by_account }) => by_account ?? []),
    ),
    steps: await stepsOf(ctx, [plan.id]),
  }
}

// --- lists ----------------------------------------------------------------------------------------------------------

const shown = { miei: 'mine', tutti: 'all', chiusi: 'closed' } as const
const counted = async (ctx: Ctx) => ({ ...(await plans.countPlans(ctx)), ...(await countWaiting(ctx)) })

routes.page(orientation.list, may.see, async (ctx, _params, { query }) => {
  const asked = query.get('elenco') ?? ''
  const counts = await counted(ctx)
  const here = asked in shown ? (asked as keyof typeof shown) : undefined
  if (!here) return <SentPage sent={await waiting(ctx)} counts={counts} />
  const page = Math.min(Math.max(1, Math.trunc(Number(query.get('p')) || 1)), 10_000)
  const lines = await plans.listPlans(ctx, shown[here], { from: (page - 1) * rowsAtOnce, count: rowsAtOnce })
  return (
    <PlansPage
      here={here}
      lines={lines}
      counts={counts}
      page={{ now: page, total: counts[shown[here]] }}
      today={ctx.today}
    />
  )
})

routes.page(orientation.checks, may.see, async (ctx) => (
  <ChecksPage due={await checksDue(ctx)} counts={await counted(ctx)} today={ctx.today} />
))

exportRoute(routes, orientation.figuresExport, may.see_figures, {
  title: (ctx) => ctx.t('orientation.figures.title'),
  back: (_params, query) =>
    orientation.figures.href({}, { dal: query.get('dal') ?? undefined, al: query.get('al') ?? undefined }),
  list: async (ctx, _params, { query }) => figuresToExport(ctx, await periodAsked(ctx, query)),
})
routes.page(orientation.figures, may.see_figures, async (ctx, _params, { query }) => {
  const period = await periodAsked(ctx, query)
  return <FiguresPage figures={await figuresOf(ctx, period)} period={period} />
})

// --- the first interview --------------------------------------------------------------------------------------------

async function interviewPage(ctx: Ctx, person_id: string, form: Form<typeof forms.interviewForm>) {
  const { head, referral, plan } = await plans.personToInterview(ctx, person_id)
  return (
    <InterviewPage form={starting(form, { language: head.language })} head={head} referral={referral} plan={plan} />
  )
}

routes.form(orientation.referral, may.work, forms.interviewForm, {
  show: async (ctx, { referral }, form) => interviewPage(ctx, (await findReferral(ctx, referral)).person_id, form),
  async submit(ctx, { referral }, input) {
    const plan = await plans.openPlan(ctx, (await findReferral(ctx, referral)).person_id, input)
    say(ctx, 'orientation.said.opened')
    return orientation.plan.href({ plan })
  },
})
routes.form(orientation.open, may.work, forms.interviewForm, {
  show: (ctx, { person }, form) => interviewPage(ctx, person, form),
  async submit(ctx, { person }, input) {
    const plan = await plans.openPlan(ctx, person, input)
    say(ctx, 'orientation.said.opened')
    return orientation.plan.href({ plan })
  },
})
routes.form(orientation.referralEnd, may.work, forms.referralEndForm, {
  async show(ctx, { referral }, form) {
    const { head } = await plans.personToInterview(ctx, (await findReferral(ctx, referral)).person_id)
    return <ReferralEndPage form={form} head={head} />
  },
  async submit(ctx, { referral }, { reason }) {
    await endReferral(ctx, referral, reason)
    say(ctx, 'orientation.said.referral_ended')
    return orientation.list.href()
  },
})

// --- the plan -------------------------------------------------------------------------------------------------------

type Agreement = Form<typeof forms.agreementForm>
async function planPage(ctx: Ctx, id: string, { form, typed }: { form?: Agreement; typed?: Form } = {}) {
  const seen = await plans.seePlan(ctx, id)
  const { plan } = seen
  const files = await filesOfPerson(ctx, plan.person_id)
  return (
    <PlanPage
      {...seen}
      adviser={(await accountNames(ctx, plan.adviser_id ? [plan.adviser_id] : [])).get(plan.adviser_id ?? '') ?? '—'}
      files={await records.attachmentsShown(ctx, id)}
      others={(await plansOf(ctx, files)).filter((one) => one.id !== id)}
      signed={(await papersOf(ctx, planSheet, [id])).length + (await papersOf(ctx, logSheet, [id])).length}
      works={ctx.actor.can(may.work)}
      today={ctx.today}
      form={form ?? blankForm(ctx.ambito_id, { on_day: ctx.today })}
      problem={(form ?? typed)?.errors.form}
      meanwhile={(form ?? typed) ? await meanwhileOf(ctx, plan, (form ?? typed) as Form) : null}
    />
  )
}
routes.page(orientation.plan, may.see, (ctx, { plan }) => planPage(ctx, plan))

routes.form(orientation.aims, may.work, forms.aimsForm, {
  async show(ctx, { plan: id }, form) {
    const { plan, head } = await plans.planFor(ctx, id)
    return (
      <AimsPage form={starting(form, plan)} plan={plan} head={head} meanwhile={await meanwhileOf(ctx, plan, form)} />
    )
  },
  async submit(ctx, { plan }, input) {
    await plans.changeAims(ctx, plan, input)
    say(ctx, 'orientation.said.saved')
    return orientation.plan.href({ plan })
  },
})

routes.form(orientation.newStep, may.work, forms.stepForm, {
  async show(ctx, { plan: id }, form) {
    const { plan, head } = await plans.planFor(ctx, id)
    return (
      <StepPage
        form={starting(form, { owner: 'person' })}
        plan={plan}
        head={head}
        meanwhile={await meanwhileOf(ctx, plan, form)}
        title="orientation.step.new"
      />
    )
  },
  async submit(ctx, { plan }, input) {
    await plans.addStep(ctx, plan, input)
    say(ctx, 'orientation.said.saved')
    return orientation.plan.href({ plan })
  },
})

routes.form(orientation.step, may.work, forms.stepForm, {
  async show(ctx, { step: id }, form) {
    const step = await plans.findStep(ctx, id)
    const { plan, head } = await plans.planFor(ctx, step.plan_id)
    return (
      <StepPage
        form={starting(form, step)}
        plan={plan}
        head={head}
        meanwhile={await meanwhileOf(ctx, plan, form)}
        title="orientation.step"
      />
    )
  },
  async submit(ctx, { step }, input) {
    const plan = await plans.changeStep(ctx, step, input)
    say(ctx, 'orientation.said.saved')
    return orientation.plan.href({ plan })
  },
})

routes.form(orientation.stepState, may.work, forms.stepStateForm, {
  show: async (ctx, { step }, form) => planPage(ctx, (await plans.findStep(ctx, step)).plan_id, { typed: form }),
  async submit(ctx, { step }, input) {
    const plan = await plans.moveStep(ctx, step, input)
    say(ctx, 'orientation.said.saved')
    return orientation.plan.href({ plan })
  },
})

routes.form(orientation.agreement, may.work, forms.agreementForm, {
  show: (ctx, { plan }, form) => planPage(ctx, plan, { form: first(form) ? blankForm(ctx.ambito_id) : form }),
  async submit(ctx, { plan }, input) {
    await plans.agreePlan(ctx, plan, input)
    say(ctx, 'orientation.said.agreed')
    return orientation.plan.href({ plan })
  },
})

routes.form(orientation.closing, may.work, forms.closingForm, {
  async show(ctx, { plan: id }, form) {
    const { plan, head } = await plans.planFor(ctx, id)
    return <ClosingPage form={form} plan={plan} head={head} />
  },
  async submit(ctx, { plan }, { reason }) {
    await plans.closePlan(ctx, plan, reason)
    say(ctx, 'orientation.said.closed')
    return orientation.plan.href({ plan })
  },
})

routes.page(orientation.paper, may.see, (ctx, { plan }) => planPaper(ctx, plan))
routes.page(orientation.log, may.see, (ctx, { plan }) => logPaper(ctx, plan))

// --- sessions -------------------------------------------------------------------------------------------------------

routes.form(orientation.newSession, may.work, forms.sessionForm, {
  async show(ctx, { plan: id }, form) {
    const { plan, head } = await plans.planFor(ctx, id)
    const usual = { kind: 'individual', way: 'in_person', on_day: ctx.today, language: plan.language }
    return <SessionFormPage form={starting(form, usual)} plan={plan} head={head} today={ctx.today} />
  },
  async submit(ctx, { plan }, input) {
    await sessions.recordSession(ctx, plan, input)
    say(ctx, 'orientation.said.session')
    return orientation.plan.href({ plan })
  },
})

const most_in_a_list = 200
routes.form(orientation.group, may.work, forms.groupForm, {
  async show(ctx, _params, form) {
    const lines = await plans.listPlans(ctx, 'all', { from: 0, count: most_in_a_list })
    return <GroupPage form={starting(form, { on_day: ctx.today })} lines={lines} today={ctx.today} />
  },
  async submit(ctx, _params, input) {
    await sessions.recordGroup(ctx, input)
    say(ctx, 'orientation.said.session')
    return orientation.list.href({}, { elenco: 'tutti' })
  },
})

routes.form(orientation.session, may.see, forms.withdrawalForm, {
  async show(ctx, { session: id }, form) {
    const { session, present, heads } = await sessions.seeSession(ctx, id)
    return (
      <SessionPage
        session={session}
        heads={heads}
        by={
          (await accountNames(ctx, session.recorded_by ? [session.recorded_by] : [])).get(session.recorded_by ?? '') ??
          '—'
        }
        plan_id={present.length === 1 ? (present[0]?.plan_id ?? null) : null}
        form={form}
        works={ctx.actor.can(may.work)}
      />
    )
  },
  async submit(ctx, { session }, { reason }) {
    await sessions.withdrawSession(ctx, session, reason)
    say(ctx, 'orientation.said.withdrawn')
    return orientation.session.href({ session })
  },
})

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
