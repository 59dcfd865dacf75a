import { accountNames } from '../../accounts/actions.ts'
import { instantOf, zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form, type Schema } from '../../kernel/form.ts'
import { languages as liveLanguages } from '../../kernel/i18n.ts'
import type { Limit } from '../../kernel/limits.ts'
import { router } from '../../kernel/routes.ts'
import { referencesOfMany } from '../../programme/actions.ts'
import { comuni, countries, countryName, languageName, spokenLanguages } from '../../territory/actions.ts'
import * as asking from '../actions/asking.ts'
import { calendarLink, importBusy } from '../actions/calendar.ts'
import { closeMonth, sheetOf } from '../actions/closing.ts'
import * as confirming from '../actions/confirming.ts'
import { figuresOf } from '../actions/figures.ts'
import * as keeping from '../actions/keeping.ts'
import { gist, hoursOf } from '../actions/letters.ts'
import { mine, openMine, toComplete } from '../actions/mine.ts'
import { doorListForStaff, monthPaper, serviceSheet, signedSheets } from '../actions/papers.ts'
import * as searching from '../actions/searching.ts'
import * as working from '../actions/working.ts'
import * as forms from '../forms.ts'
import { BodiesPage, BodyPage } from '../pages/bodies.tsx'
import { CallPage, CallsPage } from '../pages/calls.tsx'
import { ContractFormPage, ProvidersPage } from '../pages/contracts.tsx'
import { AskedByMePage, FiguresPage, HoursPage, MinePage, MonthPage } from '../pages/hours.tsx'
import { ReportPage } from '../pages/job.tsx'
import { MediatorFormPage, MediatorsPage, ProfilePage } from '../pages/mediators.tsx'
import { ToCompletePage, TypedSheetPage } from '../pages/recipient.tsx'
import { may } from '../rules/may.ts'
import { isSearching, type Phase, phases, statesOf } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'
import * as people from '../store/people.ts'
import * as search from '../store/search.ts'
import { mediation } from '../urls.ts'
import { bookedTimes, type Deed, type Keep } from './deeds.ts'

const routes = router()
export default routes.all

const comuneNames = async (ctx: Ctx) => new Map((await comuni(ctx)).map(({ code, name }) => [code, name]))
const named = (ctx: Ctx, codes: readonly string[], name = languageName) =>
  codes.map((code) => ({ code, name: name(code, ctx.lang) })).sort((a, b) => a.name.localeCompare(b.name, ctx.lang))
const countryCodes = countries.map(({ code }) => code)

// --- calls ----------------------------------------------------------------------------------------------------------

/** What waits for the coordinator: to be verified or approved, nobody asked, or nobody found. */
const work = ['draft', 'sent', 'approved', 'cancelled_by_mediator']

routes.page(mediation.calls, may.coordinate, async (ctx, _params, { query }) => {
  const phase = query.get('fase') ?? 'work'
  const states =
    phase === 'work'
      ? work
      : phase === 'uncovered'
        ? ['not_covered']
        : phases.includes(phase as Phase)
          ? statesOf(phase as Phase)
          : work
  const by_state = new Map((await calls.countByState(ctx)).map((row) => [row.state, Number(row.calls)]))
  const count = (some: readonly string[]) => some.reduce((all, state) => all + (by_state.get(state) ?? 0), 0)
  const counts = new Map([
    ['work', count(work)],
    ['uncovered', count(['not_covered'])],
    ...phases.map((one): [string, number] => [one, count(statesOf(one))]),
  ])
  return (
    <CallsPage
      calls={await calls.listCalls(ctx, { states })}
      comuni={await comuneNames(ctx)}
      phase={phase}
      counts={counts}
    />
  )
})

