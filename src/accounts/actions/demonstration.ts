/** The accounts of a demonstration: fictitious people, one password, no second factor. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../kernel/config.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { House } from '../../kernel/house.ts'
import type { Role } from '../rules/roles.ts'
import * as store from '../store.ts'
import { hashPassword, isPassword } from './hashing.ts'

type Person = { email: string; name: string; roles: readonly Role[] }
const people: Record<string, readonly Person[]> = {
  lodi: [
    { email: 'operatore@demo.example', name: 'Sara Bellini', roles: ['operator'] },
    { email: 'legale@demo.example', name: 'Marco Rinaldi', roles: ['lawyer'] },
    { email: 'self@demo.example', name: 'Elena Marchetti', roles: ['self_adviser'] },
    { email: 'coordinatrice@demo.example', name: 'Francesca Sartori', roles: ['coordinator'] },
    { email: 'mediatrice@demo.example', name: 'Chiara Lombardi', roles: ['mediator'] },
    { email: 'docente@demo.example', name: 'Paolo Grassi', roles: ['trainer'] },
    { email: 'redazione@demo.example', name: 'Laura Vitali', roles: ['editor', 'translator'] },
    { email: 'referente@demo.example', name: 'Anna Moretti', roles: ['body_contact'] },
    { email: 'tavolo@demo.example', name: 'Giorgio Fontana', roles: ['member'] },
    { email: 'progetto@demo.example', name: 'Silvia Caruso', roles: ['office'] },
    { email: 'regione@demo.example', name: 'Davide Longoni', roles: ['region'] },
    { email: 'admin@demo.example', name: 'Roberta Galli', roles: ['admin'] },
  ],
  vicino: [{ email: 'operatore@vicino.example', name: 'Luca Ferraris', roles: ['operator'] }],
}

export async function seedDemonstration(ctx: Ctx) {
  for (const { email, name, roles } of people[ctx.ambito.slug] ?? []) {
    const known = await store.findAccountByEmail(ctx, email)
    const id = known?.id ?? (await store.addAccount(ctx, { email, name, lang: 'it', demo: true }))
    await store.giveRoles(
      ctx,
      id,
      roles.filter((role) => role !== 'region'),
    )
    if (roles.includes('region')) await store.giveRegion(ctx, id)
  }
}

/** At every start the password that is printed is the one that opens. */
export async function settlePassword(house: House) {
  if (!house.demo) return
  const password = demonstrationPassword(house.config)
  const stored = await store.demonstrationHashes(house)
  const [first] = stored
  if (stored.length === 1 && (await isPassword(first, password))) return
  await store.saveDemonstrationHash(house, await hashPassword(password))
}

/** Whom to sign in as, and with which password: printed at every start. */
export async function demonstrationAccounts({ config }: House) {
  return {
    password: demonstrationPassword(config),
    accounts: Object.values(people).flatMap((some) => some.map(({ email, roles }) => ({ email, roles }))),
  }
}

function demonstrationPassword({ demo_password, data_dir }: Config) {
  const file = join(data_dir, 'demo-password')
  if (demo_password) {
    try {
      // A command beside the server was not told it, and would shut everybody out with one of its own.
      writeFileSync(file, `${demo_password}\n`, { mode: 0o600 })
    } catch {
      // Nowhere to keep it: then each command must be told.
    }
    return demo_password
  }
  try {
    // Of two processes that start at once, both use the password of the first.
    writeFileSync(file, `${newPassword()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}

const letters = 'abcdefghjkmnpqrstvwxyz0123456789'
const newPassword = () =>
  Array.from(
    randomBytes(16),
    (byte, at) => `${at > 0 && at % 4 === 0 ? '-' : ''}${letters[byte % letters.length]}`,
  ).join('')

/** Whom the sign-in page of a demonstration may offer. */
export const demonstrationGuests = ({ ambito }: Pick<Ctx, 'ambito'>) => people[ambito.slug] ?? []
