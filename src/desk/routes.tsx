import { accountNames } from '../accounts/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import { blankForm, type Form } from '../kernel/form.ts'
import { router } from '../kernel/routes.ts'
import { createPerson, findPeople, headLines, newPersonForm } from '../people/actions.ts'
import { NewPersonPage } from '../people/parts.tsx'
import { people } from '../people/urls.ts'
import { closureOn, comuni, organisations } from '../territory/actions.ts'
import { exportRoute } from '../ui/export.tsx'
import * as actions from './actions.ts'
import { dayListToExport } from './actions/exports.ts'
import {
  arrivalForm,
  informationForm,
  noFields,
  noteForm,
  openingForm,
  searchForm,
  seriesForm,
  visitForm,
  withdrawalForm,
} from './forms.ts'
import { OpeningsPage, SeriesPage } from './pages/openings.tsx'
import { DayListPage, NotePage, VisitPage } from './pages/visit.tsx'
import { FoundHere, type Front, QueueList, type Search, WorkPage } from './pages/work.tsx'
import { may } from './rules.ts'
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
  submit: async (ctx, _params, input) => desk.work.href({ opening: await actions.openDesk(ctx, input) }),
})

routes.form(desk.series, may.plan_openings, seriesForm, {
  show: async (ctx, _params, form) => <SeriesPage series={await store.seriesOf(ctx)} form={form} />,
  async submit(ctx, _params, input) {
    await actions.planOpenings(ctx, input)
    say(ctx, 'desk.said.planned')
    return desk.series.href()
  },
})

routes.form(desk.endSeries, may.plan_openings, noFields, {
  show: async (ctx) => <SeriesPage series={await store.seriesOf(ctx)} form={blankForm(ctx.ambito_id)} />,
  async submit(ctx, { series }) {
    await actions.endSeries(ctx, series)
    say(ctx, 'desk.said.series_ended')
    return desk.series.href()
  },
})

// --- the work screen ------------------------------------------------------------------------------------------------

/** All the work screen shows, for whoever stands in front of the desk. */
async function frontOf(ctx: Ctx, opening_id: string, arrival: string | null, person_id: string | null): Promise<Front> {
  const opening = await store.findOpening(ctx, opening_id)
  const queue = await store.queueOf(ctx, opening_id)
  const [person] = person_id ? await headLines(ctx, [person_id]) : []
  const heads = new Map(
    (
      await headLines(
        ctx,
        queue.flatMap((one) => one.person_id ?? []),
      )
    ).map((head) => [head.id, head]),
  )
  return {
    opening,
    queue: queue.map((one) => ({ ...one, head: (one.person_id && heads.get(one.person_id)) || null })),
    arrival: queue.some((one) => one.id === arrival) ? arrival : null,
    person: person ?? null,
    history: person ? await store.visitsOfPersons(ctx, [person.id], 8) : [],
    bodies: person ? (await organisations(ctx)).map((organisation) => organisation.name) : [],
  }
}
const one = (value: string | string[] | undefined) => (typeof value === 'string' && value !== '' ? value : null)

async function workPage(
  ctx: Ctx,
  opening: string,
  arrival: string | null,
  person: string | null,
  search: Search = null,
  information: Form<typeof informationForm> = blankForm(ctx.ambito_id),
) {
  const front = await frontOf(ctx, opening, arrival, person)
  return <WorkPage front={front} search={search} visit={blankForm(ctx.ambito_id)} information={information} />
}

routes.form(desk.work, may.see, visitForm, {
  async show(ctx, { opening }, form, { query, fragment }) {
    const arrival = one(form.values.arrival_id) ?? query.get('arrivo')
    const front = await frontOf(ctx, opening, arrival, one(form.values.person_id) ?? query.get('persona'))
    if (fragment) return <QueueList {...front} />
    const blank = Object.keys(form.values).length === 0
    return (
      <WorkPage
        front={front}
        search={null}
        visit={blank ? { ...form, values: actions.usualVisit(ctx, front.queue, front.arrival) } : form}
        information={blankForm(ctx.ambito_id)}
      />
    )
  },
  async submit(ctx, { opening }, input) {
    await actions.recordVisit(ctx, opening, input)
    say(ctx, 'desk.said.visit')
    const next = input.after === 'stay' ? undefined : await actions.callNext(ctx, opening)
    const then = desk.work.href({ opening }, { arrivo: next?.id, persona: next?.person_id ?? undefined })
    const question = await actions.questionAfterVisit(ctx, input.person_id)
    return question ? people.missing.href({ id: input.person_id, what: question }, { poi: then }) : then
  },
})

routes.form(desk.search, may.work, searchForm, {
  show: (ctx, { opening }, form, { query }) =>
    workPage(ctx, opening, one(form.values.arrival_id) ?? query.get('arrivo'), null, {
      form,
      lines: [],
      needs_more: true,
    }),
  async submit(ctx, { opening }, { who, arrival_id = null }, { fragment }) {
    const search = {
      form: { ...blankForm<typeof searchForm>(ctx.ambito_id), values: { who } },
      ...(await findPeople(ctx, who)),
    }
    if (fragment)
      return (
        <FoundHere front={{ opening: await store.findOpening(ctx, opening), arrival: arrival_id }} search={search} />
      )
    return workPage(ctx, opening, arrival_id, null, search)
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
  show: (ctx, { opening }, form) => workPage(ctx, opening, one(form.values.arrival_id), null, null, form),
  async submit(ctx, { opening }, input) {
    await actions.giveInformation(ctx, opening, input)
    say(ctx, 'desk.said.information')
    return desk.work.href({ opening })
  },
})

// --- the queue ------------------------------------------------------------------------------------------------------

routes.form(desk.arrivals, may.see, arrivalForm, {
  show: (ctx, { opening }) => workPage(ctx, opening, null, null),
  async submit(ctx, { opening }, { called_as }) {
    const { number } = await actions.arrive(ctx, opening, called_as)
    say(ctx, 'desk.said.arrived', { number })
    return desk.work.href({ opening })
  },
})

routes.form(desk.call, may.work, noFields, {
  show: (ctx, { opening, arrival }) => workPage(ctx, opening, arrival, null),
  async submit(ctx, { opening, arrival }) {
    const { person_id } = await actions.callArrival(ctx, opening, arrival)
    return desk.work.href({ opening }, { arrivo: arrival, persona: person_id ?? undefined })
  },
})

routes.form(desk.leave, may.see, noFields, {
  show: (ctx, { opening }) => workPage(ctx, opening, null, null),
  async submit(ctx, { opening, arrival }) {
    await actions.leaveQueue(ctx, opening, arrival)
    say(ctx, 'desk.said.left')
    return desk.work.href({ opening })
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
  return <DayListPage {...list} heads={heads} />
})

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
