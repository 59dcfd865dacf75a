import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import type { Form } from '../kernel/form.ts'
import { filled } from '../kernel/form.ts'
import { router } from '../kernel/routes.ts'
import { exportRoute } from '../ui/export.tsx'
import { organisationsToExport } from './actions/exports.ts'
import * as actions from './actions.ts'
import { agreementForm, closureForm, nothing, officesForm, organisationForm, placeForm } from './forms.ts'
import { ClosuresPage } from './pages/closures.tsx'
import { ComuniPage, OfficesPage } from './pages/comuni.tsx'
import { OrganisationFormPage, OrganisationPage } from './pages/organisation.tsx'
import { OrganisationsPage } from './pages/organisations.tsx'
import { PlacePage, PlacesPage } from './pages/places.tsx'
import { may } from './rules/may.ts'
import { officeKinds, organisationKinds } from './rules/organisations.ts'
import { fold } from './rules/words.ts'
import { territory } from './urls.ts'

const routes = router()
export default routes.all

routes.page(territory.comuni, may.read, async (ctx) => (
  <ComuniPage
    comuni={await actions.comuni(ctx)}
    offices={await actions.officesByComune(ctx)}
    changes={ctx.actor.can(may.keep_offices)}
  />
))

routes.form(territory.offices, may.keep_offices, officesForm, {
  async show(ctx, { code }, form) {
    const comune = (await actions.comuni(ctx)).find((one) => one.code === code)
    if (!comune) throw new NotFound()
    const now = (await actions.officesFor(ctx, code)).map(({ id }) => id)
    const candidates = (await actions.organisations(ctx)).filter(
      ({ id, kind }) => now.includes(id) || officeKinds.some((one) => one === kind),
    )
    return <OfficesPage comune={comune} candidates={candidates} form={filled(form, { offices: now })} />
  },
  async submit(ctx, { code }, { offices }) {
    await actions.setOffices(ctx, code, offices)
    return territory.comuni.href()
  },
})

async function organisationsAsked(ctx: Ctx, query: URLSearchParams) {
  const kind = organisationKinds.find((one) => one === query.get('tipo'))
  const name = fold(query.get('nome') ?? '')
  const all = await actions.organisations(ctx, { kinds: kind && [kind], ended: query.get('usciti') === '1' })
  return all.filter((one) => fold(one.name).includes(name))
}

routes.page(territory.organisations, may.read, async (ctx, _, { query }) => (
  <OrganisationsPage
    organisations={await organisationsAsked(ctx, query)}
    query={query}
    changes={ctx.actor.can(may.keep_organisations)}
  />
))

exportRoute(routes, territory.organisationsExport, may.read, {
  title: ({ t }) => t('territory.organisations.caption'),
  back: (_, query) => `${territory.organisations.href()}?${query}`,
  list: async (ctx, _, { query }) => organisationsToExport(ctx, await organisationsAsked(ctx, query)),
})

routes.form(territory.newOrganisation, may.keep_organisations, organisationForm, {
  show: async (ctx, _, form) => <OrganisationFormPage form={form} comuni={await actions.comuni(ctx)} />,
  submit: async (ctx, _, input) => territory.organisation.href({ id: await actions.addOrganisation(ctx, input) }),
})

async function organisationPage(ctx: Ctx, id: string, form?: Form<typeof agreementForm>) {
  const organisation = await actions.organisationOf(ctx, id)
  const agreements = await actions.agreementsOf(ctx, id)
  return (
    <OrganisationPage
      organisation={organisation}
      agreements={agreements}
      today={ctx.today}
      changes={ctx.actor.can(may.keep_organisations)}
      {...(form && { form })}
    />
  )
}

routes.page(territory.organisation, may.read, (ctx, { id }) => organisationPage(ctx, id))

