/** What was decided, for ever. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { asFilters, Filters } from '../../ui/filters.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { TaskShown } from '../actions/reading.ts'
import type { correctionForm, decisionTextForm } from '../forms.ts'
import { asSeen } from '../rules/seen.ts'
import type { Correction } from '../store/after.ts'
import type { Decision } from '../store/decisions.ts'
import { tavolo } from '../urls.ts'
import { Carried, useMeetingTitle } from './words.tsx'

export function DecisionsPage({
  rows,
  total,
  years,
  page,
  size,
  query,
}: {
  rows: readonly Decision[]
  total: number
  years: readonly number[]
  page: number
  size: number
  query: URLSearchParams
}) {
  const { t } = useFrame()
  const form = asFilters(query, ['cerca', 'anno'])
  const asked = { cerca: query.get('cerca') ?? undefined, anno: query.get('anno') ?? undefined }
  return (
    <Page
      title={t('tavolo.decisions.title')}
      lead={t('tavolo.decisions.lead')}
      wide
      actions={
        <Actions>
          <ExportLink href={tavolo.decisionsExport.href({}, asked)} />
        </Actions>
      }
    >
      <Filters
        action={tavolo.decisions.href()}
        active={Boolean(asked.cerca || asked.anno)}
        submit={t('tavolo.decisions.search')}
      >
        <Field form={form} name="cerca" kind="search" label={t('tavolo.decisions.words')} search />
        <Select
          form={form}
          name="anno"
          label={t('tavolo.decisions.year')}
          options={years.map((year) => ({ value: String(year), text: String(year) }))}
          none={t('tavolo.decisions.all_years')}
        />
      </Filters>
      <Table
        caption={t('tavolo.decisions.found', { count: total })}
        rows={rows}
        empty={t(asked.cerca || asked.anno ? 'tavolo.decisions.nothing' : 'tavolo.decisions.empty')}
        columns={[
          {
            header: t('tavolo.decision.number_head'),
            names: true,
            cell: ({ id, number, year, withdrawn_at }) => (
              <>
                <a href={tavolo.decision.href({ decision: id })}>{`${number}/${year}`}</a>{' '}
                {withdrawn_at && <Chip state="none">{t('tavolo.decision.withdrawn')}</Chip>}
              </>
            ),
          },
          { header: t('tavolo.decision.day'), cell: ({ on_day }) => <Day on={on_day} as="numeric" /> },
          { header: t('tavolo.decision.text'), cell: ({ text }) => text },
          { header: t('tavolo.item.title'), cell: ({ item_title }) => item_title ?? '' },
          { header: t('tavolo.decision.followed'), cell: (decision) => <Followed decision={decision} /> },
        ]}
      />
      <Pager
        page={page}
        total={total}
        size={size}
        href={(to) => tavolo.decisions.href({}, { ...asked, pagina: to > 1 ? to : undefined })}
      />
    </Page>
  )
}

/** Decided is not done: what was taken on with it, and whether the people have heard. */
function Followed({ decision: { followed, answered_on } }: { decision: Pick<Decision, 'followed' | 'answered_on'> }) {
  const { t } = useFrame()
  const { all, open, late } = followed
  const state = late > 0 ? 'bad' : open > 0 ? 'wait' : 'good'
  if (all === 0 && !answered_on) return <>—</>
  return (
    <>
      {all > 0 && <Chip state={state}>{t('tavolo.decision.followed.state', { open, late })}</Chip>}{' '}
      {answered_on && <Chip state="info">{t('tavolo.decision.answered')}</Chip>}
    </>
  )
}

export function DecisionPage({
  decision,
  tasks,
  corrections,
  keeps,
  form,
  correction,
  problem,
  theme,
}: {
  decision: Decision
  tasks: readonly TaskShown[]
  corrections: readonly Correction[]
  keeps: boolean
  form: Form<typeof decisionTextForm>
  correction: Form<typeof correctionForm>
  problem: string | undefined
  /** Where the answer to the people is written. */
  theme: string | undefined
}) {
  const { t, now } = useFrame()
  const titled = useMeetingTitle()
  const { number, year } = decision
  const open = decision.approved_on === null && decision.withdrawn_at === null
  return (
    <Page
      title={number ? t('tavolo.decision.number', { number, year }) : t('tavolo.decision.title')}
      lead={
        <a href={tavolo.meeting.href({ meeting: decision.meeting_id })}>
          {titled({ number: decision.meeting_number, on_day: decision.on_day })}
        </a>
      }
    >
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      <p class="written">{decision.text}</p>
      <Facts
        of={[
          [t('tavolo.item.title'), decision.item_title],
          [
            t('tavolo.minutes.state'),
            decision.withdrawn_at
              ? t('tavolo.decision.withdrawn')
              : decision.approved_on
                ? t('tavolo.standing.approved')
                : t('tavolo.standing.draft'),
          ],
          decision.answered_on !== null && [t('tavolo.theme.answered'), <Day on={decision.answered_on} as="date" />],
        ]}
      />
      {tasks.length > 0 && (
        <>
          <h2>{t('tavolo.decision.followed')}</h2>
          <Carried tasks={tasks} today={dayOf(now)} links />
        </>
      )}
      {theme && keeps && (
        <p>
          <a class="btn btn-outline-primary" href={theme}>
            {t('tavolo.theme.answer')}
          </a>
        </p>
      )}
      {corrections.map(({ on_day, text }) => (
        <Callout state="info" title={t('tavolo.corrections.one')}>
          <p>
            <Day on={on_day} as="date" />: {text}
          </p>
        </Callout>
      ))}
      {keeps && open && (
        <>
          <Details summary={t('tavolo.decision.change')} open={Object.keys(form.errors).length > 0}>
            <FormCard
              form={form}
              action={tavolo.decisionText.href({ decision: decision.id })}
              submit={t('tavolo.decision.save')}
              quiet
            >
              <Hidden name="seen" value={asSeen(decision.text)} />
              <Field form={form} name="text" kind="textarea" label={t('tavolo.decision.text')} />
            </FormCard>
          </Details>
          <ButtonForm
            action={tavolo.decisionGone.href({ decision: decision.id })}
            kind="quiet"
            sure={t('tavolo.decision.withdraw_sure')}
          >
            {t('tavolo.decision.withdraw')}
          </ButtonForm>
        </>
      )}
      {keeps && decision.approved_on !== null && (
        <Details summary={t('tavolo.corrections.add')} open={Object.keys(correction.errors).length > 0}>
          <FormCard
            form={correction}
            action={tavolo.correction.href({ meeting: decision.meeting_id })}
            submit={t('tavolo.corrections.save')}
            quiet
          >
            <p>{t('tavolo.corrections.lead')}</p>
            <Hidden name="decision_id" value={decision.id} />
            <Field
              form={correction}
              name="text"
              id="f-correction"
              kind="textarea"
              label={t('tavolo.corrections.text')}
            />
          </FormCard>
        </Details>
      )}
    </Page>
  )
}
