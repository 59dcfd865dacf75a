import { visitRecorded, visitWithdrawn } from '../desk/events.ts'
import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { exportFacts, hearVisits, hearWithdrawals } from './actions.ts'

export default module({
  name: 'monitoring',
  level: 3,
  needs: ['territory', 'people', 'desk'],
  reads: ['people.standing'],
  listeners: [on(visitRecorded, 'monitoring.visits', hearVisits), on(visitWithdrawn, 'monitoring.withdrawals', hearWithdrawals)],
  // A fact holds ids, codes and days: erasing a person leaves it, so that counts stay.
  personal_data: { export: exportFacts, erase: async () => {} },
})
