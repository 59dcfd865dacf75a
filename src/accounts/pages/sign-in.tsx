import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { signInForm } from '../forms.ts'
import type { Role } from '../rules/roles.ts'

type Props = {
  form: Form<typeof signInForm>
  /** A password has just been chosen with a link. */
  activated: boolean
  /** What was typed in an expired session waits. */
  draft: boolean
  /** Whom a demonstration may be seen as. */
  guests: readonly { email: string; roles: readonly Role[] }[]
}

export function SignInPage({ form, activated, draft, guests }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.sign_in.title')} lead={t('accounts.sign_in.lead')}>
      {activated && (
        <Callout state="good" live>
          {t('accounts.sign_in.activated')}
        </Callout>
      )}
      {draft && <Callout live>{t('accounts.sign_in.draft')}</Callout>}
      <FormCard form={form} submit={t('accounts.sign_in.submit')}>
        <Field form={form} name="email" kind="email" label={t('accounts.email')} autocomplete="username" autofocus />
        <Field
          form={form}
          name="password"
          kind="password"
          label={t('accounts.password')}
          hint={t('accounts.sign_in.forgotten')}
          autocomplete="current-password"
        />
      </FormCard>
      {guests.length > 0 && (
        <Details summary={t('accounts.sign_in.guests')}>
          <p>{t('accounts.sign_in.guests_password')}</p>
          <Facts
            of={guests.map(
              ({ email, roles }) => [email, roles.map((role) => t(`accounts.role.${role}`)).join(', ')] as const,
            )}
          />
        </Details>
      )}
    </Page>
  )
}
