import type { TextKey } from '../../kernel/i18n.ts'
import { languageName } from '../../territory/actions.ts'
import { Chip, type State as Look } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Moment } from '../../ui/time.tsx'
import { fieldLabel } from '../codes.ts'
import { isSearching, phaseOf } from '../rules/states.ts'
import type { CallLine } from '../store/calls.ts'
import { mediation, open } from '../urls.ts'

const sections = ['calls', 'hours', 'mediators', 'providers', 'bodies', 'figures'] as const
export function Sections({ here }: { here: (typeof sections)[number] }) {
  const { t } = useFrame()
  return (
    <Tabs
      of={sections.map((one) => ({ text: t(`mediation.nav.${one}`), href: mediation[one].href(), here: one === here }))}
      label={t('mediation.title')}
    />
  )
}

const looks: Record<string, Look> = { asked: 'wait', searching: 'wait', assigned: 'good', done: 'info', closed: 'none' }
export function StateChip({ state }: { state: string }) {
  const { t } = useFrame()
  const look = state === 'not_covered' ? 'bad' : (looks[phaseOf(state) ?? 'closed'] ?? 'none')
  return <Chip state={look}>{t(`mediation.state.${state}` as TextKey)}</Chip>
}

/** Names of who asks are on the call's own page; a list carries bodies only. */
export function CallTable({
  calls,
  comuni,
  caption,
  empty,
}: {
  calls: readonly CallLine[]
  comuni: ReadonlyMap<string, string>
  caption: string
  empty: string
}) {
  const { t, lang } = useFrame()
  return (
    <Table
      caption={caption}
      caption_hidden
      rows={calls}
      empty={empty}
      columns={[
        {
          header: t('mediation.call.number'),
          names: true,
          cell: ({ id, number }) => <a href={mediation.call.href({ call: id })}>M-{number}</a>,
        },
        {
          header: t('mediation.gist.time'),
          cell: ({ starts_at, first_option }) =>
            (starts_at ?? first_option) && <Moment at={(starts_at ?? first_option) as string} as="short" />,
        },
        {
          header: t('mediation.gist.language'),
          cell: ({ language, variety }) =>
            language
              ? `${languageName(language, lang)}${variety ? ` (${variety})` : ''}`
              : t('mediation.call.unknown_language'),
        },
        { header: t('mediation.gist.field'), cell: ({ field }) => fieldLabel(field, lang) },
        {
          header: t('mediation.call.body'),
          cell: ({ body_name, comune }) => `${body_name} · ${comuni.get(comune) ?? comune}`,
        },
        {
          header: t('mediation.call.state'),
          cell: ({ state, urgent }) => (
            <>
              <StateChip state={state} />{' '}
              {urgent && isSearching(state) && <Chip state="bad">{t('mediation.call.urgent')}</Chip>}
            </>
          ),
        },
        { header: t('mediation.call.mediator'), cell: ({ mediator_name }) => mediator_name ?? '' },
      ]}
    />
  )
}

type ListProps = {
  calls: readonly CallLine[]
  comuni: ReadonlyMap<string, string>
  phase: string
  counts: ReadonlyMap<string, number>
}
export function CallsPage({ calls, comuni, phase, counts }: ListProps) {
  const { t } = useFrame()
  return (
    <Page
      title={t('mediation.title')}
      lead={t('mediation.calls.lead')}
      wide
      actions={
        <a class="btn btn-outline-primary" href={open.request.href({ l: 'it' })}>
          {t('mediation.calls.new')}
        </a>
      }
    >
      <Sections here="calls" />
      <Tabs
        label={t('mediation.calls.phases')}
        of={['work', 'asked', 'searching', 'assigned', 'done', 'closed', 'uncovered'].map((one) => ({
          text: t(`mediation.calls.${one}` as TextKey),
          href: mediation.calls.href({}, { fase: one }),
          here: one === phase,
          ...(counts.has(one) && { count: counts.get(one) as number }),
        }))}
      />
      <CallTable calls={calls} comuni={comuni} caption={t('mediation.title')} empty={t('mediation.calls.empty')} />
    </Page>
  )
}
