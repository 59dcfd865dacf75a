import { visitWithdrawn } from '../desk/events.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { on } from '../kernel/events.ts'
import { module, type TodayLine } from '../kernel/module.ts'
import { afternoonsToday, withdraw } from './actions/helping.ts'
import { registerSheet, registerSheets, summarySheet, summarySheets } from './actions/papers.ts'
import { digitalSection } from './parts.tsx'
import { eraseDigital, exportDigital } from './personal-data.ts'
import routes from './routes.tsx'
import { may, settings } from './rules.ts'
import { fillDemonstration } from './seed.ts'
import { digital } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    digital: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

/** The first screen: the afternoon of today, where its sheets are written. */
async function digitalToday(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.work)) return []
  return (await afternoonsToday(ctx)).map((opening) => ({
    text: ctx.t('digital.today.line', { starts: opening.starts_at.slice(0, 5) }),
    href: digital.afternoon.href({ opening: opening.id }),
    order: 11,
  }))
}

export default module({
  name: 'digital',
  level: 2,
  needs: ['desk', 'people', 'programme', 'territory'],
  routes,
  permissions: may,
  settings,
  sheets: { [registerSheet]: registerSheets, [summarySheet]: summarySheets },
  listeners: [
    on(visitWithdrawn, 'digital.visit_withdrawn', (ctx, events) =>
      withdraw(
        ctx,
        events.map(({ payload }) => payload.visit_id),
      ),
    ),
  ],
  menu: [{ text: 'digital.menu', href: digital.afternoons.href(), may: may.see_figures, order: 15 }],
  today: digitalToday,
  personFile: digitalSection,
  personal_data: { export: exportDigital, erase: eraseDigital },
  seed: { demo: fillDemonstration },
})
