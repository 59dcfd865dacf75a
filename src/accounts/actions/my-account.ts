import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, Refused, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { setCookie } from '../../kernel/http/answer.ts'
import type { Asked, Outside } from '../../kernel/routes.ts'
import { endSessionsOf, renewSession, sessionCookie } from '../../kernel/session.ts'
import { own_password } from '../rules/limits.ts'
import { chosenPasswordProblems } from '../rules/passwords.ts'
import {
  ambitiOf,
  endActivations,
  endChallenges,
  findAccount,
  recoveryCodesLeft,
  saveLanguage,
  savePassword,
} from '../store.ts'
import { me } from '../urls.ts'
import { hashPassword, isPassword } from './hashing.ts'
import { makeRecoveryCodes } from './sign-in.ts'

const own = ({ actor }: Ctx) => {
  if (!actor.account_id) throw new NotFound()
  return actor.account_id
}

export async function myAccount(ctx: Ctx) {
  const account_id = own(ctx)
  const account = await findAccount(ctx, account_id)
  return { account, ambiti: await myAmbiti(ctx), codes_left: await recoveryCodesLeft(ctx, account_id) }
}

/** With their names, which another module knows. */
export async function myAmbiti(ctx: Ctx) {
  const ambiti = ctx.modules.find((module) => module.ambiti)?.ambiti
  const found = []
  for (const id of await ambitiOf(ctx, own(ctx))) {
    const ambito = await ambiti?.byId(ctx.db, id)
    if (ambito) found.push(ambito)
  }
  return found
}

type Change = { current: string; password: string; again: string }

export async function preparePassword(outside: Outside, { current, ...chosen }: Change) {
  const account = await proveIdentity(outside, current)
  refuse(chosenPasswordProblems(chosen, [account.name, account.email]))
  return hashPassword(chosen.password)
}

/** The password again, before something that whoever finds an open screen must not do. */
export async function proveIdentity({ limits, open }: Outside, current: string) {
  const account = await open((ctx) => findAccount(ctx, own(ctx)))
  if (!(await limits.take(own_password, account.id))) throw new Refused({ form: 'accounts.error.too_many_tries' })
  if (!(await isPassword(account.password_hash, current))) {
    await open((ctx) => ctx.keep({ kind: 'accounts.own_password_wrong', account_id: account.id }))
    throw new Refused({ current: 'accounts.error.wrong_password' })
  }
  await limits.giveBack(own_password, account.id)
  return account
}

export async function changePassword(ctx: Ctx, password_hash: string, asked: Asked) {
  const account_id = own(ctx)
  await savePassword(ctx, account_id, password_hash)
  await endActivations(ctx, account_id)
  await endChallenges(ctx, account_id)
  await stayAlone(ctx, asked)
  await ctx.keep({ kind: 'accounts.password_changed', account_id })
  say(ctx, 'accounts.said.password_changed')
  return me.href()
}

export async function endOtherSessions(ctx: Ctx, asked: Asked) {
  await stayAlone(ctx, asked)
  await ctx.keep({ kind: 'accounts.other_sessions_ended', account_id: own(ctx) })
  say(ctx, 'accounts.said.sessions_ended')
  return me.href()
}

export async function changeLanguage(ctx: Ctx, lang: string) {
  await saveLanguage(ctx, own(ctx), lang)
  return me.href()
}

export async function switchAmbito(ctx: Ctx, ambito_id: string, asked: Asked) {
  if (!(await ambitiOf(ctx, own(ctx))).includes(ambito_id)) throw new NotFound()
  await renew(ctx, asked, ambito_id)
  return '/staff'
}

export async function renewRecoveryCodes(ctx: Ctx) {
  const account_id = own(ctx)
  await ctx.keep({ kind: 'accounts.recovery_codes_renewed', account_id })
  return makeRecoveryCodes(ctx, account_id)
}

async function stayAlone(ctx: Ctx, asked: Asked) {
  await endSessionsOf(ctx, own(ctx), await renew(ctx, asked))
}

async function renew(ctx: Ctx, { session }: Asked, ambito_id?: string) {
  const token = session && (await renewSession(ctx, session, ambito_id))
  if (!token) throw new NotFound()
  setCookie(ctx, sessionCookie(token))
  return token
}
