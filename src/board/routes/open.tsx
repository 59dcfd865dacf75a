/** For everybody, without account. */
import { NotFound } from '../../kernel/errors.ts'
import { router } from '../../kernel/routes.ts'
import * as events from '../actions/events.ts'
import { pictureBytes } from '../actions/pictures.ts'
import * as reading from '../actions/reading.ts'
import { searchBoard } from '../actions/search.ts'
import { nothing, signUpForm, usefulForm } from '../forms.ts'
import { calendarOf, calendarOfOne } from '../pages/calendar.ts'
import { EventPage, EventsPage, MySignUpPage, SignUpPage } from '../pages/events.tsx'
import { feedOf } from '../pages/feed.ts'
import { NoticesPage, TextPage, ThanksPage } from '../pages/notices.tsx'
import { SearchPage } from '../pages/search.tsx'
import { ServicePage, ServicesPage } from '../pages/services.tsx'
import type { Kind } from '../rules/publication.ts'
import { board, kindInAddress, publicHref } from '../urls.ts'

const routes = router()
export default routes.all

/** What is asked for in the address, read with care: these pages are kept, so only what means something may differ. */
function pageIn(query: URLSearchParams) {
  const page = query.get('pagina')
  if (page === null) return 1
  if (!/^[1-9]\d{0,3}$/.test(page)) throw new NotFound()
  return Number(page)
}
function monthIn(query: URLSearchParams) {
  const month = query.get('mese')
  if (month === null) return undefined
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) throw new NotFound()
  return month
}

routes.open(board.services, async (ctx, _, { query }) => {
  const comune = query.get('comune') || undefined
  return <ServicesPage {...(await reading.servicesAround(ctx, comune))} />
})
routes.open(board.service, async (ctx, { slug }) => <ServicePage {...(await reading.serviceShown(ctx, slug))} />)

routes.open(board.notices, async (ctx, _, { query }) => {
  const shown = await reading.noticesShown(ctx, pageIn(query))
  if (shown.page > 1 && shown.notices.length === 0) throw new NotFound()
  return <NoticesPage {...shown} size={reading.noticesAtOnce} />
})
routes.open(board.notice, async (ctx, { slug }) => <TextPage text={await reading.textShown(ctx, 'notice', slug)} />)
routes.open(board.page, async (ctx, { slug }) => <TextPage text={await reading.textShown(ctx, 'page', slug)} />)

routes.open(board.events, async (ctx, _, { query }) => {
  const shown = await reading.eventsShown(ctx, { month: monthIn(query), page: pageIn(query) })
  if (shown.page > 1 && shown.events.length === 0) throw new NotFound()
  return <EventsPage {...shown} size={reading.eventsAtOnce} />
})
routes.open(board.event, async (ctx, { slug }) => <EventPage {...(await reading.eventShown(ctx, slug))} />)
routes.open(board.calendar, async (ctx) => calendarOf(ctx, await reading.eventsForCalendar(ctx)))
routes.open(board.eventCalendar, async (ctx, { slug }) => calendarOfOne(ctx, await reading.eventShown(ctx, slug)))
routes.open(board.feed, async (ctx) => feedOf(ctx, await reading.newsShown(ctx)))

routes.machine(board.pictureFile, (ctx, { id }) => pictureBytes(ctx, id), false)

// What people type is theirs: such pages are not kept.
routes.open(
  board.search,
  async (ctx, _, { query }) => {
    const typed = (query.get('q') ?? '').normalize('NFC').trim().slice(0, 200)
    return <SearchPage typed={typed} {...(await searchBoard(ctx, typed))} />
  },
  false,
)

routes.openForm(board.useful, usefulForm, {
  show: async (ctx, { kind, slug }) => (
    <ThanksPage
      back={publicHref((await itemAt(ctx, kind, slug)).kind, { l: ctx.lang, slug })}
      page={`${kind}/${slug}`}
    />
  ),
  before: ({ limits }, { kind, slug }, _, { address_hash }) =>
    events.mayTry(limits, events.usefulLimit, `${address_hash} ${kind} ${slug}`),
  async submit(ctx, { l, kind, slug }, { useful }, { prepared }) {
    const item = await itemAt(ctx, kind, slug)
    await events.answerUseful(ctx, item.id, useful === 'yes', prepared)
    return board.useful.href({ l, kind, slug })
  },
})

async function itemAt(ctx: Parameters<typeof reading.anyShown>[0], word: string, slug: string) {
  const kind = (Object.keys(kindInAddress) as Kind[]).find((one) => kindInAddress[one] === word)
  if (!kind) throw new NotFound()
  return reading.anyShown(ctx, kind, slug)
}

routes.openForm(board.signUp, signUpForm, {
  show: async (ctx, { slug }, form) => <SignUpPage shown={await reading.eventShown(ctx, slug)} form={form} />,
  before: ({ limits }, _, __, { address_hash }) => events.mayTry(limits, events.signUpLimit, address_hash),
  async submit(ctx, { l, slug }, input, { prepared }) {
    const token = await events.signUp(ctx, slug, input, prepared)
    return board.mySignUp.href({ l, slug, token })
  },
})

routes.openForm(board.mySignUp, nothing, {
  show: async (ctx, { slug, token }) => <MySignUpPage of={await events.mySignUp(ctx, slug, token)} token={token} />,
  async submit(ctx, { l, slug, token }) {
    await events.withdrawMySignUp(ctx, slug, token)
    return board.mySignUp.href({ l, slug, token })
  },
})
