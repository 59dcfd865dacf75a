import { refresherCompleted } from '../courses/events.ts'
import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { tellEverybody } from './actions/assigning.ts'
import { fillTravel } from './actions/keeping.ts'
import { mediationToday } from './actions/mine.ts'
import { serviceSheetKind, serviceSheets } from './actions/papers.ts'
import { hearRefreshers } from './actions/refreshers.ts'
import { mediationRegister } from './actions/register.ts'
import { endWave } from './actions/searching.ts'
import { tellSystems } from './actions/telling-systems.ts'
import { registerPerson } from './actions/working.ts'
import { askMonthly, sweepDrafts, watch } from './jobs.ts'
import { mediationSection } from './parts.tsx'
import { eraseMediation, exportMediation } from './personal-data.ts'
import api from './routes/api.ts'
import bodies from './routes/bodies.tsx'
import calls from './routes/calls.tsx'
import hours from './routes/hours.tsx'
import job from './routes/job.tsx'
import mediators from './routes/mediators.tsx'
import open from './routes/open.tsx'
import systems from './routes/systems.tsx'
import { described, schemas, webhooks } from './rules/api.ts'
import { may } from './rules/may.ts'
import { settings } from './rules/settings.ts'
import { fillDemonstration } from './seed.ts'
import { tellOfTranslation } from './store/calls.ts'
import { mediation } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    mediation: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'mediation',
  level: 2,
  needs: ['territory', 'accounts', 'people', 'programme', 'courses'],
  routes: [...open, ...job, ...calls, ...hours, ...mediators, ...bodies, ...systems, ...api],
  described: { ...described.document, schemas, webhooks },
  permissions: may,
  jobs: [endWave, tellEverybody, registerPerson, tellSystems],
  file_clean: tellOfTranslation,
  timers: [
    { name: 'mediation.watch', cron: '*/10 * * * *', run: watch },
    { name: 'mediation.sweep_drafts', cron: '41 2 * * *', run: sweepDrafts },
    { name: 'mediation.ask_monthly', cron: '30 7 1,10 * *', run: askMonthly },
  ],
  settings,
  sheets: { [serviceSheetKind]: serviceSheets },
  registers: [mediationRegister],
  listeners: [on(refresherCompleted, 'mediation.refreshers', hearRefreshers)],
  menu: [
    { text: 'mediation.menu', href: mediation.calls.href(), may: may.coordinate, order: 30 },
    {
      text: 'mediation.menu_hours',
      href: mediation.hours.href(),
      may: may.read_hours,
      order: 31,
    },
    { text: 'mediation.menu_mine', href: mediation.mine.href(), may: may.mediate, order: 30 },
    { text: 'mediation.menu_asked', href: mediation.asked.href(), may: may.ask, order: 30 },
  ],
  today: mediationToday,
  personFile: mediationSection,
  personal_data: { export: exportMediation, erase: eraseMediation },
  seed: { always: fillTravel, demo: fillDemonstration },
})
