import type { Ctx } from '../kernel/ctx.ts'
import { Refused } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import { blankForm, type Form } from '../kernel/form.ts'
import { router } from '../kernel/routes.ts'
import { atAGlance, createPerson, findPeople, headLines, newPersonForm } from '../people/actions.ts'
import { NewPersonPage } from '../people/parts.tsx'
import { settingOf, signedLines } from '../programme/actions.ts'
import { comuni } from '../territory/actions.ts'
import { exportRoute } from '../ui/export.tsx'
import { figures, figuresToExport } from './actions/figures.ts'
import * as helping from './actions/helping.ts'
import {
  afternoonRegister,
  canDoPaper,
  monthSummary,
  registerSheet,
  registersSigned,
  summariesSigned,
} from './actions/papers.ts'
import { groupForm, helpForm, noFields, pastForm, searchForm, undoForm } from './forms.ts'
import { AfternoonPage, type Search } from './pages/afternoon.tsx'
import { AfternoonsPage, FiguresPage } from './pages/figures.tsx'
import { GroupPage } from './pages/group.tsx'
import type { Here } from './pages/sheet.tsx'
import { boardAddress, guideAddress, may } from './rules.ts'
import { lastAfternoons, lastMonths } from './store/afternoons.ts'
import { digital } from './urls.ts'

const routes = router()
export default routes.all

const one = (value: string | string[] | null | undefined) => (typeof value === 'string' && value !== '' ? value : null)
const links = async (ctx: Ctx) => ({
  board: await settingOf(ctx, boardAddress),
  guide: await settingOf(ctx, guideAddress),
})

// --- afternoons, months, figures ------------------------------------------------------------------------------------

async function afternoonsPage(ctx: Ctx, form: Form<typeof pastForm>) {
  const works = ctx.actor.can(may.see)
  const last = await helping.withPlaces(ctx, await lastAfternoons(ctx))
  const months = await lastMonths(ctx)
  const signing = new Map([
    ...(await registersSigned(
      ctx,
      last.map(({ opening_id }) => opening_id),
    )),
    ...(await summariesSigned(
      ctx,
      months.map(({ id }) => id),
    )),
  ])
  const today = works ? await helping.afternoonsToday(ctx) : []
  return (
    <AfternoonsPage
      today={today}
      last={last}
      months={months}
      signing={signing}
      works={works}
      past={ctx.actor.can(may.work) ? { form, days: await helping.daysUnwritten(ctx) } : null}
      links={await links(ctx)}
    />
  )
}
routes.page(digital.afternoons, may.see_figures, (ctx) => afternoonsPage(ctx, blankForm(ctx.ambito_id)))
routes.form(digital.past, may.work, pastForm, {
  show: (ctx, _params, form) => afternoonsPage(ctx, form),
  submit: async (ctx, _params, { on_day }) =>
    digital.afternoon.href({ opening: await helping.afternoonOfDay(ctx, on_day) }),
})

/** Days as an address says them; whatever is no day is not asked. */
const isDay = (text: string | null) =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
const periodIn = (query: URLSearchParams) => ({ from: isDay(query.get('dal')), to: isDay(query.get('al')) })

routes.page(digital.figures, may.see_figures, async (ctx, _params, { query }) => {
  try {
    return <FiguresPage of={await figures(ctx, periodIn(query))} />
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return <FiguresPage of={null} problem={ctx.t('digital.error.ends_before_start')} />
  }
})

exportRoute(routes, digital.figuresExport, may.see_figures, {
  title: ({ t }) => t('digital.figures.title'),
  back: () => digital.figures.href(),
  list: (ctx, _params, { query }) => figuresToExport(ctx, periodIn(query)),
})

routes.page(digital.summary, may.see_figures, (ctx, { month }) => monthSummary(ctx, month))
routes.page(digital.canDo, may.see, (ctx, { person }, { query }) => canDoPaper(ctx, person, query.get('lingua')))
routes.page(digital.register, may.see, (ctx, { opening }, { query }) =>
  afternoonRegister(ctx, opening, query.has('mancanti')),
)

// --- the afternoon --------------------------------------------------------------------------------------------------

type Asked = { arrival: string | null; person: string | null; saved?: string | null; from?: string | null }
const askedIn = (query: URLSearchParams): Asked => ({
  arrival: one(query.get('arrivo')),
  person: one(query.get('persona')),
  saved: one(query.get('fatto')),
  from: one(query.get('da')),
})
type Shown = { form?: Form<typeof helpForm>; search?: Search; problem?: string | undefined }

