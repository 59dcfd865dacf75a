import { module } from '../kernel/module.ts'
import { deliverIssue } from './actions/delivery.ts'
import { newsletterToday, startIssue } from './actions/issues.ts'
import { subscribersRegister } from './actions/register.ts'
import { letGo } from './actions/subscribing.ts'
import { bouncesCommand } from './commands/bounces.ts'
import { askSilent, forgetUnconfirmed, watch } from './jobs.ts'
import open from './routes/open.tsx'
import staff from './routes/staff.tsx'
import { may } from './rules/may.ts'
import { ratePerSecond, senderName } from './rules/settings.ts'
import { fillDemonstration } from './seed.ts'
import { newsletter } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    newsletter: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'newsletter',
  level: 2,
  needs: ['accounts', 'territory', 'programme', 'board'],
  routes: [...open, ...staff],
  permissions: may,
  proofs: { 'newsletter.issue': { at: (id) => newsletter.issue.href({ id }), may: may.see } },
  settings: [ratePerSecond, senderName],
  jobs: [startIssue, deliverIssue],
  timers: [
    { name: 'newsletter.watch', cron: '* * * * *', run: watch },
    { name: 'newsletter.forget', cron: '50 2 * * *', run: forgetUnconfirmed },
    { name: 'newsletter.ask_silent', cron: '20 7 * * 2', run: askSilent },
  ],
  commands: [bouncesCommand],
  registers: [subscribersRegister],
  menu: [{ text: 'newsletter.menu', href: newsletter.issues.href(), may: may.see, order: 52 }],
  today: newsletterToday,
  taken_away: {
    'newsletter.left': (ctx, ids) => letGo(ctx, ids, 'page'),
    'newsletter.erased': (ctx, ids) => letGo(ctx, ids, 'erased'),
  },
  seed: { demo: fillDemonstration },
})
