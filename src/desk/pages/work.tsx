import type { Form } from '../../kernel/form.ts'
import type { AtAGlance, HeadLine } from '../../people/actions.ts'
import type { Kin } from '../../people/parts.tsx'
import { Callout } from '../../ui/callout.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day, Time } from '../../ui/time.tsx'
import { Undo } from '../../ui/undo.tsx'
import type { informationForm, searchForm, visitForm } from '../forms.ts'
import type { Appointment } from '../store/appointments.ts'
import type { Opening } from '../store/openings.ts'
import type { Visit, Waiting } from '../store.ts'
import { desk } from '../urls.ts'
import { Known } from './known.tsx'
import { Queue } from './queue.tsx'
import { VisitCard } from './visit-card.tsx'
import { NobodyYet, WhoIsIt } from './who.tsx'

/** Who stands in front of the desk, and what is known of them. */
export type InFront = {
  person: HeadLine
  kin: Kin
  glance: AtAGlance
  history: Visit[]
  /** Names of the address book, offered where somebody is sent. */
  bodies: string[]
}
export type Front = {
  opening: Opening
  queue: (Waiting & { head: HeadLine | null })[]
  /** Those with an appointment here today. */
  expected: Appointment[]
  /** Whose turn it is. */
  arrival: string | null
  person_id: string | null
  here: InFront | null
  /** The visit just saved, while it can be undone. */
  undo: { id: string; visits: number; seconds: number } | null
}
export type Search = { form: Form<typeof searchForm>; lines: HeadLine[]; needs_more: boolean } | null
type Props = {
  front: Front
  search: Search
  visit: Form<typeof visitForm>
  information: Form<typeof informationForm>
  problem?: string | undefined
}

/** The operator's screen: who waits, who is here and what they need, what is known of them. */
export function WorkPage({ front, search, visit, information, problem }: Props) {
  const { t } = useFrame()
  const { opening, here } = front
  return (
    <Page
      title={t(`desk.kind.${opening.kind as 'foreigners'}`)}
      lead={
        <>
          <Day on={opening.on_day} />, <Time at={opening.starts_at} />–<Time at={opening.ends_at} />{' '}
          {opening.place && <>· {opening.place}</>}
        </>
      }
      actions={
        <a class="btn btn-outline-primary" href={desk.list.href({ opening: opening.id })}>
          {t('desk.work.list')}
        </a>
      }
      wide
    >
      <div class={here ? 'desk desk-busy' : 'desk'}>
        <Queue front={front} />
        <div class="desk-middle">
          {front.undo && (
            <Undo
              action={desk.undo.href({ opening: opening.id })}
              values={{ visit: front.undo.id }}
              seconds={front.undo.seconds}
            >
              {t('desk.said.visit', { visits: front.undo.visits })}
            </Undo>
          )}
          {problem && <Callout state="bad">{problem}</Callout>}
          <NowServed front={front} />
          <WhoIsIt front={front} search={search} first={!here} />
          {here ? (
            <VisitCard front={front} form={visit} of={here} />
          ) : (
            <NobodyYet front={front} information={information} />
          )}
        </div>
        <aside class="desk-side" aria-label={t('desk.work.known')}>
          {here ? (
            <Known front={front} of={here} />
          ) : (
            <EmptyState pictogram="users">{t('desk.work.nobody_chosen')}</EmptyState>
          )}
        </aside>
      </div>
    </Page>
  )
}

/** The number called, as long as nobody knows whose it is. */
function NowServed({ front: { queue, arrival, here } }: { front: Front }) {
  const { t } = useFrame()
  const now = queue.find((one) => one.id === arrival)
  if (!now || here) return null
  return (
    <h2 class="h5">
      {t('desk.work.now', { number: now.number })} <bdi>{now.called_as}</bdi>
    </h2>
  )
}