async function callPage(
  ctx: Ctx,
  id: string,
  change: {
    assign?: Form<typeof forms.assignForm>
    refuse?: Form<typeof forms.refuseForm>
    paper?: Form<typeof forms.paperForm>
    mode?: Form<typeof forms.modeForm>
  } = {},
) {
  const call = await calls.findCall(ctx, id)
  const steps = await calls.stepsOf(ctx, id)
  const options = await calls.optionsOf(ctx, id)
  const { ranked, left_out } = isSearching(call.state)
    ? await searching.candidatesFor(ctx, call)
    : { ranked: [], left_out: [] }
  const disputed = await hours.openDispute(ctx, id)
  const first = call.starts_at ?? options[0]?.starts_at
  const wall = first && instantOf(first).toZonedDateTimeISO(zone)
  return (
    <CallPage
      call={call}
      comune={(await comuneNames(ctx)).get(call.comune) ?? call.comune}
      options={options}
      steps={steps}
      names={
        await accountNames(
          ctx,
          steps.flatMap(({ account_id }) => account_id ?? []),
        )
      }
      offers={await search.offersOf(ctx, id)}
      ranked={ranked.map(({ of, points, why }) => ({ id: of.id, name: of.name, points, why, dispatch: of.dispatch }))}
      left_out={left_out.map(({ of, why }) => ({ name: of.name, why }))}
      mediators={await people.listMediators(ctx)}
      ceiling={(await people.ceilingOn(ctx, call.body_id, ctx.today)) ?? null}
      report={(await hours.reportOf(ctx, id)) ?? null}
      disputed={disputed ?? null}
      assign={
        change.assign ??
        emptyForm(
          ctx,
          wall ? { on: wall.toPlainDate().toString(), from: wall.toPlainTime().toString().slice(0, 5) } : {},
        )
      }
      refuse={change.refuse ?? emptyForm(ctx)}
      paper={change.paper ?? emptyForm(ctx)}
      mode={change.mode ?? emptyForm(ctx, { mode: call.mode, link: call.link })}
      signed={await signedSheets(ctx, id)}
    />
  )
}

routes.page(mediation.call, may.coordinate, (ctx, { call }) => callPage(ctx, call))

/** One button, one deed, back to the call. */
function deed(
  address:
    | typeof mediation.verify
    | typeof mediation.approve
    | typeof mediation.uncovered
    | typeof mediation.cancel
    | typeof mediation.release
    | typeof mediation.resolve
    | typeof mediation.reopen,
  said: 'verified' | 'approved' | 'uncovered' | 'cancelled' | 'released' | 'resolved' | 'reopened',
  act: Deed,
) {
  routes.form(address as typeof mediation.verify, may.coordinate, forms.noFields, {
    show: (ctx, { call }) => callPage(ctx, call),
    async submit(ctx, { call }) {
      await act(ctx, call)
      say(ctx, `mediation.said.${said}`)
      return mediation.call.href({ call })
    },
  })
}
deed(mediation.verify, 'verified', asking.verifyByCall)
deed(mediation.approve, 'approved', asking.approve)
deed(mediation.uncovered, 'uncovered', searching.giveUp)
deed(mediation.cancel, 'cancelled', (ctx, call) => asking.cancelCall(ctx, call, 'coordinator'))
deed(mediation.release, 'released', (ctx, call) => searching.release(ctx, call, 'coordinator'))
deed(mediation.resolve, 'resolved', confirming.resolve)
deed(mediation.reopen, 'reopened', confirming.reopen)

