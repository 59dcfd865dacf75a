/** Without an account. A GET only shows; whatever changes something is a button. */
import { htmlOf } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, Refused } from '../../kernel/errors.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { staffLanguages } from '../../kernel/i18n.ts'
import { type Outside, router } from '../../kernel/routes.ts'
import { open as voices } from '../../participation/urls.ts'
import { organisations } from '../../territory/actions.ts'
import * as after from '../actions/after.ts'
import * as convening from '../actions/convening.ts'
import { bodiesByName } from '../actions/members.ts'
import { minutesDocument } from '../actions/papers.ts'
import { propose } from '../actions/points.ts'
import { type Agenda, agendaOf } from '../actions/reading.ts'
import { doOwnTask, doTaskByLink, taskOfLink } from '../actions/tasks.ts'
import * as forms from '../forms.ts'
import { DraftPage } from '../pages/draft.tsx'
import { InvitationPage } from '../pages/invitation.tsx'
import { MinePage, TaskLinkPage } from '../pages/mine.tsx'
import { ExtractPage, ExtractsPage } from '../pages/open.tsx'
import { standingOf } from '../rules/meetings.ts'
import { correctionsOf, remarksOf } from '../store/after.ts'
import { searchDecisions } from '../store/decisions.ts'
import { attendancesOf, findMeeting, listMeetings, nextMeeting } from '../store/meetings.ts'
import { openTasksOfMember } from '../store/tasks.ts'
import { open } from '../urls.ts'

const routes = router()
export default routes.all

/** The tavolo speaks the languages of the staff. */
const inStaffWords = (l: string) => {
  if (!staffLanguages.some((lang) => lang === l)) throw new NotFound()
}
async function mayTry({ limits }: Outside, address_hash: string) {
  if (!(await limits.take(convening.linkLimit, address_hash))) throw new Refused({ form: 'tavolo.error.too_many' })
}

// --- for everybody --------------------------------------------------------------------------------------------------

routes.open(open.list, async (ctx) => (
  <ExtractsPage extracts={await after.extractsShown(ctx)} replies={voices.replies.href({ l: ctx.lang })} />
))
routes.open(open.extract, async (ctx, { number }) => {
  const of = await after.extractShown(ctx, number)
  return <ExtractPage of={of} html={htmlOf(of.text.body)} />
})

// --- an invitation --------------------------------------------------------------------------------------------------

const htmlIn = (of: Agenda) =>
  new Map(
    of.items.flatMap((item) => [
      [item.id, htmlOf(item.said)] as const,
      [`explained ${item.id}`, htmlOf(item.explained)] as const,
    ]),
  )

routes.openForm(open.invitation, forms.answerForm, {
  async show(ctx, { l, token }, form) {
    inStaffWords(l)
    const invitation = await convening.invitationOfLink(ctx, token)
    const meeting = await findMeeting(ctx, invitation.meeting_id)
    const agenda = await agendaOf(ctx, meeting)
    const body = (await organisations(ctx)).find(({ id }) => id === invitation.organisation_id)?.name ?? ''
    return (
      <InvitationPage
        agenda={agenda}
        invitation={invitation}
        body={body}
        token={token}
        form={form}
        papers={await after.papersShown(ctx, meeting.id)}
        html={htmlIn(agenda)}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { l, token }, input) {
    inStaffWords(l)
    await convening.answerByLink(ctx, token, input)
    return open.invitation.href({ l, token })
  },
})
routes.open(open.calendar, async (ctx, { token }) => convening.calendarOfLink(ctx, token), false)
routes.open(open.paper, async (ctx, { token, file }) => after.paperOfLink(ctx, token, file), false)

// --- a member's own page --------------------------------------------------------------------------------------------

type MineForms = { task?: Form<typeof forms.ownTaskForm>; proposal?: Form<typeof forms.proposalForm> }
async function minePage(ctx: Ctx, { l, token }: { l: string; token: string }, some: MineForms = {}) {
  inStaffWords(l)
  const { member } = await after.memberOfLink(ctx, token)
  const bodies = await bodiesByName(ctx)
  const planned = await nextMeeting(ctx, ctx.today)
  const next = planned ? await agendaOf(ctx, planned) : null
  const all = (await listMeetings(ctx, 12)).map((one) => ({ ...one, standing: standingOf(one) }))
  const tasks = await openTasksOfMember(ctx, member.id)
  return (
    <MinePage
      next={next}
      html={next ? htmlIn(next) : new Map()}
      tasks={tasks.map((task) => ({ ...task, body: bodies.get(task.organisation_id ?? '') ?? '' }))}
      drafts={all.filter(({ standing }) => standing === 'draft' || standing === 'approved')}
      decisions={(await searchDecisions(ctx, { words: [], year: undefined }, { limit: 10 })).rows}
      papers={planned ? await after.papersShown(ctx, planned.id) : []}
      token={token}
      task={some.task ?? blankForm(ctx.ambito_id)}
      proposal={some.proposal ?? blankForm(ctx.ambito_id)}
    />
  )
}
routes.openForm(open.mine, forms.ownTaskForm, {
  show: (ctx, params, task) => minePage(ctx, params, { task }),
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { l, token }, { task, ...input }) {
    const { member } = await after.memberOfLink(ctx, token)
    await doOwnTask(ctx, member.id, task, input)
    return open.mine.href({ l, token })
  },
})
routes.openForm(open.propose, forms.proposalForm, {
  show: (ctx, params, proposal) => minePage(ctx, params, { proposal }),
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { l, token }, input) {
    const { seats } = await after.memberOfLink(ctx, token)
    const [seat] = seats
    if (!seat) throw new NotFound()
    await propose(ctx, seat, input)
    return open.mine.href({ l, token })
  },
})
routes.openForm(open.remark, forms.remarkForm, {
  async show(ctx, { l, token, meeting: id }, form) {
    inStaffWords(l)
    const { member, meeting } = await after.minutesOfLink(ctx, token, id)
    const agenda = await agendaOf(ctx, meeting)
    const bodies = await bodiesByName(ctx)
    return (
      <DraftPage
        agenda={agenda}
        html={htmlIn(agenda)}
        came={(await attendancesOf(ctx, id)).map((one) => ({ body: bodies.get(one.organisation_id) ?? '' }))}
        mine={(await remarksOf(ctx, id)).filter(({ member_id }) => member_id === member.id)}
        token={token}
        form={form}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { l, token, meeting }, { text }) {
    const { member } = await after.minutesOfLink(ctx, token, meeting)
    await after.remark(ctx, meeting, member.id, text)
    return open.remark.href({ l, token, meeting })
  },
})
routes.open(
  open.minutes,
  async (ctx, { token, meeting: id }) => {
    const { meeting } = await after.minutesOfLink(ctx, token, id)
    const bodies = await bodiesByName(ctx)
    return minutesDocument(ctx, {
      ...(await agendaOf(ctx, meeting)),
      came: (await attendancesOf(ctx, id)).map((one) => ({ ...one, body: bodies.get(one.organisation_id) ?? '' })),
      corrections: await correctionsOf(ctx, id),
    })
  },
  false,
)

// --- what somebody has taken on -------------------------------------------------------------------------------------

routes.openForm(open.task, forms.taskLinkForm, {
  async show(ctx, { l, token }, form) {
    inStaffWords(l)
    const task = await taskOfLink(ctx, token)
    return <TaskLinkPage task={{ ...task, body: '' }} form={form} />
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { l, token }, input) {
    await doTaskByLink(ctx, token, input)
    return open.task.href({ l, token })
  },
})
