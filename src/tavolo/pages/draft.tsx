/** Minutes to be approved, for those who were there to remark on. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { Agenda, AgendaItem } from '../actions/reading.ts'
import type { remarkForm } from '../forms.ts'
import { open } from '../urls.ts'
import { Due, FromElsewhere, Owner, StandingChip, useItemTitle, useMeetingTitle, Written } from './words.tsx'

export function DraftPage({
  agenda,
  html,
  came,
  mine,
  token,
  form,
}: {
  agenda: Agenda
  html: ReadonlyMap<string, string>
  came: readonly { body: string }[]
  /** Their own remarks, and whether they were seen to. */
  mine: readonly { text: string; settled_at: string | null; settled_how: string }[]
  token: string
  form: Form<typeof remarkForm>
}) {
  const { t, lang, now } = useFrame()
  const titled = useMeetingTitle()
  const titleOf = useItemTitle()
  const { meeting, standing } = agenda
  const bodies = [...new Set(came.map(({ body }) => body))].sort((a, b) => a.localeCompare(b, 'it'))
  return (
    <Page title={titled(meeting)} lead={<StandingChip of={standing} />}>
      <p>
        <a href={open.minutes.href({ l: lang, token, meeting: meeting.id })}>{t('tavolo.minutes.pdf')}</a>
      </p>
      <p>
        {t('tavolo.presence.bodies')} {bodies.join(', ')}
      </p>
      {agenda.items.map((item: AgendaItem, at) => (
        <section aria-labelledby={`p-${item.id}`}>
          <h2 id={`p-${item.id}`}>
            {at + 1}. {titleOf(item)}
          </h2>
          <FromElsewhere item={item} />
          <Written html={html.get(item.id) ?? ''} />
          {item.decisions.map(({ number, year, text }) => (
            <p>
              <strong>{t('tavolo.decision.number', { number: number ?? 0, year })}</strong> {text}
            </p>
          ))}
          {item.tasks.map((task) => (
            <p>
              <strong>{t('tavolo.task.title')}</strong> {task.what} · <Owner task={task} /> ·{' '}
              <Due task={task} today={dayOf(now)} />
            </p>
          ))}
        </section>
      ))}
      {mine.length > 0 && <h2>{t('tavolo.remarks.mine')}</h2>}
      {mine.map(({ text, settled_at, settled_how }) => (
        <p class="written">
          {text} {settled_at && <Chip state="good">{t('tavolo.remarks.settled')}</Chip>} {settled_how}
        </p>
      ))}
      {standing === 'draft' && (
        <FormCard form={form} submit={t('tavolo.remarks.send')}>
          <Field form={form} name="text" kind="textarea" label={t('tavolo.remarks.text')} />
        </FormCard>
      )}
      <p>
        <a href={open.mine.href({ l: lang, token })}>{t('tavolo.back')}</a>
      </p>
    </Page>
  )
}
