/** What happened on the way of a plan: sessions, milestones, results. */
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes } from '../../ui/time.tsx'
import { milestoneKinds, milestoneOutcomes } from '../codes.ts'
import { dueOn, resultMonths } from '../rules/results.ts'
import { orientation } from '../urls.ts'
import type { Props } from './plan.tsx'
import { useWords } from './words.ts'

export function Sessions({ plan, sessions }: Props) {
  const { t, word, words } = useWords()
  const minutes = sessions.reduce((sum, one) => sum + (one.withdrawn_on ? 0 : one.minutes), 0)
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('orientation.sessions')}</h2>
      <Table
        caption={t('orientation.sessions')}
        caption_hidden
        rows={sessions}
        empty={t('orientation.sessions.empty')}
        columns={[
          {
            header: t('orientation.field.on_day'),
            names: true,
            cell: ({ id, on_day }) => (
              <a href={orientation.session.href({ session: id })}>
                <Day on={on_day} as="short" />
              </a>
            ),
          },
          {
            header: t('orientation.field.kind'),
            cell: ({ kind, where_to, withdrawn_on }) => (
              <span>
                {word('session', kind)}
                {where_to && <>: {word('place', where_to)}</>}{' '}
                {withdrawn_on && <Chip state="none">{t('orientation.session.withdrawn')}</Chip>}
              </span>
            ),
          },
          { header: t('orientation.field.topics'), cell: ({ topics }) => words('topic', topics) },
          { header: t('orientation.field.minutes'), align: 'end', cell: (one) => <Minutes of={one.minutes} /> },
        ]}
        foot={['', '', '', <Minutes of={minutes} />]}
      />
      {sessions.length > 0 && (
        <p>
          <a href={orientation.log.href({ plan: plan.id })}>{t('orientation.log.print')}</a>
        </p>
      )}
    </section>
  )
}

export function Milestones({ plan, milestones, writes }: Props & { writes: boolean }) {
  const { t, word } = useWords()
  return (
    <section aria-labelledby="way">
      <h2 id="way">{t('orientation.milestones')}</h2>
      <Table
        caption={t('orientation.milestones')}
        caption_hidden
        rows={milestones}
        empty={t('orientation.milestones.empty')}
        columns={[
          {
            header: t('orientation.field.what'),
            names: true,
            cell: ({ kind, what, path, title, body }) => (
              <span>
                {word('what', what)}
                {path && <> · {word('gol', path)}</>}
                {[title, body].filter(Boolean).length > 0 && <>: {[title, body].filter(Boolean).join(', ')}</>}
                {kind === 'recognition' && what !== 'licence' && (
                  <>
                    {' '}
                    <Chip state="info">R.2.10</Chip>
                  </>
                )}
              </span>
            ),
          },
          {
            header: t('orientation.field.on_day'),
            cell: ({ on_day, until_day }) => (
              <span>
                <Day on={on_day} as="short" />
                {until_day && (
                  <>
                    {' '}
                    – <Day on={until_day} as="short" />
                  </>
                )}
              </span>
            ),
          },
          {
            header: t('orientation.field.outcome'),
            cell: ({ id, kind, outcome, outcome_on }) =>
              outcome ? (
                <span>
                  {word('outcome', outcome)} {outcome_on && <Day on={outcome_on} as="short" />}
                </span>
              ) : (
                writes &&
                milestoneOutcomes[kind as 'course'].length > 0 && (
                  <a href={orientation.milestone.href({ milestone: id })}>{t('orientation.outcome.record')}</a>
                )
              ),
          },
          writes && {
            header: t('orientation.sent.what_next'),
            cell: ({ id }) => (
              <ButtonForm
                action={orientation.milestoneEnd.href({ milestone: id })}
                kind="quiet"
                sure={t('orientation.milestone.sure')}
              >
                {t('orientation.milestone.withdraw')}
              </ButtonForm>
            ),
          },
        ]}
      />
      {writes && (
        <Actions>
          {milestoneKinds.map((kind) => (
            <a class="btn btn-outline-primary" href={orientation.newMilestone.href({ plan: plan.id, kind })}>
              {word('milestone', kind)}
            </a>
          ))}
        </Actions>
      )}
    </section>
  )
}

export function Results({ plan, results, works }: Props) {
  const { t, employment } = useWords()
  return (
    <section aria-labelledby="results">
      <h2 id="results">{t('orientation.results')}</h2>
      {plan.agreed_on ? (
        <Facts
          of={resultMonths.map((months) => {
            const known = results.filter((one) => one.months === months).at(-1)
            return [
              t('orientation.result.title', { months }),
              <>
                {known ? (
                  <>
                    {employment(known.employment)}
                    {known.detail && <>: {known.detail}</>} (<Day on={known.on_day} as="short" />){' '}
                  </>
                ) : (
                  <>
                    {t('orientation.result.due')} <Day on={dueOn(plan.agreed_on as string, months)} as="short" />{' '}
                  </>
                )}
                {works && (
                  <a href={orientation.result.href({ plan: plan.id, months: String(months) })}>
                    {known ? t('orientation.result.correct') : t('orientation.result.record')}
                  </a>
                )}
              </>,
            ] as const
          })}
        />
      ) : (
        <p>{t('orientation.results.after')}</p>
      )}
    </section>
  )
}
