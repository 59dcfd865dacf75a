import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { Details } from '../ui/details.tsx'
import { useFrame } from '../ui/frame.ts'
import { Day, Moment, Time } from '../ui/time.tsx'
import { notesFor } from './actions.ts'
import { AppointmentChip } from './pages/appointments.tsx'
import { VisitList } from './pages/visit-list.tsx'
import { may } from './rules.ts'
import { type Appointment, appointmentsOfPersons } from './store/appointments.ts'
import { type Visit, visitsOfPersons } from './store.ts'
import { desk } from './urls.ts'

type Notes = Awaited<ReturnType<typeof notesFor>>

/** The desk's part of a person's file: the visits as a line of time, and the notes the reader may read. */
export async function deskSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  if (!ctx.actor.can(may.see)) return []
  const visits = await visitsOfPersons(ctx, person_ids)
  const notes = await notesFor(ctx, person_ids)
  return [
    {
      order: 10,
      title: ctx.t('desk.file.title'),
      body: (
        <DeskFile
          visits={visits}
          notes={notes}
          appointments={await appointmentsOfPersons(ctx, person_ids)}
          person={person_ids[0] as string}
          writes={ctx.actor.can(may.write_note)}
        />
      ),
    },
  ]
}

function DeskFile({
  visits,
  notes,
  appointments,
  person,
  writes,
}: {
  visits: Visit[]
  notes: Notes
  appointments: Appointment[]
  person: string
  writes: boolean
}) {
  const { t } = useFrame()
  return (
    <>
      <VisitList visits={visits} />
      <Details summary={t('desk.file.notes', { count: notes.length })}>
        <ul class="plain">
          {notes.map((note) => (
            <li>
              <p class="timeline-when">
                <Moment at={note.recorded_at} as="short" /> {note.closed_to === 'lawyer' && t('desk.note.closed')}
              </p>
              <p class="written">{note.text}</p>
            </li>
          ))}
        </ul>
      </Details>
      <Appointments rows={appointments} person={person} />
      {writes && (
        <p>
          <a href={desk.note.href({ person })}>{t('desk.file.write_note')}</a>
        </p>
      )}
    </>
  )
}

function Appointments({ rows, person }: { rows: Appointment[]; person: string }) {
  const { t } = useFrame()
  return (
    <Details summary={t('desk.file.appointments')}>
      <ul class="plain">
        {rows.map((one) => (
          <li>
            <a href={desk.appointment.href({ appointment: one.id })}>
              <Day on={one.on_day} as="short" /> <Time at={one.starts_at} />
            </a>{' '}
            <AppointmentChip of={one} />
          </li>
        ))}
      </ul>
      <p>
        <a href={desk.give.href({}, { persona: person })}>{t('desk.agenda.give')}</a>
      </p>
    </Details>
  )
}
