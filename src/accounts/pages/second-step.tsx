import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import type { codeForm } from '../forms.ts'
import { signIn } from '../urls.ts'

type CodeForm = Form<typeof codeForm>

export function SecondStepPage({ form }: { form: CodeForm }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.second_step.title')} lead={t('accounts.second_step.lead')}>
      <FormCard form={form} submit={t('accounts.sign_in.submit')}>
        <CodeField form={form} />
      </FormCard>
      <p>{t('accounts.second_step.no_phone')}</p>
    </Page>
  )
}

type SetUp = { form: CodeForm; email: string; address: string; written: string }

export function SetUpPage({ form, email, address, written }: SetUp) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.set_up.title')} lead={t('accounts.set_up.lead')}>
      <ol>
        <li>{t('accounts.set_up.install')}</li>
        <li>
          <p>{t('accounts.set_up.scan')}</p>
          <QrCode of={address} alt={t('accounts.set_up.qr')} />
          <p>{t('accounts.set_up.by_hand')}</p>
          <Facts
            of={[
              [t('accounts.set_up.account'), email],
              [t('accounts.set_up.key'), <code>{written}</code>],
            ]}
          />
        </li>
        <li>{t('accounts.set_up.type')}</li>
      </ol>
      <FormCard form={form} submit={t('accounts.set_up.submit')}>
        <CodeField form={form} />
      </FormCard>
    </Page>
  )
}

function CodeField({ form }: { form: CodeForm }) {
  const { t } = useFrame()
  return (
    <Field
      form={form}
      name="code"
      label={t('accounts.second_step.code')}
      hint={t('accounts.second_step.hint')}
      autocomplete="one-time-code"
      width="medium"
      autofocus
    />
  )
}

/** Too many wrong codes, too late, or a browser that has not given the password. */
export function ChallengeOverPage() {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.second_step.title')}>
      <Callout state="bad" title={t('accounts.error.challenge_over')}>
        <p>
          <a href={signIn.href()}>{t('accounts.second_step.again')}</a>
        </p>
      </Callout>
    </Page>
  )
}

/** Shown this once; kept nowhere but as hashes. */
export function RecoveryCodesPage({ codes, href }: { codes: readonly string[]; href: string }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.codes.title')} lead={t('accounts.codes.lead')}>
      <Callout state="wait">
        <p>{t('accounts.codes.once')}</p>
      </Callout>
      <ol>
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>
        <a class="btn btn-primary" href={href}>
          {t('accounts.codes.kept')}
        </a>
      </p>
    </Page>
  )
}
