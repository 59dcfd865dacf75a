import { accountNames } from '../accounts/actions.ts'
import { looked } from '../kernel/audit.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import { blankForm, type Form } from '../kernel/form.ts'
import { router } from '../kernel/routes.ts'
import { atAGlance, createPerson, findPeople, headLines, newPersonForm } from '../people/actions.ts'
import { kinOf, NewPersonPage } from '../people/parts.tsx'
import { people } from '../people/urls.ts'
import { signedLines } from '../programme/actions.ts'
import { closureOn, comuni, organisations } from '../territory/actions.ts'
import { exportRoute } from '../ui/export.tsx'
import { dayListToExport } from './actions/exports.ts'
import { openingRegister, registerSheet, registersSigned } from './actions/register-paper.ts'
import { cancelOpening, endSeries } from './actions/shifts.ts'
import * as actions from './actions.ts'
import { queueTopic } from './events.ts'
import {
  arrivalForm,
  informationForm,
  noFields,
  noteForm,
  openingForm,
  searchForm,
  seriesForm,
  undoForm,
  visitForm,
  withdrawalForm,
} from './forms.ts'
import { OpeningsPage, SeriesPage } from './pages/openings.tsx'
import { QueueAgain } from './pages/queue.tsx'
import { DayListPage, NotePage, VisitPage } from './pages/visit.tsx'
import { FoundHere } from './pages/who.tsx'
import { type Front, type Search, WorkPage } from './pages/work.tsx'
import { may } from './rules.ts'
import { appointmentsOfOpening } from './store/appointments.ts'
import { extraOpenings, findOpening, seriesOf } from './store/openings.ts'
import * as store from './store.ts'
import { desk } from './urls.ts'

const routes = router()
export default routes.all

// --- openings -------------------------------------------------------------------------------------------------------

routes.form(desk.openings, may.see, openingForm, {
  async show(ctx, _params, form) {
    const openings = await actions.openingsToday(ctx)
    return (
      <OpeningsPage
        openings={openings}
        closed={(await closureOn(ctx, ctx.today)) ?? null}
        today={ctx.today}
        form={form}
        plans={ctx.actor.can(may.plan_openings)}
      />
    )
  },
  async submit(ctx, _params, input) {
    const opening = await actions.openDesk(ctx, input)
    if (!input.on_day || input.on_day === ctx.today) return desk.work.href({ opening })
    say(ctx, 'desk.said.extra')
    return ctx.actor.can(may.plan_openings) ? desk.series.href() : desk.openings.href()
  },
})

const seriesPage = async (ctx: Ctx, form: Form<typeof seriesForm>) => (
  <SeriesPage series={await seriesOf(ctx)} extra={await extraOpenings(ctx)} form={form} />
)
routes.form(desk.series, may.plan_openings, seriesForm, {
  show: (ctx, _params, form) => seriesPage(ctx, form),
  async submit(ctx, _params, input) {
    await actions.planOpenings(ctx, input)
    say(ctx, 'desk.said.planned')
    return desk.series.href()
  },
})

routes.form(desk.endSeries, may.plan_openings, noFields, {
  show: (ctx) => seriesPage(ctx, blankForm(ctx.ambito_id)),
  async submit(ctx, { series }) {
    await endSeries(ctx, series)
    say(ctx, 'desk.said.series_ended')
    return desk.series.href()
  },
})

routes.form(desk.cancelOpening, may.plan_openings, noFields, {
  async show(ctx, { opening }) {
    await findOpening(ctx, opening)
    return seriesPage(ctx, blankForm(ctx.ambito_id))
  },
  async submit(ctx, { opening }) {
    await cancelOpening(ctx, opening)
    say(ctx, 'desk.said.extra_cancelled')
    return desk.series.href()
  },
})

// --- the work screen ------------------------------------------------------------------------------------------------

const one = (value: string | string[] | null | undefined) => (typeof value === 'string' && value !== '' ? value : null)
type Asked = { arrival: string | null; person: string | null; saved?: string | null }
/** Who stands in front of the desk, as addresses say it. */
const askedIn = (query: URLSearchParams): Asked => ({
  arrival: one(query.get('arrivo')),
  person: one(query.get('persona')),
  saved: one(query.get('fatto')),
})

/** The queue, with the head lines of those who have a file. */
async function queueFront(ctx: Ctx, opening_id: string, { arrival, person }: Asked) {
  const opening = await findOpening(ctx, opening_id)
  const queue = await store.queueOf(ctx, opening_id)
  const known = await headLines(
    ctx,
    queue.flatMap((one) => one.person_id ?? []),
  )
  const heads = new Map(known.map((head) => [head.id, head]))
  return {
    opening,
    queue: queue.map((one) => ({ ...one, head: (one.person_id && heads.get(one.person_id)) || null })),
    expected: opening.on_day === ctx.today ? await appointmentsOfOpening(ctx, opening_id) : [],
    arrival: queue.some((one) => one.id === arrival) ? arrival : null,
    person_id: person,
  }
}

