import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { exportRoute } from '../../ui/export.tsx'
import { rowsAtOnce } from '../../ui/pager.tsx'
import { checksDue, countWaiting, markCalled } from '../actions/checks.ts'
import { figuresOf, figuresToExport, periodAsked } from '../actions/figures.ts'
import { logPaper, planPaper } from '../actions/papers.ts'
import * as plans from '../actions/plans.ts'
import { endReferral, waiting } from '../actions/referrals.ts'
import * as sessions from '../actions/sessions.ts'
import * as forms from '../forms.ts'
import { FiguresPage } from '../pages/figures.tsx'
import { ChecksPage, PlansPage, ReferralEndPage, SentPage } from '../pages/list.tsx'
import { AimsPage, ClosingPage, InterviewPage, StepPage } from '../pages/plan-forms.tsx'
import { GroupPage, SessionFormPage, SessionPage } from '../pages/sessions.tsx'
import { may } from '../rules/may.ts'
import { isResultMonths } from '../rules/results.ts'
import { findReferral } from '../store/plans.ts'
import { orientation } from '../urls.ts'

import { first, meanwhileOf, planPage, starting } from './shown.tsx'

const routes = router()
export default routes.all

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

const checksPage = async (ctx: Ctx) => (
  <ChecksPage due={await checksDue(ctx)} counts={await counted(ctx)} today={ctx.today} />
)
routes.page(orientation.checks, may.see, checksPage)
routes.form(orientation.called, may.work, forms.calledForm, {
  async show(ctx, { plan, months }) {
    await plans.planFor(ctx, plan)
    if (!isResultMonths(Number(months))) throw new NotFound()
    return checksPage(ctx)
  },
  async submit(ctx, { plan, months }, { how }) {
    if (!isResultMonths(Number(months))) throw new NotFound()
    await markCalled(ctx, plan, Number(months), how)
    say(ctx, how === 'reached' ? 'orientation.said.called' : 'orientation.said.no_answer')
    return orientation.checks.href()
  },
})

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
