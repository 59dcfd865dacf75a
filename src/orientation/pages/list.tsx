import type { Form } from '../../kernel/form.ts'
import { type HeadLine, PersonLine, PersonName } from '../../people/parts.tsx'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice } from '../../ui/choice.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Day } from '../../ui/time.tsx'
import type { CheckDue } from '../actions/checks.ts'
import { endReasons } from '../codes.ts'
import type { referralEndForm } from '../forms.ts'
import type { Plan, Referral, Step } from '../store/plans.ts'
import { orientation } from '../urls.ts'
import { useWords } from './words.ts'

export type Shown = 'inviati' | 'miei' | 'tutti' | 'chiusi' | 'verifiche'
type Counts = { sent: number; mine: number; all: number; closed: number; due: number }

function Sections({ here, counts }: { here: Shown; counts: Counts }) {
  const { t } = useWords()
  const of = (name: Shown, count: number) => ({
    text: t(`orientation.list.${name}`),
    href: name === 'verifiche' ? orientation.checks.href() : orientation.list.href({}, { elenco: name }),
    here: here === name,
    count,
  })
  return (
    <Tabs
      of={[
        of('inviati', counts.sent),
        of('miei', counts.mine),
        of('verifiche', counts.due),
        of('tutti', counts.all),
        of('chiusi', counts.closed),
      ]}
    />
  )
}
const Frame = ({ here, counts, children }: { here: Shown; counts: Counts; children: unknown }) => {
  const { t } = useWords()
  return (
    <Page
      title={t('orientation.title')}
      lead={t('orientation.lead')}
      wide
      actions={
        <Actions>
          <a class="btn btn-outline-primary" href={orientation.group.href()}>
            {t('orientation.group.new')}
          </a>
          <a class="btn btn-outline-primary" href={orientation.figures.href()}>
            {t('orientation.figures.title')}
          </a>
        </Actions>
      }
    >
      <Sections here={here} counts={counts} />
      {children as never}
    </Page>
  )
}

export function SentPage({ sent, counts }: { sent: readonly (Referral & { head: HeadLine })[]; counts: Counts }) {
  const { t } = useWords()
  return (
    <Frame here="inviati" counts={counts}>
      <Table
        caption={t('orientation.list.inviati')}
        caption_hidden
        rows={sent}
        empty={t('orientation.sent.empty')}
        columns={[
          { header: t('orientation.person'), names: true, cell: ({ head }) => <PersonLine of={head} /> },
          {
            header: t('orientation.sent.on'),
            cell: ({ on_day }) => (
              <span>
                <Chip state="info">{t('orientation.sent.by_desk')}</Chip> <Day on={on_day} as="short" />
              </span>
            ),
          },
          {
            header: t('orientation.sent.what_next'),
            cell: ({ id }) => (
              <a class="btn btn-primary" href={orientation.referral.href({ referral: id })}>
                {t('orientation.interview.begin')}
              </a>
            ),
          },
        ]}
      />
    </Frame>
  )
}

type Line = { plan: Plan; head: HeadLine | null; next: Step | null; open: number }
export function PlansPage({
  here,
  lines,
  counts,
  page,
  today,
}: {
  here: 'miei' | 'tutti' | 'chiusi'
  lines: readonly Line[]
  counts: Counts
  page: { now: number; total: number }
  today: string
}) {
  const { t, word } = useWords()
  return (
    <Frame here={here} counts={counts}>
      <Table
        caption={t(`orientation.list.${here}`)}
        caption_hidden
        rows={lines}
        empty={t('orientation.list.empty')}
        columns={[
          {
            header: t('orientation.person'),
            names: true,
            cell: ({ plan, head }) =>
              head ? (
                <PersonName of={head} />
              ) : (
                <span>
                  {t('orientation.erased')} {plan.id.slice(-4)}
                </span>
              ),
          },
          {
            header: t('orientation.plan'),
            cell: ({ plan, head }) => (
              <span>
                {head && (
                  <a href={orientation.plan.href({ plan: plan.id })}>
                    {t('orientation.plan.open')} <Day on={plan.opened_on} as="short" />
                  </a>
                )}{' '}
                <PlanChip of={plan} />
              </span>
            ),
          },
          {
            header: t('orientation.step.next'),
            cell: ({ next }) =>
              next && (
                <span>
                  {next.text || word('step', next.kind)} · <Day on={next.due_on} as="short" />{' '}
                  {next.due_on < today && <Chip state="wait">{t('orientation.step.late')}</Chip>}
                </span>
              ),
          },
          { header: t('orientation.step.still_open'), align: 'end', cell: ({ open }) => open },
        ]}
      />
      <Pager
        page={page.now}
        total={page.total}
        href={(number) => orientation.list.href({}, { elenco: here, p: number })}
      />
    </Frame>
  )
}

