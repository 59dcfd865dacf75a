import { expect, test } from 'vitest'
import type { Refused } from '../kernel/errors.ts'
import { hashPassword, isOld, isPassword } from './actions/hashing.ts'

test('a password is kept as argon2id with at least 46 MiB', async () => {
  const stored = await hashPassword('zattera ombra violino neve')
  const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[\w+/]{22}\$[\w+/]{43}$/.exec(stored) ?? []
  expect(Number(memory)).toBeGreaterThanOrEqual(47_104)
  expect(Number(passes)).toBeGreaterThanOrEqual(1)
  expect(isOld(stored)).toBe(false)
  expect(isOld(stored.replace('m=47104', 'm=19456'))).toBe(true)
})

test('the same password twice is kept as two different things', async () => {
  expect(await hashPassword('zattera')).not.toBe(await hashPassword('zattera'))
})

test('verified as typed: nothing cut off, cleaned or folded', async () => {
  const long = `${'lunga '.repeat(16)}123`
  const stored = await hashPassword(`${long}a`)
  expect(await isPassword(stored, `${long}a`)).toBe(true)
  expect(await isPassword(stored, `${long}b`)).toBe(false)
  const accented = await hashPassword('perché no')
  expect(await isPassword(accented, 'perche\u0301 no')).toBe(false)
  expect(await isPassword(accented, ' perché no')).toBe(false)
})

test('an account that is not there, or has no password yet, opens with none', async () => {
  for (const stored of [undefined, null, '', 'nonsense']) expect(await isPassword(stored, '')).toBe(false)
})

test('two at once and fifty waiting; the next one is asked to come back, and then all goes on', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 55 }, (_, at) => isPassword(undefined, String(at))))
  const refused = tries.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(3)
  for (const one of refused) expect((one.reason as Refused).problems).toEqual({ form: 'accounts.error.busy' })
  expect(await isPassword(await hashPassword('ancora'), 'ancora')).toBe(true)
})
