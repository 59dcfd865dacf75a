/** What the doors without an account share: how often one may try them, and the lists their forms offer. */
import type { Ctx } from '../../kernel/ctx.ts'
import { Refused } from '../../kernel/errors.ts'
import type { Limit } from '../../kernel/limits.ts'
import type { Outside } from '../../kernel/routes.ts'
import {
  comuni,
  countries,
  countryName,
  languageName,
  organisations,
  spokenLanguages,
} from '../../territory/actions.ts'
import { gist, hoursOf } from '../actions/letters.ts'
import type { Lists } from '../pages/request.tsx'
import type * as calls from '../store/calls.ts'

const asks: Limit = { name: 'mediation.asks', points: 20, seconds: 3600 }
const mistyped: Limit = { name: 'mediation.links', points: 60, seconds: 600 }

export async function mayAsk({ limits }: Outside, address_hash: string) {
  if (!(await limits.take(asks, address_hash))) throw new Refused({ form: 'mediation.error.too_many' })
}
/** Guessing a link is hopeless; trying it is made slow as well. */
export async function mayTry({ limits }: Outside, address_hash: string) {
  if (!(await limits.take(mistyped, address_hash))) throw new Refused({ form: 'mediation.error.too_many' })
}

export async function listsOf(ctx: Ctx): Promise<Lists> {
  const named = <Item extends { code: string }>(items: readonly Item[], name: (code: string, lang: string) => string) =>
    items
      .map(({ code }) => ({ code, name: name(code, ctx.lang) }))
      .sort((a, b) => a.name.localeCompare(b.name, ctx.lang))
  return {
    comuni: await comuni(ctx),
    languages: named(
      spokenLanguages.filter(({ code }) => code !== 'it'),
      languageName,
    ),
    countries: () => named(countries, countryName),
    bodies: (await organisations(ctx)).map(({ name }) => name),
  }
}
export const gistNow = async (ctx: Ctx, call: calls.Call) => gist(ctx, call, await hoursOf(ctx, call), ctx.lang)
