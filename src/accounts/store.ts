import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { notFound } from '../kernel/errors.ts'
import type { House } from '../kernel/house.ts'
import { hashOf } from '../kernel/session.ts'
import { hours_of_link, minutes_of_challenge, tries_of_challenge } from './rules/limits.ts'

type Db = Pick<Ctx, 'db'>

// --- who somebody is ------------------------------------------------------------------------------------------------

export async function findActor(db: Ctx['db'], account_id: string, ambito_id: string | null) {
  const { rows } = await sql<{ name: string; lang: string; roles: string[] }>`
    select name, lang, roles from accounts.actor(${account_id}, ${ambito_id})`.execute(db)
  return rows[0]
}

/** The Ambiti where somebody works. The transaction becomes that account's: row-level security shows an account its own roles. */
export async function ambitiOf({ db }: Db, account_id: string) {
  await sql`select set_config('app.account', ${account_id}, true)`.execute(db)
  const rows = await db
    .selectFrom('accounts.role')
    .select('ambito_id')
    .distinct()
    .where('account_id', '=', account_id)
    .where('ended_at', 'is', null)
    .orderBy('ambito_id')
    .execute()
  return rows.map(({ ambito_id }) => ambito_id)
}

export async function readsRegion({ db }: Db, account_id: string) {
  return (
    (
      await db
        .selectFrom('accounts.region_reader')
        .select('id')
        .where('account_id', '=', account_id)
        .where('ended_at', 'is', null)
        .execute()
    ).length > 0
  )
}

export type Account = Awaited<ReturnType<typeof findAccount>>
const accounts = ({ db }: Db) =>
  db
    .selectFrom('accounts.account as a')
    .select(['a.id', 'a.email', 'a.name', 'a.password_hash', 'a.lang', 'a.demo', 'a.created_at'])
    .select((of) => [
      of
        .exists(
          of
            .selectFrom('accounts.disabling as d')
            .select('d.id')
            .whereRef('d.account_id', '=', 'a.id')
            .where('d.ended_at', 'is', null),
        )
        .as('disabled'),
      of
        .exists(
          of
            .selectFrom('accounts.totp as t')
            .select('t.id')
            .whereRef('t.account_id', '=', 'a.id')
            .where('t.ended_at', 'is', null)
            .where('t.confirmed_at', 'is not', null),
        )
        .as('has_app'),
    ])

export const findAccount = (ctx: Db, id: string) =>
  accounts(ctx).where('a.id', '=', id).executeTakeFirstOrThrow(notFound)
export const findAccountByEmail = (ctx: Db, email: string) =>
  accounts(ctx).where('a.email', '=', email).executeTakeFirst()

export async function isUsualAddress({ db }: Db, email: string, address_hash: string) {
  const found = await db
    .selectFrom('accounts.usual_address as u')
    .innerJoin('accounts.account as a', 'a.id', 'u.account_id')
    .select('u.account_id')
    .where('a.email', '=', email)
    .where('u.address_hash', '=', address_hash)
    .executeTakeFirst()
  return found !== undefined
}

export const keepUsualAddress = ({ db }: Db, account_id: string, address_hash: string) =>
  sql`insert into accounts.usual_address (account_id, address_hash) values (${account_id}, ${address_hash})
    on conflict (account_id, address_hash) do update set last_at = kernel.now()`.execute(db)

export const savePassword = ({ db }: Db, account_id: string, password_hash: string) =>
  db.updateTable('accounts.account').set({ password_hash }).where('id', '=', account_id).execute()

export const saveLanguage = ({ db }: Db, account_id: string, lang: string) =>
  db.updateTable('accounts.account').set({ lang }).where('id', '=', account_id).execute()

// --- the second step ------------------------------------------------------------------------------------------------

const newToken = () => randomBytes(32).toString('base64url')

export async function startChallenge({ db }: Db, account_id: string) {
  const token = newToken()
  await sql`insert into accounts.challenge (token_hash, account_id, expires_at)
    values (${hashOf(token)}, ${account_id}, kernel.now() + make_interval(mins => ${minutes_of_challenge}))`.execute(db)
  return token
}

const openChallenge = (token: string) =>
  sql<boolean>`token_hash = ${hashOf(token)} and ended_at is null and expires_at > kernel.now() and tries < ${tries_of_challenge}`

/** Whose second step waits under this token; undefined when it is over. */
export async function findChallenge({ db }: Db, token: string) {
  return (await db.selectFrom('accounts.challenge').select('account_id').where(openChallenge(token)).executeTakeFirst())
    ?.account_id
}

/** Counted before the code is looked at. */
export async function countTry({ db }: Db, token: string) {
  const counted = await db
    .updateTable('accounts.challenge')
    .set((of) => ({ tries: of('tries', '+', 1) }))
    .where(openChallenge(token))
    .returning('account_id')
    .executeTakeFirst()
  return counted?.account_id
}