/** All the work screen shows, for whoever stands in front of the desk; showing a person is recorded. */
async function frontOf(ctx: Ctx, opening_id: string, asked: Asked): Promise<Front> {
  const front = await queueFront(ctx, opening_id, asked)
  const [person] = asked.person ? await headLines(ctx, [asked.person]) : []
  const undo = await actions.undoable(ctx, opening_id, asked.saved ?? null)
  if (!person) return { ...front, person_id: null, here: null, undo }
  looked(ctx, { what: 'desk.work', person_id: person.id })
  const glance = await atAGlance(ctx, person.id)
  return {
    ...front,
    undo,
    here: {
      person,
      kin: await kinOf(ctx, person.id),
      glance,
      history: await store.visitsOfPersons(ctx, glance.files, 6),
      bodies: (await organisations(ctx)).map((organisation) => organisation.name),
    },
  }
}

type Shown = {
  search?: Search
  information?: Form<typeof informationForm>
  /** A sentence about a button that was refused. */
  problem?: string | undefined
}
async function workPage(ctx: Ctx, opening: string, asked: Asked, { search = null, information, problem }: Shown = {}) {
  const front = await frontOf(ctx, opening, asked)
  const blank = blankForm<typeof informationForm>(ctx.ambito_id)
  return (
    <WorkPage
      front={front}
      search={search}
      visit={blankForm(ctx.ambito_id, usualVisit(ctx, front))}
      information={information ?? blank}
      problem={problem}
    />
  )
}
const usualVisit = (ctx: Ctx, { queue, arrival, here }: Front) =>
  actions.usualVisit(ctx, queue, arrival, here?.history ?? [])

routes.changes(desk.changes, may.see, async (ctx, { opening }) => queueTopic((await findOpening(ctx, opening)).id))

routes.form(desk.work, may.see, visitForm, {
  async show(ctx, { opening }, form, { query, fragment }) {
    const asked = askedIn(query)
    if (fragment) return <QueueAgain front={await queueFront(ctx, opening, asked)} />
    const arrival = one(form.values.arrival_id) ?? asked.arrival
    const front = await frontOf(ctx, opening, { ...asked, arrival, person: one(form.values.person_id) ?? asked.person })
    const typed = Object.keys(form.values).length > 0 ? form.values : await valuesOf(ctx, front, query)
    return (
      <WorkPage front={front} search={null} visit={{ ...form, values: typed }} information={blankForm(ctx.ambito_id)} />
    )
  },
  async submit(ctx, { opening }, input) {
    const fatto = await actions.recordVisit(ctx, opening, input)
    const next = input.after === 'stay' ? undefined : await actions.callNext(ctx, opening)
    const then = desk.work.href({ opening }, { arrivo: next?.id, persona: next?.person_id ?? undefined, fatto })
    const served = [input.person_id, ...new Set(input.also)]
    const question = await actions.questionAfterVisit(ctx, served)
    if (!question) return then
    say(ctx, 'desk.said.visit', { visits: served.length })
    return people.missing.href({ id: question.person_id, what: question.what }, { poi: then })
  },
})

/** What was written before an undo, else what is usual. */
async function valuesOf(ctx: Ctx, front: Front, query: URLSearchParams) {
  const taken_back = one(query.get('da'))
  const written = taken_back && front.here ? await actions.asWritten(ctx, taken_back, front.here.person.id) : null
  return written ?? usualVisit(ctx, front)
}

routes.form(desk.undo, may.withdraw, undoForm, {
  show: (ctx, { opening }, form, { query }) => workPage(ctx, opening, askedIn(query), { problem: form.errors.form }),
  async submit(ctx, { opening }, { visit }) {
    const undone = await actions.undoVisit(ctx, opening, visit)
    say(ctx, 'desk.said.undone')
    return desk.work.href(
      { opening },
      { arrivo: undone.arrival_id ?? undefined, persona: undone.person_id ?? undefined, da: visit },
    )
  },
})

routes.form(desk.search, may.work, searchForm, {
  show: (ctx, { opening }, form, { query }) =>
    workPage(
      ctx,
      opening,
      { ...askedIn(query), arrival: one(form.values.arrival_id) },
      { search: { form, lines: [], needs_more: true } },
    ),
  async submit(ctx, { opening }, { who, arrival_id = null }, { fragment }) {
    const form = blankForm<typeof searchForm>(ctx.ambito_id, { who })
    const search = { form, ...(await findPeople(ctx, who)) }
    if (!fragment) return workPage(ctx, opening, { arrival: arrival_id, person: null }, { search })
    const front = { opening: await findOpening(ctx, opening), arrival: arrival_id }
    return <FoundHere front={front} search={search} />
  },
})

