import type { Form } from '../../kernel/form.ts'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { noFields } from '../forms/households.ts'
import { people } from '../urls.ts'

/** What a merge or a row taken in had tied together comes apart again. */
export function SeparationPage({
  form,
  id,
  what,
}: {
  form: Form<typeof noFields>
  id: string
  what: 'separate' | 'split'
}) {
  const { t } = useFrame()
  return (
    <Page title={t(`people.origins.${what}`)}>
      <FormCard
        form={form}
        submit={t(`people.origins.${what}`)}
        cancel={{ href: people.file.href({ id }), text: t('people.back_to_file') }}
      >
        <p>{t(`people.origins.${what}_sure`)}</p>
      </FormCard>
    </Page>
  )
}
