/**
 * password right ── demonstration ───────────────────────────────────────────────────→ signed in
 *                ├─ has a code app ── challenge ── right code, or a recovery code ────→ signed in
 *                └─ has none yet ──── challenge ── app set up ── recovery codes shown → signed in
 *
 * Every wrong password gets the same answer in the same time, whoever it was for. What is counted stays counted.
 */
import { createHash } from 'node:crypto'
import type { Ctx } from '../../kernel/ctx.ts'
import { refuse } from '../../kernel/errors.ts'
import { setCookie, setHeader } from '../../kernel/http/answer.ts'
import type { Asked, Outside } from '../../kernel/routes.ts'
import { endSession, goodbyeCookie, sessionCookie, startSession } from '../../kernel/session.ts'
import { hashOfCode, newRecoveryCodes, newSecret, recoveryCodeIn, stepOfCode } from '../rules/codes.ts'
import { codes_of_account, tries_of_account, tries_of_address, tries_of_usual_place } from '../rules/limits.ts'
import { carried, wayBack } from '../rules/way-back.ts'
import {
  ambitiOf,
  countTry,
  endChallenges,
  findAccount,
  findAccountByEmail,
  findApp,
  isUsualAddress,
  keepUsualAddress,
  readsRegion,
  savePassword,
  saveRecoveryCodes,
  startApp,
  startChallenge,
  takeRecoveryCode,
  takeStep,
} from '../store.ts'
import { secondStep, setUp, signIn as signInPage } from '../urls.ts'
import { hashPassword, isOld, isPassword } from './hashing.ts'

type Verdict = { account_id: string | null; end: 'right' | 'wrong' | 'limited'; new_hash?: string }

/** Outside the transaction: is this the password, and may it be tried at all? */
export async function judgePassword(
  { limits, open }: Outside,
  { email, password }: { email: string; password: string },
  { address_hash }: Asked,
): Promise<Verdict> {
  const { account, usual } = await open(async (ctx) => ({
    account: await findAccountByEmail(ctx, email),
    usual: await isUsualAddress(ctx, email, address_hash),
  }))
  const account_id = account?.id ?? null
  const who = createHash('sha256').update(email).digest('base64url').slice(0, 22)
  const counted = usual
    ? ([[tries_of_usual_place, `${who}:${address_hash}`]] as const)
    : ([
        [tries_of_account, who],
        [tries_of_address, address_hash],
      ] as const)
  for (const [limit, key] of counted) if (!(await limits.take(limit, key))) return { account_id, end: 'limited' }
  const right = await isPassword(account?.password_hash, password)
  if (!right || !account?.password_hash || account.disabled) return { account_id, end: 'wrong' }
  for (const [limit, key] of counted) await limits.giveBack(limit, key)
  return { account_id, end: 'right', ...(isOld(account.password_hash) && { new_hash: await hashPassword(password) }) }
}

/** @returns where to go: in, or to the second step */
export async function signIn(ctx: Ctx, { account_id, end, new_hash }: Verdict, asked: Asked) {
  if (end !== 'right' || !account_id) {
    await ctx.keep({ kind: `accounts.sign_in_${end}`, account_id, detail: { address: asked.address_hash } })
    refuse({ form: end === 'limited' ? 'accounts.error.too_many_tries' : 'accounts.error.sign_in' })
  }
  const account = await findAccount(ctx, account_id as string)
  if (new_hash) await savePassword(ctx, account.id, new_hash)
  if (account.demo) return enter(ctx, account.id, asked)
  if (asked.session) await endSession(ctx, asked.session)
  setCookie(ctx, sessionCookie(await startChallenge(ctx, account.id)))
  if (account.has_app) return secondStep.href({}, carried(asked.query))
  await startApp(ctx, account.id, newSecret())
  return setUp.href({}, carried(asked.query))
}

type Counted = { account_id: string; limited: boolean } | undefined

