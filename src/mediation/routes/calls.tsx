/** The coordinator and a call. */
import { accountNames } from '../../accounts/actions.ts'
import { instantOf, zone } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form } from '../../kernel/form.ts'
import { languages as liveLanguages } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { countries, countryName } from '../../territory/actions.ts'
import * as asking from '../actions/asking.ts'
import * as assigning from '../actions/assigning.ts'
import * as confirming from '../actions/confirming.ts'
import { doorListForStaff, serviceSheet, signedSheets } from '../actions/papers.ts'
import * as searching from '../actions/searching.ts'
import * as working from '../actions/working.ts'
import * as forms from '../forms.ts'
import { CallPage } from '../pages/call.tsx'
import { CallsPage } from '../pages/calls.tsx'
import { ReportPage } from '../pages/job.tsx'
import { TypedSheetPage } from '../pages/recipient.tsx'
import { may } from '../rules/may.ts'
import { isSearching, type Phase, phases, statesOf } from '../rules/states.ts'
import * as bodies from '../store/bodies.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'
import * as mediators from '../store/mediators.ts'
import * as search from '../store/search.ts'
import { mediation } from '../urls.ts'
import { bookedTimes, type Deed } from './deeds.ts'

import { comuneNames, named } from './names.ts'

const routes = router()
export default routes.all

const countryCodes = countries.map(({ code }) => code)

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
      mediators={await mediators.listMediators(ctx)}
      ceiling={(await bodies.ceilingOn(ctx, call.body_id, ctx.today)) ?? null}
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
deed(mediation.release, 'released', (ctx, call) => assigning.release(ctx, call, 'coordinator'))
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
    await assigning.assignByHand(ctx, call, input)
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
