/** Convening, writing, approving, remembering. */
import { htmlOf } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { listOf } from '../../kernel/exports/exports.ts'
import { blankForm, type Form, type Schema } from '../../kernel/form.ts'
import { languages } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { participation } from '../../participation/urls.ts'
import { organisations } from '../../territory/actions.ts'
import { exportRoute } from '../../ui/export.tsx'
import * as after from '../actions/after.ts'
import * as convening from '../actions/convening.ts'
import { feedByHand } from '../actions/feeding.ts'
import * as meetings from '../actions/meetings.ts'
import * as minutes from '../actions/minutes.ts'
import * as papers from '../actions/papers.ts'
import * as presence from '../actions/presence.ts'
import * as reading from '../actions/reading.ts'
import * as forms from '../forms.ts'
import { AnswerPage } from '../pages/answer.tsx'
import { DecisionPage, DecisionsPage, TaskPage, TasksPage } from '../pages/decisions.tsx'
import { HomePage, PlanPage, SeriesPage } from '../pages/home.tsx'
import { type MeetingForms, MeetingPage } from '../pages/meeting.tsx'
import { ExtractWritePage } from '../pages/open.tsx'
import { PresenceList, PresencePage } from '../pages/presence.tsx'
import { type WritingForms, WritingPage } from '../pages/writing.tsx'
import { may } from '../rules/may.ts'
import { correctionsOf, findRemark } from '../store/after.ts'
import { findInvitation, findMeeting, listMeetings } from '../store/meetings.ts'
import { tavolo } from '../urls.ts'

const routes = router()
export default routes.all

const blank = <S extends Schema>(ctx: Ctx, values: Form<S>['values'] = {}): Form<S> =>
  blankForm<S>(ctx.ambito_id, values)
/** What was typed wins over what stands there. */
const filled = <S extends Schema>(form: Form<S>, values: Form<S>['values']): Form<S> => ({
  ...form,
  values: Object.keys(form.values).length > 0 ? form.values : values,
})
const pageIn = (query: URLSearchParams) => {
  const page = query.get('pagina') ?? '1'
  return /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1
}

// --- planning -------------------------------------------------------------------------------------------------------

routes.page(tavolo.home, may.see, async (ctx) => <HomePage of={await reading.home(ctx)} />)

routes.form(tavolo.create, may.keep, forms.meetingForm, {
  show: async (ctx, _params, form) => <PlanPage form={filled(form, await meetings.usualMeeting(ctx))} />,
  async submit(ctx, _params, input) {
    const meeting = await meetings.planMeeting(ctx, input)
    say(ctx, 'tavolo.said.planned')
    return tavolo.meeting.href({ meeting })
  },
})

routes.form(tavolo.series, may.keep, forms.seriesForm, {
  async show(ctx, _params, form) {
    const offered = await meetings.seriesOffered(ctx)
    const days = offered.filter(({ planned, closed }) => !planned && !closed).map(({ day }) => day)
    return <SeriesPage offered={offered} form={filled(form, { days })} />
  },
  async submit(ctx, _params, { days }) {
    const count = await meetings.planSeries(ctx, days)
    say(ctx, 'tavolo.said.series', { count })
    return tavolo.home.href()
  },
})

// --- one meeting ----------------------------------------------------------------------------------------------------

async function meetingPage(ctx: Ctx, id: string, some: Partial<MeetingForms> = {}, problem?: string) {
  const of = await reading.meetingWhole(ctx, id)
  const { meeting } = of
  const times = { starts_at: meeting.starts_at.slice(0, 5), ends_at: meeting.ends_at.slice(0, 5) }
  const { mode, link, place, chair, about } = meeting
  const html = new Map(
    of.items.flatMap((item) => [
      [item.id, htmlOf(item.said)] as const,
      [`explained ${item.id}`, htmlOf(item.explained)] as const,
    ]),
  )
  const given: MeetingForms = {
    data: some.data ?? blank(ctx, { mode, link, place, chair, about }),
    move: some.move ?? blank(ctx, { on_day: meeting.on_day, ...times }),
    cancel: some.cancel ?? blank(ctx),
    invite: some.invite ?? blank(ctx),
    item: some.item ?? blank(ctx),
    approval: some.approval ?? blank(ctx, { on_day: ctx.today }),
    correction: some.correction ?? blank(ctx),
    paper: some.paper ?? blank(ctx),
    settle: some.settle ?? blank(ctx),
  }
  const said = problem ?? Object.values(given).find(({ errors }) => 'form' in errors && errors.form)?.errors.form
  const others = (await listMeetings(ctx)).filter(
    (one) => !one.cancelled_at && one.on_day > meeting.on_day && one.on_day <= ctx.today,
  )
  return <MeetingPage of={of} forms={given} html={html} problem={said} others={others} languages={languages} />
}