export async function endChallenges({ db }: Db, account_id: string) {
  await sql`update accounts.challenge set ended_at = kernel.now() where account_id = ${account_id} and ended_at is null`.execute(
    db,
  )
}

export const findApp = ({ db }: Db, account_id: string) =>
  db
    .selectFrom('accounts.totp')
    .select(['id', 'secret', 'confirmed_at', 'last_step'])
    .where('account_id', '=', account_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

export async function startApp(ctx: Db, account_id: string, secret: string) {
  await endApp(ctx, account_id, null)
  await ctx.db.insertInto('accounts.totp').values({ account_id, secret }).execute()
}

export async function endApp({ db }: Db, account_id: string, ended_by: string | null) {
  await sql`update accounts.totp set ended_at = kernel.now(), ended_by = ${ended_by} where account_id = ${account_id} and ended_at is null`.execute(
    db,
  )
}

/** False when another request has used this step in the meantime. */
export async function takeStep({ db }: Db, id: string, step: number) {
  const { numAffectedRows } =
    await sql`update accounts.totp set last_step = ${step}, confirmed_at = coalesce(confirmed_at, kernel.now())
    where id = ${id} and ended_at is null and last_step < ${step}`.execute(db)
  return numAffectedRows === 1n
}

export async function saveRecoveryCodes({ db }: Db, account_id: string, hashes: Buffer[]) {
  await db.deleteFrom('accounts.recovery_code').where('account_id', '=', account_id).execute()
  if (hashes.length > 0)
    await db
      .insertInto('accounts.recovery_code')
      .values(hashes.map((hash) => ({ account_id, hash })))
      .execute()
}

export async function takeRecoveryCode({ db }: Db, account_id: string, hash: Buffer) {
  const { numAffectedRows } = await sql`update accounts.recovery_code set used_at = kernel.now()
    where account_id = ${account_id} and hash = ${hash} and used_at is null`.execute(db)
  return numAffectedRows === 1n
}

export async function recoveryCodesLeft({ db }: Db, account_id: string) {
  const rows = await db
    .selectFrom('accounts.recovery_code')
    .select('hash')
    .where('account_id', '=', account_id)
    .where('used_at', 'is', null)
    .execute()
  return rows.length
}

// --- the link with which somebody chooses a password ----------------------------------------------------------------

export async function startActivation(ctx: Db, account_id: string, made_by: string | null) {
  await endActivations(ctx, account_id)
  const token = newToken()
  await sql`insert into accounts.activation (token_hash, account_id, made_by, expires_at)
    values (${hashOf(token)}, ${account_id}, ${made_by}, kernel.now() + make_interval(hours => ${hours_of_link}))`.execute(
    ctx.db,
  )
  return token
}

const openActivation = (token: string) =>
  sql<boolean>`token_hash = ${hashOf(token)} and ended_at is null and expires_at > kernel.now()`

export async function findActivation({ db }: Db, token: string) {
  return (
    await db.selectFrom('accounts.activation').select('account_id').where(openActivation(token)).executeTakeFirst()
  )?.account_id
}

export async function takeActivation({ db }: Db, token: string) {
  const { rows } = await sql<{
    account_id: string
  }>`update accounts.activation set ended_at = kernel.now() where ${openActivation(token)} returning account_id`.execute(
    db,
  )
  return rows[0]?.account_id
}

export async function endActivations({ db }: Db, account_id: string) {
  await sql`update accounts.activation set ended_at = kernel.now() where account_id = ${account_id} and ended_at is null`.execute(
    db,
  )
}

// --- who works in this Ambito ---------------------------------------------------------------------------------------

export async function addAccount(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  given: { email: string; name: string; lang: string; demo?: boolean },
) {
  const { id } = await db
    .insertInto('accounts.account')
    .values({ ...given, created_by: actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Given twice it stands once. */
export async function giveRoles({ db, ambito_id, actor }: Ctx, account_id: string, roles: readonly string[]) {
  if (roles.length === 0) return
  await db
    .insertInto('accounts.role')
    .values(roles.map((role) => ({ ambito_id, account_id, role, given_by: actor.account_id })))
    .onConflict((conflict) =>
      conflict.columns(['ambito_id', 'account_id', 'role']).where('ended_at', 'is', null).doNothing(),
    )
    .execute()
}

export const giveRegion = ({ db, actor }: Ctx, account_id: string) =>
  db
    .insertInto('accounts.region_reader')
    .values({ account_id, given_by: actor.account_id })
    .onConflict((conflict) => conflict.column('account_id').where('ended_at', 'is', null).doNothing())
    .execute()

export async function endRole({ db, ambito_id, actor }: Ctx, account_id: string, role: string) {
  await sql`update accounts.role set ended_at = kernel.now(), ended_by = ${actor.account_id}
    where ambito_id = ${ambito_id} and account_id = ${account_id} and role = ${role} and ended_at is null`.execute(db)
}

/** Locked, so that two administrators do not end each other at once. */
export async function lockAdmins({ db, ambito_id }: Ctx) {
  const rows = await db
    .selectFrom('accounts.role')
    .select('account_id')
    .where('ambito_id', '=', ambito_id)
    .where('role', '=', 'admin')
    .where('ended_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ account_id }) => account_id)
}

export const disable = ({ db, actor }: Ctx, account_id: string) =>
  db
    .insertInto('accounts.disabling')
    .values({ account_id, disabled_by: actor.account_id })
    .onConflict((conflict) => conflict.column('account_id').where('ended_at', 'is', null).doNothing())
    .execute()

export async function enable({ db, actor }: Ctx, account_id: string) {
  await sql`update accounts.disabling set ended_at = kernel.now(), ended_by = ${actor.account_id} where account_id = ${account_id} and ended_at is null`.execute(
    db,
  )
}

/** Everybody who works or has worked in this Ambito. */
export type AccountHere = Awaited<ReturnType<typeof accountsHere>>[number]
const here = (ctx: Ctx) =>
  accounts(ctx)
    .innerJoin('accounts.role as r', 'r.account_id', 'a.id')
    .where('r.ambito_id', '=', ctx.ambito_id)
    .select(
      sql<string[]>`coalesce(array_agg(r.role order by r.role) filter (where r.ended_at is null), '{}')`.as('roles'),
    )
    .groupBy('a.id')
    .orderBy('a.name')
    .orderBy('a.id')

export const accountsHere = (ctx: Ctx) => here(ctx).execute()
export const findAccountHere = (ctx: Ctx, id: string) =>
  here(ctx)
    .select(sql<boolean>`accounts.works_elsewhere(a.id)`.as('works_elsewhere'))
    .where('a.id', '=', id)
    .executeTakeFirstOrThrow(notFound)

export async function worksElsewhere({ db }: Db, account_id: string) {
  const { rows } = await sql<{
    elsewhere: boolean
  }>`select accounts.works_elsewhere(${account_id}) as elsewhere`.execute(db)
  return rows[0]?.elsewhere === true
}

export type RoleHeld = Awaited<ReturnType<typeof rolesHere>>[number]
export const rolesHere = ({ db, ambito_id }: Ctx, account_id: string) =>
  db
    .selectFrom('accounts.role as r')
    .leftJoin('accounts.account as g', 'g.id', 'r.given_by')
    .leftJoin('accounts.account as e', 'e.id', 'r.ended_by')
    .select(['r.id', 'r.role', 'r.given_at', 'r.ended_at', 'g.name as given_by', 'e.name as ended_by'])
    .where('r.ambito_id', '=', ambito_id)
    .where('r.account_id', '=', account_id)
    .orderBy('r.given_at')
    .execute()

/** Who has one of these roles here today, by name. */
export const withRole = ({ db, ambito_id }: Ctx, roles: readonly string[]) =>
  db
    .selectFrom('accounts.account as a')
    .innerJoin('accounts.role as r', 'r.account_id', 'a.id')
    .select(['a.id', 'a.name', 'a.email'])
    .distinct()
    .where('r.ambito_id', '=', ambito_id)
    .where('r.role', 'in', roles)
    .where('r.ended_at', 'is', null)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('accounts.disabling as d')
            .select('d.id')
            .whereRef('d.account_id', '=', 'a.id')
            .where('d.ended_at', 'is', null),
        ),
      ),
    )
    .orderBy('a.name')
    .execute()

export const namesOf = ({ db }: Db, account_ids: readonly string[]) =>
  account_ids.length === 0
    ? []
    : db.selectFrom('accounts.account').select(['id', 'name']).where('id', 'in', account_ids).execute()

export async function tidy({ db }: Db) {
  await sql`delete from accounts.challenge where made_at < kernel.now() - interval '1 day'`.execute(db)
  await sql`delete from accounts.activation where made_at < kernel.now() - interval '30 days'`.execute(db)
  await sql`delete from accounts.usual_address where last_at < kernel.now() - interval '90 days'`.execute(db)
}

export async function demonstrationHashes({ db }: Pick<House, 'db'>) {
  const rows = await db
    .selectFrom('accounts.account')
    .select('password_hash')
    .distinct()
    .where('demo', '=', true)
    .execute()
  return rows.map(({ password_hash }) => password_hash)
}

export const saveDemonstrationHash = ({ db }: Pick<House, 'db'>, password_hash: string) =>
  db.updateTable('accounts.account').set({ password_hash }).where('demo', '=', true).execute()
