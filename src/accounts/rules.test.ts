import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankForm, parseTyped, readTyped, secretsOf } from '../kernel/form.ts'
import { startSession } from '../kernel/session.ts'
import { changePasswordForm, choosePasswordForm } from './forms.ts'
import {
  codeAt,
  hashOfCode,
  newRecoveryCode,
  newRecoveryCodes,
  newSecret,
  recoveryCodeIn,
  stepOf,
  stepOfCode,
} from './rules/codes.ts'
import { chosenPasswordProblems, passwordProblem } from './rules/passwords.ts'
import { endRoleProblems, signInProblems } from './rules/roles.ts'
import { localPath, wayBack } from './rules/way-back.ts'

const at = (epoch: number) => Temporal.Instant.fromEpochMilliseconds(epoch * 1000)

test('codes are those of RFC 6238', () => {
  // Appendix B, SHA-1, last six digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const vectors = {
    59: '287082',
    1111111109: '081804',
    1111111111: '050471',
    1234567890: '005924',
    2000000000: '279037',
    20000000000: '353130',
  }
  for (const [epoch, code] of Object.entries(vectors)) expect(codeAt(secret, stepOf(at(Number(epoch))))).toBe(code)
})

test('a code opens in its thirty seconds and the thirty after, and never twice', () => {
  const secret = newSecret()
  const code = codeAt(secret, stepOf(at(3_000_000)))
  expect(stepOfCode(secret, code, at(3_000_000), 0)).toBe(100_000)
  expect(stepOfCode(secret, code, at(3_000_030), 0)).toBe(100_000)
  expect(stepOfCode(secret, code, at(3_000_060), 0)).toBeUndefined()
  expect(stepOfCode(secret, code, at(2_999_999), 0)).toBeUndefined()
  expect(stepOfCode(secret, code, at(3_000_000), 100_000)).toBeUndefined()
  expect(stepOfCode(secret, codeAt(secret, 99_999), at(3_000_000), 100_000)).toBeUndefined()
})

test('recovery codes carry 120 bits and are read however they are typed', () => {
  expect(new Set(newRecoveryCodes()).size).toBe(8)
  const seen = new Set(Array.from({ length: 2000 }, newRecoveryCode).flatMap((code) => [...code]))
  expect(seen.size).toBe(32)
  fc.assert(
    fc.property(fc.integer(), () => {
      const code = newRecoveryCode()
      const typed = code
        .toLowerCase()
        .replaceAll('1', 'l')
        .replaceAll('0', 'o')
        .replace(/(.{4})/g, '$1 - ')
      expect(recoveryCodeIn(typed)).toBe(code)
    }),
  )
  expect(recoveryCodeIn('123456')).toBeUndefined()
  expect(hashOfCode('A')).toHaveLength(32)
})

test('ten thousand session tokens are all different, with 256 bits each', async () => {
  const db = { insertInto: () => ({ values: () => ({ execute: async () => [] }) }) } as never
  const tokens = await Promise.all(Array.from({ length: 10_000 }, () => startSession({ db }, 'somebody', null)))
  expect(new Set(tokens).size).toBe(10_000)
  const bytes = tokens.map((token) => Buffer.from(token, 'base64url'))
  expect(bytes.every((token) => token.length === 32)).toBe(true)
  // Each of the 256 bits is one in about half of them: far outside five standard deviations (50) would not be random.
  for (let bit = 0; bit < 256; bit++) {
    const ones = bytes.filter((token) => ((token[bit >> 3] ?? 0) >> (bit & 7)) & 1).length
    expect(Math.abs(ones - 5000)).toBeLessThan(300)
  }
})

test('after signing in one lands on a staff page of ours, whatever the address asked for', () => {
  const outside = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/staff//evil.example',
    '/staff\\evil',
    '/staffa',
    '/%2F%2Fevil.example',
    '/it/',
    'javascript:alert(1)',
    '/staff/../it/',
    '/staff/accesso',
    '/staff/uscita',
    '/staff\n',
    ' /staff',
    '/staff@evil.example',
    '/staff:80@evil.example',
    '',
  ]
  for (const asked of outside) expect(localPath(asked), asked).toBe('/staff')
  expect(localPath('/staff/persone/0190?q=1')).toBe('/staff/persone/0190?q=1')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((tail) => `/staff${tail}`),
        fc.string().map((tail) => `/staff/${tail}`),
      ),
      (asked) => {
        const gone = new URL(localPath(asked), 'https://here.example')
        expect(gone.origin).toBe('https://here.example')
        expect(gone.pathname === '/staff' || gone.pathname.startsWith('/staff/')).toBe(true)
      },
    ),
    { numRuns: 5000 },
  )
})