routes.page(tavolo.meeting, may.see, (ctx, { meeting }) => meetingPage(ctx, meeting))
routes.changes(tavolo.changes, may.see, async (ctx, { meeting }) => {
  await findMeeting(ctx, meeting)
  return meetings.topicOf(meeting)
})

routes.form(tavolo.data, may.keep, forms.dataForm, {
  show: (ctx, { meeting }, data) => meetingPage(ctx, meeting, { data }),
  async submit(ctx, { meeting }, input) {
    await meetings.changeData(ctx, meeting, input)
    say(ctx, 'tavolo.said.changed')
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.move, may.keep, forms.moveForm, {
  show: (ctx, { meeting }, move) => meetingPage(ctx, meeting, { move }),
  async submit(ctx, { meeting }, input) {
    await meetings.moveMeeting(ctx, meeting, input)
    say(ctx, 'tavolo.said.moved')
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.cancellation, may.keep, forms.cancelForm, {
  show: (ctx, { meeting }, cancel) => meetingPage(ctx, meeting, { cancel }),
  async submit(ctx, { meeting }, { why }) {
    await meetings.cancelMeeting(ctx, meeting, why)
    say(ctx, 'tavolo.said.cancelled')
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.invitations, may.keep, forms.inviteForm, {
  show: (ctx, { meeting }, invite) =>
    meetingPage(ctx, meeting, { invite }, (invite.errors as Record<string, string>).seats),
  async submit(ctx, { meeting }, input) {
    const { sent, without } = await convening.invite(ctx, meeting, input)
    say(ctx, 'tavolo.said.invited', { sent, without })
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.answer, may.keep, forms.answerForm, {
  async show(ctx, { invitation }, form) {
    const of = await findInvitation(ctx, invitation)
    const body = (await organisations(ctx)).find(({ id }) => id === of.organisation_id)?.name ?? ''
    return <AnswerPage invitation={of} body={body} form={filled(form, { answer: of.answer ?? '' })} />
  },
  async submit(ctx, { invitation }, input) {
    const meeting = await convening.answerForThem(ctx, invitation, input)
    say(ctx, 'tavolo.said.answered')
    return tavolo.meeting.href({ meeting })
  },
})

for (const [address, deed, said] of [
  [tavolo.feed, feedByHand, 'tavolo.said.fed'],
  [tavolo.holding, meetings.holdMeeting, 'tavolo.said.held'],
  [tavolo.publication, after.publishExtract, 'tavolo.said.published'],
  [tavolo.withdrawal, after.withdrawExtract, 'tavolo.said.withdrawn'],
] as const)
  routes.form(address, may.keep, forms.nothing, {
    show: (ctx, { meeting }, form) => meetingPage(ctx, meeting, {}, form.errors.form),
    async submit(ctx, { meeting }) {
      await deed(ctx, meeting)
      say(ctx, said)
      return tavolo.meeting.href({ meeting })
    },
  })
routes.form(tavolo.draft, may.keep, forms.nothing, {
  show: (ctx, { meeting }, form) => meetingPage(ctx, meeting, {}, form.errors.form),
  async submit(ctx, { meeting }) {
    say(ctx, 'tavolo.said.draft', { count: await after.sendDraft(ctx, meeting) })
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.approval, may.keep, forms.approvalForm, {
  show: (ctx, { meeting }, approval) => meetingPage(ctx, meeting, { approval }),
  async submit(ctx, { meeting }, input) {
    await after.approve(ctx, meeting, input)
    say(ctx, 'tavolo.said.approved')
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.correction, may.keep, forms.correctionForm, {
  show: (ctx, { meeting }, correction) => meetingPage(ctx, meeting, { correction }),
  async submit(ctx, { meeting }, input) {
    await after.correct(ctx, meeting, input)
    say(ctx, 'tavolo.said.corrected')
    return input.decision_id ? tavolo.decision.href({ decision: input.decision_id }) : tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.remark, may.keep, forms.settleForm, {
  async show(ctx, { remark }, settle) {
    const { meeting_id } = await findRemark(ctx, remark)
    return meetingPage(ctx, meeting_id, { settle })
  },
  async submit(ctx, { remark }, { how }) {
    const meeting = await after.settleRemark(ctx, remark, how)
    return tavolo.meeting.href({ meeting })
  },
})

// --- papers ---------------------------------------------------------------------------------------------------------

routes.page(tavolo.agendaPaper, may.see, (ctx, { meeting }) => papers.agendaPaper(ctx, meeting))
routes.page(tavolo.minutesPaper, may.see, (ctx, { meeting }) => papers.minutesPaper(ctx, meeting))
routes.page(tavolo.minutesWord, may.see, (ctx, { meeting }) => papers.minutesWord(ctx, meeting))
routes.page(tavolo.sheet, may.keep, (ctx, { meeting }) => papers.signatureSheet(ctx, meeting))
routes.form(
  tavolo.papers,
  may.keep,
  forms.paperForm,
  {
    show: (ctx, { meeting }, paper) => meetingPage(ctx, meeting, { paper }),
    async submit(ctx, { meeting }, { title }, { files }) {
      await after.addPaper(ctx, meeting, title, files.get('file')?.[0])
      say(ctx, 'tavolo.said.paper')
      return tavolo.meeting.href({ meeting })
    },
  },
  11_000_000,
)
routes.page(tavolo.paper, may.see, (ctx, { file }) => after.servePaper(ctx, file))
routes.form(tavolo.paperGone, may.keep, forms.nothing, {
  show: async (ctx, { file }, form) => meetingPage(ctx, await after.meetingOfPaper(ctx, file), {}, form.errors.form),
  async submit(ctx, { file }) {
    const meeting = await after.removePaper(ctx, file)
    say(ctx, 'tavolo.said.paper_gone')
    return tavolo.meeting.href({ meeting })
  },
})
routes.form(tavolo.extract, may.keep, forms.extractForm, {
  async show(ctx, { meeting, language }, form) {
    const of = await after.extractToWrite(ctx, meeting, language)
    const values = of.extract
      ? { title: of.extract.title, body: of.extract.body, origin: of.extract.origin }
      : { origin: 'person', ...(language === 'it' && { body: of.proposed }) }
    return <ExtractWritePage meeting={of.meeting} source={of.source} language={language} form={filled(form, values)} />
  },
  async submit(ctx, { meeting, language }, input) {
    await after.writeExtract(ctx, meeting, { language, ...input })
    say(ctx, 'tavolo.said.extract')
    return tavolo.meeting.href({ meeting })
  },
})

// --- points ---------------------------------------------------------------------------------------------------------

routes.form(tavolo.addItem, may.keep, forms.itemForm, {
  show: (ctx, { meeting }, item) => meetingPage(ctx, meeting, { item }),
  async submit(ctx, { meeting }, input) {
    await minutes.addItem(ctx, meeting, input)
    say(ctx, 'tavolo.said.item')
    return tavolo.meeting.href({ meeting })
  },
})

async function writingPage(ctx: Ctx, id: string, some: Partial<WritingForms> = {}, problem?: string) {
  const whole = await reading.itemWhole(ctx, id)
  const { item, meeting } = whole
  const points = meeting ? (await reading.agendaOf(ctx, meeting)).items : []
  const { title, explained, brought_by } = item
  const given: WritingForms = {
    said: filled(some.said ?? blank(ctx), { said: item.said, version: String(item.version) }),
    decision: some.decision ?? blank(ctx),
    task: some.task ?? blank(ctx),
    item:
      some.item ??
      blank(ctx, {
        title,
        explained,
        brought_by,
        minutes: item.minutes === null ? '' : String(item.minutes),
        position: String(item.position),
      }),
  }
  const said = problem ?? Object.values(given).find(({ errors }) => 'form' in errors && errors.form)?.errors.form
  return (
    <WritingPage
      {...whole}
      shown={points.find((one) => one.id === id)}
      points={points}
      forms={given}
      owners={await minutes.ownersOffered(ctx)}
      html={{ said: htmlOf(item.said), explained: htmlOf(item.explained) }}
      problem={said}
    />
  )
}
const toItem = (item: string) => tavolo.said.href({ item })
const toMeetingOrHome = (meeting: string | null) => (meeting ? tavolo.meeting.href({ meeting }) : tavolo.home.href())

routes.form(tavolo.said, may.keep, forms.saidForm, {
  show: (ctx, { item }, said) => writingPage(ctx, item, { said }),
  async submit(ctx, { item }, input) {
    await minutes.writeSaid(ctx, item, input)
    say(ctx, 'tavolo.said.written')
    return toItem(item)
  },
})
routes.form(tavolo.item, may.keep, forms.itemForm, {
  show: (ctx, { item }, form) => writingPage(ctx, item, Object.keys(form.values).length > 0 ? { item: form } : {}),
  async submit(ctx, { item }, input) {
    await minutes.changeItem(ctx, item, input)
    say(ctx, 'tavolo.said.changed')
    return toItem(item)
  },
})
routes.form(tavolo.decide, may.keep, forms.decisionForm, {
  show: (ctx, { item }, decision) => writingPage(ctx, item, { decision }),
  async submit(ctx, { item }, { text }) {
    await minutes.decide(ctx, item, text)
    say(ctx, 'tavolo.said.decided')
    return toItem(item)
  },
})
routes.form(tavolo.entrust, may.keep, forms.taskForm, {
  show: (ctx, { item }, task) => writingPage(ctx, item, { task }),
  async submit(ctx, { item }, input) {
    await minutes.entrust(ctx, item, input)
    say(ctx, 'tavolo.said.entrusted')
    return toItem(item)
  },
})
for (const [address, deed, said] of [
  [tavolo.postponement, minutes.postponeItem, 'tavolo.said.postponed'],
  [tavolo.itemGone, minutes.removeItem, 'tavolo.said.item_gone'],
] as const)
  routes.form(address, may.keep, forms.nothing, {
    show: (ctx, { item }, form) => writingPage(ctx, item, {}, form.errors.form),
    async submit(ctx, { item }) {
      const meeting = await deed(ctx, item)
      say(ctx, said)
      return toMeetingOrHome(meeting)
    },
  })

// --- who came -------------------------------------------------------------------------------------------------------

type PresenceForms = {
  list?: Form<typeof forms.attendanceForm>
  platform?: Form<typeof forms.platformForm>
  problem?: string | undefined
}
async function presencePage(ctx: Ctx, id: string, { list, platform, problem }: PresenceForms = {}) {
  const of = await presence.presenceShown(ctx, id)
  const seats = of.rows.filter(({ came }) => came).map((row) => row.id)
  return (
    <PresencePage
      of={of}
      list={filled(list ?? blank(ctx), { seats })}
      platform={platform ?? blank(ctx)}
      problem={problem ?? list?.errors.form ?? platform?.errors.form}
    />
  )
}
routes.form(tavolo.attendance, may.keep, forms.attendanceForm, {
  show: async (ctx, { meeting }, list, { fragment }) =>
    fragment ? <PresenceList of={await presence.presenceShown(ctx, meeting)} /> : presencePage(ctx, meeting, { list }),
  async submit(ctx, { meeting }, { seats }) {
    await presence.setList(ctx, meeting, seats)
    say(ctx, 'tavolo.said.attendance')
    return tavolo.attendance.href({ meeting })
  },
})
routes.form(
  tavolo.platform,
  may.keep,
  forms.platformForm,
  {
    show: (ctx, { meeting }, platform) => presencePage(ctx, meeting, { platform }),
    async submit(ctx, { meeting }, _input, { files }) {
      const { found, unknown } = await presence.takePlatformFile(ctx, meeting, files.get('file')?.[0])
      const of = await presence.presenceShown(ctx, meeting)
      const seats = of.rows.filter(({ came }) => came).map((row) => row.id)
      return (
        <PresencePage
          of={of}
          list={blank(ctx, { seats })}
          platform={blank(ctx)}
          problem={undefined}
          found={found}
          unknown={unknown}
        />
      )
    },
  },
  3_000_000,
)
routes.form(tavolo.tap, may.keep, forms.nothing, {
  show: async (ctx, { meeting }, { errors }, { fragment }) =>
    fragment ? (
      <PresenceList of={await presence.presenceShown(ctx, meeting)} problem={errors.form} />
    ) : (
      presencePage(ctx, meeting, { problem: errors.form })
    ),
  async submit(ctx, { meeting, seat }, _input, { fragment }) {
    await presence.tap(ctx, meeting, seat)
    if (fragment) return <PresenceList of={await presence.presenceShown(ctx, meeting)} />
    return tavolo.attendance.href({ meeting })
  },
})

// --- decisions and what is to be done -------------------------------------------------------------------------------

const askedIn = (query: URLSearchParams) => {
  const year = query.get('anno') ?? ''
  return { text: (query.get('cerca') ?? '').slice(0, 200), year: /^\d{4}$/.test(year) ? Number(year) : undefined }
}
routes.page(tavolo.decisions, may.see, async (ctx, _params, { query }) => {
  const page = pageIn(query)
  const found = await minutes.decisionRegister(ctx, askedIn(query), page)
  return <DecisionsPage {...found} page={page} size={minutes.decisions_at_once} query={query} />
})
exportRoute(routes, tavolo.decisionsExport, may.see, {
  title: (ctx) => ctx.t('tavolo.decisions.title'),
  back: () => tavolo.decisions.href(),
  async list(ctx, _params, { query }) {
    const { t } = ctx
    const rows = await minutes.decisionsToExport(ctx, askedIn(query))
    return listOf({
      name: 'tavolo.decisions',
      title: t('tavolo.decisions.title'),
      file: `decisioni-${ctx.today}`,
      rows,
      columns: [
        { header: t('tavolo.decision.number_head'), cell: ({ number, year }) => `${number}/${year}` },
        { header: t('tavolo.decision.day'), kind: 'day', cell: ({ on_day }) => on_day },
        { header: t('tavolo.decision.text'), width: 5, cell: ({ text }) => text },
        { header: t('tavolo.item.title'), width: 2, cell: ({ item_title }) => item_title ?? '' },
      ],
    })
  },
})

type DecisionForms = { form?: Form<typeof forms.decisionForm>; problem?: string | undefined }
async function decisionPage(ctx: Ctx, id: string, { form, problem }: DecisionForms = {}) {
  const decision = await minutes.decisionToRead(ctx, id)
  const corrections = (await correctionsOf(ctx, decision.meeting_id)).filter(({ decision_id }) => decision_id === id)
  return (
    <DecisionPage
      decision={decision}
      corrections={corrections}
      keeps={ctx.actor.can(may.keep)}
      form={filled(form ?? blank(ctx), { text: decision.text })}
      correction={blank(ctx)}
      problem={problem ?? form?.errors.form}
      theme={
        decision.item_kind === 'theme' && decision.source_id
          ? participation.theme.href({ theme: decision.source_id })
          : undefined
      }
    />
  )
}
routes.page(tavolo.decision, may.see, (ctx, { decision }) => decisionPage(ctx, decision))
routes.form(tavolo.decisionText, may.keep, forms.decisionForm, {
  show: (ctx, { decision }, form) => decisionPage(ctx, decision, { form }),
  async submit(ctx, { decision }, { text }) {
    await minutes.changeDecision(ctx, decision, text)
    say(ctx, 'tavolo.said.changed')
    return tavolo.decision.href({ decision })
  },
})
routes.form(tavolo.decisionGone, may.keep, forms.nothing, {
  show: (ctx, { decision }, form) => decisionPage(ctx, decision, { problem: form.errors.form }),
  async submit(ctx, { decision }) {
    const meeting = await minutes.withdrawDecision(ctx, decision)
    say(ctx, 'tavolo.said.decision_gone')
    return tavolo.meeting.href({ meeting })
  },
})

routes.page(tavolo.tasks, may.see, async (ctx, _params, { query }) => {
  const closed = query.get('stato') === 'fatti'
  return <TasksPage tasks={await reading.tasksShown(ctx, closed)} closed={closed} />
})
routes.form(tavolo.task, may.see, forms.taskDeedForm, {
  async show(ctx, { task }, form) {
    const whole = await minutes.taskWhole(ctx, task)
    const keeps = ctx.actor.can(may.keep)
    const body = (await organisations(ctx)).find(({ id }) => id === whole.task.organisation_id)?.name ?? ''
    return (
      <TaskPage
        task={{ ...whole.task, body }}
        steps={whole.steps}
        may_do={keeps || whole.mine}
        keeps={keeps}
        owners={keeps ? await minutes.ownersOffered(ctx) : []}
        form={form}
      />
    )
  },
  async submit(ctx, { task }, input) {
    await minutes.doTask(ctx, task, input)
    say(ctx, `tavolo.said.task_${input.deed}`)
    return tavolo.task.href({ task })
  },
})
