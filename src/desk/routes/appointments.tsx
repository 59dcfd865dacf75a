/** Appointments as whoever works at the desk keeps them. Before the openings, in whose place their addresses stand. */

import { looked } from '../../kernel/audit.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { headLines } from '../../people/actions.ts'
import * as appointments from '../actions/appointments.ts'
import { calendarAddress } from '../actions/calendar.ts'
import { countCalls, listCalls, markCalled } from '../actions/calls.ts'
import * as shifts from '../actions/shifts.ts'
import { slipOf } from '../actions/slip.ts'
import { freeSlots } from '../actions/slots.ts'
import { openingKinds } from '../codes.ts'
import { calledForm, dayForm, giveForm, missedForm, moveForm, noFields, slotsForm } from '../forms.ts'
import { AgendaPage, AppointmentPage, CalendarPage, GivePage, OneSeriesPage } from '../pages/appointments.tsx'
import { CallsPage } from '../pages/calls.tsx'
import { may } from '../rules.ts'
import * as store from '../store/appointments.ts'
import { findOpening } from '../store/openings.ts'
import { desk } from '../urls.ts'

const routes = router()
export default routes.all

// --- the agenda -----------------------------------------------------------------------------------------------------

const headsOf = async (ctx: Ctx, rows: readonly { person_id: string | null }[]) =>
  new Map(
    (await headLines(ctx, [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))])).map((head) => [
      head.id,
      head,
    ]),
  )

routes.page(desk.appointments, may.see, async (ctx) => {
  const rows = await store.appointmentsBetween(ctx, ctx.today, addDays(ctx.today, 60))
  looked(ctx, { what: 'desk.agenda', detail: { rows: rows.length } })
  const calls = ctx.actor.can(may.give_appointments) ? await countCalls(ctx) : 0
  return <AgendaPage rows={rows} heads={await headsOf(ctx, rows)} calls={calls} />
})

routes.form(desk.give, may.give_appointments, giveForm, {
  async show(ctx, _params, form, { query }) {
    const asked = query.get('tipo')
    const free = await freeSlots(ctx, null, { open: false })
    const kind =
      openingKinds.find((one) => one === asked) ??
      openingKinds.find((one) => free.some((slot) => slot.kind === one)) ??
      'foreigners'
    const id = (typeof form.values.person_id === 'string' && form.values.person_id) || query.get('persona')
    const [person] = id ? await headLines(ctx, [id]).catch(() => []) : []
    return (
      <GivePage kind={kind} slots={free.filter((slot) => slot.kind === kind)} person={person ?? null} form={form} />
    )
  },
  async submit(ctx, _params, input, { query }) {
    const asked = query.get('tipo')
    const free = await freeSlots(ctx, null, { open: false })
    const kind =
      openingKinds.find((one) => one === asked) ?? free.find(({ key }) => key === input.slot)?.kind ?? 'foreigners'
    const appointment = await appointments.give(ctx, kind, input)
    say(ctx, 'desk.said.given')
    return desk.appointment.href({ appointment })
  },
})

routes.page(desk.calls, may.give_appointments, async (ctx) => <CallsPage calls={await listCalls(ctx)} />)
routes.form(desk.called, may.give_appointments, calledForm, {
  show: (ctx, { appointment }) => onePage(ctx, appointment, blankForm(ctx.ambito_id)),
  async submit(ctx, { appointment }, { what, how }) {
    await markCalled(ctx, appointment, what, how === 'reached')
    say(ctx, how === 'reached' ? 'desk.said.called' : 'desk.said.no_answer')
    return desk.calls.href()
  },
})

routes.form(desk.calendar, may.see, noFields, {
  show: () => <CalendarPage address={null} />,
  submit: async (ctx) => <CalendarPage address={await calendarAddress(ctx)} />,
})

// --- one appointment ------------------------------------------------------------------------------------------------

