/** Who acts. Rules ask `actor.can(may.record_visit)`; a permission is the list of roles that have it. */
export type Permission = { readonly name: string; readonly roles: readonly string[] }

/** `permissions('desk', { record_visit: ['operator', 'lawyer'] })`: who may do what, one line each, in a module's `rules.ts`. */
export function permissions<const May extends Record<string, readonly string[]>>(module: string, may: May) {
  return Object.fromEntries(
    Object.entries(may).map(([name, roles]) => [name, { name: `${module}.${name}`, roles }]),
  ) as unknown as { readonly [Name in keyof May]: Permission }
}

export type Actor = {
  readonly kind: 'account' | 'visitor' | 'cli' | 'job'
  readonly account_id: string | null
  /** The name colleagues see; empty for visitors. */
  readonly name: string
  readonly roles: readonly string[]
  can(permission: Permission): boolean
}

const withRoles = (kind: Actor['kind'], account_id: string | null, name: string, roles: readonly string[]): Actor => ({
  kind,
  account_id,
  name,
  roles,
  can: (permission) => kind === 'cli' || kind === 'job' || permission.roles.some((role) => roles.includes(role)),
})

export const visitor = withRoles('visitor', null, '', [])
export const commandLine = withRoles('cli', null, 'cli', [])
export const backgroundJob = withRoles('job', null, 'job', [])
export const accountActor = (account_id: string, name: string, roles: readonly string[]) =>
  withRoles('account', account_id, name, roles)
