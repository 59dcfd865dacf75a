import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { choosePasswordForm } from '../forms.ts'

export function ChoosePasswordPage({ form, email }: { form: Form<typeof choosePasswordForm>; email: string }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.choose.title')} lead={t('accounts.choose.lead', { email })}>
      <FormCard form={form} submit={t('accounts.choose.submit')}>
        <NewPassword form={form} />
      </FormCard>
    </Page>
  )
}

export function NewPassword<F extends Pick<Form<typeof choosePasswordForm>, 'values' | 'errors'>>({
  form,
}: {
  form: F
}) {
  const { t } = useFrame()
  return (
    <>
      <Field
        form={form}
        name="password"
        kind="password"
        label={t('accounts.new_password')}
        hint={t('accounts.new_password.hint')}
        autocomplete="new-password"
      />
      <Field form={form} name="again" kind="password" label={t('accounts.again')} autocomplete="new-password" />
    </>
  )
}

export function LinkOverPage() {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.choose.title')}>
      <Callout state="bad" title={t('accounts.error.link_over')}>
        <p>{t('accounts.choose.ask')}</p>
      </Callout>
    </Page>
  )
}
