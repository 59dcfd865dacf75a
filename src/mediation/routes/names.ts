/** Codes in the words of whoever reads. */
import type { Ctx } from '../../kernel/ctx.ts'
import { comuni, languageName } from '../../territory/actions.ts'

export const comuneNames = async (ctx: Ctx) => new Map((await comuni(ctx)).map(({ code, name }) => [code, name]))
export const named = (ctx: Ctx, codes: readonly string[], name = languageName) =>
  codes.map((code) => ({ code, name: name(code, ctx.lang) })).sort((a, b) => a.name.localeCompare(b.name, ctx.lang))
