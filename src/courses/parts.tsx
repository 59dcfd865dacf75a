import { dayOf, instantOf } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { Day } from '../ui/time.tsx'
import { type Hours, hoursOf } from './actions/outcomes.ts'
import { HoursAndPercent } from './pages/hours.tsx'
import { StateChip } from './pages/people.tsx'
import { editionsNamed } from './store/editions.ts'
import { type Enrolment, enrolmentsOfPersons } from './store/enrolments.ts'
import { courses } from './urls.ts'

type Line = Enrolment & { title: string; hours: Hours | undefined }

/** The courses of a person: where they stand and how often they came. */
export async function coursesSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  const enrolments = await enrolmentsOfPersons(ctx, person_ids)
  if (enrolments.length === 0) return []
  const editions = await editionsNamed(ctx, [...new Set(enrolments.map(({ edition_id }) => edition_id))])
  const hours = new Map<string, Map<string, Hours>>()
  for (const edition of editions) hours.set(edition.id, await hoursOf(ctx, edition))
  const lines = enrolments.map((one) => ({ ...one, hours: hours.get(one.edition_id)?.get(one.id) }))
  return [{ order: 35, title: ctx.t('courses.file.title'), body: <Courses lines={lines} /> }]
}

function Courses({ lines }: { lines: readonly Line[] }) {
  return (
    <ul class="plain">
      {lines.map(({ id, title, state, recorded_at, hours }) => (
        <li>
          <a href={courses.enrolment.href({ enrolment: id })}>{title}</a> <StateChip of={state} />{' '}
          <Day on={dayOf(instantOf(recorded_at))} as="short" />
          {hours && (
            <>
              {' · '}
              <HoursAndPercent of={hours} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
