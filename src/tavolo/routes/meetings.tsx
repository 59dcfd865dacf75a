/** Planning, convening, approving: one meeting and its papers. */
import { htmlOf } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { languages } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { organisations } from '../../territory/actions.ts'
import * as after from '../actions/after.ts'
import * as convening from '../actions/convening.ts'
import { feedByHand } from '../actions/feeding.ts'
import * as meetings from '../actions/meetings.ts'
import * as papers from '../actions/papers.ts'
import { addItem } from '../actions/points.ts'
import * as reading from '../actions/reading.ts'
import { signatureSheet } from '../actions/sheet.ts'
import * as forms from '../forms.ts'
import { AnswerPage } from '../pages/answer.tsx'
import { HomePage, PlanPage, SeriesPage } from '../pages/home.tsx'
import { MeetingPage } from '../pages/meeting.tsx'
import type { MeetingForms } from '../pages/meeting-forms.ts'
import { ExtractWritePage } from '../pages/open.tsx'
import { may } from '../rules/may.ts'
import { findRemark } from '../store/after.ts'
import { findInvitation, findMeeting, listMeetings } from '../store/meetings.ts'
import { tavolo } from '../urls.ts'
import { blank, filled } from './forms-shown.ts'

const routes = router()
export default routes.all

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
routes.page(tavolo.sheet, may.keep, (ctx, { meeting }, { query }) =>
  signatureSheet(ctx, meeting, query.has('mancanti')),
)
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

routes.form(tavolo.addItem, may.keep, forms.itemForm, {
  show: (ctx, { meeting }, item) => meetingPage(ctx, meeting, { item }),
  async submit(ctx, { meeting }, input) {
    await addItem(ctx, meeting, input)
    say(ctx, 'tavolo.said.item')
    return tavolo.meeting.href({ meeting })
  },
})
