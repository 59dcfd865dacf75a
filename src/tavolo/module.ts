import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { coveredAfterAll, notCovered } from '../mediation/events.ts'
import { replyPublished, themeProposed } from '../participation/events.ts'
import { remind, sendPapers, tavoloToday, tidy } from './actions/care.ts'
import { countingListeners } from './actions/counting.ts'
import { feedSoon, hearCalls, hearDecisions, hearReplies, hearThemes } from './actions/feeding.ts'
import { meetingsRegister } from './actions/imports.ts'
import { meetingSheet, meetingSheetKind } from './actions/sheet.ts'
import { decisionTaken } from './events.ts'
import decisions from './routes/decisions.tsx'
import meetings from './routes/meetings.tsx'
import members from './routes/members.tsx'
import open from './routes/open.tsx'
import points from './routes/points.tsx'
import presence from './routes/presence.tsx'
import { may } from './rules/may.ts'
import { settings } from './rules/settings.ts'
import { fillDemonstration } from './seed.ts'
import { tavolo } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    tavolo: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'tavolo',
  level: 3,
  needs: ['territory', 'accounts', 'programme', 'board', 'courses', 'mediation', 'participation', 'monitoring'],
  routes: [...open, ...meetings, ...points, ...presence, ...decisions, ...members],
  permissions: may,
  proofs: {
    'tavolo.meeting': { at: (meeting) => tavolo.meeting.href({ meeting }), may: may.see },
    'tavolo.member': { at: (member) => tavolo.member.href({ member }), may: may.keep },
  },
  listeners: [
    on(themeProposed, 'tavolo.themes', hearThemes),
    on(notCovered, 'tavolo.calls', hearCalls),
    on(coveredAfterAll, 'tavolo.calls_covered', hearCalls),
    on(decisionTaken, 'tavolo.decisions', hearDecisions),
    on(replyPublished, 'tavolo.replies', hearReplies),
    ...countingListeners,
  ],
  jobs: [sendPapers, feedSoon],
  timers: [
    { name: 'tavolo.remind', cron: '5 * * * *', run: remind },
    { name: 'tavolo.tidy', cron: '35 3 * * *', run: tidy },
  ],
  registers: [meetingsRegister],
  sheets: { [meetingSheet]: meetingSheetKind },
  settings,
  menu: [{ text: 'tavolo.menu', href: tavolo.home.href(), may: may.see, order: 55 }],
  today: tavoloToday,
  seed: { demo: fillDemonstration },
})
