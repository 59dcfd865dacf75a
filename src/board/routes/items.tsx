/** The list of the board, and the words of one item. */
import { accountNames } from '../../accounts/actions.ts'
import { needList } from '../../desk/actions.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { settingOf } from '../../programme/actions.ts'
import { rowsAtOnce } from '../../ui/pager.tsx'
import * as cards from '../actions/cards.ts'
import * as events from '../actions/events.ts'
import * as items from '../actions/items.ts'
import * as translations from '../actions/translations.ts'
import { newItemForm, sourceForm } from '../forms.ts'
import { ItemPage } from '../pages/item.tsx'
import { ItemsPage } from '../pages/items.tsx'
import { WritingPage } from '../pages/writing.tsx'
import { may } from '../rules/may.ts'
import { type Kind, kinds, reminderDays } from '../rules/publication.ts'
import { sourceFields } from '../rules/texts.ts'
import { board } from '../urls.ts'

const routes = router()
export default routes.all

const kindIn = (word: string | null | undefined): Kind => {
  const found = kinds.find((one) => one === word)
  if (!found) throw new NotFound()
  return found
}

/** Needs as the desk calls them. */
const inWords = (ctx: Ctx, codes: readonly string[]) =>
  needList.filter(({ code }) => codes.includes(code)).map(({ it, en }) => (ctx.lang === 'en' ? en : it))

routes.page(board.items, may.see, async (ctx, _, { query }) => {
  const kind = query.get('tipo') ? kindIn(query.get('tipo')) : undefined
  const state = query.get('stato')
  const soon = addDays(ctx.today, await settingOf(ctx, reminderDays))
  const all = (await items.itemsWithStanding(ctx, kind)).filter((line) =>
    state === 'soon'
      ? line.kind === 'service' &&
        ['live', 'stale'].includes(line.standing) &&
        line.published_until !== null &&
        line.published_until <= soon
      : !state || line.standing === state,
  )
  const page = Number(/^[1-9]\d{0,3}$/.exec(query.get('pagina') ?? '1')?.[0] ?? 1)
  return (
    <ItemsPage
      lines={all.slice((page - 1) * rowsAtOnce, page * rowsAtOnce)}
      total={all.length}
      page={page}
      query={query}
      writes={ctx.actor.can(may.write)}
    />
  )
})

routes.form(board.create, may.write, newItemForm, {
  show: (_, { kind }, form) => <WritingPage kind={kindIn(kind)} form={form} />,
  async submit(ctx, { kind }, input) {
    if (input.button === 'preview') {
      const form = blankForm(ctx.ambito_id, items.textOf(input)) as Form<typeof newItemForm>
      return <WritingPage kind={kindIn(kind)} form={form} preview={items.textOf(input)} />
    }
    const id = await items.createItem(ctx, kindIn(kind), input)
    say(ctx, 'board.said.created')
    return kind === 'service'
      ? board.serviceData.href({ id })
      : kind === 'event'
        ? board.eventData.href({ id })
        : board.publication.href({ id })
  },
})

routes.form(board.source, may.write, sourceForm, {
  async show(ctx, { id }, form) {
    const { item, source } = await items.itemWhole(ctx, id)
    const typed_on = form.values.version
    const version = typed_on ? Number([typed_on].flat()[0]) : item.version
    return (
      <WritingPage
        kind={item.kind}
        form={filled(form, Object.fromEntries(sourceFields.map((field) => [field, source[field]])))}
        title={source.title}
        version={version}
      />
    )
  },
  async submit(ctx, { id }, input) {
    const { item, source } = await items.itemWhole(ctx, id)
    if (input.button === 'preview') {
      const text = items.textOf(input)
      return (
        <WritingPage
          kind={item.kind}
          form={blankForm(ctx.ambito_id, text) as Form<typeof newItemForm>}
          title={source.title}
          version={input.version}
          preview={text}
        />
      )
    }
    await items.saveSource(ctx, id, input, input.version)
    say(ctx, 'board.said.saved')
    return board.item.href({ id })
  },
})

/** Also where a button of it was refused: the frame says why. */
export async function itemPage(ctx: Ctx, { id }: { id: string }) {
  const whole = await items.itemWhole(ctx, id)
  const { owner, kind } = whole.item
  const has_data =
    kind === 'service'
      ? (await cards.serviceToEdit(ctx, id)).service !== undefined
      : kind === 'event'
        ? (await events.eventToEdit(ctx, id)).event !== undefined
        : true
  return (
    <ItemPage
      {...whole}
      needs={inWords(ctx, whole.needs)}
      languages={translations.targetLanguages}
      owner={owner ? (await accountNames(ctx, [owner])).get(owner) : undefined}
      writes={ctx.actor.can(may.write)}
      translates={ctx.actor.can(may.translate)}
      sees_sign_ups={ctx.actor.can(may.see_sign_ups)}
      has_data={has_data}
    />
  )
}
routes.page(board.item, may.see, itemPage)
