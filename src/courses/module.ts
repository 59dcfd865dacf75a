import { on } from '../kernel/events.ts'
import { module } from '../kernel/module.ts'
import { rowSplitOff } from '../people/events.ts'
import { registerPerson } from './actions/enrolling.ts'
import { attendanceRegister, hearSplitOff } from './actions/imports.ts'
import { pactSheet, pactSheetKind } from './actions/pacts.ts'
import { lessonSheet, lessonSheetKind } from './actions/papers.ts'
import { expireOffer, watchPlaces } from './actions/places.ts'
import { printCertificates, sweepPrintings } from './actions/printing.ts'
import { coursesToday } from './actions/today.ts'
import { coursesSection } from './parts.tsx'
import { eraseCourses, exportCourses } from './personal-data.ts'
import calendar from './routes/calendar.tsx'
import editions from './routes/editions.tsx'
import lessons from './routes/lessons.tsx'
import open from './routes/open.tsx'
import outcomes from './routes/outcomes.tsx'
import papers from './routes/papers.tsx'
import people from './routes/people.tsx'
import { may } from './rules/may.ts'
import { fillDemonstration } from './seed.ts'
import { sweepLinks } from './store/links.ts'
import { courses } from './urls.ts'

declare module '../kernel/i18n.ts' {
  interface Texts {
    courses: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export default module({
  name: 'courses',
  level: 2,
  needs: ['territory', 'accounts', 'people', 'programme', 'participation'],
  routes: [...open, ...editions, ...calendar, ...people, ...lessons, ...outcomes, ...papers],
  permissions: may,
  proofs: {
    'courses.edition': { at: (edition) => courses.edition.href({ edition }), may: may.see },
    'courses.enrolment': { at: (enrolment) => courses.enrolment.href({ enrolment }), may: may.see_people },
  },
  jobs: [registerPerson, expireOffer, printCertificates],
  timers: [
    { name: 'courses.watch', cron: '*/10 * * * *', run: watchPlaces },
    { name: 'courses.sweep_links', cron: '47 2 * * *', run: sweepLinks },
    { name: 'courses.sweep_printings', cron: '52 2 * * *', run: sweepPrintings },
  ],
  registers: [attendanceRegister],
  listeners: [on(rowSplitOff, 'courses.split_off', hearSplitOff)],
  sheets: { [lessonSheet]: lessonSheetKind, [pactSheet]: pactSheetKind },
  menu: [{ text: 'courses.menu', href: courses.list.href(), may: may.see, order: 20 }],
  today: coursesToday,
  personFile: coursesSection,
  personal_data: { export: exportCourses, erase: eraseCourses },
  seed: { demo: fillDemonstration },
})
