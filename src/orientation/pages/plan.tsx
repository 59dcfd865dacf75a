import type { FileRow } from '../../kernel/files/files.ts'
import type { Form } from '../../kernel/form.ts'
import { type HeadLine, PersonLine } from '../../people/parts.tsx'
import { languageName } from '../../territory/actions.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FileLine } from '../../ui/file-line.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { agreementForm } from '../forms.ts'
import type { Plan, Step } from '../store/plans.ts'
import type { Milestone, Result } from '../store/records.ts'
import type { SessionOf } from '../store/sessions.ts'
import { orientation } from '../urls.ts'
import { PlanChip } from './list.tsx'
import { type Meanwhile, MeanwhileNote } from './plan-forms.tsx'
import { Milestones, Results, Sessions } from './plan-way.tsx'
import { useWords } from './words.ts'

export type Props = {
  plan: Plan
  head: HeadLine
  adviser: string
  steps: readonly Step[]
  sessions: readonly SessionOf[]
  milestones: readonly Milestone[]
  results: readonly Result[]
  entries: readonly unknown[]
  files: readonly { file_id: string; purpose: string; file: FileRow }[]
  /** Other plans of the same person, under another file or from before. */
  others: readonly Plan[]
  signed: number
  works: boolean
  today: string
  form: Form<typeof agreementForm>
  problem: string | undefined
  meanwhile: Meanwhile | null
}

export function PlanPage(props: Props) {
  const { t } = useWords()
  const { plan, head, adviser, works, problem, meanwhile, others } = props
  const at = { plan: plan.id }
  const writes = works && !plan.closed_on
  return (
    <Page
      title={t('orientation.plan')}
      wide
      actions={
        writes && (
          <Actions>
            <a class="btn btn-primary" href={orientation.newSession.href(at)}>
              {t('orientation.session.new')}
            </a>
            <a class="btn btn-outline-primary" href={orientation.paper.href(at)}>
              {t('orientation.paper.print')}
            </a>
            <a class="btn btn-outline-primary" href={orientation.curriculum.href(at)}>
              {t('orientation.curriculum')}
            </a>
          </Actions>
        )
      }
    >
      <p>
        <PersonLine of={head} /> <PlanChip of={plan} />
      </p>
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {meanwhile && <MeanwhileNote of={meanwhile} />}
      {others.length > 0 && (
        <Callout state="info">
          <p>{t('orientation.plan.others', { count: others.length })}</p>
          <ul>
            {others.map((other) => (
              <li>
                <a href={orientation.plan.href({ plan: other.id })}>
                  <Day on={other.opened_on} as="date" />
                </a>{' '}
                <PlanChip of={other} />
              </li>
            ))}
          </ul>
        </Callout>
      )}
      <Aims plan={plan} adviser={adviser} writes={writes} />
      <Steps {...props} writes={writes} />
      <Sessions {...props} />
      <Milestones {...props} writes={writes} />
      <Results {...props} />
      <Papers {...props} writes={writes} />
      {writes && (
        <p>
          <a href={orientation.closing.href(at)}>{t('orientation.plan.close')}</a>
        </p>
      )}
    </Page>
  )
}

function Aims({ plan, adviser, writes }: { plan: Plan; adviser: string; writes: boolean }) {
  const { t, lang, word, words, employment, education } = useWords()
  return (
    <section aria-labelledby="aims">
      <h2 id="aims">{t('orientation.aims')}</h2>
      {plan.goal && <p class="written">{plan.goal}</p>}
      <Facts
        of={[
          [t('orientation.field.adviser'), adviser],
          [t('orientation.field.language'), languageName(plan.language, lang)],
          [t('orientation.field.availability'), words('available', plan.availability)],
          plan.hours_note !== '' && [t('orientation.field.hours_note'), plan.hours_note],
          plan.minors !== null && [t('orientation.field.minors'), plan.minors],
          plan.childcare !== null && [t('orientation.field.childcare'), word('childcare', plan.childcare)],
          [t('orientation.field.transport'), words('transport', plan.transport)],
          [t('orientation.field.licences'), words('licence_of', plan.licences)],
          [t('orientation.field.employment'), plan.employment && employment(plan.employment)],
          [t('orientation.field.education'), plan.education && education(plan.education)],
        ]}
      />
      {writes && (
        <p>
          <a class="btn btn-outline-primary" href={orientation.aims.href({ plan: plan.id })}>
            {t('orientation.aims.change')}
          </a>
        </p>
      )}
    </section>
  )
}

