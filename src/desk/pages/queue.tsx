import { ButtonForm } from '../../ui/button-form.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Live } from '../../ui/live.tsx'
import { Name } from '../../ui/name.tsx'
import { Time } from '../../ui/time.tsx'
import { timeInWords } from '../../ui/words-of-time.ts'
import { desk } from '../urls.ts'
import { Expected } from './appointments.tsx'
import type { Front } from './work.tsx'

type Props = { front: Pick<Front, 'opening' | 'queue' | 'expected' | 'arrival' | 'person_id'> }

/** Who waits, and the box to add who comes in. */
export function Queue({ front }: Props) {
  return (
    <section class="desk-queue" aria-labelledby="queue-title">
      <LiveQueue front={front} />
      <ArrivalForm front={front} />
    </section>
  )
}

/** What the queue is refreshed with: the list, and the box made empty. */
export function QueueAgain({ front }: Props) {
  return (
    <>
      <LiveQueue front={front} />
      <ArrivalForm front={front} again />
    </>
  )
}

const inFront = ({ arrival, person_id }: Props['front']) => ({
  arrivo: arrival ?? undefined,
  persona: person_id ?? undefined,
})

function LiveQueue({ front }: Props) {
  const { now, t } = useFrame()
  const { opening, queue, expected } = front
  return (
    <Live
      id="queue"
      href={desk.work.href({ opening: opening.id }, inFront(front))}
      changes={desk.changes.href({ opening: opening.id })}
    >
      <h2 id="queue-title" class="h5">
        {t('desk.queue.title', { count: queue.length })}
      </h2>
      {queue.length === 0 ? (
        <p class="text-muted">{t('desk.queue.empty')}</p>
      ) : (
        <ol class="queue">
          {queue.map((one) => (
            <QueueOne front={front} one={one} />
          ))}
        </ol>
      )}
      <Expected rows={expected} opening={opening.id} now={timeInWords(now, 'it')} />
    </Live>
  )
}

function QueueOne({ front, one }: Props & { one: Front['queue'][number] }) {
  const { t } = useFrame()
  const opening = front.opening.id
  const here = one.id === front.arrival
  return (
    <li class={here ? 'queue-one queue-here' : 'queue-one'} {...(here && { 'aria-current': 'true' })}>
      <span class="queue-who">
        <strong>{one.number}</strong>{' '}
        {one.head ? <Name latin={one.head.latin} original={one.head.original} /> : <bdi>{one.called_as || '—'}</bdi>}{' '}
        <span>
          {one.appointment_at && (
            <>
              {t('desk.queue.at')} <Time at={one.appointment_at} /> ·{' '}
            </>
          )}
          <Time at={one.arrived_at} />
        </span>
      </span>
      <span class="queue-deeds">
        {!one.called_at && (
          <ButtonForm action={desk.call.href({ opening, arrival: one.id })}>{t('desk.queue.call')}</ButtonForm>
        )}
        {one.called_at && !here && (
          <a
            class="btn btn-outline-primary"
            href={desk.work.href({ opening }, { arrivo: one.id, persona: one.person_id ?? undefined })}
          >
            {t('desk.queue.serve')}
          </a>
        )}
        <ButtonForm action={desk.leave.href({ opening, arrival: one.id }, inFront(front))} kind="quiet" into="#queue">
          {t('desk.queue.leave')}
        </ButtonForm>
      </span>
    </li>
  )
}

/** Sent by htmx, so that a visit half written stays where it is. */
function ArrivalForm({ front, again }: Props & { again?: boolean }) {
  const { t, ambito } = useFrame()
  const action = desk.arrivals.href({ opening: front.opening.id }, inFront(front))
  return (
    <form
      id="arrival"
      method="post"
      action={action}
      class="arrival-form"
      hx-post={action}
      hx-target="#queue"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      {...(again && { 'hx-swap-oob': 'true' })}
    >
      <input type="hidden" name="_once" value={crypto.randomUUID()} />
      <input type="hidden" name="_ambito" value={ambito.id} />
      <label for="called_as">
        {t('desk.queue.called_as')} <kbd>A</kbd>
      </label>
      <input
        id="called_as"
        name="called_as"
        class="form-control"
        autocomplete="off"
        dir="auto"
        maxlength={80}
        data-key="a"
        aria-keyshortcuts="a"
      />
      <button class="btn btn-outline-primary" type="submit">
        {t('desk.queue.arrive')}
      </button>
    </form>
  )
}
