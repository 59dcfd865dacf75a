import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Schema } from '../../kernel/form.ts'
import { languages as liveLanguages } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { comuni, spokenLanguages } from '../../territory/actions.ts'
import { calendarLink, importBusy } from '../actions/calendar.ts'
import * as keeping from '../actions/keeping.ts'
import * as forms from '../forms.ts'
import { MediatorFormPage, MediatorsPage, ProfilePage } from '../pages/mediators.tsx'
import { may } from '../rules/may.ts'
import * as bodies from '../store/bodies.ts'
import * as contracts from '../store/contracts.ts'
import * as mediators from '../store/mediators.ts'
import * as profile from '../store/profile.ts'
import { mediation } from '../urls.ts'
import type { Keep } from './deeds.ts'

import { comuneNames, named } from './names.ts'

const routes = router()
export default routes.all

routes.page(mediation.mediators, may.coordinate, async (ctx) => (
  <MediatorsPage mediators={await mediators.listMediators(ctx)} comuni={await comuneNames(ctx)} />
))
routes.form(mediation.newMediator, may.coordinate, forms.mediatorForm, {
  show: async (ctx, _params, form) => (
    <MediatorFormPage
      form={{ ...form, values: { lang: 'it', max_travel_minutes: '40', remote: '1', ...form.values } }}
      comuni={await comuni(ctx)}
      contracts={await contracts.listContracts(ctx)}
      languages={named(ctx, liveLanguages)}
    />
  ),
  async submit(ctx, _params, input) {
    const mediator = await keeping.addMediator(ctx, input)
    say(ctx, 'mediation.said.saved')
    return mediation.mediator.href({ mediator })
  },
})

routes.form(mediation.changeMediator, may.coordinate, forms.mediatorForm, {
  async show(ctx, { mediator: id }, form) {
    const mediator = await mediators.findMediator(ctx, id)
    const blank = Object.keys(form.values).length === 0
    return (
      <MediatorFormPage
        form={blank ? { ...form, values: valuesOf(mediator) } : form}
        comuni={await comuni(ctx)}
        contracts={await contracts.listContracts(ctx)}
        languages={named(ctx, liveLanguages)}
        changes
      />
    )
  },
  async submit(ctx, { mediator }, input) {
    await keeping.changeMediator(ctx, mediator, input)
    say(ctx, 'mediation.said.saved')
    return mediation.mediator.href({ mediator })
  },
})
const valuesOf = ({ monthly_minutes, fields, ...one }: mediators.Mediator) => ({
  ...Object.fromEntries(
    Object.entries(one).flatMap(([name, value]) =>
      value === null || value === false || value === '' ? [] : [[name, value === true ? '1' : String(value)]],
    ),
  ),
  ...(monthly_minutes !== null && { monthly_hours: String(monthly_minutes / 60) }),
  fields: [...fields],
})

async function profilePage(
  ctx: Ctx,
  id: string,
  change: Partial<Parameters<typeof ProfilePage>[0]['forms']> = {},
  calendar: string | null = null,
) {
  const mediator = await mediators.findMediator(ctx, id)
  const keeps = ctx.actor.can(may.coordinate)
  allow(keeps || mediator.account_id === ctx.actor.account_id)
  return (
    <ProfilePage
      mediator={mediator}
      comune={mediator.base_comune ? ((await comuneNames(ctx)).get(mediator.base_comune) ?? '') : ''}
      contract={await contracts.findContract(ctx, mediator.contract_id)}
      languages={await profile.languagesOf(ctx, id)}
      week={await profile.weekOf(ctx, id)}
      exceptions={await profile.exceptionsOf(ctx, id)}
      credentials={await profile.credentialsOf(ctx, id)}
      stances={await bodies.stancesAbout(ctx, id)}
      today={ctx.today}
      keeps={keeps}
      spoken={named(
        ctx,
        spokenLanguages.map(({ code }) => code),
      )}
      calendar={calendar}
      forms={{
        language: emptyForm(ctx),
        week: emptyForm(ctx),
        exception: emptyForm(ctx),
        credential: emptyForm(ctx),
        calendar: emptyForm(ctx),
        ...change,
      }}
    />
  )
}
const hers = may.keep_week
routes.page(mediation.mediator, hers, (ctx, { mediator }) => profilePage(ctx, mediator))

/** The parts of a profile, each a form of its own. */
function part<S extends Schema>(
  word: string,
  schema: S,
  name: keyof Parameters<typeof ProfilePage>[0]['forms'],
  act: Keep<S>,
) {
  routes.form(
    {
      ...mediation.mediator,
      pattern: `/staff/mediazione/mediatori/:mediator/${word}` as '/staff/mediazione/mediatori/:mediator',
    },
    hers,
    schema,
    {
      show: (ctx, { mediator }, form) => profilePage(ctx, mediator, { [name]: form }),
      async submit(ctx, { mediator }, input) {
        await act(ctx, mediator, input as S['_zod']['output'])
        say(ctx, 'mediation.said.saved')
        return mediation.mediator.href({ mediator })
      },
    },
  )
}
part('orario', forms.weekForm, 'week', keeping.addHours)
part('togli-orario', forms.weekForm, 'week', (ctx, mediator, { weekday, starts_at }) =>
  keeping.dropHours(ctx, mediator, weekday, starts_at),
)
part('assenza', forms.exceptionForm, 'exception', keeping.addException)
part('togli-assenza', forms.idForm, 'exception', (ctx, mediator, { id }) => keeping.dropException(ctx, mediator, id))
part('documento', forms.credentialForm, 'credential', keeping.addCredential)
part('lingua', forms.languageForm, 'language', keeping.addLanguage)
part('togli-lingua', forms.languageForm, 'language', keeping.dropLanguage)
part('fine', forms.noFields, 'calendar', keeping.endMediator)
routes.form(
  {
    ...mediation.mediator,
    pattern: '/staff/mediazione/mediatori/:mediator/calendario' as '/staff/mediazione/mediatori/:mediator',
  },
  hers,
  forms.noFields,
  {
    show: (ctx, { mediator }) => profilePage(ctx, mediator),
    async submit(ctx, { mediator }) {
      await profilePage(ctx, mediator)
      return profilePage(ctx, mediator, {}, await calendarLink(ctx, mediator))
    },
  },
)
routes.form(
  {
    ...mediation.mediator,
    pattern: '/staff/mediazione/mediatori/:mediator/impegni' as '/staff/mediazione/mediatori/:mediator',
  },
  hers,
  forms.noFields,
  {
    show: (ctx, { mediator }, form) => profilePage(ctx, mediator, { calendar: form }),
    async submit(ctx, { mediator }, _input, { files }) {
      await profilePage(ctx, mediator)
      const [file] = files.get('file') ?? []
      say(ctx, 'mediation.said.imported', {
        count: await importBusy(ctx, mediator, file ? new TextDecoder().decode(file.bytes) : ''),
      })
      return mediation.mediator.href({ mediator })
    },
  },
  1_100_000,
)
