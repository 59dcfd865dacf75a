import { module } from '../kernel/module.ts'
import { fillAmbito, foundAmbiti } from './actions/founding.ts'
import { allAmbiti, ambitoById, ambitoOfHost } from './actions.ts'
import routes from './routes.tsx'
import { may } from './rules/may.ts'
import { territory } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    territory: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'territory',
  level: 1,
  needs: [],
  permissions: may,
  routes,
  menu: [{ text: 'territory.menu.territory', href: territory.comuni.href(), may: may.read, order: 80 }],
  ambiti: { ofHost: ambitoOfHost, byId: ambitoById, all: allAmbiti, found: foundAmbiti },
  seed: { always: fillAmbito },
})
