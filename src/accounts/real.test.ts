import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { runCommand } from '../kernel/command.ts'
import { addCommand } from './commands/account-add.ts'
import { codeAt, stepOf } from './rules/codes.ts'

const { house, visitor } = await openTestHouse({ demo: false })

test('a real installation begins with no account, no password and nobody to choose from', async () => {
  expect((await house.owner_pool.query('select from accounts.account')).rowCount).toBe(0)
  expect(await visitor().page('/staff/accesso')).not.toContain('demo.example')
  for (const email of ['admin@demo.example', 'operatore@demo.example'])
    expect((await visitor().post('/staff/accesso', { email, password: 'prova-di-notte-2026' })).status).toBe(422)
})

test('its first administrator comes by a printed link, a password and a code from the phone', async () => {
  const printed: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((text: string) => printed.push(text) > 0) as typeof process.stdout.write
  try {
    const argv = ['account', 'add', '--email', 'prima@esempio.it', '--name', 'Prima Persona', '--roles', 'admin']
    expect(await runCommand(house, addCommand, argv)).toBe(0)
  } finally {
    process.stdout.write = write
  }
  const link = new URL(printed.join('')).pathname
  const first = visitor()
  const password = 'zattera ombra violino neve'
  expect((await first.submit(link, { password, again: password })).status).toBe(303)
  expect((await first.post('/staff/accesso', { email: 'prima@esempio.it', password })).status).toBe(303)
  expect((await first.get('/staff/utenze')).status).toBe(303)
  const { rows } = await house.owner_pool.query(
    'select secret, extract(epoch from kernel.now())::float as now from accounts.totp',
  )
  const now = Temporal.Instant.fromEpochMilliseconds(Math.floor(rows[0].now * 1000))
  expect((await first.submit('/staff/accesso/app', { code: codeAt(rows[0].secret, stepOf(now)) })).status).toBe(200)
  expect(await first.page('/staff/utenze')).toContain('Prima Persona')
})
