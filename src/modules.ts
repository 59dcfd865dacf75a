/** The capabilities, by level. A module may need only those above it or beside it. */

import accounts, { demonstrationAccounts } from './accounts/module.ts'
import board from './board/module.ts'
import courses from './courses/module.ts'
import desk from './desk/module.ts'
import digital from './digital/module.ts'
import type { House } from './kernel/house.ts'
import type { Module } from './kernel/module.ts'
import mediation from './mediation/module.ts'
import monitoring from './monitoring/module.ts'
import newsletter from './newsletter/module.ts'
import orientation from './orientation/module.ts'
import participation from './participation/module.ts'
import people from './people/module.ts'
import portal from './portal/module.ts'
import programme from './programme/module.ts'
import tavolo from './tavolo/module.ts'
import territory from './territory/module.ts'

export const modules: readonly Module[] = [
  // level 1: who works here, where, for whom, under which project
  territory,
  accounts,
  people,
  programme,
  // level 2: the services
  desk,
  digital,
  courses,
  orientation,
  mediation,
  board,
  newsletter,
  participation,
  // level 3: what is made of them
  portal,
  monitoring,
  tavolo,
]

/** What `npm start` prints when it listens: the address, and in a demonstration whom to sign in as. */
export async function welcome(house: House) {
  const lines = ['', `Lab'Impact listens on ${house.base_url}`]
  if (house.demo) {
    const { accounts, password } = await demonstrationAccounts(house)
    lines.push(`Staff sign in at ${house.base_url}/staff/accesso with the password ${password} as one of:`)
    lines.push(...accounts.map(({ email, roles }) => `  ${email.padEnd(34)} ${roles.join(', ')}`))
    lines.push('This is a demonstration: its people are fictitious.')
  }
  return `${lines.join('\n')}\n`
}
