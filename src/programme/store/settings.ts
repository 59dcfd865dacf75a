import type { Ctx } from '../../kernel/ctx.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type SettingVersion = Awaited<ReturnType<typeof listSettingVersions>>[number]
export const listSettingVersions = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('programme.setting')
    .select(['id', 'name', 'value', 'valid_from', 'note', 'recorded_at', 'recorded_by'])
    .where('ambito_id', '=', ambito_id)
    .orderBy('valid_from', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const addSetting = (
  { db, ambito_id }: Here,
  { value, ...setting }: { name: string; value: unknown; valid_from: string; note: string },
) =>
  db
    .insertInto('programme.setting')
    .values({ ambito_id, value: JSON.stringify(value), ...setting })
    .execute()
