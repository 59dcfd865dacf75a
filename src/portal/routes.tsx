import { nextEvents, publicItems, servicesForNeeds } from '../board/actions.ts'
import { coursesShown } from '../courses/actions.ts'
import { needList } from '../desk/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import { languages } from '../kernel/i18n.ts'
import { router } from '../kernel/routes.ts'
import { retentionYears, settingOf } from '../programme/actions.ts'
import * as actions from './actions.ts'
import { needPages } from './codes.ts'
import { checkForm, switchForm } from './forms.ts'
import { AccessibilityPage } from './pages/accessibility.tsx'
import { ContactsPage } from './pages/contacts.tsx'
import { HomePage } from './pages/home.tsx'
import { CheckPage, LanguagesPage } from './pages/languages.tsx'
import { NeedPage } from './pages/need.tsx'
import { manifest, OfflinePage, worker } from './pages/offline.tsx'
import { PrivacyPage } from './pages/privacy.tsx'
import { ProjectPage } from './pages/project.tsx'
import { icon, robots, sitemap } from './pages/sitemap.ts'
import { may, monthsAfterProject } from './rules.ts'
import { portal } from './urls.ts'

const routes = router()
export default routes.all

// --- public ---------------------------------------------------------------------------------------------------------

routes.open(portal.home, async (ctx) => (
  <HomePage desk={await actions.deskToVisit(ctx)} events={await nextEvents(ctx)} />
))

const offices = new Map(needList.flatMap(({ code, refer }) => (refer ? [[code, refer] as const] : [])))
routes.open(portal.need, async (ctx, { need }) => {
  const of = needPages.find((page) => page.need === need)
  if (!of) throw new NotFound()
  const services = await servicesForNeeds(ctx, of.codes)
  return <NeedPage of={of} offices={offices} services={services} desk={await actions.deskToVisit(ctx)} />
})

routes.open(portal.project, async (ctx) => <ProjectPage {...(await actions.projectToShow(ctx))} />)

routes.open(portal.privacy, async (ctx) => {
  const project = await actions.projectHere(ctx)
  return (
    <PrivacyPage
      controller={project?.partner ?? ''}
      mail={project?.contact ?? ''}
      years={await settingOf(ctx, retentionYears)}
      months={monthsAfterProject}
    />
  )
})

routes.open(portal.accessibility, async (ctx) => (
  <AccessibilityPage mail={(await actions.projectHere(ctx))?.contact ?? ''} />
))

routes.open(portal.contacts, async (ctx) => <ContactsPage desk={await actions.deskToVisit(ctx)} />)

routes.open(portal.offline, () => <OfflinePage />)
routes.machine(portal.worker, async (ctx) => worker(await liveLanguage(ctx), await actions.whatMatters(ctx)))
routes.machine(portal.manifest, async (ctx) =>
  manifest(await liveLanguage(ctx), `${ctx.t('ui.site.name')} · ${ctx.ambito.name}`, ctx.t('portal.home.description')),
)

async function liveLanguage(ctx: Ctx) {
  const live = (await actions.languagesOn(ctx)).find(({ lang }) => lang === ctx.lang)
  if (!live) throw new NotFound()
  return live.lang
}

routes.machine(portal.icon, async () => icon())
routes.machine(portal.robots, async (ctx) => robots(ctx.base_url))
routes.machine(portal.sitemap, async (ctx) =>
  sitemap(
    ctx.base_url,
    ctx.modules,
    (await actions.languagesOn(ctx)).map(({ lang }) => lang),
    await publicItems(ctx),
    (await coursesShown(ctx)).map(({ edition }) => edition),
  ),
)

// --- staff ----------------------------------------------------------------------------------------------------------

routes.page(portal.languages, may.see_languages, async (ctx) => (
  <LanguagesPage list={await actions.languageList(ctx)} keeps={ctx.actor.can(may.keep_languages)} />
))

routes.form(portal.switchLanguage, may.keep_languages, switchForm, {
  show: async (ctx) => <LanguagesPage list={await actions.languageList(ctx)} keeps />,
  async submit(ctx, { language }, { state }) {
    if (state === 'unchecked') await actions.takeCheckBack(ctx, language)
    else await actions.switchLanguage(ctx, language, state === 'on')
    say(ctx, `portal.said.${state}`)
    return portal.languages.href()
  },
})

routes.form(portal.checkLanguage, may.keep_languages, checkForm, {
  show(ctx, { language }, form) {
    const lang = languages.find((one) => one === language)
    if (!lang || lang === 'it') throw new NotFound()
    return <CheckPage language={lang} form={form} today={ctx.today} />
  },
  async submit(ctx, { language }, input) {
    await actions.markChecked(ctx, language, input)
    say(ctx, 'portal.said.checked')
    return portal.languages.href()
  },
})
