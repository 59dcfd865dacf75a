/** The ledger listens to courses: who has a place, who came, who gained a level, what began and ended. */
import {
  attendanceWithdrawn,
  certificateIssued,
  editionEnded,
  editionStarted,
  enrolled,
  lessonAttended,
  levelGained,
  levelWithdrawn,
} from '../../courses/events.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { on } from '../../kernel/events.ts'
import {
  evidenceTakenBack,
  factsOfAttendances,
  factsOfCertificates,
  factsOfEditions,
  factsOfEnrolments,
  factsOfLevels,
  levelEvidence,
} from '../rules/courses.ts'
import type { Told } from '../rules/facts.ts'
import { recordFacts, reverse } from './ledger.ts'

const record = async (ctx: Ctx, facts: readonly Told[]) => {
  await recordFacts(ctx, facts)
}

export const coursesListeners = [
  on(enrolled, 'monitoring.courses_enrolments', (ctx, events) => record(ctx, factsOfEnrolments(events))),
  on(lessonAttended, 'monitoring.courses_attendances', (ctx, events) => record(ctx, factsOfAttendances(events))),
  on(attendanceWithdrawn, 'monitoring.courses_attendances_withdrawn', async (ctx, events) => {
    await reverse(ctx, evidenceTakenBack(events))
  }),
  on(levelGained, 'monitoring.courses_levels', (ctx, events) => record(ctx, factsOfLevels(events))),
  on(levelWithdrawn, 'monitoring.courses_levels_withdrawn', async (ctx, events) => {
    await reverse(
      ctx,
      events.map(({ event_id, payload }) => ({ event_id, evidence: levelEvidence(payload.level_id) })),
    )
  }),
  on(editionStarted, 'monitoring.courses_started', (ctx, events) =>
    record(ctx, factsOfEditions('courses.started', events)),
  ),
  on(editionEnded, 'monitoring.courses_completed', (ctx, events) =>
    record(ctx, factsOfEditions('courses.completed', events)),
  ),
  on(certificateIssued, 'monitoring.courses_certificates', (ctx, events) => record(ctx, factsOfCertificates(events))),
]
