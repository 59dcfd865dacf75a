/** What is mine: offers and reports of a mediator, the requests of whoever asks for a body. */
import type { Child } from 'hono/jsx'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import { mediation, open } from '../urls.ts'
import { StateChip } from './calls.tsx'

export type MineProps = {
  offers: readonly { id: string; text: string; deadline: string }[]
  coming: readonly { id: string; number: number; text: string }[]
  to_report: readonly { id: string; number: number; text: string }[]
  profile: string
}
const Open = ({ kind, id, children }: { kind: string; id: string; children: Child }) => (
  <ButtonForm kind="quiet" action={mediation.openMine.href()} values={{ kind, id }}>
    {children}
  </ButtonForm>
)

/** Offers, calls to come, reports to write: on the phone, between two jobs. */
export function MinePage({ offers, coming, to_report, profile }: MineProps) {
  const { t } = useFrame()
  const list = (rows: MineProps['coming']) => (
    <ul class="plain mediation-list">
      {rows.map((one) => (
        <li>
          <Open kind="job" id={one.id}>{`M-${one.number} · ${one.text}`}</Open>
        </li>
      ))}
    </ul>
  )
  return (
    <Page title={t('mediation.mine.title')}>
      <h2>{t('mediation.mine.offers')}</h2>
      {offers.length === 0 && <p>{t('mediation.mine.no_offers')}</p>}
      <ul class="plain mediation-list">
        {offers.map((one) => (
          <li>
            <Open kind="offer" id={one.id}>
              {one.text}
            </Open>{' '}
            {t('mediation.offer.until')} <Moment at={one.deadline} as="short" />
          </li>
        ))}
      </ul>
      <h2>{t('mediation.mine.to_report')}</h2>
      {to_report.length === 0 ? <p>{t('mediation.mine.none')}</p> : list(to_report)}
      <h2>{t('mediation.mine.coming')}</h2>
      {coming.length === 0 ? <p>{t('mediation.mine.none')}</p> : list(coming)}
      <Actions>
        <a class="btn btn-outline-primary" href={mediation.month.href()}>
          {t('mediation.month.title')}
        </a>
        <a class="btn btn-outline-primary" href={profile}>
          {t('mediation.mine.profile')}
        </a>
      </Actions>
    </Page>
  )
}

export function AskedByMePage({
  rows,
  contact,
}: {
  rows: readonly { id: string; number: number; state: string; text: string }[]
  contact: string | null
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('mediation.asked_by_me.title')}
      actions={
        <a class="btn btn-primary" href={open.request.href({ l: 'it' })}>
          {t('mediation.asked_by_me.new')}
        </a>
      }
    >
      {contact && (
        <Open kind="hours" id={contact}>
          {t('mediation.hours.title')}
        </Open>
      )}
      <Table
        caption={t('mediation.asked_by_me.title')}
        caption_hidden
        rows={rows}
        empty={t('mediation.asked_by_me.empty')}
        columns={[
          {
            header: t('mediation.call.number'),
            names: true,
            cell: ({ id, number }) => <Open kind="status" id={id}>{`M-${number}`}</Open>,
          },
          { header: t('mediation.gist.time'), cell: ({ text }) => text },
          { header: t('mediation.call.state'), cell: ({ state }) => <StateChip state={state} /> },
        ]}
      />
    </Page>
  )
}