routes.form(mediation.refuse, may.coordinate, forms.refuseForm, {
  show: (ctx, { call }, form) => callPage(ctx, call, { refuse: form }),
  async submit(ctx, { call }, { reason }) {
    await asking.refuseCall(ctx, call, reason)
    say(ctx, 'mediation.said.refused')
    return mediation.call.href({ call })
  },
})
routes.form(mediation.search, may.coordinate, forms.searchForm, {
  show: (ctx, { call }) => callPage(ctx, call),
  async submit(ctx, { call }, { all }) {
    await searching.widen(ctx, call, all)
    say(ctx, 'mediation.said.searching')
    return mediation.call.href({ call })
  },
})
routes.form(mediation.assign, may.coordinate, forms.assignForm, {
  show: (ctx, { call }, form) => callPage(ctx, call, { assign: form }),
  async submit(ctx, { call }, input) {
    await searching.assignByHand(ctx, call, input)
    say(ctx, 'mediation.said.assigned')
    return mediation.call.href({ call })
  },
})
routes.form(mediation.paper, may.coordinate, forms.paperForm, {
  show: (ctx, { call }, form) => callPage(ctx, call, { paper: form }),
  async submit(ctx, { call }, input) {
    await confirming.confirmOnPaper(ctx, call, input)
    say(ctx, 'mediation.said.confirmed')
    return mediation.call.href({ call })
  },
})
routes.form(mediation.mode, may.coordinate, forms.modeForm, {
  show: (ctx, { call }, form) => callPage(ctx, call, { mode: form }),
  async submit(ctx, { call }, input) {
    await searching.changeMode(ctx, call, input)
    say(ctx, 'mediation.said.saved')
    return mediation.call.href({ call })
  },
})
routes.form(mediation.report, may.coordinate, forms.reportForm, {
  async show(ctx, { call: id }, form) {
    const call = await calls.findCall(ctx, id)
    const values = Object.keys(form.values).length > 0 ? form.values : bookedTimes(call)
    return <ReportPage form={{ ...form, values }} number={call.number} />
  },
  async submit(ctx, { call }, input) {
    await working.reportForHer(ctx, call, input)
    say(ctx, 'mediation.said.reported')
    return mediation.call.href({ call })
  },
})
routes.form(mediation.typeSheet, may.coordinate, forms.typedSheetForm, {
  async show(ctx, { call: id }, form) {
    const call = await calls.findCall(ctx, id)
    return (
      <TypedSheetPage
        form={{ ...form, values: { language: call.language ?? 'it', ...form.values } }}
        number={call.number}
        countries={named(ctx, countryCodes, countryName)}
        languages={named(ctx, liveLanguages)}
      />
    )
  },
  async submit(ctx, { call }, input) {
    await working.typeSheet(ctx, call, input)
    say(ctx, 'mediation.said.sheet')
    return mediation.call.href({ call })
  },
})
routes.page(mediation.serviceSheet, may.coordinate, (ctx, { call }) => serviceSheet(ctx, call))
routes.page(mediation.doorList, may.coordinate, (ctx, { call }) => doorListForStaff(ctx, call))

// --- hers, theirs ---------------------------------------------------------------------------------------------------

routes.page(mediation.toComplete, may.complete, async (ctx) => <ToCompletePage rows={await toComplete(ctx)} />)
routes.page(mediation.mine, may.mediate, async (ctx) => <MinePage {...(await mine(ctx))} />)
routes.form(mediation.openMine, 'signed_in', forms.openForm, {
  show: () => {
    throw new NotFound()
  },
  submit: (ctx, _params, { kind, id }) => openMine(ctx, kind, id),
})

