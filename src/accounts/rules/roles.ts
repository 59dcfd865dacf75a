import { permissions } from '../../kernel/actor.ts'
import type { Problems } from '../../kernel/errors.ts'

/** Given in one Ambito, by its administrators. */
export const roles = [
  'admin',
  'operator',
  'lawyer',
  'self_adviser',
  'coordinator',
  'mediator',
  'trainer',
  'editor',
  'translator',
  'body_contact',
  'member',
  'office',
] as const
/** The Region sees every Ambito, so none of them may give it: only the command line does. */
export const everyRole = [...roles, 'region'] as const
export type Role = (typeof everyRole)[number]

export const may = permissions('accounts', {
  manage: ['admin'],
})

/** Somebody must be able to let people in. */
export const endRoleProblems = (role: string, admins: number): Problems =>
  role === 'admin' && admins <= 1 ? { form: 'accounts.error.last_admin' } : {}

type Touched = { id: string; works_elsewhere: boolean }

/** Whoever may change how somebody signs in can sign in as them: never across Ambiti, and oneself only through one's own page. */
export function signInProblems(actor: { account_id: string | null }, account: Touched): Problems {
  if (account.id === actor.account_id) return { form: 'accounts.error.yourself' }
  if (account.works_elsewhere) return { form: 'accounts.error.works_elsewhere' }
  return {}
}