function Steps({ plan, steps, writes, today, form, signed }: Props & { writes: boolean }) {
  const { t, word } = useWords()
  const seen = String(plan.version)
  const at = { plan: plan.id }
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('orientation.steps')}</h2>
      <Table
        caption={t('orientation.steps')}
        caption_hidden
        rows={steps}
        empty={t('orientation.steps.empty')}
        columns={[
          {
            header: t('orientation.step'),
            names: true,
            cell: (step) => {
              const label = step.kind === 'other' ? step.text : word('step', step.kind)
              return (
                <span>
                  {writes ? <a href={orientation.step.href({ step: step.id })}>{label}</a> : label}
                  {step.kind !== 'other' && step.text && <>: {step.text}</>}
                </span>
              )
            },
          },
          {
            header: t('orientation.field.owner'),
            cell: ({ owner, owner_text }) => (owner === 'other' ? owner_text : word('who', owner)),
          },
          {
            header: t('orientation.field.due_on'),
            cell: ({ due_on, state }) => (
              <span>
                <Day on={due_on} as="short" />{' '}
                {state === 'open' && due_on < today && <Chip state="wait">{t('orientation.step.late')}</Chip>}
              </span>
            ),
          },
          {
            header: t('orientation.field.state'),
            cell: ({ state, state_on }) => (
              <span>
                <Chip state={state === 'done' ? 'good' : 'none'}>{word('state', state)}</Chip>{' '}
                {state_on && <Day on={state_on} as="short" />}
              </span>
            ),
          },
          writes && {
            header: t('orientation.sent.what_next'),
            cell: ({ id, state }) => (
              <div class="actions">
                {(state === 'open' ? (['done', 'dropped'] as const) : (['open'] as const)).map((deed) => (
                  <ButtonForm
                    action={orientation.stepState.href({ step: id })}
                    values={{ state: deed, seen }}
                    kind="quiet"
                  >
                    {word('deed', deed)}
                  </ButtonForm>
                ))}
              </div>
            ),
          },
        ]}
      />
      {writes && (
        <p>
          <a class="btn btn-outline-primary" href={orientation.newStep.href(at)}>
            {t('orientation.step.new')}
          </a>
        </p>
      )}
      <p>
        {plan.agreed_on ? (
          <>
            {t('orientation.plan.agreed_on')} <Day on={plan.agreed_on} />{' '}
          </>
        ) : null}
        <Chip state={signed > 0 ? 'good' : 'none'}>
          {signed > 0 ? t('orientation.plan.signed', { count: signed }) : t('orientation.plan.unsigned')}
        </Chip>
      </p>
      {writes && !plan.agreed_on && steps.length > 0 && (
        <Details summary={t('orientation.agreement')} open={Object.keys(form.errors).length > 0}>
          <p>{t('orientation.agreement.lead')}</p>
          <FormCard form={form} action={orientation.agreement.href(at)} submit={t('orientation.agreement.save')} quiet>
            <Hidden name="seen" value={seen} />
            <Field form={form} name="on_day" kind="date" label={t('orientation.field.on_day')} max={today} />
          </FormCard>
        </Details>
      )}
    </section>
  )
}

function Papers({ plan, files, entries, writes }: Props & { writes: boolean }) {
  const { t, word } = useWords()
  const at = { plan: plan.id }
  return (
    <section aria-labelledby="papers">
      <h2 id="papers">{t('orientation.papers')}</h2>
      <ul class="plain">
        {files.map(({ file_id, purpose, file }) => (
          <li>
            {word('purpose', purpose)}: <FileLine of={file} href={orientation.file.href({ file: file_id })} />
          </li>
        ))}
        {entries.length > 0 && (
          <li>
            <a href={orientation.cv.href(at, { lingua: 'it' })}>{t('orientation.curriculum.pdf')}</a>
          </li>
        )}
      </ul>
      {writes && (
        <p>
          <a href={orientation.attachments.href(at)}>{t('orientation.attachments')}</a>
        </p>
      )}
    </section>
  )
}
