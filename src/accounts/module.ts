import { accountActor } from '../kernel/actor.ts'
import { module } from '../kernel/module.ts'
import { seedDemonstration, settlePassword } from './actions/demonstration.ts'
import { addCommand } from './commands/account-add.ts'
import { routes } from './routes.tsx'
import { may } from './rules/roles.ts'
import { findActor, tidy } from './store.ts'
import { accounts, me } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    accounts: typeof import('./text/staff.it.json')
  }
}

export { demonstrationAccounts } from './actions/demonstration.ts'

export default module({
  name: 'accounts',
  level: 1,
  needs: [],
  routes: routes.all,
  permissions: may,
  commands: [addCommand],
  menu: [
    { text: 'accounts.menu.accounts', href: accounts.href(), may: may.manage, order: 90 },
    { text: 'accounts.menu.me', href: me.href(), may: 'signed_in', order: 99 },
  ],
  timers: [{ name: 'accounts.tidy', cron: '40 2 * * *', run: (ctx) => tidy(ctx) }],
  seed: { demo: seedDemonstration, settle: settlePassword },
  actors: {
    async ofAccount(db, account_id, ambito_id) {
      const found = await findActor(db, account_id, ambito_id)
      if (!found || found.roles.length === 0) return undefined
      return { actor: accountActor(account_id, found.name, found.roles), lang: found.lang }
    },
  },
})
