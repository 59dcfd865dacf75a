import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { referencesOfMany } from '../../programme/actions.ts'
import * as keeping from '../actions/keeping.ts'
import * as forms from '../forms.ts'
import { BodiesPage, BodyPage } from '../pages/bodies.tsx'
import { ContractFormPage, ProvidersPage } from '../pages/contracts.tsx'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import * as contracts from '../store/contracts.ts'
import * as mediators from '../store/mediators.ts'
import { mediation } from '../urls.ts'

import { comuneNames } from './names.ts'

const routes = router()
export default routes.all

routes.form(mediation.providers, may.coordinate, forms.providerForm, {
  async show(ctx, _params, form) {
    const all = await contracts.listContracts(ctx)
    const ids = all.map(({ id }) => id)
    return (
      <ProvidersPage
        providers={await contracts.listProviders(ctx)}
        contracts={all}
        references={await referencesOfMany(ctx, 'mediation.contract', ids)}
        form={form}
      />
    )
  },
  async submit(ctx, _params, input) {
    await keeping.addProvider(ctx, input)
    say(ctx, 'mediation.said.saved')
    return mediation.providers.href()
  },
})
routes.form(mediation.newContract, may.coordinate, forms.contractForm, {
  show: async (ctx, _params, form) => (
    <ContractFormPage
      form={{
        ...form,
        values: {
          minimum_minutes: '60',
          rounding_minutes: '15',
          late_hours: '24',
          starts_on: ctx.today,
          ...form.values,
        },
      }}
      providers={await contracts.listProviders(ctx)}
    />
  ),
  async submit(ctx, _params, input) {
    await keeping.addContract(ctx, input)
    say(ctx, 'mediation.said.saved')
    return mediation.providers.href()
  },
})

// --- who asks -------------------------------------------------------------------------------------------------------

routes.page(mediation.bodies, may.coordinate, async (ctx) => (
  <BodiesPage bodies={await bodies.listBodies(ctx)} comuni={await comuneNames(ctx)} />
))
async function bodyPage(
  ctx: Ctx,
  id: string,
  change: { form?: Form<typeof forms.ceilingForm>; stance?: Form<typeof forms.stanceForm> } = {},
) {
  return (
    <BodyPage
      body={await bodies.findBody(ctx, id)}
      ceiling={(await bodies.ceilingOn(ctx, id, ctx.today)) ?? null}
      stances={await bodies.stancesOf(ctx, id)}
      mediators={await mediators.listMediators(ctx)}
      form={change.form ?? emptyForm(ctx)}
      stance={change.stance ?? emptyForm(ctx)}
      month={ctx.today.slice(0, 7)}
    />
  )
}
routes.form(mediation.body, may.coordinate, forms.ceilingForm, {
  show: (ctx, { body }, form) => bodyPage(ctx, body, { form }),
  async submit(ctx, { body }, input) {
    await keeping.addCeiling(ctx, body, input)
    say(ctx, 'mediation.said.saved')
    return mediation.body.href({ body })
  },
})
routes.form(mediation.stance, may.coordinate, forms.stanceForm, {
  show: (ctx, { body }, form) => bodyPage(ctx, body, { stance: form }),
  async submit(ctx, { body }, { mediator_id, kind }) {
    await keeping.setStance(ctx, body, mediator_id, kind)
    say(ctx, 'mediation.said.saved')
    return mediation.body.href({ body })
  },
})
