/** The doors after a mediator was found: her page, the hours a body confirms, the sheet of whoever is helped. */
import qrcode from 'qrcode'
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { serveFile } from '../../kernel/files/files.ts'
import { isLanguage, languages as liveLanguages } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { languageName } from '../../territory/actions.ts'
import { timeInWords } from '../../ui/words-of-time.ts'
import * as assigning from '../actions/assigning.ts'
import { calendarOf } from '../actions/calendar.ts'
import * as confirming from '../actions/confirming.ts'
import { gist, spanInWords } from '../actions/letters.ts'
import { recipientSheet, serviceSheet } from '../actions/papers.ts'
import { maySignOnScreen, signOnScreen, toSign } from '../actions/signing.ts'
import { keepText } from '../actions/texts.ts'
import * as working from '../actions/working.ts'
import { disputeForm, hoursForm, newSheetForm, noFields, recipientForm, reportForm, signForm } from '../forms.ts'
import { DisputePage, HoursLinkPage } from '../pages/hours-link.tsx'
import { JobPage, NewSheetPage, ReportPage, SheetMadePage, SignPage } from '../pages/job.tsx'
import { RecipientDonePage, RecipientPage } from '../pages/recipient.tsx'
import * as calls from '../store/calls.ts'
import { open } from '../urls.ts'
import { bookedTimes } from './deeds.ts'
import { gistNow, listsOf } from './doors.ts'

const routes = router()
export default routes.all

// --- the mediator's page --------------------------------------------------------------------------------------------

async function jobPage(ctx: Ctx, token: string, form: Parameters<typeof JobPage>[0]['form']) {
  const { call, arrived_at } = await working.jobOfLink(ctx, token)
  return (
    <JobPage
      token={token}
      call={call}
      gist={await gistNow(ctx, call)}
      arrived={arrived_at !== null}
      passed={call.starts_at !== null && Temporal.Instant.compare(instantOf(call.starts_at), ctx.now) <= 0}
      slots={await calls.slotsOf(ctx, [call.id])}
      files={await calls.filesOf(ctx, call.id, 'in')}
      signs={['reported', 'absent'].includes(call.state) && (await maySignOnScreen(ctx))}
      form={form}
    />
  )
}
routes.openForm(open.job, noFields, {
  show: (ctx, { token }, form) => jobPage(ctx, token, form),
  async submit(ctx, { l, token }) {
    await working.arrive(ctx, (await working.jobOfLink(ctx, token)).call)
    return open.job.href({ l, token })
  },
})
routes.openForm(open.withdraw, noFields, {
  show: (ctx, { token }, form) => jobPage(ctx, token, form as never),
  async submit(ctx, { l, token }) {
    await assigning.release(ctx, (await working.jobOfLink(ctx, token)).call.id, 'mediator')
    return open.asked.href({ l })
  },
})
routes.openForm(open.report, reportForm, {
  async show(ctx, { token }, form) {
    const { call } = await working.jobOfLink(ctx, token)
    return (
      <ReportPage
        form={Object.keys(form.values).length > 0 ? form : { ...form, values: bookedTimes(call) }}
        number={call.number}
      />
    )
  },
  async submit(ctx, { l, token }, input) {
    await working.report(ctx, (await working.jobOfLink(ctx, token)).call.id, input, 'mediator')
    return open.job.href({ l, token })
  },
})
routes.openForm(
  open.sign,
  signForm,
  {
    async show(ctx, { token }, form) {
      const { call, report } = await toSign(ctx, token)
      return (
        <SignPage
          form={form}
          number={call.number}
          gist={{
            ...(await gist(ctx, { ...call, minutes: report.paid_minutes }, [], ctx.lang)),
            time: spanInWords(ctx, { starts_at: report.started_at, ends_at: report.ended_at }, 0, ctx.lang),
          }}
          mediator={call.mediator_name ?? ''}
        />
      )
    },
    async submit(ctx, { l, token }, input) {
      await signOnScreen(ctx, token, input)
      return open.job.href({ l, token })
    },
  },
  120_000,
)
routes.open(
  open.serviceSheet,
  async (ctx, { token }) => serviceSheet(ctx, (await working.jobOfLink(ctx, token)).call.id),
  false,
)
routes.open(
  open.paperSheet,
  async (ctx, { token }, { query }) =>
    recipientSheet(ctx, (await working.jobOfLink(ctx, token)).call, query.get('lingua') ?? ''),
  false,
)

