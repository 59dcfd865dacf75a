/** Booking without an account. A GET only shows; whatever changes something is a button. */
import { calendarFile, calendarType } from '../../kernel/calendar.ts'
import { addDays, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, Refused } from '../../kernel/errors.ts'
import { type Outside, router } from '../../kernel/routes.ts'
import * as appointments from '../actions/appointments.ts'
import { staffCalendar } from '../actions/calendar.ts'
import { freeSlots, problemOf, slotAsked } from '../actions/slots.ts'
import { type OpeningKind, openingKinds } from '../codes.ts'
import { bookForm, codeForm, moveForm, noFields } from '../forms.ts'
import { BookPage, CodePage, KindsPage, MinePage, MovePage, SlotsPage } from '../pages/booking.tsx'
import { codeTyped, momentOfSlot, nearest, slotKey } from '../rules/slots.ts'
import { booking } from '../urls.ts'

const routes = router()
export default routes.all

const kindIn = (kind: string): OpeningKind => {
  const found = openingKinds.find((one) => one === kind)
  if (!found) throw new NotFound()
  return found
}
const takeOne = async (
  { limits }: Outside,
  limit: typeof appointments.bookLimit | typeof appointments.codeLimit,
  address_hash: string,
) => {
  if (!(await limits.take(limit, address_hash))) throw new Refused({ form: 'desk.error.too_many' })
}

// --- looking --------------------------------------------------------------------------------------------------------

// Another minute, another hour free: these pages are made for each who asks.
routes.open(
  booking.kinds,
  async (ctx) => {
    const free = await freeSlots(ctx, null, { open: true })
    return <KindsPage first={openingKinds.flatMap((kind) => free.find((slot) => slot.kind === kind) ?? [])} />
  },
  false,
)

routes.openForm(booking.byCode, codeForm, {
  show: (_ctx, _params, form) => <CodePage form={form} />,
  before: (outside, _params, _input, { address_hash }) => takeOne(outside, appointments.codeLimit, address_hash),
  async submit(ctx, { l }, { code }) {
    await appointments.appointmentOfCode(ctx, code).catch((error: unknown) => {
      throw error instanceof NotFound ? new Refused({ code: 'desk.error.unknown_code' }) : error
    })
    return booking.mine.href({ l, code: codeTyped(code) })
  },
})

const days_shown = 5
routes.open(
  booking.slots,
  async (ctx, { kind }, { query }) => {
    const dal = query.get('dal') ?? ''
    const from = /^\d{4}-\d{2}-\d{2}$/.test(dal) ? dal : ''
    const free = await freeSlots(ctx, kindIn(kind), { open: true })
    const days = [
      ...Map.groupBy(
        free.filter(({ on_day }) => on_day >= from),
        ({ on_day }) => on_day,
      ),
    ]
    return (
      <SlotsPage
        kind={kindIn(kind)}
        slots={days.slice(0, days_shown).flatMap(([, own]) => own)}
        later={days[days_shown]?.[0] ?? null}
        begun={from !== ''}
      />
    )
  },
  false,
)

// --- booking --------------------------------------------------------------------------------------------------------

routes.openForm(booking.book, bookForm, {
  async show(ctx, { kind, slot }, form) {
    const key = typeof form.values.slot === 'string' && form.values.slot !== '' ? form.values.slot : slot
    if (!momentOfSlot(key)) throw new NotFound()
    const asked = await slotAsked(ctx, kindIn(kind), key, { open: true })
    if ('slot' in asked)
      return <BookPage kind={kindIn(kind)} slot={key === slot ? asked.slot : null} near={[asked.slot]} form={form} />
    const error = form.errors.slot ?? ctx.t(problemOf[asked.error])
    return (
      <BookPage
        kind={kindIn(kind)}
        slot={null}
        near={asked.near}
        form={{ ...form, values: { ...form.values, slot: '' }, errors: { ...form.errors, slot: error } }}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => takeOne(outside, appointments.bookLimit, address_hash),
  async submit(ctx, { l, kind, slot }, input) {
    const code = await appointments.bookOpenly(ctx, kindIn(kind), input.slot ?? slot, input)
    return booking.mine.href({ l, code })
  },
})

// --- one appointment ------------------------------------------------------------------------------------------------

async function minePage(ctx: Ctx, code: string, errors: { form?: string } = {}) {
  const of = await appointments.appointmentOfCode(ctx, code)
  return <MinePage of={of} code={codeTyped(code)} form={{ errors }} open={appointments.mayChange(ctx, of)} />
}
routes.open(booking.mine, (ctx, { code }) => minePage(ctx, code), false)

routes.openForm(booking.cancel, noFields, {
  show: (ctx, { code }, form) => minePage(ctx, code, form.errors.form ? { form: form.errors.form } : {}),
  async submit(ctx, { l, code }) {
    await appointments.cancelByCode(ctx, code)
    return booking.mine.href({ l, code })
  },
})

const most_offered = 24
routes.openForm(booking.move, moveForm, {
  async show(ctx, { code }, form) {
    const of = await appointments.appointmentOfCode(ctx, code)
    const free = await freeSlots(ctx, of.kind, { open: true })
    const slots =
      free.length > most_offered
        ? [...new Set([...free.slice(0, most_offered), ...nearest(free, slotKey(of.on_day, of.starts_at))])]
        : free
    return <MovePage of={of} code={codeTyped(code)} slots={slots} form={form} />
  },
  before: (outside, _params, _input, { address_hash }) => takeOne(outside, appointments.codeLimit, address_hash),
  async submit(ctx, { l, code }, { slot }) {
    await appointments.moveByCode(ctx, code, slot)
    return booking.mine.href({ l, code })
  },
})

routes.machine(
  booking.calendar,
  async (ctx, { code }) => {
    const of = await appointments.appointmentOfCode(ctx, code)
    const entry = {
      uid: `appointment-${of.id}@${new URL(ctx.base_url).hostname}`,
      sequence: of.sequence,
      cancelled: of.cancelled_at !== null,
      stamp: instantOf(of.cancelled_at ?? of.recorded_at),
      day: of.on_day,
      starts_at: of.starts_at,
      ends_at: of.ends_at,
      title: ctx.t('desk.calendar.title'),
      place: of.place,
    }
    return {
      type: calendarType,
      name: 'appuntamento.ics',
      body: calendarFile({ name: ctx.t('desk.calendar.title'), lang: ctx.lang, entries: [entry] }),
    }
  },
  false,
)

routes.machine(booking.staffCalendar, (ctx, { token }) => staffCalendar(ctx, token, addDays(ctx.today, -30)), false)
