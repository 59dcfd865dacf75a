import type { Ctx } from '../kernel/ctx.ts'
import { blankForm, type Form } from '../kernel/form.ts'
import { router } from '../kernel/routes.ts'
import * as administer from './actions/accounts.ts'
import { choosePassword, prepareChoice } from './actions/choose-password.ts'
import { demonstrationGuests } from './actions/demonstration.ts'
import * as mine from './actions/my-account.ts'
import { confirmApp, countCode, giveCode, judgePassword, signIn, signOut } from './actions/sign-in.ts'
import * as forms from './forms.ts'
import { AccountPage, AccountsPage, LinkPage, NewAccountPage } from './pages/accounts.tsx'
import { ChoosePasswordPage, LinkOverPage } from './pages/choose-password.tsx'
import {
  AmbitoPage,
  LanguagePage,
  MyAccountPage,
  NewCodesPage,
  PasswordPage,
  SessionsPage,
  SignOutPage,
} from './pages/my-account.tsx'
import { ChallengeOverPage, RecoveryCodesPage, SecondStepPage, SetUpPage } from './pages/second-step.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { TodayPage } from './pages/today.tsx'
import { addressForApp, inGroups } from './rules/codes.ts'
import { may } from './rules/roles.ts'
import {
  accountsHere,
  findAccount,
  findAccountHere,
  findActivation,
  findApp,
  findChallenge,
  rolesHere,
} from './store.ts'
import * as urls from './urls.ts'

export const routes = router()

// --- the first screen -----------------------------------------------------------------------------------------------

routes.page(urls.today, 'signed_in', async (ctx) => {
  const lines = (await Promise.all(ctx.modules.map((module) => module.today?.(ctx) ?? []))).flat()
  return (
    <TodayPage
      name={ctx.actor.name.split(' ')[0] ?? ''}
      today={ctx.today}
      lines={lines.sort((a, b) => a.order - b.order)}
    />
  )
})

// --- in and out -----------------------------------------------------------------------------------------------------

routes.form(urls.signIn, 'anybody', forms.signInForm, {
  show: (ctx, _, form, { query }) => (
    <SignInPage
      form={form}
      activated={query.has('attivata')}
      draft={query.has('bozza')}
      guests={ctx.demo ? demonstrationGuests(ctx) : []}
    />
  ),
  before: (outside, _, input, asked) => judgePassword(outside, input, asked),
  submit: (ctx, _, __, { prepared, ...asked }) => signIn(ctx, prepared, asked),
})

routes.form(urls.secondStep, 'anybody', forms.codeForm, {
  async show(ctx, _, form, { session }) {
    const account_id = session && (await findChallenge(ctx, session))
    return account_id ? <SecondStepPage form={form} /> : <ChallengeOverPage />
  },
  before: (outside, _, __, asked) => countCode(outside, asked),
  submit: (ctx, _, { code }, { prepared, ...asked }) => giveCode(ctx, prepared, code, asked),
})

routes.form(urls.setUp, 'anybody', forms.codeForm, {
  async show(ctx, _, form, { session }) {
    const account_id = session && (await findChallenge(ctx, session))
    const app = account_id && (await findApp(ctx, account_id))
    if (!account_id || !app || app.confirmed_at) return <ChallengeOverPage />
    const { email } = await findAccount(ctx, account_id)
    return (
      <SetUpPage form={form} email={email} address={addressForApp(app.secret, email)} written={inGroups(app.secret)} />
    )
  },
  before: (outside, _, __, asked) => countCode(outside, asked),
  async submit(ctx, _, { code }, { prepared, ...asked }) {
    const { codes, href } = await confirmApp(ctx, prepared, code, asked)
    return <RecoveryCodesPage codes={codes.map(inGroups)} href={href} />
  },
})

routes.form(urls.signOut, 'anybody', forms.noForm, {
  show: (_, __, form) => <SignOutPage form={form} />,
  submit: (ctx, _, __, asked) => signOut(ctx, asked),
})

routes.form(urls.activation, 'anybody', forms.choosePasswordForm, {
  async show(ctx, { token }, form) {
    const account_id = await findActivation(ctx, token)
    if (!account_id) return <LinkOverPage />
    return <ChoosePasswordPage form={form} email={(await findAccount(ctx, account_id)).email} />
  },
  before: (outside, { token }, input) => prepareChoice(outside, token, input),
  submit: (ctx, { token }, _, { prepared }) => choosePassword(ctx, token, prepared),
})