test('the draft goes along', () => {
  const draft = '0190c8a0-0000-7000-8000-000000000000'
  expect(wayBack(new URLSearchParams({ verso: '/staff/utenze/nuova', bozza: draft }))).toBe(
    `/staff/utenze/nuova?bozza=${draft}`,
  )
  expect(wayBack(new URLSearchParams({ verso: '/staff/utenze?a=1', bozza: draft }))).toBe(
    `/staff/utenze?a=1&bozza=${draft}`,
  )
  expect(wayBack(new URLSearchParams({ verso: '/staff/utenze', bozza: '"><script>' }))).toBe('/staff/utenze')
})

test('a password is judged by how hard it is to guess, not by its kinds of letters', () => {
  const known = ['Sara Bellini', 'operatore@demo.example']
  for (const weak of [
    'password',
    'Password1!',
    'qwertyuiop',
    '12345678',
    'sarabellini1',
    'operatore2026',
    'labimpact',
    'lodi2026',
    'Ambito1!',
    'aaaaaaaaaaaa',
    'demo.example',
  ])
    expect(passwordProblem(weak, known), weak).toBe('accounts.error.weak')
  for (const strong of [
    'zattera ombra violino neve',
    'kjwqpf zmxtrd',
    '薔薇の庭に雨が降る夜明け',
    'нитка-глечик-сорока-вітер',
    'xK9$mQ2vLp7w',
  ])
    expect(passwordProblem(strong, known), strong).toBeUndefined()
  expect(
    chosenPasswordProblems({ password: 'zattera ombra violino neve', again: 'zattera ombra violino nevi' }, known),
  ).toEqual({ again: 'accounts.error.not_the_same' })
})

test('the longest passwords are judged too, and do not hang', () => {
  for (const long of ['a1'.repeat(64), 'password'.repeat(16), 'Zx9-'.repeat(32)])
    expect(passwordProblem(long, ['Sara Bellini'])).toBeDefined()
})

test('a password reaches us exactly as typed, and is never given back', () => {
  const odd = [
    '  spaces at both ends  ',
    'é as e + accent, not é',
    'zero\u200Bwidth',
    '\u202Eright to left',
    'tab\there',
  ]
  for (const password of odd) {
    const typed = readTyped(
      [
        ['password', password],
        ['again', password],
      ],
      secretsOf(choosePasswordForm),
    )
    expect(parseTyped(choosePasswordForm, typed)).toEqual({ password, again: password })
  }
  expect([...secretsOf(changePasswordForm)]).toEqual(['current', 'password', 'again'])
  expect(blankForm('x').values).toEqual({})
})

test('8 to 128 characters, counted as people count them', () => {
  const shape = (password: string) => choosePasswordForm.safeParse({ password, again: password }).success
  expect([shape('x'.repeat(7)), shape('x'.repeat(8)), shape('x'.repeat(128)), shape('x'.repeat(129))]).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect([shape('🌻'.repeat(7)), shape('🌻'.repeat(8)), shape('🌻'.repeat(128)), shape('🌻'.repeat(129))]).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('the last administrator stays; nobody resets themselves or somebody who also works elsewhere', () => {
  expect(endRoleProblems('admin', 1)).toEqual({ form: 'accounts.error.last_admin' })
  expect(endRoleProblems('admin', 2)).toEqual({})
  expect(endRoleProblems('operator', 1)).toEqual({})
  expect(signInProblems({ account_id: 'a' }, { id: 'a', works_elsewhere: false })).toEqual({
    form: 'accounts.error.yourself',
  })
  expect(signInProblems({ account_id: 'a' }, { id: 'b', works_elsewhere: true })).toEqual({
    form: 'accounts.error.works_elsewhere',
  })
  expect(signInProblems({ account_id: 'a' }, { id: 'b', works_elsewhere: false })).toEqual({})
})
