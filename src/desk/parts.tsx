import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { Details } from '../ui/details.tsx'
import { useFrame } from '../ui/frame.ts'
import { Moment } from '../ui/time.tsx'
import { notesFor } from './actions.ts'
import { VisitList } from './pages/visit-list.tsx'
import { may } from './rules.ts'
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
  person,
  writes,
}: {
  visits: Visit[]
  notes: Notes
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
      {writes && (
        <p>
          <a href={desk.note.href({ person })}>{t('desk.file.write_note')}</a>
        </p>
      )}
    </>
  )
}
