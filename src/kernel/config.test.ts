import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseConfig } from './config.ts'

const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-config-'))
afterAll(() => rmSync(data_dir, { recursive: true }))
const read = (env: Record<string, string>) => parseConfig({ DATA_DIR: data_dir, ...env })

test('everything has a default', () => {
  expect(read({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    base_url: 'http://localhost:3000',
    data_dir,
    demo: true,
    mail_from: 'labimpact@localhost',
  })
  expect(read({ PORT: '8080' }).base_url).toBe('http://localhost:8080')
  expect(read({ DATABASE_URL: 'postgres://me@db/lab' }).demo).toBe(false)
})

test('a variable that is set and empty counts as not set', () => {
  expect(read({ PORT: '', DATABASE_URL: '', SECRET: '', DEMO: '' })).toEqual(read({}))
})

test('the secret is made once, for our eyes only', () => {
  const { secret } = read({})
  expect(secret.length).toBeGreaterThan(40)
  expect(read({}).secret).toBe(secret)
  expect(statSync(join(data_dir, 'secret')).mode & 0o777).toBe(0o600)
  expect(read({ SECRET: 'sixteen letters!' }).secret).toBe('sixteen letters!')
})

test('a damaged secret is not replaced in silence', () => {
  const kept = readFileSync(join(data_dir, 'secret'))
  writeFileSync(join(data_dir, 'secret'), '')
  expect(() => read({})).toThrow(/secret is damaged/)
  writeFileSync(join(data_dir, 'secret'), kept)
})

test.each([
  [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, but it is "http".'],
  [{ PORT: '70000' }, 'PORT must be'],
  [{ DEMO: 'yes' }, 'DEMO must be 1 or 0, but it is "yes".'],
  [{ BASE_URL: 'lab.example' }, 'BASE_URL must be an address that begins with http:// or https://.'],
  [
    { DATABASE_URL: 'mysql://root:hidden@db/lab' },
    'DATABASE_URL must be an address that begins with postgres:// or postgresql://.',
  ],
  [{ DATABASE_APP_URL: 'postgres://app@db/lab' }, 'DATABASE_APP_URL needs DATABASE_URL as well: set both, or neither.'],
  [{ SMTP_URL: 'mail.example' }, 'SMTP_URL must be an address that begins with smtp:// or smtps://.'],
  [{ MAIL_FROM: 'a@b.example, c@d.example' }, 'MAIL_FROM must be one plain e-mail address'],
  [{ SECRET: 'short' }, 'SECRET must have at least 16 characters'],
  [{ DATA_DIR: '/dev/null/lab' }, 'DATA_DIR /dev/null/lab cannot be used'],
])('%o is refused in one sentence', (env, sentence) => {
  expect(() => read(env)).toThrow(sentence)
})
