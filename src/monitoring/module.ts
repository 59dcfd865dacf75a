import { attendanceWithdrawn, eventAttended } from '../board/events.ts'
import { visitRecorded, visitWithdrawn } from '../desk/events.ts'
import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { coursesListeners } from './actions/courses.ts'
import { digitalListeners } from './actions/digital.ts'
import { mediationListeners } from './actions/mediation.ts'
import { describedJson } from './actions/open-data.ts'
import { orientationListeners } from './actions/orientation.ts'
import { participationListeners } from './actions/participation.ts'
import { waitingLine } from './actions/people.ts'
import {
  exportFacts,
  foundIndicators,
  hearBoardEvents,
  hearBoardWithdrawals,
  hearVisits,
  hearWithdrawals,
} from './actions.ts'
import { reportCommand } from './commands/report.ts'
import { countingSection } from './parts.tsx'
import routes from './routes.tsx'
import { may } from './rules/may.ts'
import type staff from './text/staff.it.json'
import { monitoring } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    monitoring: typeof staff
  }
}

export default module({
  name: 'monitoring',
  level: 3,
  needs: [
    'accounts',
    'territory',
    'people',
    'programme',
    'desk',
    'digital',
    'board',
    'mediation',
    'courses',
    'orientation',
    'participation',
  ],
  reads: ['people.standing', 'people.eligible', 'people.merged'],
  routes,
  permissions: may,
  machines: {
    [monitoring.openJson.pattern]: { summary: 'Indicators', type: 'application/json', schema: describedJson },
    [monitoring.openCsv.pattern]: { summary: 'Indicators', type: 'text/csv', schema: { type: 'string' } },
  },
  listeners: [
    on(visitRecorded, 'monitoring.visits', hearVisits),
    on(visitWithdrawn, 'monitoring.withdrawals', hearWithdrawals),
    on(eventAttended, 'monitoring.board_events', hearBoardEvents),
    on(attendanceWithdrawn, 'monitoring.board_withdrawals', hearBoardWithdrawals),
    ...coursesListeners,
    ...digitalListeners,
    ...mediationListeners,
    ...orientationListeners,
    ...participationListeners,
  ],
  commands: [reportCommand],
  today: waitingLine,
  menu: [
    { text: 'monitoring.menu', href: monitoring.progress.href(), may: may.see_figures, order: 70 },
    { text: 'monitoring.menu.exported', href: monitoring.exported.href(), may: may.see_exported, order: 92 },
  ],
  personFile: countingSection,
  // A fact holds ids, codes and days: erasing a person leaves it, so that counts stay.
  personal_data: { export: exportFacts, erase: async () => {} },
  seed: { always: foundIndicators },
})
