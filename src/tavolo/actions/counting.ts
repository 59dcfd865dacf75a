/** The ledger hears of the tavolo here; and of which authorities the project supported (O.2.2), wherever that was. */
import { lessonAttended } from '../../courses/events.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Announced, on } from '../../kernel/events.ts'
import { callDone } from '../../mediation/events.ts'
import { recordFacts, reverse, type Told } from '../../monitoring/actions.ts'
import { settingOf } from '../../programme/actions.ts'
import { isPublicBody, organisations } from '../../territory/actions.ts'
import { attendanceWithdrawn, attended, meetingHeld } from '../events.ts'
import { authorities, isAuthority } from '../rules/settings.ts'

const memberEvidence = (id: string) => `tavolo.member:${id}`
const attendanceEvidence = (id: string) => `tavolo.attendance:${id}`

async function authorityIds(ctx: Ctx) {
  const which = await settingOf(ctx, authorities)
  return new Set(
    (await organisations(ctx)).filter(({ kind }) => isAuthority(kind, isPublicBody(kind), which)).map(({ id }) => id),
  )
}

type Given = { event_id: string; action: string; on: string; organisation_id: string | null; evidence: string }
/** A local or regional authority was given something by the project. */
async function supported(ctx: Ctx, given: readonly Given[]) {
  const ids = await authorityIds(ctx)
  await recordFacts(
    ctx,
    given.flatMap(({ event_id, action, on: on_day, organisation_id, evidence }): Told[] =>
      organisation_id && ids.has(organisation_id)
        ? [
            {
              event_id,
              kind: 'authority.supported',
              action,
              person_id: null,
              on_day,
              organisation: organisation_id,
              evidence,
            },
          ]
        : [],
    ),
  )
}

type Came = {
  attendance_id: string
  meeting_id: string
  member_id: string
  organisation_id: string
  first: boolean
  on: string
}
async function hearAttended(ctx: Ctx, events: readonly Announced<Came>[]) {
  await recordFacts(
    ctx,
    events.map(({ event_id, payload }) => ({
      event_id,
      kind: payload.first ? 'tavolo.attendance' : 'tavolo.represented',
      action: '01',
      person_id: null,
      on_day: payload.on,
      organisation: payload.organisation_id,
      evidence: payload.first ? memberEvidence(payload.member_id) : attendanceEvidence(payload.attendance_id),
    })),
  )
  await supported(
    ctx,
    events.map(({ event_id, payload }) => ({
      event_id,
      action: '01',
      on: payload.on,
      organisation_id: payload.organisation_id,
      evidence: attendanceEvidence(payload.attendance_id),
    })),
  )
}

type Withdrawn = {
  attendance_id: string
  member_id: string
  still: string | null
  still_attendance?: string
  on: string
}
/**
 * Of the person only what was of that day: other meetings stand. Who came for another body all the same is counted for that,
 * which is then no second body any more.
 */
async function hearWithdrawn(ctx: Ctx, events: readonly Announced<Withdrawn>[]) {
  for (const { event_id, payload } of events) {
    const { attendance_id, member_id, still, still_attendance, on: on_day } = payload
    await reverse(ctx, [{ event_id, evidence: memberEvidence(member_id), on_day }])
    await reverse(ctx, [{ event_id, evidence: attendanceEvidence(attendance_id) }]).catch(whenUnheard)
    if (!still) continue
    // An attendance is withdrawn once: the same fact is never told twice under it.
    const told = { event_id: attendance_id, action: '01', person_id: null, on_day, organisation: still }
    await recordFacts(ctx, [{ ...told, kind: 'tavolo.attendance', evidence: memberEvidence(member_id) }])
    if (!still_attendance) continue
    const evidence = attendanceEvidence(still_attendance)
    await reverse(ctx, [{ event_id, evidence }]).catch(whenUnheard)
    await supported(ctx, [{ event_id: attendance_id, action: '01', on: on_day, organisation_id: still, evidence }])
  }
}
function whenUnheard(error: unknown) {
  if (!(error instanceof Error) || !error.message.startsWith('taken back before')) throw error
}

export const countingListeners = [
  on(meetingHeld, 'tavolo.count_meeting', async (ctx, events) => {
    await recordFacts(
      ctx,
      events.map(({ event_id, payload }) => ({
        event_id,
        kind: 'tavolo.meeting',
        action: '01',
        person_id: null,
        on_day: payload.on,
        minutes: payload.minutes,
        evidence: `tavolo.meeting:${payload.meeting_id}`,
      })),
    )
  }),
  on(attended, 'tavolo.count_attended', hearAttended),
  on(attendanceWithdrawn, 'tavolo.count_withdrawn', hearWithdrawn),
  on(callDone, 'tavolo.count_mediation', (ctx, events) =>
    supported(
      ctx,
      events.map(({ event_id, payload }) => ({
        event_id,
        action: '02',
        on: payload.on,
        organisation_id: payload.organisation_id,
        evidence: `mediation.call:${payload.call_id}`,
      })),
    ),
  ),
  on(lessonAttended, 'tavolo.count_training', (ctx, events) =>
    supported(
      ctx,
      events.map(({ event_id, payload }) => ({
        event_id,
        action: payload.action,
        on: payload.on,
        organisation_id: payload.organisation_id,
        evidence: `courses.trainee:${payload.trainee_id ?? payload.attendance_id}`,
      })),
    ),
  ),
]
