import { module } from '../kernel/module.ts'
import { firstLanguages, languagesOn } from './actions.ts'
import routes from './routes.tsx'
import { deskPhone, may } from './rules.ts'
import { portal } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    portal: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'portal',
  level: 3,
  needs: ['territory', 'programme', 'desk', 'board', 'courses', 'monitoring', 'participation', 'tavolo'],
  routes,
  permissions: may,
  menu: [{ text: 'portal.menu.languages', href: portal.languages.href(), may: may.see_languages, order: 85 }],
  settings: [deskPhone],
  languages: languagesOn,
  seed: { always: firstLanguages },
})
