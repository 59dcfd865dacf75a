/**
 * The way of an issue to its readers: a job that works in short rounds and queues the next one, so that a server that stops
 * is never waited for. Some lines to the mail server carry one letter after the other, no faster than the Ambito has said.
 *
 * A letter is claimed in the database when all but its last dot has gone to the server, and not before: killed before that,
 * the server has taken nothing and the letter waits; killed after it, nobody can know, and it is listed as doubted and not sent
 * again by itself. Claims and ends of all lines are written together, one commit for as many as wait.
 */
import { setTimeout as rest } from 'node:timers/promises'
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { announce, later, type OutsideJob, slowJob } from '../../kernel/events.ts'
import { changed } from '../../kernel/live.ts'
import { faultOf, log } from '../../kernel/log.ts'
import { writeInFolder } from '../../kernel/mail-delivery.ts'
import { type Line, NotEnded, openLine } from '../../kernel/mail-line.ts'
import { openPace, stopwatch } from '../../kernel/pace.ts'
import { projectOf, settingOf } from '../../programme/actions.ts'
import { issueSent } from '../events.ts'
import { type Answer, minutesOfTrouble, minutesUntilAgain, verdictOf } from '../rules/delivery.ts'
import { ratePerSecond, senderName } from '../rules/settings.ts'
import * as store from '../store/delivery.ts'
import { changeIssue, findIssue, lettersOf, lockIssue } from '../store/issues.ts'
import { openEnvelopes } from './envelopes.ts'

const round_ms = 5_000
const lines_at_once = 12
const readers_at_once = 500
/** A line that breaks so often in a row is the server's trouble, not the letter's. */
const breaks_in_a_row = 3

export const topicOf = (issue_id: string) => `newsletter:${issue_id}`

export const deliverIssue = slowJob<{ issue_id: string }>('newsletter.deliver', deliver)
export const queueDelivery = (ctx: Ctx, issue_id: string, at?: Temporal.Instant) =>
  later(
    ctx,
    deliverIssue,
    { issue_id },
    {
      key: `newsletter.deliver:${issue_id}`,
      queue: `newsletter.deliver:${ctx.ambito_id}`,
      ...(at && { at }),
    },
  )

async function deliver(outside: OutsideJob, { issue_id }: { issue_id: string }) {
  const round = await outside.open((ctx) => beginRound(ctx, issue_id, outside.config.mail_from))
  if (!round) return
  const scribe = openScribe(outside, issue_id)
  const next = openReaders(outside, issue_id)
  const pace = openPace(round.rate)
  const passed = stopwatch()
  let trouble: string | undefined
  const lines = Array.from({ length: Math.min(lines_at_once, round.rate) }, async () => {
    let line: Line | undefined
    let breaks = 0
    try {
      while (trouble === undefined && passed() < round_ms) {
        const reader = await next()
        if (!reader) return
        await pace()
        const bytes = await bytesFor(round, reader)
        if (!outside.config.smtp_url) {
          if (await scribe.claim(reader.subscriber_id)) {
            writeInFolder(outside.config.data_dir, `${issue_id}-${reader.subscriber_id}`, bytes)
            scribe.end({ subscriber_id: reader.subscriber_id, end: 'sent', answer: '', again_at: null })
          }
          continue
        }
        try {
          line = line?.usable ? line : await openLine(outside.config.smtp_url)
        } catch (fault) {
          trouble ??= verdictSaid(fault)
          return
        }
        const end = await carry(line, { from: outside.config.mail_from, to: reader.email ?? '' }, bytes, () =>
          scribe.claim(reader.subscriber_id),
        )
        if (end.kind === 'not_ours') continue
        if (end.kind === 'trouble') {
          trouble ??= end.said
          return
        }
        breaks = end.kind === 'sent' || line.usable ? 0 : breaks + 1
        scribe.end({ ...endingOf(reader, end, round.now), suppress: end.kind === 'refused' && end.suppress })
        if (end.kind !== 'sent' && breaks >= breaks_in_a_row) trouble ??= end.said
      }
    } finally {
      line?.close()
    }
  })
  for (const end of await Promise.allSettled(lines)) {
    if (end.status === 'fulfilled') continue
    // Ours and not the server's: looked at again after a pause, as if it were.
    trouble ??= 'internal'
    log.error({ issue: issue_id, ...faultOf(end.reason) }, 'letters not sent')
  }
  await scribe.settled()
  await outside.open((ctx) => endRound(ctx, issue_id, trouble))
}

