import { module } from '../kernel/module.ts'
import { allAmbiti, ambitoById, ambitoOfHost, fillAmbito, foundAmbiti } from './actions.ts'
import { may } from './rules/may.ts'

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
  ambiti: { ofHost: ambitoOfHost, byId: ambitoById, all: allAmbiti, found: foundAmbiti },
  seed: { always: fillAmbito },
})
