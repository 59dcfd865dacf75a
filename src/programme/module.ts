import { module } from '../kernel/module.ts'
import { dueToday } from './actions/calendar.ts'
import { fillProject } from './actions/founding.ts'
import { logosOfFrame } from './actions/logos.ts'
import { may } from './rules/may.ts'
import { programmeSettings } from './rules/settings.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    programme: typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'programme',
  level: 1,
  needs: ['territory', 'accounts'],
  permissions: may,
  settings: programmeSettings,
  today: dueToday,
  logos: logosOfFrame,
  seed: { always: fillProject },
})
