/** The coordinator's pages on the systems of bodies. */
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import * as keys from '../actions/systems.ts'
import { noFields, systemForm, webhookDeedForm, webhookForm } from '../forms.ts'
import { SystemPage, SystemsPage } from '../pages/systems.tsx'
import { may } from '../rules/may.ts'
import { findBody } from '../store/bodies.ts'
import * as systems from '../store/systems.ts'
import { mediation } from '../urls.ts'

const routes = router()
export default routes.all

const list = async (ctx: Ctx, body: string, form: Form<typeof systemForm>, key_made: string | null = null) => (
  <SystemsPage
    body={await findBody(ctx, body)}
    systems={await systems.systemsOf(ctx, body)}
    form={form}
    key_made={key_made}
  />
)
routes.form(mediation.systems, may.coordinate, systemForm, {
  show: (ctx, { body }, form) => list(ctx, body, form),
  async submit(ctx, { body }, input) {
    const { key } = await keys.makeSystem(ctx, body, input)
    return list(ctx, body, blankForm(ctx.ambito_id), key)
  },
})

async function shown(ctx: Ctx, id: string, form: Form<typeof webhookForm> = blankForm(ctx.ambito_id)) {
  const system = await systems.findSystem(ctx, id)
  const values = Object.keys(form.values).length > 0 || !system.url ? form.values : { url: system.url }
  return (
    <SystemPage
      system={system}
      last={await systems.lastWebhook(ctx, id)}
      secret={keys.secretOf(ctx, system)}
      deliveries={await systems.lastDeliveries(ctx, id)}
      form={{ ...form, values }}
    />
  )
}
routes.form(mediation.system, may.coordinate, webhookForm, {
  show: (ctx, { system }, form) => shown(ctx, system, form),
  async submit(ctx, { system }, { url }) {
    await keys.setTarget(ctx, system, url)
    say(ctx, 'mediation.said.saved')
    return mediation.system.href({ system })
  },
})
routes.form(mediation.revokeSystem, may.coordinate, noFields, {
  show: (ctx, { system }) => shown(ctx, system),
  async submit(ctx, { system }) {
    await keys.revokeSystem(ctx, system)
    say(ctx, 'mediation.said.revoked')
    return mediation.system.href({ system })
  },
})
const deeds = { off: keys.switchOff, on: keys.switchOn, new_secret: keys.renewSecret }
routes.form(mediation.webhook, may.coordinate, webhookDeedForm, {
  show: (ctx, { system }) => shown(ctx, system),
  async submit(ctx, { system }, { what }) {
    await deeds[what](ctx, system)
    say(ctx, 'mediation.said.saved')
    return mediation.system.href({ system })
  },
})
routes.form(mediation.sendAgain, may.coordinate, noFields, {
  show: (ctx, { system }) => shown(ctx, system),
  async submit(ctx, { system, delivery }) {
    await keys.sendAgain(ctx, system, delivery)
    say(ctx, 'mediation.said.sent_again')
    return mediation.system.href({ system })
  },
})
