import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { allSettings, changeSetting, settingNamed } from '../actions/settings.ts'
import { settingForm } from '../forms.ts'
import { SettingPage, SettingsPage } from '../pages/settings.tsx'
import { may } from '../rules/may.ts'
import { typedSetting } from '../rules/settings.ts'
import { programme } from '../urls.ts'
import { authors } from './authors.ts'

const routes = router()
export default routes.all

routes.page(programme.settings, may.read, async (ctx) => (
  <SettingsPage settings={await allSettings(ctx)} changes={ctx.actor.can(may.change_settings)} />
))

routes.form(programme.setting, may.change_settings, settingForm, {
  async show(ctx, { name }, form) {
    const now = await settingNamed(ctx, name)
    return (
      <SettingPage
        now={now}
        names={await authors(ctx, now.versions)}
        form={filled(form, { value: typedSetting(now.value), valid_from: ctx.today })}
      />
    )
  },
  async submit(ctx, { name }, input) {
    const { setting } = await settingNamed(ctx, name)
    await changeSetting(ctx, setting, input)
    return programme.settings.href()
  },
})
