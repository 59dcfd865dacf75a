/** Open decisions: what holds on a day, since when, and who said so. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish, say } from '../../kernel/events.ts'
import type { Setting, ValueOf } from '../../kernel/module.ts'
import { may } from '../rules/may.ts'
import { readSetting } from '../rules/settings.ts'
import { addSetting, listSettingVersions, type SettingVersion } from '../store/settings.ts'

export {
  aLittleIsPositive,
  alfaIsAStep,
  certificateThreshold,
  freezeDaysBefore,
  keptUntil,
  lastPaymentOn,
  reportPeriod,
  retentionYears,
  screenSignature,
} from '../rules/settings.ts'

/** A page asks for many settings: they are read once in each transaction. */
const read = new WeakMap<Ctx['db'], Promise<SettingVersion[]>>()
const versionsOf = (ctx: Ctx) => read.getOrInsertComputed(ctx.db, () => listSettingVersions(ctx))
const findSetting = async (ctx: Ctx, { name }: Setting, on: string) =>
  (await versionsOf(ctx)).find((one) => one.name === name && one.valid_from <= on)

/** What a setting says on a day; its default as long as nobody has set it. */
export async function settingOf<S extends Setting>(ctx: Ctx, setting: S, on = ctx.today): Promise<ValueOf<S>> {
  const found = await findSetting(ctx, setting, on)
  return (found ? found.value : setting.default) as ValueOf<S>
}

/** The same, with what a screen must say beside it: is this a decision, or only our assumption? */
export async function settingWithMark<S extends Setting>(ctx: Ctx, setting: S, on = ctx.today) {
  const found = await findSetting(ctx, setting, on)
  return {
    value: (found ? found.value : setting.default) as ValueOf<S>,
    since: found?.valid_from ?? null,
    assumed: !found && setting.assumed,
  }
}

/** Every setting any module declares, with its history, newest first. */
export async function allSettings(ctx: Ctx) {
  const written = Map.groupBy(await versionsOf(ctx), ({ name }) => name)
  return ctx.modules
    .flatMap((module) => module.settings ?? [])
    .map((setting) => {
      const versions = written.get(setting.name) ?? []
      const now = versions.find(({ valid_from }) => valid_from <= ctx.today)
      return {
        setting,
        versions,
        value: (now ? now.value : setting.default) as unknown,
        since: now?.valid_from ?? null,
        assumed: !now && setting.assumed,
      }
    })
}
export type SettingNow = Awaited<ReturnType<typeof allSettings>>[number]

export async function settingNamed(ctx: Ctx, name: string) {
  const found = (await allSettings(ctx)).find(({ setting }) => setting.name === name)
  if (!found) throw new NotFound()
  return found
}

/** `typed` as a form sends it; a new row, the old ones stay. */
export async function changeSetting(
  ctx: Ctx,
  setting: Setting,
  {
    value: typed,
    valid_from,
    note = '',
  }: { value?: string | undefined; valid_from: string; note?: string | undefined },
) {
  allow(ctx.actor.can(may.change_settings))
  const value = readSetting(setting, typed)
  if (value === undefined)
    return refuse({
      value:
        setting.kind === 'whole'
          ? ['programme.error.setting_range', { min: setting.min, max: setting.max }]
          : 'programme.error.setting',
    })
  await addSetting(ctx, { name: setting.name, value, valid_from, note })
  read.delete(ctx.db)
  publish(ctx)
  say(ctx, 'programme.setting.changed')
}
