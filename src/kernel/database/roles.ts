import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { CannotStart } from '../config.ts'

/** Makes the roles that are missing and answers the name of the application's. */
export async function makeRoles(client: pg.Client, app_url: string | undefined, password: string) {
  const app_role = app_url ? decodeURIComponent(new URL(app_url).username) : 'labimpact_app'
  if (app_url) await mustExist(client, app_role)
  else await makeAppRole(client, app_role, password)
  await makeRollupRole(client)
  const { rows } = await client.query(`select current_database() as database`)
  await client.query(
    `grant connect on database ${pg.escapeIdentifier(rows[0].database)} to ${pg.escapeIdentifier(app_role)}`,
  )
  return app_role
}

async function makeAppRole(client: pg.Client, role: string, password: string) {
  await permitted(async () => {
    if (!(await exists(client, role))) await client.query(`create role ${role} login`)
    await client.query(`alter role ${role} password ${pg.escapeLiteral(scramVerifier(password))}`)
  })
}

/** The owner becomes a member, so that it may hand functions over. */
async function makeRollupRole(client: pg.Client) {
  await permitted(async () => {
    if (!(await exists(client, 'labimpact_rollup'))) await client.query('create role labimpact_rollup nologin')
    const { rows } = await client.query(`select pg_has_role(current_user, 'labimpact_rollup', 'usage') as member`)
    if (!rows[0].member) await client.query('grant labimpact_rollup to current_user')
  })
}

async function exists(client: pg.Client, role: string) {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  return rowCount === 1
}

async function mustExist(client: pg.Client, role: string) {
  if (await exists(client, role)) return
  throw new CannotStart(
    `The role "${role}" of DATABASE_APP_URL does not exist: make it (create role … login), owning nothing.`,
  )
}

async function permitted(work: () => Promise<void>, attempts = 5): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code } = error as pg.DatabaseError
    // Roles belong to the whole server: another database of ours may be making the same one at this moment.
    if (['XX000', '23505', '42710'].includes(code ?? '') && attempts > 1) return permitted(work, attempts - 1)
    if (code !== '42501') throw error
    throw new CannotStart(
      'The role of DATABASE_URL may not make roles: give it CREATEROLE, or set DATABASE_APP_URL and run as an administrator: create role labimpact_rollup nologin; grant labimpact_rollup to <owner>.',
    )
  }
}

/** What PostgreSQL itself would store (RFC 5803): the password in clear would end in the log of a busy server. */
function scramVerifier(password: string) {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
}