const monthAsked = (ctx: Ctx, query: URLSearchParams) =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(query.get('mese') ?? '') ? (query.get('mese') as string) : ctx.today.slice(0, 7)
async function herself(ctx: Ctx) {
  const mediator = ctx.actor.account_id && (await people.mediatorOfAccount(ctx, ctx.actor.account_id))
  if (!mediator) throw new NotFound()
  return mediator
}
routes.page(mediation.month, may.mediate, async (ctx, _params, { query }) => {
  const month = monthAsked(ctx, query)
  const { id } = await herself(ctx)
  const coming = (await calls.listCalls(ctx, { mediator_id: id, states: ['assigned'] })).filter(
    ({ starts_at }) => starts_at,
  )
  return (
    <MonthPage
      month={month}
      rows={await sheetOf(ctx, month, { mediator_id: id })}
      offers={await search.openOffersOf(ctx, id)}
      coming={coming}
    />
  )
})
/** Once a day is a reminder; more often is a nuisance. */
const reminds: Limit = { name: 'mediation.reminds', points: 1, seconds: 20 * 3600 }
routes.form(mediation.remindMine, may.mediate, forms.idForm, {
  show: () => {
    throw new NotFound()
  },
  async submit(ctx, _params, { id }) {
    const call = await calls.findCall(ctx, id)
    if (call.mediator_id !== (await herself(ctx)).id) throw new NotFound()
    const first = await ctx.limits.take(reminds, call.contact_id)
    if (first) await confirming.askToConfirm(ctx, call.contact_id)
    say(ctx, first ? 'mediation.said.reminded' : 'mediation.said.reminded_today')
    return mediation.month.href()
  },
})
routes.page(mediation.monthPaper, 'signed_in', async (ctx, _params, { query }) => {
  const body = query.get('ente')
  if (!ctx.actor.can(may.coordinate)) return monthPaper(ctx, monthAsked(ctx, query), { mediator: await herself(ctx) })
  if (body) return monthPaper(ctx, monthAsked(ctx, query), { body: await people.findBody(ctx, body) })
  return monthPaper(ctx, monthAsked(ctx, query), {
    mediator: await people.findMediator(ctx, query.get('mediatore') ?? ''),
  })
})

routes.page(mediation.asked, may.ask, async (ctx) => {
  const contact = ctx.actor.account_id ? await people.contactOfAccount(ctx, ctx.actor.account_id) : undefined
  const rows = contact ? await calls.listCalls(ctx, { contact_id: contact.id }) : []
  const lines = []
  for (const row of rows.slice(0, 50)) {
    const words = await gist(ctx, row, await hoursOf(ctx, row), ctx.lang)
    lines.push({
      id: row.id,
      number: row.number,
      state: row.state,
      text: `${words.time} · ${words.language} · ${words.comune}`,
    })
  }
  const waiting = contact ? await hours.toConfirm(ctx, contact.id) : []
  return <AskedByMePage rows={lines} contact={contact && waiting.length > 0 ? contact.id : null} />
})

// --- hours ----------------------------------------------------------------------------------------------------------

routes.page(mediation.hours, may.see_hours, async (ctx, _params, { query }) => {
  const month = monthAsked(ctx, query)
  return (
    <HoursPage
      month={month}
      rows={await sheetOf(ctx, month)}
      late={await hours.whoIsLate(ctx)}
      closes={ctx.actor.can(may.close_month)}
    />
  )
})
routes.form(mediation.closeMonth, may.close_month, forms.monthForm, {
  show: async (ctx) => <HoursPage month={ctx.today.slice(0, 7)} rows={[]} late={await hours.whoIsLate(ctx)} closes />,
  async submit(ctx, _params, { month }) {
    refuse({ month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? undefined : 'kernel.form.not_a_day' })
    say(ctx, 'mediation.said.closed', { count: await closeMonth(ctx, month) })
    return mediation.hours.href({}, { mese: month })
  },
})
routes.form(mediation.remind, may.coordinate, forms.noFields, {
  show: () => {
    throw new NotFound()
  },
  async submit(ctx, { contact }) {
    await confirming.askToConfirm(ctx, contact)
    say(ctx, 'mediation.said.reminded')
    return mediation.hours.href()
  },
})
routes.page(mediation.figures, may.see_hours, async (ctx, _params, { query }) => (
  <FiguresPage {...(await figuresOf(ctx, query.get('dal'), query.get('al')))} />
))

// --- who comes ------------------------------------------------------------------------------------------------------

