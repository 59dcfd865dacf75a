import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { listOf } from '../../kernel/exports/exports.ts'
import type { Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { participation } from '../../participation/urls.ts'
import { organisations } from '../../territory/actions.ts'
import { exportRoute } from '../../ui/export.tsx'
import {
  changeDecision,
  decisionRegister,
  decisions_at_once,
  decisionsToExport,
  decisionToRead,
  withdrawDecision,
} from '../actions/decisions.ts'
import * as reading from '../actions/reading.ts'
import { doTask, ownersOffered, taskWhole } from '../actions/tasks.ts'
import * as forms from '../forms.ts'
import { DecisionPage, DecisionsPage } from '../pages/decisions.tsx'
import { TaskPage, TasksPage } from '../pages/tasks.tsx'
import { may } from '../rules/may.ts'
import { correctionsOf } from '../store/after.ts'
import { tavolo } from '../urls.ts'
import { blank, filled, pageIn } from './forms-shown.ts'

const routes = router()
export default routes.all

const askedIn = (query: URLSearchParams) => {
  const year = query.get('anno') ?? ''
  return { text: (query.get('cerca') ?? '').slice(0, 200), year: /^\d{4}$/.test(year) ? Number(year) : undefined }
}
routes.page(tavolo.decisions, may.see, async (ctx, _params, { query }) => {
  const page = pageIn(query)
  const found = await decisionRegister(ctx, askedIn(query), page)
  return <DecisionsPage {...found} page={page} size={decisions_at_once} query={query} />
})
exportRoute(routes, tavolo.decisionsExport, may.see, {
  title: (ctx) => ctx.t('tavolo.decisions.title'),
  back: () => tavolo.decisions.href(),
  async list(ctx, _params, { query }) {
    const { t } = ctx
    const rows = await decisionsToExport(ctx, askedIn(query))
    return listOf({
      name: 'tavolo.decisions',
      title: t('tavolo.decisions.title'),
      file: `decisioni-${ctx.today}`,
      rows,
      columns: [
        { header: t('tavolo.decision.number_head'), cell: ({ number, year }) => `${number}/${year}` },
        { header: t('tavolo.decision.day'), kind: 'day', cell: ({ on_day }) => on_day },
        { header: t('tavolo.decision.text'), width: 5, cell: ({ text }) => text },
        { header: t('tavolo.item.title'), width: 2, cell: ({ item_title }) => item_title ?? '' },
        {
          header: t('tavolo.decision.followed'),
          cell: ({ followed: { all, open, late } }) =>
            all > 0 ? t('tavolo.decision.followed.state', { open, late }) : '',
        },
      ],
    })
  },
})

type DecisionForms = { form?: Form<typeof forms.decisionTextForm>; problem?: string | undefined }
async function decisionPage(ctx: Ctx, id: string, { form, problem }: DecisionForms = {}) {
  const { decision, tasks } = await decisionToRead(ctx, id)
  const corrections = (await correctionsOf(ctx, decision.meeting_id)).filter(({ decision_id }) => decision_id === id)
  return (
    <DecisionPage
      decision={decision}
      tasks={tasks}
      corrections={corrections}
      keeps={ctx.actor.can(may.keep)}
      form={filled(form ?? blank(ctx), { text: decision.text })}
      correction={blank(ctx)}
      problem={problem ?? (decision.approved_on ? form?.errors.form : undefined)}
      theme={
        decision.item_kind === 'theme' && decision.source_id
          ? participation.theme.href({ theme: decision.source_id })
          : undefined
      }
    />
  )
}
routes.page(tavolo.decision, may.see, (ctx, { decision }) => decisionPage(ctx, decision))
routes.form(tavolo.decisionText, may.keep, forms.decisionTextForm, {
  show: (ctx, { decision }, form) => decisionPage(ctx, decision, { form }),
  async submit(ctx, { decision }, input) {
    await changeDecision(ctx, decision, input)
    say(ctx, 'tavolo.said.changed')
    return tavolo.decision.href({ decision })
  },
})
routes.form(tavolo.decisionGone, may.keep, forms.nothing, {
  show: (ctx, { decision }, form) => decisionPage(ctx, decision, { problem: form.errors.form }),
  async submit(ctx, { decision }) {
    const meeting = await withdrawDecision(ctx, decision)
    say(ctx, 'tavolo.said.decision_gone')
    return tavolo.meeting.href({ meeting })
  },
})

routes.page(tavolo.tasks, may.see, async (ctx, _params, { query }) => {
  const closed = query.get('stato') === 'fatti'
  return <TasksPage tasks={await reading.tasksShown(ctx, closed)} closed={closed} />
})
routes.form(tavolo.task, may.see, forms.taskDeedForm, {
  async show(ctx, { task }, form) {
    const whole = await taskWhole(ctx, task)
    const keeps = ctx.actor.can(may.keep)
    const body = (await organisations(ctx)).find(({ id }) => id === whole.task.organisation_id)?.name ?? ''
    return (
      <TaskPage
        task={{ ...whole.task, body }}
        steps={whole.steps}
        may_do={keeps || whole.mine}
        keeps={keeps}
        owners={keeps ? await ownersOffered(ctx) : []}
        form={form}
      />
    )
  },
  async submit(ctx, { task }, input) {
    await doTask(ctx, task, input)
    say(ctx, `tavolo.said.task_${input.deed}`)
    return tavolo.task.href({ task })
  },
})
