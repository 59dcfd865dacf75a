/** What came of it: dated levels, hours and percent, certificates. */
import { randomBytes } from 'node:crypto'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { announce } from '../../kernel/events.ts'
import { alfaIsAStep, certificateThreshold, settingOf } from '../../programme/actions.ts'
import type { Moment } from '../codes.ts'
import {
  certificateIssued,
  certificateRevoked,
  levelGained,
  levelWithdrawn,
  refresherCompleted,
  selfRated,
} from '../events.ts'
import type { LevelInput } from '../forms.ts'
import { factsOf } from '../rules/facts.ts'
import { falls, gained } from '../rules/levels.ts'
import { standing } from '../rules/marks.ts'
import { may } from '../rules/may.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import * as store from '../store/register.ts'
import { maySee } from './editions.ts'

// --- levels ---------------------------------------------------------------------------------------------------------

const last = (levels: readonly enrolments.Level[], moment: string) =>
  levels.filter((one) => one.moment === moment).at(-1)

/** R.2.8 follows by itself: the exit level that is a step above the entry level is announced, and taken back when corrected. */
export async function assess(ctx: Ctx, enrolment_id: string, { sure, ...input }: LevelInput) {
  const enrolment = await enrolments.lockEnrolment(ctx, enrolment_id)
  await maySee(ctx, enrolment.edition_id)
  allow(ctx.actor.can(may.assess))
  const edition = await editions.findEdition(ctx, enrolment.edition_id)
  const before = await enrolments.levelsOf(ctx, [enrolment_id])
  const other = last(before, input.moment === 'entry' ? 'exit' : 'entry')
  const [entry, exit] = input.moment === 'entry' ? [input, other] : [other, input]
  refuse({
    on_day:
      input.on_day > ctx.today
        ? 'courses.error.level_future'
        : entry && exit && exit.on_day < entry.on_day
          ? 'courses.error.level_order'
          : undefined,
    level: falls(entry?.level, exit?.level) && !sure ? 'courses.error.level_falls' : undefined,
  })
  await recordLevel(ctx, edition, enrolment, input, before)
}

/** As it was found or read in a register; what it proves is announced, and taken back when it proves it no longer. */
export async function recordLevel(
  ctx: Ctx,
  edition: editions.Edition,
  enrolment: enrolments.Enrolment,
  input: Pick<enrolments.Level, 'moment' | 'level' | 'on_day' | 'assessor'>,
  before: readonly enrolments.Level[],
) {
  const id = await enrolments.insertLevel(ctx, { enrolment_id: enrolment.id, ...input })
  await announceGain(ctx, edition, enrolment, before, [...before, { ...input, id }])
}

type LevelSaid = Pick<enrolments.Level, 'id' | 'moment' | 'level' | 'on_day'>
async function announceGain(
  ctx: Ctx,
  edition: editions.Edition,
  { person_id }: enrolments.Enrolment,
  before: readonly LevelSaid[],
  after: readonly LevelSaid[],
) {
  if (edition.kind !== 'language' || !person_id) return
  const alfa = await settingOf(ctx, alfaIsAStep)
  const was = gainIn(before, alfa)
  const is = gainIn(after, alfa)
  if (was && was.id !== is?.id) announce(ctx, levelWithdrawn, { level_id: was.id, on: ctx.today })
  if (is && was?.id !== is.id)
    announce(ctx, levelGained, { ...factsOf(edition, is.on_day), level_id: is.id, person_id })
}
/** The level that proves the gain: the exit one. */
function gainIn(levels: readonly LevelSaid[], alfa: boolean) {
  const [entry, exit] = ['entry', 'exit'].map((moment) => levels.filter((one) => one.moment === moment).at(-1))
  return gained(entry?.level, exit?.level, alfa) ? exit : undefined
}

/** Of whoever has no file yet it is announced when there is one. */
export function announceRated(
  ctx: Ctx,
  edition: editions.Edition,
  { id, person_id }: Pick<enrolments.Enrolment, 'id' | 'person_id'>,
  rating: { id: string; moment: string; on_day: string },
) {
  if (!person_id) return
  announce(ctx, selfRated, {
    ...factsOf(edition, rating.on_day),
    rating_id: rating.id,
    enrolment_id: id,
    person_id,
    moment: rating.moment as Moment,
  })
}

// --- hours ----------------------------------------------------------------------------------------------------------

/** `percent` is null where nobody knows how long the course was. */
export type Hours = { minutes: number; lessons: number; percent: number | null }

