import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import type { referenceForm } from '../forms.ts'
import { ReferenceFields, ReferenceLine } from '../parts.tsx'
import type { Reference } from '../store/references.ts'
import { programme } from '../urls.ts'

type Props = { kind: string; thing: string; rows: Reference[]; back: string; form: Form<typeof referenceForm> }

export function ReferencesPage({ kind, thing, rows, back, form }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.references.title')} actions={<a href={back}>{t('programme.references.back')}</a>}>
      <Table
        caption={t('programme.reference.caption')}
        caption_hidden
        rows={rows}
        empty={t('programme.references.none')}
        columns={[
          { header: t('programme.references.title'), names: true, cell: (row) => <ReferenceLine {...row} /> },
          {
            header: t('programme.reference.withdraw'),
            cell: ({ id, number }) => (
              <ButtonForm
                action={programme.referenceWithdrawn.href({ kind, thing, id })}
                kind="quiet"
                values={{ back }}
              >
                {t('programme.reference.withdraw')} <span class="visually-hidden">{number}</span>
              </ButtonForm>
            ),
          },
        ]}
      />
      <h2>{t('programme.references.add')}</h2>
      <FormCard form={form} submit={t('programme.reference.save')} action={programme.references.href({ kind, thing })}>
        <Hidden name="back" value={back} />
        <ReferenceFields form={form} />
      </FormCard>
    </Page>
  )
}