export function PlanChip({ of }: { of: Plan }) {
  const { t, word } = useWords()
  if (of.closed_on)
    return (
      <Chip state={of.close_reason === 'reached' ? 'good' : 'none'}>{word('close', of.close_reason ?? 'reached')}</Chip>
    )
  return of.agreed_on ? (
    <Chip state="good">{t('orientation.plan.agreed')}</Chip>
  ) : (
    <Chip state="wait">{t('orientation.plan.not_agreed')}</Chip>
  )
}

/** Results to ask, the oldest first; how somebody may be reached stands there, and when nobody may. */
export function ChecksPage({ due, counts, today }: { due: readonly CheckDue[]; counts: Counts; today: string }) {
  const { t } = useWords()
  return (
    <Frame here="verifiche" counts={counts}>
      <Table
        caption={t('orientation.list.verifiche')}
        caption_hidden
        rows={due}
        empty={t('orientation.checks.empty')}
        columns={[
          { header: t('orientation.person'), names: true, cell: ({ head }) => <PersonName of={head} /> },
          {
            header: t('orientation.checks.due'),
            cell: ({ months, due_on }) => (
              <span>
                {t('orientation.result.title', { months })} · <Day on={due_on} as="short" />{' '}
                {due_on <= today && <Chip state="wait">{t('orientation.checks.now')}</Chip>}
              </span>
            ),
          },
          { header: t('orientation.checks.reach'), cell: ({ contact }) => <Reach of={contact} /> },
          { header: t('orientation.checks.call'), cell: (one) => <Called of={one} /> },
          {
            header: t('orientation.sent.what_next'),
            cell: ({ plan, months }) => (
              <a
                class="btn btn-outline-primary"
                href={orientation.result.href({ plan: plan.id, months: String(months) })}
              >
                {t('orientation.result.record')}
              </a>
            ),
          },
        ]}
      />
    </Frame>
  )
}

/** Who can be called: one press says whether they answered, so that nobody is called twice for nothing. */
function Called({ of: { plan, months, contact, call } }: { of: CheckDue }) {
  const { t } = useWords()
  if (!contact?.to || contact.channel === 'email') return <>—</>
  const action = orientation.called.href({ plan: plan.id, months: String(months) })
  return (
    <div>
      {call && (
        <span class="person-details">
          {t(call.how === 'reached' ? 'orientation.checks.reached_on' : 'orientation.checks.no_answer_on')}{' '}
          <Day on={call.on_day} as="short" />
        </span>
      )}
      {call?.how !== 'reached' && (
        <>
          <ButtonForm action={action} values={{ how: 'reached' }}>
            {t('orientation.checks.reached')}
          </ButtonForm>{' '}
          <ButtonForm action={action} values={{ how: 'no_answer' }} kind="quiet">
            {t('orientation.checks.no_answer')}
          </ButtonForm>
        </>
      )}
    </div>
  )
}

export function Reach({ of }: { of: CheckDue['contact'] }) {
  const { t } = useWords()
  if (!of) return <Chip state="bad">{t('orientation.checks.not_safe')}</Chip>
  if (!of.to) return <>{t('orientation.checks.on_paper')}</>
  const whose = of.whose === 'guardian' ? ` (${t('orientation.checks.guardian')})` : ''
  return (
    <>
      {of.channel === 'email' ? (
        <bdi dir="ltr">{of.to}</bdi>
      ) : (
        <a href={`tel:${of.to.replaceAll(/\s/g, '')}`}>
          <bdi dir="ltr">{of.to}</bdi>
        </a>
      )}
      {whose}
    </>
  )
}

/** They did not come, or did not want to: said once, and gone from the list. */
export function ReferralEndPage({ form, head }: { form: Form<typeof referralEndForm>; head: HeadLine }) {
  const { t, options } = useWords()
  return (
    <Page title={t('orientation.sent.end')}>
      <p>
        <PersonLine of={head} />
      </p>
      <FormCard
        form={form}
        submit={t('orientation.sent.end_save')}
        cancel={{ href: orientation.list.href(), text: t('orientation.back') }}
      >
        <Choice form={form} name="reason" label={t('orientation.why')} options={options('end', endReasons)} />
      </FormCard>
    </Page>
  )
}