/** Outside the transaction, so that a wrong code stays counted. */
export async function countCode({ limits, open }: Outside, { session }: Asked): Promise<Counted> {
  const account_id = session && (await open((ctx) => countTry(ctx, session)))
  if (!account_id) return undefined
  return { account_id, limited: !(await limits.take(codes_of_account, account_id)) }
}

export async function giveCode(ctx: Ctx, counted: Counted, typed: string, asked: Asked) {
  const account_id = await mayTry(ctx, counted)
  if (!(await isAppCode(ctx, account_id, typed)) && !(await isRecoveryCode(ctx, account_id, typed)))
    await wrongCode(ctx, account_id)
  return enter(ctx, account_id, asked)
}

/** The first right code of a new app confirms it. @returns the recovery codes, to be shown this once, and where to go */
export async function confirmApp(ctx: Ctx, counted: Counted, typed: string, asked: Asked) {
  const account_id = await mayTry(ctx, counted)
  const app = await findApp(ctx, account_id)
  refuse(app?.confirmed_at ? { form: 'accounts.error.challenge_over' } : {})
  if (!(await isAppCode(ctx, account_id, typed))) await wrongCode(ctx, account_id)
  const codes = await makeRecoveryCodes(ctx, account_id)
  await ctx.keep({ kind: 'accounts.second_factor_set', account_id })
  return { codes, href: await enter(ctx, account_id, asked) }
}

export async function makeRecoveryCodes(ctx: Ctx, account_id: string) {
  const codes = newRecoveryCodes()
  await saveRecoveryCodes(ctx, account_id, codes.map(hashOfCode))
  return codes
}

async function mayTry(ctx: Ctx, counted: Counted) {
  if (!counted) refuse({ form: 'accounts.error.challenge_over' })
  if (counted?.limited) {
    await ctx.keep({ kind: 'accounts.second_step_limited', account_id: counted.account_id })
    refuse({ form: 'accounts.error.too_many_tries' })
  }
  return (counted as { account_id: string }).account_id
}

async function wrongCode(ctx: Ctx, account_id: string) {
  await ctx.keep({ kind: 'accounts.second_step_failed', account_id })
  refuse({ code: 'accounts.error.wrong_code' })
}

async function isAppCode(ctx: Ctx, account_id: string, typed: string) {
  const app = await findApp(ctx, account_id)
  const step = app && stepOfCode(app.secret, typed.replaceAll(/\s/g, ''), ctx.now, Number(app.last_step))
  return app !== undefined && step !== undefined && takeStep(ctx, app.id, step)
}

async function isRecoveryCode(ctx: Ctx, account_id: string, typed: string) {
  const code = recoveryCodeIn(typed)
  if (!code || !(await takeRecoveryCode(ctx, account_id, hashOfCode(code)))) return false
  await ctx.keep({ kind: 'accounts.recovery_code_used', account_id })
  return true
}

/** A new token always; what the browser held before is over. */
async function enter(ctx: Ctx, account_id: string, asked: Asked) {
  const ambiti = await ambitiOf(ctx, account_id)
  const ambito_id = ambiti.includes(ctx.ambito_id) ? ctx.ambito_id : (ambiti[0] ?? null)
  refuse(ambito_id || (await readsRegion(ctx, account_id)) ? {} : { form: 'accounts.error.no_role' })
  if (asked.session) await endSession(ctx, asked.session)
  await endChallenges(ctx, account_id)
  await keepUsualAddress(ctx, account_id, asked.address_hash)
  setCookie(ctx, sessionCookie(await startSession(ctx, account_id, ambito_id)))
  await ctx.keep({ kind: 'accounts.signed_in', account_id, detail: { address: asked.address_hash } })
  return wayBack(asked.query)
}

export async function signOut(ctx: Ctx, { session }: Asked) {
  if (session) await endSession(ctx, session)
  setCookie(ctx, goodbyeCookie)
  setHeader(ctx, 'clear-site-data', '"cache"')
  if (ctx.actor.account_id) await ctx.keep({ kind: 'accounts.signed_out', account_id: ctx.actor.account_id })
  return signInPage.href()
}
