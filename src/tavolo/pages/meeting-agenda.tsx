/** The points of an agenda, what was decided apart from them, and how a point is asked. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Day, Minutes } from '../../ui/time.tsx'
import type { AgendaItem, MeetingWhole } from '../actions/reading.ts'
import type { itemChangeForm, itemForm } from '../forms.ts'
import { tavolo } from '../urls.ts'
import { Due, FromElsewhere, Owner, useItemTitle, Written } from './words.tsx'

export function Point({
  item,
  at,
  html,
  keeps,
}: {
  item: AgendaItem
  at: number
  html: ReadonlyMap<string, string>
  keeps: boolean
}) {
  const { t, now } = useFrame()
  const titleOf = useItemTitle()
  const today = dayOf(now)
  return (
    <section class="form-card" aria-labelledby={`p-${item.id}`}>
      <h3 id={`p-${item.id}`}>
        {at + 1}. {titleOf(item)}
      </h3>
      <p class="text-muted">
        {item.kind !== 'topic' && <Chip state="none">{t(`tavolo.kind.${item.kind}`)}</Chip>}{' '}
        {item.brought_by && <bdi>{item.brought_by}</bdi>} {item.minutes !== null && <Minutes of={item.minutes} />}
        {item.answered_on && (
          <Chip state="good">
            {t('tavolo.theme.answered')} <Day on={item.answered_on} as="numeric" />
          </Chip>
        )}
      </p>
      <Written html={html.get(`explained ${item.id}`) ?? ''} />
      <FromElsewhere item={item} />
      <Written html={html.get(item.id) ?? ''} />
      {item.decisions.map((decision) => (
        <p>
          <a href={tavolo.decision.href({ decision: decision.id })}>
            <strong>
              {decision.number
                ? t('tavolo.decision.number', { number: decision.number, year: decision.year })
                : t('tavolo.decision.title')}
            </strong>
          </a>{' '}
          {decision.text}
        </p>
      ))}
      {item.tasks.map((task) => (
        <p>
          <a href={tavolo.task.href({ task: task.id })}>
            <strong>{t('tavolo.task.title')}</strong>
          </a>{' '}
          {task.what} · <Owner task={task} /> · <Due task={task} today={today} />
        </p>
      ))}
      {keeps && (
        <p>
          <a href={tavolo.said.href({ item: item.id })}>{t('tavolo.item.write')}</a>
        </p>
      )}
    </section>
  )
}

/** What the register of before says without a point of its own. */
export function Loose({ of: { loose } }: { of: MeetingWhole }) {
  const { t, now } = useFrame()
  if (loose.decisions.length + loose.tasks.length === 0) return null
  return (
    <>
      <h3>{t('tavolo.loose')}</h3>
      {loose.decisions.map((decision) => (
        <p>
          <a href={tavolo.decision.href({ decision: decision.id })}>
            {t('tavolo.decision.number', { number: decision.number ?? 0, year: decision.year })}
          </a>{' '}
          {decision.text}
        </p>
      ))}
      {loose.tasks.map((task) => (
        <p>
          <a href={tavolo.task.href({ task: task.id })}>{t('tavolo.task.title')}</a> {task.what} · <Owner task={task} />{' '}
          · <Due task={task} today={dayOf(now)} />
        </p>
      ))}
    </>
  )
}

export function ItemForm({
  form: given,
  action,
  submit,
  seen,
}: {
  form: Form<typeof itemForm> | Form<typeof itemChangeForm>
  action: string
  submit: string
  seen?: string
}) {
  const form = given as Form<typeof itemForm>
  const { t } = useFrame()
  return (
    <FormCard form={form} action={action} submit={submit} quiet>
      {seen && <Hidden name="seen" value={seen} />}
      <Field form={form} name="title" id="f-item-title" label={t('tavolo.item.title')} max_length={200} />
      <Field
        form={form}
        name="explained"
        id="f-item-explained"
        kind="textarea"
        label={t('tavolo.item.explained')}
        hint={t('tavolo.markdown.hint')}
        optional
      />
      <Field form={form} name="brought_by" id="f-item-by" label={t('tavolo.item.brought_by')} optional />
      <Field form={form} name="minutes" id="f-item-minutes" kind="number" label={t('tavolo.item.minutes')} optional />
      <Field
        form={form}
        name="position"
        id="f-item-position"
        kind="number"
        label={t('tavolo.item.position')}
        hint={t('tavolo.item.position.hint')}
        optional
      />
    </FormCard>
  )
}
