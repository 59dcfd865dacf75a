import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import {
  type ambitoForm,
  type changePasswordForm,
  type confirmPasswordForm,
  langs,
  type languageForm,
  type noForm,
} from '../forms.ts'
import type { Role } from '../rules/roles.ts'
import type { Account } from '../store.ts'
import { me, myAmbito, myCodes, myLanguage, myPassword, mySessions } from '../urls.ts'
import { NewPassword } from './choose-password.tsx'

type Ambiti = readonly { id: string; name: string }[]
type Mine = { account: Account; ambiti: Ambiti; codes_left: number }

export function MyAccountPage({ account, ambiti, codes_left }: Mine) {
  const { t, actor, ambito } = useFrame()
  return (
    <Page title={t('accounts.me.title')}>
      <Facts
        of={[
          [t('accounts.name'), <bdi>{account.name}</bdi>],
          [t('accounts.email'), account.email],
          [t('accounts.me.ambito'), ambito.name],
          [t('accounts.roles'), actor.roles.map((role) => t(`accounts.role.${role as Role}`)).join(', ')],
          [t('accounts.lang'), t(`accounts.lang.${account.lang as 'it'}`)],
          !account.demo && [
            t('accounts.second_factor'),
            account.has_app ? t('accounts.second_factor.on', { codes: codes_left }) : t('accounts.second_factor.off'),
          ],
        ]}
      />
      <ul>
        <li>
          <a href={myPassword.href()}>{t('accounts.me.password')}</a>
        </li>
        <li>
          <a href={myLanguage.href()}>{t('accounts.me.lang')}</a>
        </li>
        {account.has_app && (
          <li>
            <a href={myCodes.href()}>{t('accounts.me.codes')}</a>
          </li>
        )}
        {ambiti.length > 1 && (
          <li>
            <a href={myAmbito.href()}>{t('accounts.me.switch')}</a>
          </li>
        )}
      </ul>
      <h2>{t('accounts.me.sessions')}</h2>
      <p>{t('accounts.me.sessions_why')}</p>
      <ButtonForm action={mySessions.href()}>{t('accounts.me.end_sessions')}</ButtonForm>
    </Page>
  )
}

const back = (t: ReturnType<typeof useFrame>['t']) => ({ href: me.href(), text: t('accounts.me.back') })

export function PasswordPage({ form }: { form: Form<typeof changePasswordForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.me.password')} lead={t('accounts.me.password_lead')}>
      <FormCard form={form} submit={t('accounts.choose.submit')} cancel={back(t)}>
        <Field
          form={form}
          name="current"
          kind="password"
          label={t('accounts.current')}
          autocomplete="current-password"
        />
        <NewPassword form={form} />
      </FormCard>
    </Page>
  )
}

export function LanguagePage({ form }: { form: Form<typeof languageForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.me.lang')}>
      <FormCard form={form} submit={t('accounts.save')} cancel={back(t)}>
        <Choice
          form={form}
          name="lang"
          label={t('accounts.lang')}
          options={langs.map((lang) => ({ value: lang, text: t(`accounts.lang.${lang}`), lang }))}
        />
      </FormCard>
    </Page>
  )
}

export function AmbitoPage({ form, ambiti }: { form: Form<typeof ambitoForm>; ambiti: Ambiti }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.me.switch')} lead={t('accounts.me.switch_lead')}>
      <FormCard form={form} submit={t('accounts.me.switch_submit')} cancel={back(t)}>
        <Choice
          form={form}
          name="ambito"
          label={t('accounts.me.ambito')}
          options={ambiti.map(({ id, name }) => ({ value: id, text: name }))}
        />
      </FormCard>
    </Page>
  )
}

export function SessionsPage({ form }: { form: Form<typeof noForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.me.sessions')} lead={t('accounts.me.sessions_why')}>
      <FormCard form={form} submit={t('accounts.me.end_sessions')} cancel={back(t)}>
        {null}
      </FormCard>
    </Page>
  )
}

export function NewCodesPage({ form }: { form: Form<typeof confirmPasswordForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.me.codes')} lead={t('accounts.me.codes_lead')}>
      <FormCard form={form} submit={t('accounts.me.codes_submit')} cancel={back(t)}>
        <Field
          form={form}
          name="current"
          kind="password"
          label={t('accounts.current')}
          autocomplete="current-password"
        />
      </FormCard>
    </Page>
  )
}

export function SignOutPage({ form }: { form: Form<typeof noForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.sign_out.title')}>
      <FormCard form={form} submit={t('accounts.sign_out.submit')}>
        {null}
      </FormCard>
    </Page>
  )
}
