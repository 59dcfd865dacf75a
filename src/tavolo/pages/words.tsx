/** Small parts that several pages of the tavolo show. */
import { raw } from 'hono/html'
import { Chip, type State } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Day } from '../../ui/time.tsx'
import { dayInWords } from '../../ui/words-of-time.ts'
import type { Agenda, AgendaItem, TaskShown } from '../actions/reading.ts'
import { codeShown, type Standing } from '../rules/meetings.ts'
import { tavolo } from '../urls.ts'

const looks = {
  planned: 'info',
  cancelled: 'none',
  held: 'wait',
  draft: 'wait',
  approved: 'good',
} as const satisfies Record<Standing, State>

export function StandingChip({ of }: { of: Standing }) {
  const { t } = useFrame()
  return <Chip state={looks[of]}>{t(`tavolo.standing.${of}`)}</Chip>
}

/** «Incontro n. 14 del 12 marzo 2026»: a title of a page, without anybody's name. */
export function useMeetingTitle() {
  const { t, lang } = useFrame()
  return ({ number, on_day }: { number: number | null; on_day: string }) =>
    number
      ? t('tavolo.meeting.numbered_of', { number, day: dayInWords(on_day, lang, '', 'date') })
      : t('tavolo.meeting.of', { day: dayInWords(on_day, lang, '', 'date') })
}

export function useItemTitle() {
  const { t, lang } = useFrame()
  return ({ kind, title, about }: Pick<AgendaItem, 'kind' | 'title'> & { about?: AgendaItem['about'] }) =>
    title ||
    (kind === 'approval' && about
      ? t('tavolo.item.approval_of', { number: about.number ?? 0, day: dayInWords(about.on_day, lang, '', 'date') })
      : kind === 'calls' || kind === 'indicators' || kind === 'approval'
        ? t(`tavolo.item.${kind}`)
        : t('tavolo.item.topic'))
}

/** Sanitized before it comes here. */
export const Written = ({ html }: { html: string }) => (html ? <div class="prose">{raw(html)}</div> : null)

export function Owner({ task }: { task: Pick<TaskShown, 'body' | 'member_name'> }) {
  const { t } = useFrame()
  const who = [task.body, task.member_name].filter(Boolean)
  if (who.length === 0) return <Chip state="wait">{t('tavolo.task.nobody')}</Chip>
  return (
    <>
      {who.map((one, at) => (
        <>
          {at > 0 && ' – '}
          <bdi>{one}</bdi>
        </>
      ))}
    </>
  )
}

type Dated = Pick<TaskShown, 'due_on' | 'closed_on' | 'dropped'>
export function Due({ task, today }: { task: Dated; today: string }) {
  const { t } = useFrame()
  if (task.closed_on)
    return (
      <Chip state={task.dropped ? 'none' : 'good'}>
        {t(task.dropped ? 'tavolo.task.dropped' : 'tavolo.task.done')} <Day on={task.closed_on} as="numeric" />
      </Chip>
    )
  if (!task.due_on) return <>—</>
  return task.due_on < today ? (
    <Chip state="bad">
      {t('tavolo.task.late')} <Day on={task.due_on} as="numeric" />
    </Chip>
  ) : (
    <Day on={task.due_on} as="short" />
  )
}

/** What was given before and is not closed: one line each, the late ones first. */
export function Carried({ tasks, today, links }: { tasks: readonly TaskShown[]; today: string; links: boolean }) {
  const { t } = useFrame()
  if (tasks.length === 0) return <p class="text-muted">{t('tavolo.carried.none')}</p>
  return (
    <ul class="plain">
      {tasks.map((task) => (
        <li>
          {links ? <a href={tavolo.task.href({ task: task.id })}>{task.what}</a> : task.what}{' '}
          <span class="text-muted">
            <Owner task={task} />
          </span>{' '}
          <Due task={task} today={today} />
        </li>
      ))}
    </ul>
  )
}

/** What other services said of a point. */
export function FromElsewhere({ item }: { item: Agenda['items'][number] }) {
  const { t } = useFrame()
  const { data, calls, kind } = item
  if (kind === 'theme')
    return (
      <p class="text-muted">{data.people ? t('tavolo.theme.people', { count: data.people }) : t('tavolo.theme.few')}</p>
    )
  const indicators = data.indicators ?? []
  if (calls.length + indicators.length === 0) return null
  return (
    <ul>
      {calls.map((call) => (
        <li>{t('tavolo.item.call', call)}</li>
      ))}
      {indicators.map(({ code, name, value, expected, target }) => (
        <li>{t('tavolo.item.indicator', { code: codeShown(code), name, value, expected, target })}</li>
      ))}
    </ul>
  )
}
