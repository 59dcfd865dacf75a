import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { importCommand } from '../kernel/register/command.ts'
import { duplicatesLine, hearFilesChanged } from './actions/duplicates.ts'
import { foundMatrix, peopleRegister } from './actions.ts'
import { filesChanged } from './events.ts'
import { householdSection } from './parts/household.tsx'
import { originsSection } from './parts/origins.tsx'
import { erasePeople, exportPeople } from './personal-data.ts'
import duplicates from './routes/duplicates.tsx'
import households from './routes/households.tsx'
import registers from './routes/registers.tsx'
import rights from './routes/rights.tsx'
import routes from './routes.tsx'
import { may } from './rules.ts'
import type staff from './text/staff.it.json'
import { people } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    people: typeof staff
  }
}

export default module({
  name: 'people',
  level: 1,
  needs: ['territory', 'accounts'],
  routes: [...routes, ...households, ...duplicates, ...registers, ...rights],
  permissions: may,
  menu: [
    { text: 'people.menu.people', href: people.search.href(), may: may.find, order: 20 },
    { text: 'people.menu.duplicates', href: people.duplicates.href(), may: may.merge, order: 77 },
    { text: 'people.menu.registers', href: people.registers.href(), may: may.feed_registers, order: 78 },
    { text: 'people.menu.matrix', href: people.matrix.href(), may: may.change_matrix, order: 80 },
  ],
  registers: [peopleRegister],
  commands: [importCommand],
  listeners: [on(filesChanged, 'people.duplicates', hearFilesChanged)],
  today: duplicatesLine,
  personFile: async (ctx, ids) => [...(await householdSection(ctx, ids)), ...(await originsSection(ctx, ids))],
  personal_data: { export: exportPeople, erase: erasePeople },
  seed: { always: foundMatrix },
})
