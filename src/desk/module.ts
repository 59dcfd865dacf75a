import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { rowSplitOff } from '../people/events.ts'
import { hearSplitOff, visitsRegister } from './actions/register.ts'
import { registerSheet, registerSheets } from './actions/register-paper.ts'
import { deskToday } from './actions.ts'
import { deskSection } from './parts.tsx'
import { eraseDesk, exportDesk } from './personal-data.ts'
import routes from './routes.tsx'
import { may } from './rules.ts'
import { fillDemonstration, weeklyOpenings } from './seed.ts'
import type staff from './text/staff.it.json'
import { desk } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    desk: typeof staff
  }
}

export default module({
  name: 'desk',
  level: 2,
  needs: ['people', 'territory', 'accounts', 'programme', 'participation'],
  routes,
  registers: [visitsRegister],
  sheets: { [registerSheet]: registerSheets },
  listeners: [on(rowSplitOff, 'desk.split_off', hearSplitOff)],
  permissions: may,
  menu: [{ text: 'desk.menu', href: desk.openings.href(), may: may.see, order: 10 }],
  today: deskToday,
  personFile: deskSection,
  personal_data: { export: exportDesk, erase: eraseDesk },
  seed: { always: weeklyOpenings, demo: fillDemonstration },
})
