/** One point while it is spoken of: words, decisions, what is to be done. The agenda stays beside it. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Moment } from '../../ui/time.tsx'
import type { AgendaItem, ItemWhole } from '../actions/reading.ts'
import type { itemChangeForm, saidForm } from '../forms.ts'
import { itemSeen } from '../rules/seen.ts'
import { tavolo } from '../urls.ts'
import { ItemForm } from './meeting-agenda.tsx'
import { Due, FromElsewhere, Owner, useItemTitle, Written } from './words.tsx'

export type WritingForms = {
  said: Form<typeof saidForm>
  item: Form<typeof itemChangeForm>
}
type Props = ItemWhole & {
  /** As the agenda shows it; absent while it waits for a meeting. */
  shown: AgendaItem | undefined
  points: readonly AgendaItem[]
  forms: WritingForms
  owners: readonly { value: string; text: string }[]
  html: { said: string; explained: string }
  /** Approved, or cancelled: it is read. */
  closed: boolean
  problem: string | undefined
}
const wrong = (form: { errors: object }) => Object.keys(form.errors).length > 0

export function WritingPage({ item, meeting, writings, shown, points, forms, owners, html, closed, problem }: Props) {
  const { t } = useFrame()
  const titleOf = useItemTitle()
  const id = { item: item.id }
  const at = points.findIndex((one) => one.id === item.id)
  const next = at >= 0 ? points[at + 1] : undefined
  const newest = writings[0]
  const elsewhere = wrong(forms.said) && newest && String(forms.said.values.version) !== String(item.version)
  return (
    <Page
      title={titleOf(shown ?? item)}
      lead={
        meeting ? (
          <a href={tavolo.meeting.href({ meeting: meeting.id })}>{t('tavolo.item.back')}</a>
        ) : (
          t('tavolo.waiting')
        )
      }
      wide
    >
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {points.length > 1 && (
        <nav aria-label={t('tavolo.agenda.title')}>
          <ol>
            {points.map((one) => (
              <li>
                {one.id === item.id ? (
                  <strong aria-current="page">{titleOf(one)}</strong>
                ) : (
                  <a href={tavolo.said.href({ item: one.id })}>{titleOf(one)}</a>
                )}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <Written html={html.explained} />
      {shown && <FromElsewhere item={shown} />}
      {closed && (
        <>
          <Written html={html.said} />
          {meeting && <Decided of={shown} />}
          {meeting && <TakenOn of={shown} />}
        </>
      )}
      {elsewhere && (
        <Callout state="wait" title={t('tavolo.said.newer')}>
          <p>
            <bdi>{newest.by || '—'}</bdi> · <Moment at={newest.recorded_at} as="short" />
          </p>
          <pre class="written">{item.said}</pre>
        </Callout>
      )}
      {!closed && (
        // One form: whoever adds a decision has not lost what they were writing.
        <FormCard form={forms.said} action={tavolo.said.href(id)} submit={t('tavolo.said.save')}>
          <Hidden name="version" value={String(item.version)} />
          <Field
            form={forms.said}
            name="said"
            kind="textarea"
            rows={12}
            label={t('tavolo.said.text')}
            hint={t('tavolo.markdown.hint')}
            optional
          />
          {html.said && (
            <Details summary={t('tavolo.said.shown')}>
              <Written html={html.said} />
            </Details>
          )}
          {meeting && (
            <>
              <Decided of={shown} />
              <Field
                form={forms.said}
                name="decision"
                kind="textarea"
                rows={2}
                label={t('tavolo.decision.add')}
                hint={t('tavolo.decision.hint')}
                optional
              />
              <TakenOn of={shown} />
              <Field form={forms.said} name="what" label={t('tavolo.task.add')} max_length={500} optional />
              <Select form={forms.said} name="owner" label={t('tavolo.task.owner')} options={owners} optional />
              <Field form={forms.said} name="due_on" kind="date" label={t('tavolo.task.due')} optional />
            </>
          )}
        </FormCard>
      )}
      {next && (
        <p>
          <a class="btn btn-outline-primary" href={tavolo.said.href({ item: next.id })}>
            {t('tavolo.item.next')}
          </a>
        </p>
      )}
      {!closed && (
        <>
          <Details summary={t('tavolo.item.change')} open={wrong(forms.item)}>
            {'form' in forms.item.errors && <StandsNow item={item} form={forms.item} />}
            <ItemForm
              form={forms.item}
              action={tavolo.item.href(id)}
              submit={t('tavolo.item.save')}
              seen={itemSeen(item)}
            />
          </Details>
          <div class="actions">
            {meeting && (
              <ButtonForm action={tavolo.postponement.href(id)} kind="quiet">
                {t('tavolo.item.postpone')}
              </ButtonForm>
            )}
            <ButtonForm action={tavolo.itemGone.href(id)} kind="quiet" sure={t('tavolo.item.remove_sure')}>
              {t('tavolo.item.remove')}
            </ButtonForm>
          </div>
        </>
      )}
      {writings.length > 1 && (
        <Details summary={t('tavolo.said.history', { count: writings.length })}>
          {writings.map((one) => (
            <>
              <p class="text-muted">
                <bdi>{one.by || '—'}</bdi> · <Moment at={one.recorded_at} as="short" />
              </p>
              <pre class="written">{one.said}</pre>
            </>
          ))}
        </Details>
      )}
    </Page>
  )
}

function Decided({ of }: { of: AgendaItem | undefined }) {
  const { t } = useFrame()
  return (
    <>
      <h2>{t('tavolo.decisions')}</h2>
      {(of?.decisions ?? []).map((decision) => (
        <p>
          <a href={tavolo.decision.href({ decision: decision.id })}>
            {decision.number
              ? t('tavolo.decision.number', { number: decision.number, year: decision.year })
              : t('tavolo.decision.title')}
          </a>{' '}
          {decision.text}
        </p>
      ))}
    </>
  )
}

function TakenOn({ of }: { of: AgendaItem | undefined }) {
  const { t, now } = useFrame()
  return (
    <>
      <h2>{t('tavolo.tasks')}</h2>
      {(of?.tasks ?? []).map((task) => (
        <p>
          <a href={tavolo.task.href({ task: task.id })}>{task.what}</a> · <Owner task={task} /> ·{' '}
          <Due task={task} today={dayOf(now)} />
        </p>
      ))}
    </>
  )
}

/** What somebody else made of the point meanwhile, where it is not what was typed here. */
function StandsNow({ item, form }: { item: ItemWhole['item']; form: WritingForms['item'] }) {
  const { t } = useFrame()
  const names = ['title', 'explained', 'brought_by', 'minutes', 'position'] as const
  const differs = names.filter((name) => `${item[name] ?? ''}` !== `${form.values[name] ?? ''}`)
  if (differs.length === 0) return null
  return (
    <Callout state="wait" title={t('tavolo.said.newer')}>
      <Facts of={differs.map((name) => [t(`tavolo.item.${name}`), String(item[name] ?? '') || '—'])} />
    </Callout>
  )
}