async function onePage(ctx: Ctx, id: string, form: Form<typeof moveForm>) {
  const of = await store.findAppointment(ctx, id)
  const [person] = of.person_id ? await headLines(ctx, [of.person_id]) : []
  if (of.person_id) looked(ctx, { what: 'desk.appointment', person_id: of.person_id })
  const open = appointments.mayChange(ctx, of)
  const slots = open ? await freeSlots(ctx, of.kind, { open: false }) : []
  return <AppointmentPage of={of} person={person ?? null} slots={slots} form={form} open={open} />
}
routes.page(desk.appointment, may.see, (ctx, { appointment }) => onePage(ctx, appointment, blankForm(ctx.ambito_id)))

routes.form(desk.moveAppointment, may.give_appointments, moveForm, {
  show: (ctx, { appointment }, form) => onePage(ctx, appointment, form),
  async submit(ctx, { appointment: id }, { slot }) {
    const appointment = await appointments.moveAppointment(ctx, id, slot)
    say(ctx, 'desk.said.moved')
    return desk.appointment.href({ appointment })
  },
})

routes.form(desk.cancelAppointment, may.give_appointments, noFields, {
  show: (ctx, { appointment }, form) => onePage(ctx, appointment, form as unknown as Form<typeof moveForm>),
  async submit(ctx, { appointment }) {
    await appointments.cancelAppointment(ctx, appointment)
    say(ctx, 'desk.said.cancelled')
    return desk.appointment.href({ appointment })
  },
})

routes.form(desk.slip, may.give_appointments, noFields, {
  show: (ctx, { appointment }, form) => onePage(ctx, appointment, form as unknown as Form<typeof moveForm>),
  submit: (ctx, { appointment }) => slipOf(ctx, appointment),
})

// --- at the desk ----------------------------------------------------------------------------------------------------

const expected = async (ctx: Ctx, opening: string, appointment: string, form: Form<typeof noFields>) => {
  await findOpening(ctx, opening)
  return onePage(ctx, appointment, form as unknown as Form<typeof moveForm>)
}

routes.form(desk.arrived, may.see, noFields, {
  show: (ctx, { opening, appointment }, form) => expected(ctx, opening, appointment, form),
  async submit(ctx, { opening, appointment }) {
    const { number } = await appointments.arriveByAppointment(ctx, opening, appointment)
    say(ctx, 'desk.said.arrived', { number })
    return desk.work.href({ opening })
  },
})

routes.form(desk.missed, may.see, missedForm, {
  show: (ctx, { opening, appointment }, form) =>
    expected(ctx, opening, appointment, form as unknown as Form<typeof noFields>),
  async submit(ctx, { opening, appointment }, { why }) {
    await appointments.missAppointment(ctx, opening, appointment, why)
    say(ctx, 'desk.said.missed')
    return desk.work.href({ opening })
  },
})

// --- the shift they belong to ---------------------------------------------------------------------------------------

async function seriesPage(
  ctx: Ctx,
  id: string,
  { slots, day }: { slots?: Form<typeof slotsForm>; day?: Form<typeof dayForm> },
) {
  const of = await store.findSeries(ctx, id)
  const now = {
    ...(of.slot_minutes !== null && { slot_minutes: String(of.slot_minutes) }),
    slot_places: String(of.slot_places),
    ...(of.open_booking && { open_booking: '1' }),
  }
  return <OneSeriesPage of={of} slots={slots ?? blankForm(ctx.ambito_id, now)} day={day ?? blankForm(ctx.ambito_id)} />
}

routes.form(desk.oneSeries, may.plan_openings, slotsForm, {
  show: (ctx, { series }, form) =>
    seriesPage(
      ctx,
      series,
      Object.keys(form.values).length > 0 || Object.keys(form.errors).length > 0 ? { slots: form } : {},
    ),
  async submit(ctx, { series }, input) {
    await shifts.changeSlots(ctx, series, input)
    say(ctx, 'desk.said.slots')
    return desk.oneSeries.href({ series })
  },
})

routes.form(desk.seriesDay, may.plan_openings, dayForm, {
  show: (ctx, { series }, form) => seriesPage(ctx, series, { day: form }),
  async submit(ctx, { series }, input) {
    await shifts.changeDay(ctx, series, input)
    say(ctx, 'desk.said.day')
    return desk.oneSeries.href({ series })
  },
})
