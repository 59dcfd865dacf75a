import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { rowSplitOff } from '../people/events.ts'
import { remindOfAppointments } from './actions/appointments.ts'
import { hearSplitOff, visitsRegister } from './actions/register.ts'
import { registerSheet, registerSheets } from './actions/register-paper.ts'
import { deskToday } from './actions.ts'
import { deskSection } from './parts.tsx'
import { eraseDesk, exportDesk } from './personal-data.ts'
import appointments from './routes/appointments.tsx'
import booking from './routes/booking.tsx'
import routes from './routes.tsx'
import { may, settings } from './rules.ts'
import { fillDemonstration, weeklyOpenings } from './seed.ts'
import { sweepLinks } from './store/links.ts'
import { desk } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    desk: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'desk',
  level: 2,
  needs: ['people', 'territory', 'accounts', 'programme', 'participation'],
  routes: [...booking, ...appointments, ...routes],
  settings,
  timers: [
    { name: 'desk.remind', cron: '*/30 * * * *', run: remindOfAppointments },
    { name: 'desk.sweep_links', cron: '52 2 * * *', run: sweepLinks },
  ],
  registers: [visitsRegister],
  sheets: { [registerSheet]: registerSheets },
  listeners: [on(rowSplitOff, 'desk.split_off', hearSplitOff)],
  permissions: may,
  proofs: { 'desk.visit': { at: (visit) => desk.visit.href({ visit }), may: may.see } },
  menu: [{ text: 'desk.menu', href: desk.openings.href(), may: may.see, order: 10 }],
  today: deskToday,
  personFile: deskSection,
  personal_data: { export: exportDesk, erase: eraseDesk },
  seed: { always: weeklyOpenings, demo: fillDemonstration },
})