routes.form(desk.newPerson, may.work, newPersonForm, {
  show: async (ctx, { opening }, form, { query }) => (
    <NewPersonPage
      form={form}
      comuni={await comuni(ctx)}
      back={desk.work.href({ opening }, { arrivo: query.get('arrivo') ?? undefined })}
    />
  ),
  async submit(ctx, { opening }, input, { query }) {
    const persona = await createPerson(ctx, input)
    say(ctx, 'people.said.created')
    return desk.work.href({ opening }, { arrivo: query.get('arrivo') ?? undefined, persona })
  },
})

routes.form(desk.information, may.work, informationForm, {
  show: (ctx, { opening }, form, { query }) =>
    workPage(ctx, opening, { ...askedIn(query), arrival: one(form.values.arrival_id) }, { information: form }),
  async submit(ctx, { opening }, input) {
    const fatto = await actions.giveInformation(ctx, opening, input)
    return desk.work.href({ opening }, { fatto })
  },
})

// --- the queue ------------------------------------------------------------------------------------------------------

/** Back to who was in front of the desk. */
const back = (opening: string, query: URLSearchParams) => {
  const { arrival, person } = askedIn(query)
  return desk.work.href({ opening }, { arrivo: arrival ?? undefined, persona: person ?? undefined })
}

routes.form(desk.arrivals, may.see, arrivalForm, {
  show: (ctx, { opening }, form, { query }) =>
    workPage(ctx, opening, askedIn(query), { problem: form.errors.form ?? form.errors.called_as }),
  async submit(ctx, { opening }, { called_as }, { query, fragment }) {
    const { number } = await actions.arrive(ctx, opening, called_as)
    // Whoever stays on the page sees the queue grow.
    if (!fragment) say(ctx, 'desk.said.arrived', { number })
    return back(opening, query)
  },
})

routes.form(desk.call, may.work, noFields, {
  show: (ctx, { opening }, form, { query }) => workPage(ctx, opening, askedIn(query), { problem: form.errors.form }),
  async submit(ctx, { opening, arrival }) {
    const { person_id } = await actions.callArrival(ctx, opening, arrival)
    return desk.work.href({ opening }, { arrivo: arrival, persona: person_id ?? undefined })
  },
})

routes.form(desk.leave, may.see, noFields, {
  show: (ctx, { opening }, form, { query }) => workPage(ctx, opening, askedIn(query), { problem: form.errors.form }),
  async submit(ctx, { opening, arrival }, _input, { query, fragment }) {
    await actions.leaveQueue(ctx, opening, arrival)
    if (!fragment) say(ctx, 'desk.said.left')
    return back(opening, query)
  },
})

// --- what was done --------------------------------------------------------------------------------------------------

routes.page(desk.list, may.see, async (ctx, { opening }) => {
  const list = await actions.openDayList(ctx, opening)
  const heads = new Map(
    (
      await headLines(
        ctx,
        list.visits.flatMap((visit) => visit.person_id ?? []),
      )
    ).map((head) => [head.id, head]),
  )
  const signing = (await registersSigned(ctx, [opening])).get(opening) ?? { sheets: 0, missing: [] }
  const lines = await signedLines(ctx, registerSheet, opening)
  return <DayListPage {...list} heads={heads} signing={signing} lines={lines} />
})

routes.page(desk.register, may.see, (ctx, { opening }, { query }) =>
  openingRegister(ctx, opening, query.has('mancanti')),
)

exportRoute(routes, desk.listExport, may.see, {
  title: ({ t }) => t('desk.list.title'),
  back: ({ opening }) => desk.list.href({ opening }),
  list: (ctx, { opening }) => dayListToExport(ctx, opening),
})

async function visitPage(ctx: Ctx, id: string, form: Form<typeof withdrawalForm>) {
  const { visit, referrals } = await actions.openVisit(ctx, id)
  const [person] = visit.person_id ? await headLines(ctx, [visit.person_id]) : []
  const by = visit.recorded_by ? await accountNames(ctx, [visit.recorded_by]) : new Map<string, string>()
  return (
    <VisitPage
      visit={visit}
      person={person ?? null}
      referrals={referrals}
      by={by.get(visit.recorded_by ?? '') ?? ''}
      form={ctx.actor.can(may.withdraw) ? form : null}
    />
  )
}
routes.page(desk.visit, may.see, (ctx, { visit }) => visitPage(ctx, visit, blankForm(ctx.ambito_id)))

routes.form(desk.withdrawal, may.withdraw, withdrawalForm, {
  show: (ctx, { visit }, form) => visitPage(ctx, visit, form),
  async submit(ctx, { visit }, { reason }) {
    await actions.withdrawVisit(ctx, visit, reason)
    say(ctx, 'desk.said.withdrawn')
    return desk.visit.href({ visit })
  },
})

routes.form(desk.note, may.write_note, noteForm, {
  async show(ctx, { person }, form) {
    const [head] = await headLines(ctx, [person])
    if (!head) throw new NotFound()
    return <NotePage form={form} head={head} closes={ctx.actor.can(may.write_closed_note)} />
  },
  async submit(ctx, { person }, input) {
    await actions.writeNote(ctx, person, input)
    say(ctx, 'desk.said.note')
    return people.file.href({ id: person })
  },
})