// --- my account -----------------------------------------------------------------------------------------------------

routes.page(urls.me, 'signed_in', async (ctx) => <MyAccountPage {...(await mine.myAccount(ctx))} />)

routes.form(urls.myPassword, 'signed_in', forms.changePasswordForm, {
  show: (_, __, form) => <PasswordPage form={form} />,
  before: (outside, _, input) => mine.preparePassword(outside, input),
  submit: (ctx, _, __, { prepared, ...asked }) => mine.changePassword(ctx, prepared, asked),
})

routes.form(urls.myLanguage, 'signed_in', forms.languageForm, {
  show: (ctx, _, form) => <LanguagePage form={{ ...form, values: { lang: ctx.lang, ...form.values } }} />,
  submit: (ctx, _, { lang }) => mine.changeLanguage(ctx, lang),
})

routes.form(urls.myAmbito, 'signed_in', forms.ambitoForm, {
  show: async (ctx, _, form) => (
    <AmbitoPage
      form={{ ...form, values: { ambito: ctx.ambito_id, ...form.values } }}
      ambiti={await mine.myAmbiti(ctx)}
    />
  ),
  submit: (ctx, _, { ambito }, asked) => mine.switchAmbito(ctx, ambito, asked),
})

routes.form(urls.mySessions, 'signed_in', forms.noForm, {
  show: (_, __, form) => <SessionsPage form={form} />,
  submit: (ctx, _, __, asked) => mine.endOtherSessions(ctx, asked),
})

routes.form(urls.myCodes, 'signed_in', forms.confirmPasswordForm, {
  show: (_, __, form) => <NewCodesPage form={form} />,
  before: (outside, _, { current }) => mine.proveIdentity(outside, current),
  submit: async (ctx) => (
    <RecoveryCodesPage codes={(await mine.renewRecoveryCodes(ctx)).map(inGroups)} href={urls.me.href()} />
  ),
})

// --- the accounts of this Ambito ------------------------------------------------------------------------------------

routes.page(urls.accounts, may.manage, async (ctx) => <AccountsPage accounts={await accountsHere(ctx)} />)

routes.form(urls.newAccount, may.manage, forms.accountForm, {
  show: (_, __, form) => <NewAccountPage form={{ ...form, values: { lang: 'it', ...form.values } }} />,
  async submit(ctx, _, input) {
    const { id, link } = await administer.addAccount(ctx, input)
    return link ? <LinkPage id={id} link={link} /> : urls.account.href({ id })
  },
})

/** One page for whatever is done to an account; what is refused is said on it. */
async function showAccount(ctx: Ctx, { id }: { id: string }, form: Form<typeof forms.roleForm>) {
  const account = await findAccountHere(ctx, id)
  return (
    <AccountPage account={account} held={await rolesHere(ctx, id)} form={form} oneself={id === ctx.actor.account_id} />
  )
}
routes.page(urls.account, may.manage, (ctx, params) => showAccount(ctx, params, blankForm(ctx.ambito_id)))

routes.form(urls.accountRoles, may.manage, forms.roleForm, {
  show: showAccount,
  async submit(ctx, { id }, { role }) {
    if (role) await administer.giveRole(ctx, id, role)
    return urls.account.href({ id })
  },
})

routes.form(urls.accountRoleEnd, may.manage, forms.noForm, {
  show: (ctx, params, form) => showAccount(ctx, params, form as Form<typeof forms.roleForm>),
  async submit(ctx, { id, role }) {
    await administer.endRole(ctx, id, role)
    return urls.account.href({ id })
  },
})

routes.form(urls.accountLink, may.manage, forms.noForm, {
  show: (ctx, params, form) => showAccount(ctx, params, form as Form<typeof forms.roleForm>),
  submit: async (ctx, { id }) => <LinkPage id={id} link={await administer.makeLink(ctx, id)} />,
})

const deeds = [
  [urls.accountSecondFactor, administer.resetSecondFactor],
  [urls.accountDisabling, administer.disableAccount],
  [urls.accountEnabling, administer.enableAccount],
] as const
for (const [address, deed] of deeds)
  routes.form(address, may.manage, forms.noForm, {
    show: (ctx, params, form) => showAccount(ctx, params, form as Form<typeof forms.roleForm>),
    async submit(ctx, { id }) {
      await deed(ctx, id)
      return urls.account.href({ id })
    },
  })
