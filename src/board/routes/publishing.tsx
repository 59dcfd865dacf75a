/** When an item is read, with which picture, and whether it still holds. */
import { colleagues } from '../../accounts/actions.ts'
import { say } from '../../kernel/events.ts'
import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import * as items from '../actions/items.ts'
import * as pictures from '../actions/pictures.ts'
import { cardCheckForm, nothing, pictureForm, publicationForm } from '../forms.ts'
import { CardCheckPage, PublicationPage } from '../pages/item.tsx'
import { PicturePage } from '../pages/picture.tsx'
import { may } from '../rules/may.ts'
import { board } from '../urls.ts'
import { itemPage } from './items.tsx'

const routes = router()
export default routes.all

routes.form(board.publication, may.write, publicationForm, {
  async show(ctx, { id }, form) {
    const { item, source } = await items.itemWhole(ctx, id)
    const service = item.kind === 'service'
    const usual = {
      published_from: item.published_from ?? ctx.today,
      published_until:
        item.published_until ?? (service ? Temporal.PlainDate.from(ctx.today).add({ months: 6 }).toString() : ''),
      owner: item.owner ?? '',
    }
    return (
      <PublicationPage
        title={source.title}
        service={service}
        form={filled(form, usual)}
        owners={await colleagues(ctx, 'editor')}
      />
    )
  },
  async submit(ctx, { id }, input) {
    await items.publishItem(ctx, id, input)
    say(ctx, input.published_from <= ctx.today ? 'board.said.published' : 'board.said.will_be_published')
    return board.item.href({ id })
  },
})

const upload_most = 2_000_000
routes.form(
  board.picture,
  may.write,
  pictureForm,
  {
    async show(ctx, { id }, form) {
      const { source, picture } = await items.itemWhole(ctx, id)
      return <PicturePage id={id} title={source.title} form={filled(form, { alt: source.alt })} picture={picture} />
    },
    async submit(ctx, { id }, { alt }, { files }) {
      await pictures.setPicture(ctx, id, alt, files.get('picture')?.[0])
      say(ctx, 'board.said.picture')
      return board.item.href({ id })
    },
  },
  upload_most,
)

routes.form(board.pictureGone, may.write, nothing, {
  show: itemPage,
  async submit(ctx, { id }) {
    await pictures.removePicture(ctx, id)
    say(ctx, 'board.said.picture_gone')
    return board.item.href({ id })
  },
})

routes.form(board.withdrawal, may.write, nothing, {
  show: itemPage,
  async submit(ctx, { id }) {
    await items.withdrawItem(ctx, id)
    say(ctx, 'board.said.withdrawn')
    return board.item.href({ id })
  },
})

routes.form(board.comeback, may.write, nothing, {
  show: itemPage,
  async submit(ctx, { id }) {
    await items.bringBack(ctx, id)
    say(ctx, 'board.said.brought_back')
    return board.item.href({ id })
  },
})

routes.form(board.cardCheck, may.write, cardCheckForm, {
  async show(ctx, { id }, form) {
    const { source } = await items.itemWhole(ctx, id)
    const usual = { by_whom: ctx.actor.name, next: Temporal.PlainDate.from(ctx.today).add({ months: 6 }).toString() }
    return <CardCheckPage title={source.title} form={filled(form, usual)} />
  },
  async submit(ctx, { id }, input) {
    await items.checkCard(ctx, id, input)
    say(ctx, 'board.said.card_checked')
    return board.item.href({ id })
  },
})
