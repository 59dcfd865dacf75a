import { visitRecorded, visitWithdrawn } from '../desk/events.ts'
import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { exportFacts, foundIndicators, hearVisits, hearWithdrawals } from './actions.ts'

export default module({
  name: 'monitoring',
  level: 3,
  needs: ['territory', 'people', 'programme', 'desk'],
  reads: ['people.standing'],
  listeners: [on(visitRecorded, 'monitoring.visits', hearVisits), on(visitWithdrawn, 'monitoring.withdrawals', hearWithdrawals)],
  // A fact holds ids, codes and days: erasing a person leaves it, so that counts stay.
  seed: { always: foundIndicators },
  personal_data: { export: exportFacts, erase: async () => {} },
})