routes.form(territory.organisationData, may.keep_organisations, organisationForm, {
  async show(ctx, { id }, form) {
    const known = await actions.organisationOf(ctx, id)
    const { name, kind, comune, address, phone, email, website, note } = known
    return (
      <OrganisationFormPage
        form={filled(form, { name, kind, comune: comune ?? '', address, phone, email, website, note })}
        comuni={await actions.comuni(ctx)}
        known={known}
      />
    )
  },
  async submit(ctx, { id }, input) {
    await actions.changeOrganisation(ctx, id, input)
    return territory.organisation.href({ id })
  },
})

routes.form(territory.newAgreement, may.keep_organisations, agreementForm, {
  show: (ctx, { id }, form) => organisationPage(ctx, id, form),
  async submit(ctx, { id }, input) {
    await actions.addAgreement(ctx, id, input)
    return territory.organisation.href({ id })
  },
})

routes.form(territory.organisationEnded, may.keep_organisations, nothing, {
  show: (ctx, { id }) => organisationPage(ctx, id),
  async submit(ctx, { id }) {
    await actions.retireOrganisation(ctx, id)
    return territory.organisation.href({ id })
  },
})
routes.form(territory.organisationBack, may.keep_organisations, nothing, {
  show: (ctx, { id }) => organisationPage(ctx, id),
  async submit(ctx, { id }) {
    await actions.restoreOrganisation(ctx, id)
    return territory.organisation.href({ id })
  },
})

routes.page(territory.places, may.read, async (ctx) => (
  <PlacesPage places={await actions.places(ctx)} changes={ctx.actor.can(may.keep_places)} />
))

routes.form(territory.newPlace, may.keep_places, placeForm, {
  show: async (ctx, _, form) => (
    <PlacePage form={form} comuni={await actions.comuni(ctx)} organisations={await actions.organisations(ctx)} />
  ),
  async submit(ctx, _, input) {
    await actions.addPlace(ctx, input)
    return territory.places.href()
  },
})

routes.form(territory.place, may.keep_places, placeForm, {
  async show(ctx, { id }, form) {
    const known = await actions.placeOf(ctx, id)
    const { name, address, comune, organisation, how_to_get_there, accessible } = known
    const values = {
      name,
      address,
      comune: comune ?? '',
      organisation: organisation ?? '',
      how_to_get_there,
      accessible,
    }
    return (
      <PlacePage
        form={filled(form, values)}
        comuni={await actions.comuni(ctx)}
        organisations={await actions.organisations(ctx)}
        known={known}
      />
    )
  },
  async submit(ctx, { id }, input) {
    await actions.changePlace(ctx, id, input)
    return territory.places.href()
  },
})

routes.form(territory.placeEnded, may.keep_places, nothing, {
  show: async (ctx) => <PlacesPage places={await actions.places(ctx)} changes />,
  async submit(ctx, { id }) {
    await actions.retirePlace(ctx, id)
    return territory.places.href()
  },
})

async function closuresPage(ctx: Ctx, query: URLSearchParams, form: Form<typeof closureForm>) {
  const asked = query.get('anno') ?? ''
  const year = /^20\d\d$/.test(asked) ? Number(asked) : Number(ctx.today.slice(0, 4))
  return (
    <ClosuresPage
      year={year}
      days={await actions.daysOfYear(ctx, year)}
      form={form}
      changes={ctx.actor.can(may.keep_closures)}
    />
  )
}

routes.form(territory.closures, may.read, closureForm, {
  show: (ctx, _, form, { query }) => closuresPage(ctx, query, form),
  async submit(ctx, _, { to_day, ...input }) {
    await actions.addClosure(ctx, { ...input, to_day: to_day ?? input.from_day })
    return territory.closures.href({}, { anno: input.from_day.slice(0, 4) })
  },
})

routes.form(territory.closureRemoved, may.keep_closures, nothing, {
  show: (ctx, _, form, { query }) => closuresPage(ctx, query, form as Form<typeof closureForm>),
  async submit(ctx, { id }) {
    await actions.removeClosure(ctx, id)
    return territory.closures.href()
  },
})
