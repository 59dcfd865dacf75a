/** With the link an administrator hands over: the first password, or a new one after it was forgotten. */
import type { Ctx } from '../../kernel/ctx.ts'
import { Refused, refuse } from '../../kernel/errors.ts'
import type { Outside } from '../../kernel/routes.ts'
import { endSessionsOf } from '../../kernel/session.ts'
import { chosenPasswordProblems } from '../rules/passwords.ts'
import { endChallenges, findAccount, findActivation, savePassword, takeActivation } from '../store.ts'
import { signIn } from '../urls.ts'
import { hashPassword } from './hashing.ts'

type Chosen = { password: string; again: string }

export async function prepareChoice({ open }: Outside, token: string, chosen: Chosen) {
  const account = await open(async (ctx) => {
    const account_id = await findActivation(ctx, token)
    return account_id ? findAccount(ctx, account_id) : undefined
  })
  if (!account) throw new Refused({ form: 'accounts.error.link_over' })
  refuse(chosenPasswordProblems(chosen, [account.name, account.email]))
  return hashPassword(chosen.password)
}

export async function choosePassword(ctx: Ctx, token: string, password_hash: string) {
  const account_id = await takeActivation(ctx, token)
  if (!account_id) throw new Refused({ form: 'accounts.error.link_over' })
  await savePassword(ctx, account_id, password_hash)
  await endSessionsOf(ctx, account_id)
  await endChallenges(ctx, account_id)
  await ctx.keep({ kind: 'accounts.password_chosen', account_id })
  return signIn.href({}, { attivata: 1 })
}