async function afternoonPage(ctx: Ctx, opening: string, asked: Asked, { form, search, problem }: Shown = {}) {
  const of = await helping.openAfternoon(ctx, opening)
  const blank: Search = { form: blankForm(ctx.ambito_id), lines: [], needs_more: false }
  return (
    <AfternoonPage
      of={of}
      here={asked.person && ctx.actor.can(may.work) ? await hereOf(ctx, asked, asked.person, form) : null}
      search={search ?? blank}
      undo={await helping.undoableHelp(ctx, opening, asked.saved ?? null)}
      works={ctx.actor.can(may.work)}
      links={await links(ctx)}
      signing={(await registersSigned(ctx, [opening])).get(opening) ?? null}
      lines={await signedLines(ctx, registerSheet, opening)}
      problem={problem}
    />
  )
}

async function hereOf(
  ctx: Ctx,
  asked: Asked,
  id: string,
  form: Form<typeof helpForm> | undefined,
): Promise<Here | null> {
  const [person] = await headLines(ctx, [id])
  if (!person) return null
  const { files } = await atAGlance(ctx, person.id)
  const sitting = await helping.sittingHere(ctx, person.id, files)
  const values = await helping.usualHelp(ctx, sitting, asked.from ?? null, person.id)
  return { person, arrival: asked.arrival, sitting, form: form ?? blankForm(ctx.ambito_id, values) }
}

routes.form(digital.afternoon, may.see, helpForm, {
  show(ctx, { opening }, form, { query }) {
    const asked = askedIn(query)
    const typed = Object.keys(form.values).length > 0
    const person = one(form.values.person_id) ?? asked.person
    return afternoonPage(
      ctx,
      opening,
      { ...asked, person, arrival: one(form.values.arrival_id) ?? asked.arrival },
      { ...(typed && { form }), problem: person ? undefined : form.errors.form },
    )
  },
  async submit(ctx, { opening }, input) {
    const fatto = await helping.recordHelp(ctx, opening, input)
    return digital.afternoon.href({ opening }, { fatto })
  },
})

routes.form(digital.undo, may.work, undoForm, {
  show: (ctx, { opening }, form, { query }) =>
    afternoonPage(ctx, opening, askedIn(query), { problem: form.errors.form }),
  async submit(ctx, { opening }, { visit }) {
    const { person_id } = await helping.undoHelp(ctx, opening, visit)
    say(ctx, 'desk.said.undone')
    return digital.afternoon.href({ opening }, { persona: person_id ?? undefined, da: visit })
  },
})

routes.form(digital.held, may.work, noFields, {
  show: (ctx, { opening }, form, { query }) =>
    afternoonPage(ctx, opening, askedIn(query), { problem: form.errors.form }),
  async submit(ctx, { opening }) {
    await helping.holdAlone(ctx, opening)
    say(ctx, 'digital.said.held')
    return digital.afternoon.href({ opening })
  },
})

routes.form(digital.search, may.work, searchForm, {
  show: (ctx, { opening }, form, { query }) =>
    afternoonPage(ctx, opening, askedIn(query), { search: { form, lines: [], needs_more: true } }),
  async submit(ctx, { opening }, { who }) {
    const form = blankForm<typeof searchForm>(ctx.ambito_id, { who })
    return afternoonPage(
      ctx,
      opening,
      { arrival: null, person: null },
      { search: { form, ...(await findPeople(ctx, who)) } },
    )
  },
})

routes.form(digital.newPerson, may.work, newPersonForm, {
  async show(ctx, { opening }, form) {
    await helping.openAfternoon(ctx, opening)
    return <NewPersonPage form={form} comuni={await comuni(ctx)} back={digital.afternoon.href({ opening })} />
  },
  async submit(ctx, { opening }, input) {
    const persona = await createPerson(ctx, input)
    return digital.afternoon.href({ opening }, { persona })
  },
})

routes.form(digital.group, may.work, groupForm, {
  show: async (ctx, { opening }, form) => <GroupPage of={await helping.openAfternoon(ctx, opening)} form={form} />,
  async submit(ctx, { opening }, input) {
    const people = await helping.recordGroup(ctx, opening, input)
    say(ctx, 'digital.said.group', { people })
    return digital.afternoon.href({ opening })
  },
})
