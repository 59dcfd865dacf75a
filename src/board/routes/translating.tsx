import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import * as translations from '../actions/translations.ts'
import { stillGoodForm, translationCheckForm, translationForm } from '../forms.ts'
import { TranslationPage, TranslatorsPage, WorkListPage } from '../pages/translations.tsx'
import { may } from '../rules/may.ts'
import { textFields } from '../rules/texts.ts'
import { board } from '../urls.ts'

const routes = router()
export default routes.all

routes.page(board.translators, may.see, async (ctx) => (
  <TranslatorsPage lists={await translations.workInEveryLanguage(ctx)} />
))
routes.page(board.workList, may.see, async (ctx, { language }) => (
  <WorkListPage language={translations.targetLanguage(language)} lines={await translations.workList(ctx, language)} />
))

async function translationPage(ctx: Ctx, id: string, language: string, form: Form<typeof translationForm>) {
  const of = await translations.translationToEdit(ctx, id, language)
  const start = of.translation
    ? {
        ...Object.fromEntries(textFields.map((field) => [field, of.translation?.[field] ?? ''])),
        origin: of.translation.origin,
      }
    : { origin: 'person' }
  return <TranslationPage {...of} form={filled(form, start)} translates={ctx.actor.can(may.translate)} />
}

routes.form(board.translation, may.see, translationForm, {
  show: (ctx, { id, language }, form) => translationPage(ctx, id, language, form),
  async submit(ctx, { id, language }, input) {
    await translations.saveTranslation(ctx, id, language, input)
    say(ctx, 'board.said.translated')
    return board.translation.href({ id, language })
  },
})

routes.form(board.stillGood, may.translate, stillGoodForm, {
  show: (ctx, { id, language }, form) =>
    translationPage(ctx, id, language, { ...form, values: {} } as Form<typeof translationForm>),
  async submit(ctx, { id, language }, input) {
    await translations.sayStillGood(ctx, id, language, input)
    say(ctx, 'board.said.still_good')
    return board.translation.href({ id, language })
  },
})

routes.form(board.translationCheck, may.check_translation, translationCheckForm, {
  show: (ctx, { id, language }, form) =>
    translationPage(ctx, id, language, { ...form, values: {} } as Form<typeof translationForm>),
  async submit(ctx, { id, language }, { revision }) {
    await translations.markChecked(ctx, id, language, revision)
    say(ctx, 'board.said.translation_checked')
    return board.translation.href({ id, language })
  },
})