routes.openForm(open.newSheet, newSheetForm, {
  async show(ctx, { token }, form) {
    const { call } = await working.jobOfLink(ctx, token)
    const offered = liveLanguages.map((code) => ({ code, name: languageName(code, code) }))
    return (
      <NewSheetPage
        form={{ ...form, values: { language: call.language ?? 'it', ...form.values } }}
        languages={offered}
        paper={open.paperSheet.href({ l: ctx.lang, token }, { lingua: call.language ?? 'it' })}
      />
    )
  },
  async submit(ctx, { l, token }, { language }) {
    const { call } = await working.jobOfLink(ctx, token)
    const address = await working.handOverSheet(ctx, call, isLanguage(language) ? language : 'it')
    return <SheetMadePage address={address} picture={pictureOf(address)} back={open.job.href({ l, token })} />
  },
})
function pictureOf(address: string) {
  const { modules } = qrcode.create(address, { errorCorrectionLevel: 'M' })
  const edge = 3
  const dark = [...modules.data].flatMap((on, at) =>
    on ? [`M${(at % modules.size) + edge} ${Math.floor(at / modules.size) + edge}h1v1h-1z`] : [],
  )
  return { d: dark.join(''), size: modules.size + 2 * edge }
}

routes.open(
  open.original,
  async (ctx, { token, file }) => {
    const { call } = await working.jobOfLink(ctx, token)
    if (!(await calls.filesOf(ctx, call.id, 'in')).includes(file)) throw new NotFound()
    return serveFile(ctx, 'mediation', file)
  },
  false,
)
routes.openForm(
  open.translated,
  noFields,
  {
    show: (ctx, { token }, form) => jobPage(ctx, token, form as never),
    async submit(ctx, { l, token }, _input, { files }) {
      const { call } = await working.jobOfLink(ctx, token)
      await keepText(ctx, call, 'out', files.get('file')?.[0])
      return open.job.href({ l, token })
    },
  },
  11_000_000,
)

// --- the body countersigns ------------------------------------------------------------------------------------------

routes.openForm(open.hours, hoursForm, {
  async show(ctx, { token }, form) {
    const { waiting, rated } = await confirming.contactOfLink(ctx, token)
    const lines = []
    for (const one of waiting) {
      const words = await gist(
        ctx,
        { ...one, minutes: one.paid_minutes ?? 0 },
        [{ starts_at: one.started_at as string, ends_at: one.ended_at as string }],
        ctx.lang,
      )
      const span = `${timeInWords(instantOf(one.started_at as string), ctx.lang)} – ${timeInWords(instantOf(one.ended_at as string), ctx.lang)}`
      lines.push({
        id: one.id,
        number: one.number,
        text: `M-${one.number} · ${words.time} · ${words.language}`,
        hint: ctx.t('mediation.hours.line', { span, minutes: one.paid_minutes ?? 0, name: one.mediator_name }),
      })
    }
    const values = Object.keys(form.values).length > 0 ? form.values : { right: lines.map(({ id }) => id) }
    return <HoursLinkPage token={token} form={{ ...form, values }} waiting={lines} rated={rated} />
  },
  async submit(ctx, { l, token }, input) {
    await confirming.confirmByLink(ctx, token, input)
    return open.hours.href({ l, token })
  },
})
routes.openForm(open.dispute, disputeForm, {
  show: (_ctx, _params, form) => <DisputePage form={form} />,
  async submit(ctx, { l, token, call }, input) {
    await confirming.dispute(ctx, await confirming.contactOfLink(ctx, token), call, input)
    return open.hours.href({ l, token })
  },
})

// --- who was helped -------------------------------------------------------------------------------------------------

routes.openForm(open.sheet, recipientForm, {
  async show(ctx, { token }, form) {
    if ((await working.sheetOfLink(ctx, token)).filled_at) return <RecipientDonePage />
    return <RecipientPage form={form} countries={(await listsOf(ctx)).countries()} />
  },
  async submit(ctx, { l, token }, input) {
    await working.fillSheet(ctx, token, input)
    return open.sheet.href({ l, token })
  },
})

routes.machine(open.calendar, async (ctx, { token }) => calendarOf(ctx, token), false)
