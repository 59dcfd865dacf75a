import type { Form } from '../../kernel/form.ts'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Moment } from '../../ui/time.tsx'
import type { Target } from '../actions/targets.ts'
import type { targetForm } from '../forms.ts'
import { Assumed } from '../parts.tsx'
import { spreads, stepsAsText } from '../rules/targets.ts'
import { type Words, wordsIn } from '../rules/words.ts'
import type { ActionRow } from '../store/project.ts'
import type { TargetVersion } from '../store/targets.ts'
import { programme } from '../urls.ts'
import { whoOf } from './sections.tsx'

type Line = { row: ActionRow | undefined; target: Target | undefined }

/** Every row of the project with what is measured in it; a row without a measure stands there all the same. */
export function TargetTable({
  caption,
  rows,
  targets,
  changes,
}: {
  caption: string
  rows: ActionRow[]
  targets: Target[]
  changes: boolean
}) {
  const { t, lang } = useFrame()
  const lines = rows.flatMap((row): Line[] => {
    const [first, ...others] = targets.filter((target) => target.action === row.code)
    return [{ row, target: first }, ...others.map((target) => ({ row: undefined, target }))]
  })
  return (
    <Table
      caption={caption}
      caption_hidden
      rows={lines}
      empty=""
      columns={[
        { header: t('programme.actions.row'), cell: ({ row }) => row && <RowTitle row={row} /> },
        {
          header: t('programme.target.indicator'),
          names: true,
          cell: ({ target }) =>
            target ? `${target.indicator} ${wordsIn(target.title, lang).text}` : t('programme.actions.none'),
        },
        { header: t('programme.target.value'), align: 'end', cell: ({ target }) => target && <Value {...target} /> },
        {
          header: t('programme.target.expected'),
          align: 'end',
          cell: ({ target }) => (target && target.expected !== null ? <Count of={Math.floor(target.expected)} /> : '—'),
        },
        { header: t('programme.history.note'), cell: ({ target }) => target?.note },
        changes && {
          header: t('programme.target.change'),
          cell: ({ target }) =>
            target && (
              <a
                href={programme.target.href({ indicator: target.indicator })}
                aria-label={t('programme.target.change_of', { indicator: target.indicator })}
              >
                {t('programme.target.change')}
              </a>
            ),
        },
      ]}
    />
  )
}

function RowTitle({ row }: { row: ActionRow }) {
  const { lang } = useFrame()
  const title = wordsIn(row.title, lang)
  return (
    <div>
      <strong lang={title.lang}>
        {row.code} {title.text}
      </strong>
      <span class="form-text d-block">{wordsIn(row.carries, lang).text}</span>
    </div>
  )
}

function Value({ value, assumed }: { value: number | null; assumed: boolean }) {
  const { t } = useFrame()
  if (value === null) return <Chip state="wait">{t('programme.target.unknown')}</Chip>
  return (
    <span>
      <Count of={value} /> {assumed && <Assumed />}
    </span>
  )
}

type Props = {
  indicator: string
  title: Words
  versions: TargetVersion[]
  names: ReadonlyMap<string, string>
  form: Form<typeof targetForm>
}

export function TargetPage({ indicator, title, versions, names, form }: Props) {
  const { t, lang } = useFrame()
  return (
    <Page title={t('programme.target.title', { indicator })} lead={wordsIn(title, lang).text}>
      <h2>{t('programme.target.form_title')}</h2>
      <p>{t('programme.target.intro')}</p>
      <FormCard
        form={form}
        submit={t('programme.target.save')}
        cancel={{ href: programme.project.href(), text: t('programme.nav.project') }}
      >
        <Field
          form={form}
          name="value"
          kind="number"
          label={t('programme.target.value')}
          hint={t('programme.target.value_hint')}
          optional
        />
        <Field form={form} name="valid_from" kind="date" label={t('programme.target.valid_from')} />
        <Choice
          form={form}
          name="spread"
          label={t('programme.target.spread')}
          options={spreads.map((value) => ({ value, text: t(`programme.target.spread.${value}`) }))}
        />
        <Field
          form={form}
          name="steps"
          kind="textarea"
          label={t('programme.target.steps')}
          hint={t('programme.target.steps_hint')}
          optional
        />
        <Tick form={form} name="assumed" label={t('programme.target.assumed_tick')} />
        <Field form={form} name="note" label={t('programme.target.note')} optional />
      </FormCard>
      <h2>{t('programme.target.history')}</h2>
      <Table
        caption={t('programme.target.history_caption')}
        caption_hidden
        rows={versions}
        empty=""
        columns={[
          {
            header: t('programme.history.valid_from'),
            names: true,
            cell: ({ valid_from }) => <Day on={valid_from} as="numeric" />,
          },
          { header: t('programme.target.value'), align: 'end', cell: (version) => <Value {...version} /> },
          {
            header: t('programme.target.spread'),
            cell: ({ spread, steps }) =>
              spread === 'steps' ? stepsAsText(steps).replaceAll('\n', ', ') : t(`programme.target.spread.${spread}`),
          },
          { header: t('programme.history.note'), cell: ({ note }) => note },
          { header: t('programme.history.when'), cell: ({ recorded_at }) => <Moment at={recorded_at} as="numeric" /> },
          { header: t('programme.history.who'), cell: ({ recorded_by }) => whoOf(names, recorded_by, t) },
        ]}
      />
    </Page>
  )
}