routes.page(mediation.mediators, may.coordinate, async (ctx) => (
  <MediatorsPage mediators={await people.listMediators(ctx)} comuni={await comuneNames(ctx)} />
))
routes.form(mediation.newMediator, may.coordinate, forms.mediatorForm, {
  show: async (ctx, _params, form) => (
    <MediatorFormPage
      form={{ ...form, values: { lang: 'it', max_travel_minutes: '40', remote: '1', ...form.values } }}
      comuni={await comuni(ctx)}
      contracts={await people.listContracts(ctx)}
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
    const mediator = await people.findMediator(ctx, id)
    const blank = Object.keys(form.values).length === 0
    return (
      <MediatorFormPage
        form={blank ? { ...form, values: valuesOf(mediator) } : form}
        comuni={await comuni(ctx)}
        contracts={await people.listContracts(ctx)}
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
const valuesOf = ({ monthly_minutes, fields, ...one }: people.Mediator) => ({
  ...Object.fromEntries(
    Object.entries(one).flatMap(([name, value]) =>
      value === null || value === false || value === '' ? [] : [[name, value === true ? '1' : String(value)]],
    ),
  ),
  ...(monthly_minutes !== null && { monthly_hours: String(monthly_minutes / 60) }),
  fields: [...fields],
})

async function profile(
  ctx: Ctx,
  id: string,
  change: Partial<Parameters<typeof ProfilePage>[0]['forms']> = {},
  calendar: string | null = null,
) {
  const mediator = await people.findMediator(ctx, id)
  const keeps = ctx.actor.can(may.coordinate)
  allow(keeps || mediator.account_id === ctx.actor.account_id)
  return (
    <ProfilePage
      mediator={mediator}
      comune={mediator.base_comune ? ((await comuneNames(ctx)).get(mediator.base_comune) ?? '') : ''}
      contract={await people.findContract(ctx, mediator.contract_id)}
      languages={await people.languagesOf(ctx, id)}
      week={await people.weekOf(ctx, id)}
      exceptions={await people.exceptionsOf(ctx, id)}
      credentials={await people.credentialsOf(ctx, id)}
      stances={await people.stancesAbout(ctx, id)}
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
routes.page(mediation.mediator, hers, (ctx, { mediator }) => profile(ctx, mediator))

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
      show: (ctx, { mediator }, form) => profile(ctx, mediator, { [name]: form }),
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
    show: (ctx, { mediator }) => profile(ctx, mediator),
    async submit(ctx, { mediator }) {
      await profile(ctx, mediator)
      return profile(ctx, mediator, {}, await calendarLink(ctx, mediator))
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
    show: (ctx, { mediator }, form) => profile(ctx, mediator, { calendar: form }),
    async submit(ctx, { mediator }, _input, { files }) {
      await profile(ctx, mediator)
      const [file] = files.get('file') ?? []
      say(ctx, 'mediation.said.imported', {
        count: await importBusy(ctx, mediator, file ? new TextDecoder().decode(file.bytes) : ''),
      })
      return mediation.mediator.href({ mediator })
    },
  },
  1_100_000,
)

routes.form(mediation.providers, may.coordinate, forms.providerForm, {
  async show(ctx, _params, form) {
    const contracts = await people.listContracts(ctx)
    const ids = contracts.map(({ id }) => id)
    return (
      <ProvidersPage
        providers={await people.listProviders(ctx)}
        contracts={contracts}
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
      providers={await people.listProviders(ctx)}
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
  <BodiesPage bodies={await people.listBodies(ctx)} comuni={await comuneNames(ctx)} />
))
async function bodyPage(
  ctx: Ctx,
  id: string,
  change: { form?: Form<typeof forms.ceilingForm>; stance?: Form<typeof forms.stanceForm> } = {},
) {
  return (
    <BodyPage
      body={await people.findBody(ctx, id)}
      ceiling={(await people.ceilingOn(ctx, id, ctx.today)) ?? null}
      stances={await people.stancesOf(ctx, id)}
      mediators={await people.listMediators(ctx)}
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
