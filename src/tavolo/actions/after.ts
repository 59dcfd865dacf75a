/** After a meeting: the draft goes round, is remarked on, approved, and its gist is published. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, publish } from '../../kernel/events.ts'
import {
  type FileRow,
  filesOf,
  keepFile,
  papers as paperKinds,
  removeFile,
  serveFile,
} from '../../kernel/files/files.ts'
import { languages } from '../../kernel/i18n.ts'
import { changed } from '../../kernel/live.ts'
import { sendMail } from '../../kernel/mail.ts'
import type { Upload } from '../../kernel/routes.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { minutesApproved } from '../events.ts'
import { may } from '../rules/may.ts'
import { standingOf, stillOpen } from '../rules/meetings.ts'
import { namesIn } from '../rules/names.ts'
import * as store from '../store/after.ts'
import { decisionsOf } from '../store/decisions.ts'
import { findLink, makeLink } from '../store/links.ts'
import * as meetings from '../store/meetings.ts'
import * as members from '../store/members.ts'
import { tasksGivenAt } from '../store/tasks.ts'
import { open } from '../urls.ts'
import { topicOf } from './meetings.ts'
import { memberLink } from './members.ts'

// --- the draft ------------------------------------------------------------------------------------------------------

/** To whoever was invited or came, each with their own page, and what they have taken on with a link for each. */
export async function sendDraft(ctx: Ctx, id: string) {
  const meeting = await meetings.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  refuse({ form: meeting.held_at ? undefined : 'tavolo.error.not_held' })
  const asked = (await meetings.invitationsOf(ctx, id)).map(({ member_id }) => member_id)
  const came = (await meetings.attendancesOf(ctx, id)).map(({ member_id }) => member_id)
  const tasks = await tasksGivenAt(ctx, id)
  const t = ctx.words.translate('it')
  const day = dayInWords(meeting.on_day, 'it', ctx.today, 'date')
  let sent = 0
  for (const member of await readers(ctx, [...asked, ...came])) {
    const own = tasks.filter(({ member_id, closed_on }) => member_id === member.id && closed_on === null)
    const lines = [
      t(meeting.draft_sent_at ? 'tavolo.mail.draft_again' : 'tavolo.mail.draft', { day }),
      ctx.base_url + open.mine.href({ l: 'it', token: await memberLink(ctx, member.id) }),
    ]
    for (const task of own)
      lines.push(`${t('tavolo.mail.task', { what: task.what })}\n${await taskAddress(ctx, task.id)}`)
    await sendMail(ctx, {
      to: member.email,
      kind: 'tavolo.draft',
      subject: t('tavolo.mail.draft.subject', { day }),
      text: `${[...lines, t('tavolo.mail.foot', { ambito: ctx.ambito.name })].join('\n\n')}\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    sent++
  }
  await meetings.updateMeeting(ctx, id, { draft_sent_at: ctx.now.toString() })
  await changed(ctx, topicOf(id))
  return sent
}

/** Each person once, who has an address and still sits at the tavolo. */
async function readers(ctx: Ctx, ids: readonly string[]) {
  const sitting = new Set((await members.seatsOn(ctx, ctx.today)).map(({ member_id }) => member_id))
  const wanted = new Set(ids)
  return (await members.listMembers(ctx)).filter(({ id, email }) => wanted.has(id) && sitting.has(id) && email !== '')
}

const task_link_days = 120
export async function taskAddress(ctx: Ctx, task_id: string) {
  const token = await makeLink(ctx, 'task', task_id, ctx.now.add({ hours: 24 * task_link_days }))
  return ctx.base_url + open.task.href({ l: 'it', token })
}

// --- remarks --------------------------------------------------------------------------------------------------------

export async function remark(ctx: Ctx, meeting_id: string, member_id: string | null, text: string) {
  const meeting = await meetings.lockMeeting(ctx, meeting_id)
  refuse(stillOpen(meeting))
  refuse({ form: standingOf(meeting) === 'draft' ? undefined : 'tavolo.error.no_draft' })
  await store.insertRemark(ctx, { meeting_id, member_id, text })
  await changed(ctx, topicOf(meeting_id))
}

export async function settleRemark(ctx: Ctx, id: string, how = '') {
  const found = await store.findRemark(ctx, id)
  allow(ctx.actor.can(may.keep))
  if (!found.settled_at) await store.settleRemark(ctx, id, how)
  await changed(ctx, topicOf(found.meeting_id))
  return found.meeting_id
}

// --- approval -------------------------------------------------------------------------------------------------------

/** From now on the database itself refuses to change them. */
export async function approve(
  ctx: Ctx,
  id: string,
  { on_day, approved_in }: { on_day: string; approved_in?: string | undefined },
) {
  const meeting = await meetings.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  const at = approved_in
    ? (await meetings.listMeetings(ctx)).find((one) => one.id === approved_in && one.id !== id && !one.cancelled_at)
    : undefined
  const left = (await store.remarksOf(ctx, id)).filter(({ settled_at }) => !settled_at).length
  refuse({
    form: !meeting.held_at
      ? 'tavolo.error.not_held'
      : left > 0
        ? ['tavolo.error.remarks_left', { count: left }]
        : undefined,
    on_day:
      on_day > ctx.today
        ? 'tavolo.error.after_today'
        : on_day < meeting.on_day
          ? 'tavolo.error.before_held'
          : undefined,
    approved_in: approved_in && !at ? 'kernel.form.not_a_choice' : undefined,
  })
  await meetings.updateMeeting(ctx, id, {
    approved_at: ctx.now.toString(),
    approved_by: ctx.actor.account_id,
    approved_on: on_day,
    approved_in: at?.id ?? null,
  })
  announce(ctx, minutesApproved, { meeting_id: id, on: on_day })
  await changed(ctx, topicOf(id))
}

/** Approved minutes stay as they are; this stands beside them, with its day. */
export async function correct(
  ctx: Ctx,
  id: string,
  { text, decision_id }: { text: string; decision_id?: string | undefined },
) {
  const meeting = await meetings.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse({ form: meeting.approved_at ? undefined : 'tavolo.error.not_approved' })
  const known = decision_id && (await decisionsOf(ctx, id)).some((one) => one.id === decision_id)
  refuse({ decision_id: decision_id && !known ? 'kernel.form.not_a_choice' : undefined })
  await store.insertCorrection(ctx, { meeting_id: id, decision_id: decision_id ?? null, text })
}

// --- for everybody --------------------------------------------------------------------------------------------------

const isPublicLanguage = (language: string) => (languages as readonly string[]).includes(language)

export async function extractToWrite(ctx: Ctx, id: string, language: string) {
  const meeting = await meetings.findMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  if (!isPublicLanguage(language)) throw new NotFound()
  const extracts = await store.extractsOf(ctx, [id])
  const decisions = await decisionsOf(ctx, id)
  return {
    meeting,
    extract: extracts.find((one) => one.language === language),
    source: extracts.find((one) => one.language === 'it'),
    /** What a first Italian version can begin with: what was decided, as it was decided. */
    proposed: decisions.map(({ text }) => `- ${text}`).join('\n'),
  }
}

/** Nobody's name: what is published is read by everybody, for ever. */
export async function writeExtract(ctx: Ctx, id: string, extract: store.ExtractText) {
  const meeting = await meetings.findMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  if (!isPublicLanguage(extract.language)) throw new NotFound()
  refuse({ form: meeting.held_at ? undefined : 'tavolo.error.not_held' })
  const named = await namesOfMembers(ctx, `${extract.title} ${extract.body}`)
  refuse({ body: named.length > 0 ? ['tavolo.error.named', { names: named.join(', ') }] : undefined })
  await store.insertExtract(ctx, id, extract)
  if (await store.publishedOf(ctx, id)) publish(ctx)
}
const namesOfMembers = async (ctx: Ctx, text: string) =>
  namesIn(
    text,
    (await members.listMembers(ctx)).map(({ name }) => name),
  )

export async function publishExtract(ctx: Ctx, id: string) {
  const meeting = await meetings.lockMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  const italian = (await store.extractsOf(ctx, [id])).find(({ language }) => language === 'it')
  refuse({
    form: !meeting.approved_at ? 'tavolo.error.not_approved' : italian ? undefined : 'tavolo.error.no_extract',
  })
  await store.insertPublication(ctx, id, ctx.today)
  publish(ctx)
}
export async function withdrawExtract(ctx: Ctx, id: string) {
  await meetings.findMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  await store.withdrawPublication(ctx, id)
  publish(ctx)
}

/** For the public pages: the language asked for, or Italian saying so. */
export async function extractsShown(ctx: Ctx) {
  const published = await store.listPublished(ctx)
  const texts = Map.groupBy(
    await store.extractsOf(
      ctx,
      published.map(({ id }) => id),
    ),
    ({ meeting_id }) => meeting_id,
  )
  return published.flatMap((meeting) => {
    const all = texts.get(meeting.id) ?? []
    const text = all.find(({ language }) => language === ctx.lang) ?? all.find(({ language }) => language === 'it')
    return text ? [{ ...meeting, text }] : []
  })
}
export type ExtractShown = Awaited<ReturnType<typeof extractsShown>>[number]

export async function extractShown(ctx: Ctx, number: string) {
  const found = (await extractsShown(ctx)).find((one) => String(one.number) === number)
  if (!found) throw new NotFound()
  return found
}

// --- papers ---------------------------------------------------------------------------------------------------------

export const owner = 'tavolo'

export async function addPaper(ctx: Ctx, meeting_id: string, title: string, upload: Upload | undefined) {
  const meeting = await meetings.lockMeeting(ctx, meeting_id)
  allow(ctx.actor.can(may.keep))
  refuse({ form: meeting.cancelled_at ? 'tavolo.error.cancelled' : undefined })
  const file = await keepFile(ctx, upload, { owner, purpose: 'paper', accept: paperKinds })
  await store.insertPaper(ctx, { file_id: file.id, meeting_id, title })
}

export async function papersShown(ctx: Ctx, meeting_id: string): Promise<(FileRow & { title: string })[]> {
  const papers = await store.papersOf(ctx, meeting_id)
  const files = new Map(
    (
      await filesOf(
        ctx,
        owner,
        papers.map(({ file_id }) => file_id),
      )
    ).map((file) => [file.id, file]),
  )
  return papers.flatMap(({ file_id, title }) => {
    const file = files.get(file_id)
    return file ? [{ ...file, title }] : []
  })
}

export async function servePaper(ctx: Ctx, file_id: string) {
  await store.findPaper(ctx, file_id)
  allow(ctx.actor.can(may.see))
  return serveFile(ctx, owner, file_id)
}

export async function meetingOfPaper(ctx: Ctx, file_id: string) {
  return (await store.findPaper(ctx, file_id)).meeting_id
}

export async function removePaper(ctx: Ctx, file_id: string) {
  const paper = await store.findPaper(ctx, file_id)
  allow(ctx.actor.can(may.keep))
  await store.removePaper(ctx, file_id)
  await removeFile(ctx, owner, file_id)
  return paper.meeting_id
}

// --- by link --------------------------------------------------------------------------------------------------------

export async function memberOfLink(ctx: Ctx, token: string) {
  const link = await findLink(ctx, 'member', token)
  if (!link) throw new NotFound()
  const member = await members.findMember(ctx, link.thing_id)
  const seats = (await members.seatsOfMember(ctx, member.id)).filter(
    ({ until_on }) => until_on === null || until_on >= ctx.today,
  )
  if (seats.length === 0) throw new NotFound()
  return { member, seats }
}

/** Minutes a member may read: sent round, or approved. */
export async function minutesOfLink(ctx: Ctx, token: string, meeting_id: string) {
  const { member, seats } = await memberOfLink(ctx, token)
  const meeting = await meetings.findMeeting(ctx, meeting_id)
  if (!meeting.draft_sent_at && !meeting.approved_at) throw new NotFound()
  return { member, seats, meeting }
}

export async function paperOfLink(ctx: Ctx, token: string, file_id: string) {
  const link = (await findLink(ctx, 'invitation', token)) ?? (await findLink(ctx, 'member', token))
  if (!link) throw new NotFound()
  await store.findPaper(ctx, file_id)
  return serveFile(ctx, owner, file_id)
}
