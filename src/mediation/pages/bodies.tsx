import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Actions } from '../../ui/actions.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes } from '../../ui/time.tsx'
import type { ceilingForm, stanceForm } from '../forms.ts'
import type { BodyLine } from '../store/bodies.ts'
import { mediation } from '../urls.ts'
import { Sections } from './calls.tsx'

export function BodiesPage({ bodies, comuni }: { bodies: readonly BodyLine[]; comuni: ReadonlyMap<string, string> }) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.nav.bodies')} wide>
      <Sections here="bodies" />
      <Table
        caption={t('mediation.nav.bodies')}
        caption_hidden
        rows={bodies}
        empty={t('mediation.body.none')}
        columns={[
          {
            header: t('mediation.call.body'),
            names: true,
            cell: ({ id, name }) => <a href={mediation.body.href({ body: id })}>{name}</a>,
          },
          { header: t('mediation.gist.comune'), cell: ({ comune }) => (comune ? (comuni.get(comune) ?? comune) : '') },
          { header: t('mediation.title'), align: 'end', cell: ({ calls }) => Number(calls ?? 0) },
          { header: t('mediation.body.held'), align: 'end', cell: ({ held }) => <Minutes of={held ?? 0} /> },
          {
            header: t('mediation.body.left'),
            align: 'end',
            cell: ({ ceiling, held }) =>
              ceiling === null ? t('mediation.body.no_ceiling') : <Minutes of={Math.max(0, ceiling - (held ?? 0))} />,
          },
          {
            header: t('mediation.body.known'),
            cell: ({ known_at }) => (
              <Chip state={known_at ? 'good' : 'wait'}>
                {t(known_at ? 'mediation.body.known_yes' : 'mediation.body.known_no')}
              </Chip>
            ),
          },
        ]}
      />
    </Page>
  )
}

type BodyProps = {
  body: { id: string; name: string; comune: string | null }
  ceiling: { minutes: number; from_day: string; to_day: string; held: number; promised: number } | null
  stances: readonly { kind: string; id: string; name: string }[]
  mediators: readonly { id: string; name: string }[]
  form: Form<typeof ceilingForm>
  stance: Form<typeof stanceForm>
  month: string
}
export function BodyPage({ body, ceiling, stances, mediators, form, stance, month }: BodyProps) {
  const { t } = useFrame()
  return (
    <Page
      title={body.name}
      actions={
        <Actions>
          <a class="btn btn-outline-primary" href={mediation.monthPaper.href({}, { ente: body.id, mese: month })}>
            {t('mediation.body.paper')}
          </a>
          <a class="btn btn-outline-primary" href={mediation.systems.href({ body: body.id })}>
            {t('mediation.systems.title')}
          </a>
        </Actions>
      }
    >
      {ceiling ? (
        <Facts
          of={[
            [
              t('mediation.body.ceiling'),
              <>
                <Minutes of={ceiling.minutes} /> (<Day on={ceiling.from_day} as="numeric" /> –{' '}
                <Day on={ceiling.to_day} as="numeric" />)
              </>,
            ],
            [t('mediation.body.held'), <Minutes of={ceiling.held} />],
            [t('mediation.body.promised'), <Minutes of={ceiling.promised} />],
            [t('mediation.body.left'), <Minutes of={Math.max(0, ceiling.minutes - ceiling.held)} />],
          ]}
        />
      ) : (
        <p>{t('mediation.body.no_ceiling')}</p>
      )}
      <Details summary={t('mediation.body.set_ceiling')}>
        <FormCard form={form} submit={t('mediation.save')} quiet>
          <Field form={form} name="from_day" kind="date" label={t('mediation.exception.from_day')} />
          <Field form={form} name="to_day" kind="date" label={t('mediation.exception.to_day')} />
          <Field form={form} name="hours" kind="number" label={t('mediation.body.hours')} />
        </FormCard>
      </Details>
      <h2>{t('mediation.stance.title')}</h2>
      <ul class="plain">
        {stances.map(({ kind, name }) => (
          <li>
            <bdi>{name}</bdi>: {t(`mediation.stance.${kind}` as TextKey)}
          </li>
        ))}
      </ul>
      <FormCard form={stance} submit={t('mediation.save')} action={mediation.stance.href({ body: body.id })} quiet>
        <Select
          form={stance}
          name="mediator_id"
          label={t('mediation.call.mediator')}
          options={mediators.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <Choice
          form={stance}
          name="kind"
          label={t('mediation.stance.kind')}
          options={(['preferred', 'excluded', 'none'] as const).map((code) => ({
            value: code,
            text: t(`mediation.stance.${code}`),
          }))}
          beside
        />
      </FormCard>
    </Page>
  )
}