/** Attended in closed lessons, against the hours of the course. */
export async function hoursOf(ctx: Ctx, { id, planned_minutes }: Pick<editions.Edition, 'id' | 'planned_minutes'>) {
  const closed = (await editions.lessonsOf(ctx, [id])).filter(({ closed_at }) => closed_at)
  const marks = await store.marksOf(
    ctx,
    closed.map((lesson) => lesson.id),
  )
  const hours = new Map<string, Hours>()
  for (const [, own] of Map.groupBy(marks, ({ lesson_id, enrolment_id }) => `${lesson_id} ${enrolment_id}`)) {
    const { now } = standing(own)
    if (!now?.present) continue
    const { minutes, lessons } = hours.get(now.enrolment_id) ?? { minutes: 0, lessons: 0 }
    const all = minutes + now.minutes
    const percent = planned_minutes === null ? null : Math.min(1, all / planned_minutes)
    hours.set(now.enrolment_id, { minutes: all, lessons: lessons + 1, percent })
  }
  return hours
}

export const thresholdOf = (ctx: Ctx) => settingOf(ctx, certificateThreshold)

/** A letter is never taken for a figure. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const suffix = () => Array.from(randomBytes(4), (byte) => letters[byte % 32]).join('')

/** For those ticked who came often enough and have none that is valid. */
export async function issueCertificates(ctx: Ctx, edition_id: string, ids: readonly string[]) {
  const edition = await editions.lockEdition(ctx, edition_id)
  allow(ctx.actor.can(may.certify))
  const known = new Map((await enrolments.enrolmentsOf(ctx, edition_id)).map((one) => [one.id, one]))
  refuse({
    form: !edition.ended_on
      ? 'courses.error.not_ended'
      : edition.planned_minutes === null
        ? 'courses.error.incomplete'
        : undefined,
    enrolments:
      ids.length === 0
        ? 'courses.error.nobody_ticked'
        : ids.every((id) => known.has(id))
          ? undefined
          : 'kernel.form.not_a_choice',
  })
  const hours = await hoursOf(ctx, edition)
  const threshold = await thresholdOf(ctx)
  const valid = new Set(
    (await store.certificatesOf(ctx, edition_id)).filter((one) => !one.revoked_at).map((one) => one.enrolment_id),
  )
  const levels = Map.groupBy(await enrolments.levelsOf(ctx, ids), ({ enrolment_id }) => enrolment_id)
  const year = ctx.today.slice(0, 4)
  let number = await store.nextNumber(ctx, year)
  let issued = 0
  for (const id of new Set(ids)) {
    const own = hours.get(id)
    if (!own || (own.percent ?? 0) * 100 < threshold || valid.has(id)) continue
    const certificate_id = await store.insertCertificate(ctx, {
      number: `${year}-${String(number++).padStart(4, '0')}-${suffix()}`,
      enrolment_id: id,
      minutes: own.minutes,
      planned_minutes: edition.planned_minutes as number,
      level: last(levels.get(id) ?? [], 'exit')?.level ?? null,
      issued_on: ctx.today,
    })
    const { person_id, trainee_id } = known.get(id) as enrolments.Enrolment
    announce(ctx, certificateIssued, { ...factsOf(edition, ctx.today), certificate_id, person_id })
    if (edition.kind === 'mediators' && trainee_id && edition.ended_on)
      announce(ctx, refresherCompleted, { edition_id, trainee_id, on: edition.ended_on, minutes: own.minutes })
    issued++
  }
  return { issued, left_out: new Set(ids).size - issued }
}

export async function revoke(ctx: Ctx, id: string, reason: string) {
  const certificate = await store.findCertificate(ctx, id)
  allow(ctx.actor.can(may.certify))
  refuse({ form: certificate.revoked_at ? 'courses.error.already_revoked' : undefined })
  await store.insertRevocation(ctx, id, reason)
  announce(ctx, certificateRevoked, { certificate_id: id, on: ctx.today })
  return certificate.edition_id
}

export async function certificateSeen(ctx: Ctx, id: string) {
  const certificate = await store.findCertificate(ctx, id)
  await maySee(ctx, certificate.edition_id)
  allow(ctx.actor.can(may.see_people))
  return certificate
}

/** Who may be asked about a course once it is over: participants that came at least once. */
export async function participantsOf(ctx: Ctx, edition_id: string) {
  const edition = await editions.findEdition(ctx, edition_id)
  const hours = await hoursOf(ctx, edition)
  return (await enrolments.enrolmentsOf(ctx, edition_id)).flatMap(({ id, person_id, lang }) =>
    person_id && hours.has(id) ? [{ enrolment_id: id, person_id, language: lang }] : [],
  )
}

export async function traineeContact(ctx: Ctx, id: string) {
  const { email, name } = await enrolments.findTrainee(ctx, id)
  return { email, name }
}

/** A number as written on paper or read from its square; NotFound is said kindly by the page. */
export async function certificateToVerify(ctx: Ctx, typed: string) {
  const number = typed.toUpperCase().replaceAll(/\s/g, '')
  return (await store.certificateNumbered(ctx, number)) ?? null
}
