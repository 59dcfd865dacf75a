import { module } from '../kernel/module.ts'
import { dueToday } from './actions/calendar.ts'
import { fillProject } from './actions/founding.ts'
import { logosOfFrame } from './actions/logos.ts'
import routes from './routes.tsx'
import { may } from './rules/may.ts'
import { programmeSettings } from './rules/settings.ts'
import { programme } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    programme: typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'programme',
  level: 1,
  needs: ['accounts'],
  permissions: may,
  settings: programmeSettings,
  routes,
  menu: [{ text: 'programme.menu.project', href: programme.project.href(), may: may.read, order: 70 }],
  today: dueToday,
  logos: logosOfFrame,
  seed: { always: fillProject },
})
