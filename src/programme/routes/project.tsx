import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { exportRoute } from '../../ui/export.tsx'
import { targetsToExport } from '../actions/exports.ts'
import { areasOfWork, changeProject, projectHistory, projectOf, rowsOf } from '../actions/project.ts'
import { referencesOf } from '../actions/references.ts'
import { setTarget, targetOf, targets } from '../actions/targets.ts'
import { projectForm, targetForm } from '../forms.ts'
import { IdentityPage, ProjectPage } from '../pages/project.tsx'
import { TargetPage } from '../pages/targets.tsx'
import { centsAsText } from '../rules/budget.ts'
import { may } from '../rules/may.ts'
import { stepsAsText } from '../rules/targets.ts'
import { programme } from '../urls.ts'
import { authors } from './authors.ts'

const routes = router()
export default routes.all

routes.page(programme.project, may.read, async (ctx) => {
  const project = await projectOf(ctx)
  const changes = await projectHistory(ctx)
  return (
    <ProjectPage
      project={project}
      today={ctx.today}
      areas={areasOfWork}
      rows={await rowsOf(ctx)}
      targets={await targets(ctx)}
      references={await referencesOf(ctx, 'programme.project', project.id)}
      changes={changes}
      names={await authors(ctx, changes)}
      may={{
        keep: ctx.actor.can(may.keep_project),
        set: ctx.actor.can(may.set_targets),
        attach: ctx.actor.can(may.attach_references),
      }}
    />
  )
})

routes.form(programme.identity, may.keep_project, projectForm, {
  async show(ctx, _, form) {
    const { total_cents, contribution_cents, id: _id, ...project } = await projectOf(ctx)
    return (
      <IdentityPage
        form={filled(form, {
          ...project,
          total: centsAsText(total_cents),
          contribution: centsAsText(contribution_cents),
        })}
      />
    )
  },
  async submit(ctx, _, input) {
    await changeProject(ctx, input)
    return programme.project.href()
  },
})

exportRoute(routes, programme.targetsExport, may.read, {
  title: ({ t }) => t('programme.export.targets'),
  back: () => programme.project.href(),
  list: targetsToExport,
})

routes.form(programme.target, may.set_targets, targetForm, {
  async show(ctx, { indicator }, form) {
    const { measure, versions } = await targetOf(ctx, indicator)
    const [last] = versions
    const values = {
      value: last?.value?.toString() ?? '',
      valid_from: ctx.today,
      spread: last?.spread ?? 'linear',
      steps: stepsAsText(last?.steps ?? []),
    }
    return (
      <TargetPage
        indicator={indicator}
        title={measure.title}
        versions={versions}
        names={await authors(ctx, versions)}
        form={filled(form, values)}
      />
    )
  },
  async submit(ctx, { indicator }, input) {
    await setTarget(ctx, indicator, input)
    return programme.target.href({ indicator })
  },
})
