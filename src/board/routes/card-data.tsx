import { needList } from '../../desk/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { languageName, organisations, places, spokenLanguages } from '../../territory/actions.ts'
import * as cards from '../actions/cards.ts'
import * as events from '../actions/events.ts'
import * as items from '../actions/items.ts'
import { eventForm, exceptionForm, hoursForm, nothing, serviceForm } from '../forms.ts'
import { EventDataPage, HoursPage, type Offered, ServiceDataPage } from '../pages/card-data.tsx'
import { may } from '../rules/may.ts'
import { board } from '../urls.ts'

const routes = router()
export default routes.all

async function offered(ctx: Ctx): Promise<Offered> {
  return {
    organisations: await organisations(ctx),
    places: await places(ctx),
    needs: needList.map(({ code, it, en }) => ({ code, text: ctx.lang === 'en' ? en : it })),
    languages: spokenLanguages.map(({ code }) => ({ code, name: languageName(code, ctx.lang) })),
  }
}

routes.form(board.serviceData, may.write, serviceForm, {
  async show(ctx, { id }, form) {
    const { source } = await items.itemWhole(ctx, id)
    const { service, needs } = await cards.serviceToEdit(ctx, id)
    const values = service
      ? {
          ...service,
          organisation_id: service.organisation_id ?? '',
          place_id: service.place_id ?? '',
          hours_of: service.hours_of ?? '',
          free: service.free ? '1' : '',
          keeps_closures: service.keeps_closures ? '1' : '',
          needs,
        }
      : { keeps_closures: '1', pictogram: 'building-community' }
    return <ServiceDataPage title={source.title} form={filled(form, values)} offered={await offered(ctx)} />
  },
  async submit(ctx, { id }, input) {
    const { item } = await items.itemWhole(ctx, id)
    await cards.describeService(ctx, id, input)
    say(ctx, 'board.said.saved')
    return item.published_from
      ? board.item.href({ id })
      : input.hours_of
        ? board.publication.href({ id })
        : board.hours.href({ id })
  },
})

async function hoursPage(
  ctx: Ctx,
  id: string,
  forms: { hours?: Form<typeof hoursForm>; exception?: Form<typeof exceptionForm> },
) {
  const { source } = await items.itemWhole(ctx, id)
  const { service, weekly, exceptions } = await cards.serviceToEdit(ctx, id)
  return (
    <HoursPage
      id={id}
      title={source.title}
      follows_desk={service?.hours_of != null}
      weekly={weekly}
      exceptions={exceptions}
      hours_form={forms.hours ?? blankForm(ctx.ambito_id)}
      exception_form={forms.exception ?? blankForm(ctx.ambito_id)}
    />
  )
}

routes.form(board.hours, may.write, hoursForm, {
  show: (ctx, { id }, form) => hoursPage(ctx, id, { hours: form }),
  async submit(ctx, { id }, input) {
    await cards.addHours(ctx, id, input)
    say(ctx, 'board.said.saved')
    return board.hours.href({ id })
  },
})

routes.form(board.exceptions, may.write, exceptionForm, {
  show: (ctx, { id }, form) => hoursPage(ctx, id, { exception: form }),
  async submit(ctx, { id }, input) {
    await cards.addException(ctx, id, input)
    say(ctx, 'board.said.saved')
    return board.hours.href({ id })
  },
})

routes.form(board.hoursGone, may.write, nothing, {
  show: (ctx, { id }) => hoursPage(ctx, id, {}),
  async submit(ctx, { id, hours }) {
    await cards.removeHours(ctx, id, hours)
    say(ctx, 'board.said.saved')
    return board.hours.href({ id })
  },
})

async function eventPage(ctx: Ctx, id: string, form: Form<typeof eventForm>) {
  const { source } = await items.itemWhole(ctx, id)
  const { event, needs } = await events.eventToEdit(ctx, id)
  const values = event
    ? {
        ...event,
        starts_at: event.starts_at.slice(0, 5),
        ends_at: event.ends_at.slice(0, 5),
        place_id: event.place_id ?? '',
        organisation_id: event.organisation_id ?? '',
        sign_up: event.sign_up ? '1' : '',
        capacity: event.capacity === null ? '' : String(event.capacity),
        needs,
      }
    : {}
  return (
    <EventDataPage
      id={id}
      title={source.title}
      form={filled(form, values)}
      offered={await offered(ctx)}
      cancellable={event !== undefined && event.cancelled_at === null && event.on_day >= ctx.today}
    />
  )
}

routes.form(board.eventData, may.write, eventForm, {
  show: (ctx, { id }, form) => eventPage(ctx, id, form),
  async submit(ctx, { id }, input) {
    const { item } = await items.itemWhole(ctx, id)
    await events.planEvent(ctx, id, input)
    say(ctx, 'board.said.saved')
    return item.published_from ? board.item.href({ id }) : board.publication.href({ id })
  },
})

routes.form(board.cancellation, may.write, nothing, {
  show: (ctx, { id }, form) => eventPage(ctx, id, { ...form, values: {} } as Form<typeof eventForm>),
  async submit(ctx, { id }) {
    await events.cancelEvent(ctx, id)
    say(ctx, 'board.said.cancelled')
    return board.item.href({ id })
  },
})