type Round = Exclude<Awaited<ReturnType<typeof beginRound>>, undefined>

async function beginRound(ctx: Ctx, issue_id: string, mail_from: string) {
  const issue = await findIssue(ctx, issue_id)
  if (!issue.started_at || issue.halted_at || issue.finished_at) return undefined
  await store.doubtUnended(ctx, issue_id)
  await store.passOver(ctx, issue_id)
  const host = new URL(ctx.base_url).hostname
  return {
    now: ctx.now,
    rate: await settingOf(ctx, ratePerSecond),
    seal: ctx.seal,
    base_url: ctx.base_url,
    issue_id,
    mail_from,
    date: new Date(Number(instantOf(issue.started_at).epochMilliseconds)),
    sender: (await settingOf(ctx, senderName)) || ctx.ambito.name,
    list_id: `${ctx.ambito.name.replaceAll(/[^\p{L}\p{N} '-]/gu, ' ')} <newsletter.${ctx.ambito.slug}.${host}>`,
    reply_to: await replyTo(ctx),
    envelopes: new Map<string, ReturnType<typeof openEnvelopes>>(),
    letters: new Map((await lettersOf(ctx, issue_id)).map((letter) => [letter.language, letter])),
  }
}

/** Where answers go; an Ambito without a project has none. */
async function replyTo(ctx: Ctx) {
  try {
    return (await projectOf(ctx)).contact
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

async function endRound(ctx: Ctx, issue_id: string, trouble: string | undefined) {
  const issue = await lockIssue(ctx, issue_id)
  if (issue.halted_at || issue.finished_at) return
  const due = await store.nextDue(ctx, issue_id)
  if (due === null) {
    await changeIssue(ctx, issue_id, { finished_at: ctx.now.toString(), trouble_at: null, troubles: 0, trouble: '' })
    announce(ctx, issueSent, { issue_id, on: ctx.today, sent: (await store.resultOf(ctx, issue_id)).sent })
  } else if (trouble !== undefined) {
    const troubles = issue.troubles + 1
    await changeIssue(ctx, issue_id, { trouble_at: issue.trouble_at ?? ctx.now.toString(), troubles, trouble })
    queueDelivery(ctx, issue_id, ctx.now.add({ minutes: minutesOfTrouble(troubles) }))
  } else {
    await changeIssue(ctx, issue_id, { trouble_at: null, troubles: 0, trouble: '' })
    queueDelivery(ctx, issue_id, due.startsWith('-') ? undefined : instantOf(due))
  }
  await changed(ctx, topicOf(issue_id))
}

// --- one letter -----------------------------------------------------------------------------------------------------

function bytesFor(round: Round, { subscriber_id, language, email, name }: store.Reader) {
  const letter = round.letters.get(language) ?? round.letters.get('it')
  if (!letter) throw new Error('an issue without letters')
  const envelopes = round.envelopes.get(letter.language) ?? openEnvelopes(round, letter)
  round.envelopes.set(letter.language, envelopes)
  return envelopes.then((fill) => fill({ subscriber_id, email: email ?? '', name }))
}

type End = ReturnType<typeof verdictOf> | { kind: 'sent' } | { kind: 'not_ours' }

async function carry(
  line: Line,
  envelope: { from: string; to: string },
  bytes: Buffer,
  claim: () => Promise<boolean>,
): Promise<End> {
  let ended = false
  try {
    await line.carry(envelope, bytes, async () => {
      ended = await claim()
      return ended
    })
    return { kind: 'sent' }
  } catch (fault) {
    if (fault instanceof NotEnded) return { kind: 'not_ours' }
    const verdict = verdictOf(fault as Answer, ended)
    // What one address is answered stands on the page of the issue; the log hears of what concerns them all.
    if (verdict.kind === 'trouble' || verdict.kind === 'doubted')
      log.warn({ verdict: verdict.kind, answer: (fault as Answer).responseCode, ...faultOf(fault) }, 'letter not sent')
    return verdict
  }
}
const verdictSaid = (fault: unknown) => verdictOf(fault as Answer, false).said

function endingOf(
  { subscriber_id, attempts }: store.Reader,
  end: Exclude<End, { kind: 'trouble' | 'not_ours' }>,
  now: Temporal.Instant,
): store.Ending {
  if (end.kind === 'sent') return { subscriber_id, end: 'sent', answer: '', again_at: null }
  if (end.kind !== 'again') return { subscriber_id, end: end.kind, answer: end.said, again_at: null }
  const minutes = minutesUntilAgain(attempts + 1)
  return minutes === undefined
    ? { subscriber_id, end: 'refused', answer: end.said, again_at: null }
    : { subscriber_id, end: 'again', answer: end.said, again_at: now.add({ minutes }).toString() }
}

// --- what the lines share -------------------------------------------------------------------------------------------

/** One reader after the other, fetched a few hundred at a time. */
function openReaders({ open }: OutsideJob, issue_id: string) {
  let waiting: store.Reader[] = []
  let last = '00000000-0000-0000-0000-000000000000'
  let fetching: Promise<void> | undefined
  let done = false
  const fetch = async () => {
    const more = await open((ctx) => store.nextReaders(ctx, issue_id, last, readers_at_once))
    waiting = more
    last = more.at(-1)?.subscriber_id ?? last
    done = more.length === 0
    fetching = undefined
  }
  return async () => {
    for (;;) {
      const reader = waiting.shift()
      if (reader) return reader
      if (done) return undefined
      fetching ??= fetch()
      await fetching
    }
  }
}

type Claim = { id: string; resolve(ours: boolean): void; reject(fault: unknown): void }
/** After an answer of the server its meaning must not get lost: a database that is away for a moment is waited for. */
const most_tries = 60
const told_every_ms = 700

function openScribe({ open }: OutsideJob, issue_id: string) {
  let claims: Claim[] = []
  let endings: (store.Ending & { suppress?: boolean })[] = []
  let writing: Promise<void> | undefined
  const passed = stopwatch()
  let told = -told_every_ms
  let broken: unknown

  async function write() {
    // The lines that answer in the same moment are written together.
    await new Promise((turn) => setImmediate(turn))
    for (let tries = 1; claims.length > 0 || endings.length > 0; ) {
      const [asked, ended] = [claims, endings]
      ;[claims, endings] = [[], []]
      const tell = passed() - told > told_every_ms
      try {
        const ours = await open(async (ctx) => {
          await store.recordEndings(
            ctx,
            issue_id,
            ended.map(({ suppress, ...ending }) => ending),
          )
          await store.suppress(
            ctx,
            ended.flatMap(({ subscriber_id, answer, suppress }) => (suppress ? [{ subscriber_id, why: answer }] : [])),
          )
          if (tell) await changed(ctx, topicOf(issue_id))
          return store.claim(
            ctx,
            issue_id,
            asked.map(({ id }) => id),
          )
        })
        if (tell) told = passed()
        tries = 1
        for (const { id, resolve } of asked) resolve(ours.has(id))
      } catch (fault) {
        // Whose claim cannot be written is not ended: the server has taken nothing.
        for (const { reject } of asked) reject(fault)
        endings = [...ended, ...endings]
        if (tries++ === most_tries) {
          broken = fault
          for (const { reject } of claims) reject(fault)
          throw fault
        }
        await rest(1000)
      }
    }
    writing = undefined
  }
  const begin = () => {
    writing ??= write()
    // Its fault is met again by whoever waits for the end.
    writing.catch(() => {})
  }

  return {
    claim: (id: string) =>
      new Promise<boolean>((resolve, reject) => {
        if (broken) return reject(broken)
        claims.push({ id, resolve, reject })
        begin()
      }),
    end(ending: store.Ending & { suppress?: boolean }) {
      endings.push(ending)
      begin()
    },
    settled: async () => writing,
  }
}
