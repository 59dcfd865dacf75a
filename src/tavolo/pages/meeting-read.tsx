/** A meeting as a member reads it, who has no account: when and where, what it is about, its papers. */
import { dayOf } from '../../kernel/clock.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Day, TimeRange } from '../../ui/time.tsx'
import type { Agenda } from '../actions/reading.ts'
import type { Meeting } from '../store/meetings.ts'
import { open } from '../urls.ts'
import { Carried, FromElsewhere, useItemTitle, Written } from './words.tsx'

export type Papers = readonly { id: string; title: string }[]

export function MeetingFacts({ meeting }: { meeting: Meeting }) {
  const { t } = useFrame()
  return (
    <Facts
      of={[
        [t('tavolo.meeting.day'), <Day on={meeting.on_day} />],
        [t('tavolo.meeting.time'), <TimeRange from={meeting.starts_at} to={meeting.ends_at} />],
        [t('tavolo.meeting.mode'), t(`tavolo.mode.${meeting.mode}`)],
        meeting.mode !== 'in_person' &&
          meeting.link !== '' && [t('tavolo.meeting.link'), <Link href={meeting.link}>{meeting.link}</Link>],
        meeting.mode !== 'online' && meeting.place !== '' && [t('tavolo.meeting.place'), meeting.place],
      ]}
    />
  )
}

export function ReadAgenda({ of, html }: { of: Agenda; html: ReadonlyMap<string, string> }) {
  const { t, now } = useFrame()
  const titleOf = useItemTitle()
  return (
    <>
      <h2>{t('tavolo.agenda.title')}</h2>
      {of.items.length === 0 && <p class="text-muted">{t('tavolo.agenda.empty')}</p>}
      <ol>
        {of.items.map((item) => (
          <li>
            <strong>{titleOf(item)}</strong> {item.brought_by && <span class="text-muted">{item.brought_by}</span>}
            <Written html={html.get(`explained ${item.id}`) ?? ''} />
            <FromElsewhere item={item} />
          </li>
        ))}
      </ol>
      <h2>{t('tavolo.carried.title')}</h2>
      <Carried tasks={of.carried} today={dayOf(now)} links={false} />
    </>
  )
}

export function PaperList({ papers, token }: { papers: Papers; token: string }) {
  const { t, lang } = useFrame()
  if (papers.length === 0) return null
  return (
    <>
      <h2>{t('tavolo.papers.title')}</h2>
      <ul>
        {papers.map(({ id, title }) => (
          <li>
            <a href={open.paper.href({ l: lang, token, file: id })}>{title}</a>
          </li>
        ))}
      </ul>
    </>
  )
}
