import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { filled } from '../../kernel/form.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { exportRoute } from '../../ui/export.tsx'
import { rowsAtOnce } from '../../ui/pager.tsx'
import { emblem, emblemId } from '../actions/emblem.ts'
import * as actions from '../actions/issues.ts'
import { removeSubscriber, subscriberList, subscribersOnPage } from '../actions/subscribers.ts'
import { contentsForm, dispatchForm, noFields, tryOutForm, wordsForm } from '../forms.ts'
import { IssuePage } from '../pages/issue.tsx'
import { IssuesPage } from '../pages/issues.tsx'
import { DispatchPage, PreviewPage } from '../pages/sending.tsx'
import { SubscribersPage } from '../pages/subscribers.tsx'
import { ContentsPage, WordsPage } from '../pages/writing.tsx'
import { may } from '../rules/may.ts'
import { newsletter } from '../urls.ts'

const routes = router()
export default routes.all

routes.page(newsletter.issues, may.see, async (ctx) => (
  <IssuesPage
    {...(await actions.issuesAndReaders(ctx))}
    writes={ctx.actor.can(may.write)}
    sees_addresses={ctx.actor.can(may.see_subscribers)}
  />
))

// --- writing --------------------------------------------------------------------------------------------------------

routes.form(newsletter.create, may.write, wordsForm, {
  show: (_ctx, _params, form) => <WordsPage form={form} language="it" />,
  async submit(ctx, _params, input) {
    const id = await actions.createIssue(ctx, input)
    say(ctx, 'newsletter.said.created')
    return newsletter.contents.href({ id })
  },
})

routes.form(newsletter.words, may.write, wordsForm, {
  async show(ctx, { id, language }, form) {
    if (!isLanguage(language)) throw new NotFound()
    const { words } = await actions.issueWhole(ctx, id)
    const of = (lang: string) => words.find((one) => one.language === lang)
    const own = of(language)
    return (
      <WordsPage
        form={filled(form, own ? { subject: own.subject, body: own.body } : {})}
        language={language}
        italian={language === 'it' ? undefined : of('it')}
      />
    )
  },
  async submit(ctx, { id, language }, input) {
    await actions.saveWords(ctx, id, language, input)
    say(ctx, 'newsletter.said.saved')
    return newsletter.issue.href({ id })
  },
})

routes.form(newsletter.contents, may.write, contentsForm, {
  async show(ctx, { id }, form) {
    const { items, issue } = await actions.issueWhole(ctx, id)
    const start = { items: items.map((item) => item.id), topics: issue.topics }
    return <ContentsPage id={id} form={filled(form, start)} items={await actions.itemsToChoose(ctx)} />
  },
  async submit(ctx, { id }, input) {
    await actions.saveContents(ctx, id, input)
    say(ctx, 'newsletter.said.saved')
    return newsletter.issue.href({ id })
  },
})

// --- one issue ------------------------------------------------------------------------------------------------------

async function issuePage(ctx: Ctx, { id }: { id: string }) {
  return (
    <IssuePage
      {...(await actions.issueWhole(ctx, id))}
      languages={actions.letterLanguages}
      writes={ctx.actor.can(may.write)}
      sends={ctx.actor.can(may.send)}
    />
  )
}
routes.page(newsletter.issue, may.see, issuePage)
routes.changes(newsletter.changes, may.see, (ctx, { id }) => actions.followed(ctx, id))

routes.page(newsletter.preview, may.see, async (ctx, { id, language }) => (
  <PreviewPage id={id} letter={await actions.letterShown(ctx, id, language)} tries={ctx.actor.can(may.write)} />
))

/** As a mail program would show it: a document of its own, under a policy of its own, with nothing in it that could run. */
routes.page(newsletter.letter, may.see, async (ctx, { id, language }) => {
  const { html } = await actions.letterShown(ctx, id, language)
  const picture = emblem()
  return {
    body: html.replace(`cid:${emblemId}`, `data:${picture.type};base64,${picture.body.toString('base64')}`),
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups",
    },
  }
})

routes.form(newsletter.tryOut, may.write, tryOutForm, {
  show: (ctx, params) => issuePage(ctx, params),
  async submit(ctx, { id }, { language }) {
    await actions.tryOut(ctx, id, language)
    say(ctx, 'newsletter.said.tried_out')
    return newsletter.preview.href({ id, language })
  },
})

// --- sending --------------------------------------------------------------------------------------------------------

routes.form(newsletter.dispatch, may.send, dispatchForm, {
  async show(ctx, { id }, form) {
    const { subject, readers } = await actions.issueWhole(ctx, id)
    return <DispatchPage id={id} form={form} subject={subject} readers={readers} />
  },
  async submit(ctx, { id }, input) {
    await actions.dispatch(ctx, id, input)
    say(ctx, `newsletter.said.${input.when}`)
    return newsletter.issue.href({ id })
  },
})

const deeds = [
  [newsletter.takeBack, actions.takeBack, 'newsletter.said.taken_back'],
  [newsletter.halt, actions.halt, 'newsletter.said.halted'],
  [newsletter.goOn, actions.goOn, 'newsletter.said.goes_on'],
  [newsletter.doubts, actions.sendDoubtedAgain, 'newsletter.said.goes_on'],
] as const
for (const [address, deed, said] of deeds)
  routes.form(address, may.send, noFields, {
    show: (ctx, params) => issuePage(ctx, params),
    async submit(ctx, { id }) {
      await deed(ctx, id)
      say(ctx, said)
      return newsletter.issue.href({ id })
    },
  })

// --- readers --------------------------------------------------------------------------------------------------------

const pageIn = (query: URLSearchParams) => Number(/^[1-9]\d{0,4}$/.exec(query.get('pagina') ?? '1')?.[0] ?? 1)
const subscribersPage = async (ctx: Ctx, page = 1) => (
  <SubscribersPage {...(await subscribersOnPage(ctx, page, rowsAtOnce))} />
)

routes.page(newsletter.subscribers, may.see_subscribers, (ctx, _params, { query }) =>
  subscribersPage(ctx, pageIn(query)),
)
exportRoute(routes, newsletter.subscribersExport, may.see_subscribers, {
  title: (ctx) => ctx.t('newsletter.subscribers.title'),
  back: () => newsletter.subscribers.href(),
  list: (ctx) => subscriberList(ctx),
})
routes.form(newsletter.remove, may.see_subscribers, noFields, {
  show: (ctx) => subscribersPage(ctx),
  async submit(ctx, { id }) {
    await removeSubscriber(ctx, id)
    say(ctx, 'newsletter.said.removed')
    return newsletter.subscribers.href()
  },
})
