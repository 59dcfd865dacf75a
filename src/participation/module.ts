import { module } from '../kernel/module.ts'
import { forgetOld, participationToday } from './actions/care.ts'
import { takeAwayVoices } from './actions/reading.ts'
import { surveySheet, surveySheets } from './actions/surveys.ts'
import { surveySection } from './parts.tsx'
import { eraseParticipation, exportParticipation } from './personal-data.ts'
import open from './routes/open.tsx'
import staff from './routes/staff.tsx'
import { may } from './rules/may.ts'
import { fillDemonstration } from './seed.ts'
import { participation } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    participation: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'participation',
  level: 2,
  needs: ['territory', 'accounts', 'people', 'programme'],
  routes: [...open, ...staff],
  permissions: may,
  timers: [{ name: 'participation.forget', cron: '50 2 * * *', run: forgetOld }],
  menu: [
    { text: 'participation.menu', href: participation.voices.href(), may: may.hear, order: 52 },
    { text: 'participation.menu_letters', href: participation.letters.href(), may: may.answer_letters, order: 53 },
    { text: 'participation.menu_results', href: participation.results.href(), may: may.see_results, order: 75 },
  ],
  sheets: { [surveySheet]: surveySheets },
  today: participationToday,
  personFile: surveySection,
  personal_data: { export: exportParticipation, erase: eraseParticipation },
  taken_away: { 'participation.voice': takeAwayVoices },
  seed: { demo: fillDemonstration },
})
