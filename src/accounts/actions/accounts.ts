/** What an administrator does with the accounts of an Ambito. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { endSessionsOf } from '../../kernel/session.ts'
import { endRoleProblems, may, type Role, signInProblems } from '../rules/roles.ts'
import * as store from '../store.ts'
import { activation } from '../urls.ts'

type NewAccount = { email: string; name: string; lang: string; roles: readonly Role[] }

/** Somebody who already works in another Ambito keeps name and sign-in, and only gets roles here. @returns the link, if one is needed */
export async function addAccount(ctx: Ctx, { email, name, lang, roles }: NewAccount) {
  allow(ctx.actor.can(may.manage))
  const known = await store.findAccountByEmail(ctx, email)
  const id = known?.id ?? (await store.addAccount(ctx, { email, name, lang }))
  await store.giveRoles(
    ctx,
    id,
    roles.filter((role) => role !== 'region'),
  )
  await ctx.keep({ kind: 'accounts.roles_given', account_id: id, detail: { roles: roles.join(' ') } })
  return { id, link: (await needsLink(ctx, id, known)) ? await newLink(ctx, id) : undefined }
}

/** Not somebody invited elsewhere either: whoever holds the link becomes that person there too. */
async function needsLink(ctx: Ctx, id: string, known: { password_hash: string | null } | undefined) {
  return !known || (known.password_hash === null && !(await store.worksElsewhere(ctx, id)))
}

export async function giveRole(ctx: Ctx, account_id: string, role: string) {
  allow(ctx.actor.can(may.manage))
  await store.findAccountHere(ctx, account_id)
  await store.giveRoles(ctx, account_id, [role])
  await ctx.keep({ kind: 'accounts.roles_given', account_id, detail: { roles: role } })
  say(ctx, 'accounts.said.role_given')
}

export async function endRole(ctx: Ctx, account_id: string, role: string) {
  allow(ctx.actor.can(may.manage))
  const admins = await store.lockAdmins(ctx)
  await store.findAccountHere(ctx, account_id)
  refuse(endRoleProblems(role, admins.length))
  await store.endRole(ctx, account_id, role)
  await ctx.keep({ kind: 'accounts.role_ended', account_id, detail: { role } })
  say(ctx, 'accounts.said.role_ended')
}

export async function makeLink(ctx: Ctx, account_id: string) {
  await maySignIn(ctx, account_id)
  await ctx.keep({ kind: 'accounts.link_made', account_id })
  return newLink(ctx, account_id)
}

export async function resetSecondFactor(ctx: Ctx, account_id: string) {
  await maySignIn(ctx, account_id)
  await forgetSecondFactor(ctx, account_id)
  say(ctx, 'accounts.said.second_factor_reset')
}

export async function disableAccount(ctx: Ctx, account_id: string) {
  await maySignIn(ctx, account_id)
  await store.disable(ctx, account_id)
  await store.endActivations(ctx, account_id)
  await store.endChallenges(ctx, account_id)
  await endSessionsOf(ctx, account_id)
  await ctx.keep({ kind: 'accounts.disabled', account_id })
  say(ctx, 'accounts.said.disabled')
}

export async function enableAccount(ctx: Ctx, account_id: string) {
  await maySignIn(ctx, account_id)
  await store.enable(ctx, account_id)
  await ctx.keep({ kind: 'accounts.enabled', account_id })
  say(ctx, 'accounts.said.enabled')
}

export async function forgetSecondFactor(ctx: Ctx, account_id: string) {
  await store.endApp(ctx, account_id, ctx.actor.account_id)
  await store.saveRecoveryCodes(ctx, account_id, [])
  await store.endChallenges(ctx, account_id)
  await endSessionsOf(ctx, account_id)
  await ctx.keep({ kind: 'accounts.second_factor_reset', account_id })
}

export async function newLink(ctx: Ctx, account_id: string) {
  return `${ctx.base_url}${activation.href({ token: await store.startActivation(ctx, account_id, ctx.actor.account_id) })}`
}

async function maySignIn(ctx: Ctx, account_id: string) {
  allow(ctx.actor.can(may.manage))
  refuse(signInProblems(ctx.actor, await store.findAccountHere(ctx, account_id)))
}
