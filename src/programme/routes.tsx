import { accountNames } from '../accounts/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { Form, Schema } from '../kernel/form.ts'
import { router, type Upload } from '../kernel/routes.ts'
import { addBudgetVersion, budgetOn, budgetVersions } from './actions/budget.ts'
import { addDeadline, changeDeadline, deadlineOf, deadlines, dropDeadline, markDone } from './actions/calendar.ts'
import { addLogo, logoBytes, logoOf, logoStrip, moveLogoForward, removeLogo, replaceLogo } from './actions/logos.ts'
import { areasOfWork, changeProject, projectHistory, projectOf, rowsOf, wordsIn } from './actions/project.ts'
import { noteReference, referencesOf, retractReference } from './actions/references.ts'
import { allSettings, changeSetting, settingNamed } from './actions/settings.ts'
import { setTarget, targetOf, targets } from './actions/targets.ts'
import {
  budgetForm,
  deadlineForm,
  logoForm,
  nothing,
  projectForm,
  referenceForm,
  settingForm,
  targetForm,
  withdrawForm,
} from './forms.ts'
import { BudgetFormPage, BudgetPage } from './pages/budget.tsx'
import { CalendarPage, DeadlinePage } from './pages/calendar.tsx'
import { LogoPage, LogosPage } from './pages/logos.tsx'
import { IdentityPage, ProjectPage } from './pages/project.tsx'
import { ReferencesPage } from './pages/references.tsx'
import { SettingPage, SettingsPage } from './pages/settings.tsx'
import { TargetPage } from './pages/targets.tsx'
import { budgetAsText, centsAsText } from './rules/budget.ts'
import { may } from './rules/may.ts'
import { safeBack } from './rules/references.ts'
import { typedSetting } from './rules/settings.ts'
import { stepsAsText } from './rules/targets.ts'
import { programme } from './urls.ts'

const routes = router()
export default routes.all

/** A form opened for the first time shows what is known; sent and refused, what was typed. */
const filled = <S extends Schema>(form: Form<S>, values: Form<S>['values']): Form<S> =>
  Object.keys(form.values).length > 0 ? form : { ...form, values }

const authors = (ctx: Ctx, rows: readonly { recorded_by: string | null }[]) =>
  accountNames(
    ctx,
    rows.flatMap(({ recorded_by }) => recorded_by ?? []),
  )

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

// --- calendar -------------------------------------------------------------------------------------------------------

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

// --- budget and settings --------------------------------------------------------------------------------------------

routes.page(programme.budget, may.read, async (ctx) => {
  const versions = await budgetVersions(ctx)
  return (
    <BudgetPage
      project={await projectOf(ctx)}
      version={await budgetOn(ctx)}
      versions={versions}
      names={await authors(ctx, versions)}
      changes={ctx.actor.can(may.keep_budget)}
    />
  )
})

routes.form(programme.newBudget, may.keep_budget, budgetForm, {
  async show(ctx, _, form) {
    const now = await budgetOn(ctx)
    return (
      <BudgetFormPage
        form={filled(form, {
          valid_from: ctx.today,
          ...(now && { lines: budgetAsText(now.lines, (family) => ctx.t(`programme.cost.${family}`)) }),
        })}
      />
    )
  },
  async submit(ctx, _, input) {
    await addBudgetVersion(ctx, input)
    return programme.budget.href()
  },
})

routes.page(programme.settings, may.read, async (ctx) => (
  <SettingsPage settings={await allSettings(ctx)} changes={ctx.actor.can(may.change_settings)} />
))

routes.form(programme.setting, may.change_settings, settingForm, {
  async show(ctx, { name }, form) {
    const now = await settingNamed(ctx, name)
    return (
      <SettingPage
        now={now}
        names={await authors(ctx, now.versions)}
        form={filled(form, { value: typedSetting(now.value), valid_from: ctx.today })}
      />
    )
  },
  async submit(ctx, { name }, input) {
    const { setting } = await settingNamed(ctx, name)
    await changeSetting(ctx, setting, input)
    return programme.settings.href()
  },
})

// --- logos ----------------------------------------------------------------------------------------------------------

const three_files = 3_200_000
const given = (files: Map<string, Upload[]>) =>
  Object.fromEntries([...files].flatMap(([name, [file]]) => (file ? [[name, file.bytes]] : [])))

routes.form(
  programme.logos,
  may.read,
  logoForm,
  {
    show: async (ctx, _, form) => (
      <LogosPage logos={await logoStrip(ctx)} form={form} changes={ctx.actor.can(may.keep_logos)} />
    ),
    async submit(ctx, _, { alt }, { files }) {
      await addLogo(ctx, alt, given(files))
      return programme.logos.href()
    },
  },
  three_files,
)

routes.form(
  programme.logo,
  may.keep_logos,
  logoForm,
  {
    async show(ctx, { id }, form) {
      const logo = await logoOf(ctx, id)
      return <LogoPage logo={logo} form={filled(form, { alt: logo.alt })} />
    },
    async submit(ctx, { id }, { alt }, { files }) {
      await replaceLogo(ctx, id, alt, given(files))
      return programme.logos.href()
    },
  },
  three_files,
)

for (const [address, act] of [
  [programme.logoMoved, moveLogoForward],
  [programme.logoEnded, removeLogo],
] as const)
  routes.form(address, may.keep_logos, nothing, {
    show: async (ctx, _, form) => (
      <LogosPage logos={await logoStrip(ctx)} form={form as Form<typeof logoForm>} changes />
    ),
    async submit(ctx, { id }) {
      await act(ctx, id)
      return programme.logos.href()
    },
  })

routes.machine(programme.logoFile, async (ctx, { id, version }) => {
  const { bytes, type } = await logoBytes(ctx, id, version)
  return { body: bytes, type }
})

// --- references -----------------------------------------------------------------------------------------------------

routes.form(programme.references, may.attach_references, referenceForm, {
  async show(ctx, { kind, thing }, form, { query }) {
    const back = safeBack(query.get('torna')) ?? safeBack(String(form.values.back ?? '')) ?? programme.project.href()
    return (
      <ReferencesPage kind={kind} thing={thing} rows={await referencesOf(ctx, kind, thing)} back={back} form={form} />
    )
  },
  async submit(ctx, { kind, thing }, { back, ...input }) {
    await noteReference(ctx, { kind, thing_id: thing, ...input })
    return safeBack(back) ?? programme.project.href()
  },
})

routes.form(programme.referenceWithdrawn, may.attach_references, withdrawForm, {
  async show(ctx, { kind, thing }, form) {
    return (
      <ReferencesPage
        kind={kind}
        thing={thing}
        rows={await referencesOf(ctx, kind, thing)}
        back={programme.project.href()}
        form={form as Form<typeof referenceForm>}
      />
    )
  },
  async submit(ctx, { kind, thing, id }, { back }) {
    await retractReference(ctx, id)
    return programme.references.href({ kind, thing }, { torna: safeBack(back) })
  },
})
