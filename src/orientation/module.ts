import { enrolled } from '../courses/events.ts'
import { personSent, visitWithdrawn } from '../desk/events.ts'
import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { rowSplitOff } from '../people/events.ts'
import { orientationToday } from './actions/checks.ts'
import { guidanceRegister, hearSplitOff } from './actions/imports.ts'
import { sheetKinds } from './actions/papers.ts'
import { hearEnrolled, hearSent, hearVisitsWithdrawn } from './actions/referrals.ts'
import { orientationSection } from './parts.tsx'
import { eraseOrientation, exportOrientation } from './personal-data.ts'
import plans from './routes/plans.tsx'
import records from './routes/records.tsx'
import { may } from './rules/may.ts'
import { fillDemonstration } from './seed.ts'
import { orientation } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    orientation: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'orientation',
  level: 2,
  needs: ['territory', 'accounts', 'people', 'programme', 'desk', 'courses', 'participation'],
  // A person is one, however many files: figures group by the canonical one.
  reads: ['people.standing'],
  routes: [...plans, ...records],
  permissions: may,
  listeners: [
    on(personSent, 'orientation.sent', hearSent),
    on(visitWithdrawn, 'orientation.visits_withdrawn', hearVisitsWithdrawn),
    on(enrolled, 'orientation.enrolled', hearEnrolled),
    on(rowSplitOff, 'orientation.split_off', hearSplitOff),
  ],
  registers: [guidanceRegister],
  sheets: sheetKinds,
  menu: [
    { text: 'orientation.menu', href: orientation.list.href(), may: may.see, order: 16 },
    { text: 'orientation.menu_figures', href: orientation.figures.href(), may: may.see_figures, order: 76 },
  ],
  today: orientationToday,
  personFile: orientationSection,
  personal_data: { export: exportOrientation, erase: eraseOrientation },
  seed: { demo: fillDemonstration },
})
