import { module } from '../kernel/module.ts'
import { dueToday } from './actions/calendar.ts'
import { exampleBudget, fillProject } from './actions/founding.ts'
import { logosOfFrame } from './actions/logos.ts'
import { paperHead } from './actions/paper.ts'
import { sheetsToday } from './actions/signed-sheets.ts'
import budget from './routes/budget.tsx'
import calendar from './routes/calendar.tsx'
import logos from './routes/logos.tsx'
import project from './routes/project.tsx'
import references from './routes/references.tsx'
import settings from './routes/settings.tsx'
import signedSheets from './routes/signed-sheets.tsx'
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
  routes: [...project, ...calendar, ...budget, ...settings, ...logos, ...references, ...signedSheets],
  menu: [
    { text: 'programme.menu.project', href: programme.project.href(), may: may.read, order: 70 },
    { text: 'programme.menu.scans', href: programme.scans.href(), may: may.file_sheets, order: 76 },
  ],
  today: async (ctx) => [...(await dueToday(ctx)), ...(await sheetsToday(ctx))],
  logos: logosOfFrame,
  paper: paperHead,
  seed: { always: fillProject, demo: exampleBudget },
})
