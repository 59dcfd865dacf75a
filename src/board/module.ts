import { module } from '../kernel/module.ts'
import { boardToday, forgetOldContacts, publishDue, remindOwners } from './actions/care.ts'
import { eraseBoard, exportBoard } from './personal-data.ts'
import routes from './routes.tsx'
import { may } from './rules/may.ts'
import { graceDays, reminderDays } from './rules/publication.ts'
import { fillDemonstration } from './seed.ts'
import { board } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    board: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'board',
  level: 2,
  needs: ['accounts', 'territory', 'people', 'programme', 'desk', 'participation'],
  routes,
  permissions: may,
  settings: [graceDays, reminderDays],
  timers: [
    { name: 'board.publish', cron: '*/10 * * * *', run: publishDue },
    { name: 'board.remind', cron: '20 5 * * *', run: remindOwners },
    { name: 'board.forget', cron: '40 2 * * *', run: forgetOldContacts },
  ],
  menu: [{ text: 'board.menu', href: board.items.href(), may: may.see, order: 50 }],
  today: boardToday,
  personal_data: { export: exportBoard, erase: eraseBoard },
  seed: { demo: fillDemonstration },
})
