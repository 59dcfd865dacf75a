import type { FieldName, Form } from '../../kernel/form.ts'
import { Actions } from '../../ui/actions.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import type { BodyShown } from '../actions/members.ts'
import type { bodyForm, networkForm } from '../forms.ts'
import { tavolo } from '../urls.ts'

type Bodies = readonly { id: string; name: string }[]

export function NetworkPage({
  rows,
  form,
  bodies,
}: {
  rows: readonly BodyShown[]
  form: Form<typeof networkForm>
  bodies: Bodies
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('tavolo.network.title')}
      lead={t('tavolo.network.lead')}
      wide
      actions={
        <Actions>
          <ExportLink href={tavolo.networkExport.href()} />
        </Actions>
      }
    >
      <Table
        caption={t('tavolo.network.title')}
        caption_hidden
        rows={rows}
        empty={t('tavolo.network.empty')}
        columns={[
          {
            header: t('tavolo.member.body'),
            names: true,
            cell: ({ organisation_id, name, joined_on }) =>
              joined_on ? (
                <a href={tavolo.body.href({ organisation: organisation_id })}>
                  <bdi>{name}</bdi>
                </a>
              ) : (
                <bdi>{name}</bdi>
              ),
          },
          {
            header: t('tavolo.network.kind'),
            cell: ({ kind }) => t(`territory.kind.${kind}`),
          },
          { header: t('tavolo.network.role'), cell: ({ role }) => role || '—' },
          {
            header: t('tavolo.network.agreed'),
            cell: ({ agreed_on }) => (agreed_on ? <Day on={agreed_on} as="numeric" /> : '—'),
          },
          { header: t('tavolo.network.seats'), align: 'end', cell: ({ seats }) => <Count of={seats} /> },
          {
            header: t('tavolo.network.last'),
            cell: ({ last_active, ended_on }) =>
              ended_on ? (
                <Chip state="none">{t('tavolo.network.left')}</Chip>
              ) : last_active ? (
                <Day on={last_active} as="numeric" />
              ) : (
                '—'
              ),
          },
          {
            header: t('tavolo.network.supported'),
            cell: ({ supported }) => (supported > 0 ? <Count of={supported} /> : '—'),
            align: 'end',
          },
        ]}
      />
      <p class="text-muted">{t('tavolo.network.supported.says')}</p>
      <Details summary={t('tavolo.network.add')} open={Object.keys(form.errors).length > 0}>
        <FormCard form={form} submit={t('tavolo.network.save')}>
          <Select
            form={form}
            name="organisation_id"
            label={t('tavolo.member.body')}
            options={bodies.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <NetworkFields form={form} />
        </FormCard>
      </Details>
    </Page>
  )
}

function NetworkFields({ form }: { form: Form<typeof networkForm> | Form<typeof bodyForm> }) {
  const { t } = useFrame()
  const shared = form as Form<typeof bodyForm>
  const role: FieldName<typeof shared> = 'role'
  return (
    <>
      <Field form={shared} name={role} label={t('tavolo.network.role')} hint={t('tavolo.network.role.hint')} optional />
      <Field form={shared} name="joined_on" kind="date" label={t('tavolo.network.joined')} />
    </>
  )
}

export function BodyPage({ body, form }: { body: BodyShown; form: Form<typeof bodyForm> }) {
  const { t } = useFrame()
  return (
    <Page title={body.name} lead={t('tavolo.network.change')}>
      <FormCard
        form={form}
        submit={t('tavolo.network.save')}
        cancel={{ href: tavolo.network.href(), text: t('tavolo.back') }}
      >
        <NetworkFields form={form} />
        <Field form={form} name="ended_on" kind="date" label={t('tavolo.network.ended')} optional />
      </FormCard>
    </Page>
  )
}
