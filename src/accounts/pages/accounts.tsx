import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Choices, Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import { type accountForm, langs, type roleForm } from '../forms.ts'
import { type Role, roles } from '../rules/roles.ts'
import type { AccountHere, RoleHeld } from '../store.ts'
import * as urls from '../urls.ts'

type Signs = Pick<AccountHere, 'disabled' | 'password_hash' | 'roles'>

function State({ disabled, password_hash, roles }: Signs) {
  const { t } = useFrame()
  if (disabled) return <Chip state="bad">{t('accounts.state.disabled')}</Chip>
  if (roles.length === 0) return <Chip state="none">{t('accounts.state.no_role')}</Chip>
  if (!password_hash) return <Chip state="wait">{t('accounts.state.invited')}</Chip>
  return <Chip state="good">{t('accounts.state.active')}</Chip>
}

export function AccountsPage({ accounts }: { accounts: readonly AccountHere[] }) {
  const { t } = useFrame()
  const add = (
    <a class="btn btn-primary" href={urls.newAccount.href()}>
      {t('accounts.new.title')}
    </a>
  )
  return (
    <Page title={t('accounts.list.title')} lead={t('accounts.list.lead')} actions={add}>
      <Table
        caption={t('accounts.list.title')}
        caption_hidden
        rows={accounts}
        empty={t('accounts.list.empty')}
        columns={[
          {
            header: t('accounts.name'),
            names: true,
            cell: ({ id, name }) => (
              <a href={urls.account.href({ id })}>
                <bdi>{name}</bdi>
              </a>
            ),
          },
          { header: t('accounts.email'), cell: ({ email }) => email },
          {
            header: t('accounts.roles'),
            cell: (account) => account.roles.map((role) => t(`accounts.role.${role as Role}`)).join(', '),
          },
          { header: t('accounts.state'), cell: (account) => <State {...account} /> },
          {
            header: t('accounts.second_factor'),
            cell: ({ demo, has_app }) =>
              demo ? t('accounts.second_factor.demo') : has_app ? t('accounts.yes') : t('accounts.no'),
          },
        ]}
      />
    </Page>
  )
}

export function NewAccountPage({ form }: { form: Form<typeof accountForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.new.title')} lead={t('accounts.new.lead')}>
      <FormCard
        form={form}
        submit={t('accounts.new.submit')}
        cancel={{ href: urls.accounts.href(), text: t('accounts.list.back') }}
      >
        <Field form={form} name="name" label={t('accounts.name')} max_length={120} />
        <Field form={form} name="email" kind="email" label={t('accounts.email')} />
        <Choice
          form={form}
          name="lang"
          label={t('accounts.lang')}
          beside
          options={langs.map((lang) => ({ value: lang, text: t(`accounts.lang.${lang}`), lang }))}
        />
        <Choices
          form={form}
          name="roles"
          label={t('accounts.roles')}
          options={roles.map((role) => ({
            value: role,
            text: t(`accounts.role.${role}`),
            hint: t(`accounts.role.${role}.does`),
          }))}
        />
      </FormCard>
    </Page>
  )
}

/** The link is shown this once; only its hash is kept. */
export function LinkPage({ id, link }: { id: string; link: string }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.link.title')} lead={t('accounts.link.lead')}>
      <Callout state="wait">
        <p>{t('accounts.link.once')}</p>
        <p>
          <code>{link}</code>
        </p>
      </Callout>
      <p>
        <a href={urls.account.href({ id })}>{t('accounts.link.back')}</a>
      </p>
    </Page>
  )
}

type One = {
  account: AccountHere & { works_elsewhere: boolean }
  held: readonly RoleHeld[]
  form: Form<typeof roleForm>
  oneself: boolean
}

export function AccountPage({ account, held, form, oneself }: One) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.account.title')} heading={<bdi>{account.name}</bdi>}>
      {form.errors.form && (
        <Callout state="bad" live>
          {form.errors.form}
        </Callout>
      )}
      <Facts
        of={[
          [t('accounts.email'), account.email],
          [t('accounts.lang'), t(`accounts.lang.${account.lang as 'it'}`)],
          [t('accounts.state'), <State {...account} />],
          [
            t('accounts.second_factor'),
            account.demo ? t('accounts.second_factor.demo') : account.has_app ? t('accounts.yes') : t('accounts.no'),
          ],
        ]}
      />
      <h2>{t('accounts.roles')}</h2>
      <Roles id={account.id} held={held} />
      <FormCard
        form={{ ...form, errors: {} }}
        action={urls.accountRoles.href({ id: account.id })}
        submit={t('accounts.account.give')}
        quiet
      >
        <Select
          form={form}
          name="role"
          label={t('accounts.account.new_role')}
          options={roles
            .filter((role) => !account.roles.includes(role))
            .map((role) => ({ value: role, text: t(`accounts.role.${role}`) }))}
        />
      </FormCard>
      <h2>{t('accounts.account.sign_in')}</h2>
      <SignInButtons account={account} oneself={oneself} />
    </Page>
  )
}

function SignInButtons({ account, oneself }: Pick<One, 'account' | 'oneself'>) {
  const { t } = useFrame()
  const { id } = account
  if (oneself) return <p>{t('accounts.error.yourself')}</p>
  if (account.works_elsewhere) return <p>{t('accounts.error.works_elsewhere')}</p>
  if (account.disabled)
    return <ButtonForm action={urls.accountEnabling.href({ id })}>{t('accounts.account.enable')}</ButtonForm>
  return (
    <div class="page-actions">
      <ButtonForm action={urls.accountLink.href({ id })}>{t('accounts.account.link')}</ButtonForm>
      {account.has_app && (
        <ButtonForm action={urls.accountSecondFactor.href({ id })} sure={t('accounts.account.reset_sure')}>
          {t('accounts.account.reset')}
        </ButtonForm>
      )}
      <ButtonForm action={urls.accountDisabling.href({ id })} sure={t('accounts.account.disable_sure')}>
        {t('accounts.account.disable')}
      </ButtonForm>
    </div>
  )
}

function Roles({ id, held }: { id: string; held: readonly RoleHeld[] }) {
  const { t } = useFrame()
  return (
    <Table
      caption={t('accounts.roles')}
      caption_hidden
      rows={held}
      empty={t('accounts.state.no_role')}
      columns={[
        { header: t('accounts.account.role'), names: true, cell: ({ role }) => t(`accounts.role.${role as Role}`) },
        { header: t('accounts.account.from'), cell: (one) => <Since at={one.given_at} by={one.given_by} /> },
        {
          header: t('accounts.account.until'),
          cell: (one) =>
            one.ended_at ? (
              <Since at={one.ended_at} by={one.ended_by} />
            ) : (
              <ButtonForm action={urls.accountRoleEnd.href({ id, role: one.role })}>
                {t('accounts.account.end')}
              </ButtonForm>
            ),
        },
      ]}
    />
  )
}

function Since({ at, by }: { at: string; by: string | null }) {
  const { t } = useFrame()
  return (
    <>
      <Moment at={at} as="short" />
      {by && (
        <>
          {' '}
          {t('accounts.account.by')} <bdi>{by}</bdi>
        </>
      )}
    </>
  )
}
