/** Passwords are kept as argon2id. A hash takes 46 MiB: two at once, fifty waiting, and the next one is asked to come back. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refused } from '../../kernel/errors.ts'
import { passwordsHashed } from '../../kernel/metrics.ts'

const cost = { memory: 47_104, passes: 1, parallelism: 1 }
const at_once = 2
const may_wait = 50
const hash = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

export async function hashPassword(password: string) {
  const nonce = randomBytes(16)
  return written(nonce, await inTurn(() => hash('argon2id', { ...cost, message: password, nonce, tagLength: 32 })))
}

/** Takes the same time for a password that is wrong and for an account that is not there. */
export async function isPassword(stored: string | null | undefined, password: string) {
  const { memory, passes, parallelism, nonce, tag } = read(stored ?? nobodys) ?? (read(nobodys) as Read)
  const found = await inTurn(() =>
    hash('argon2id', { message: password, nonce, memory, passes, parallelism, tagLength: tag.length }),
  )
  return timingSafeEqual(found, tag) && typeof stored === 'string'
}

/** Made with less than what we ask for today: hash it anew while the password is at hand. */
export function isOld(stored: string) {
  const made = read(stored)
  return !made || made.memory < cost.memory || made.passes < cost.passes
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
const written = (nonce: Buffer, tag: Buffer) =>
  `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`

const nobodys = written(randomBytes(16), randomBytes(32))

type Read = { memory: number; passes: number; parallelism: number; nonce: Buffer; tag: Buffer }
function read(stored: string): Read | undefined {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored)
  if (!parts) return undefined
  const [, memory, passes, parallelism, nonce = '', tag = ''] = parts
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

let at_work = 0
const waiting: (() => void)[] = []

async function inTurn<Result>(work: () => Promise<Result>) {
  if (at_work >= at_once) {
    if (waiting.length >= may_wait) throw new Refused({ form: 'accounts.error.busy' })
    await new Promise<void>((turn) => waiting.push(turn))
  } else at_work += 1
  passwordsHashed.inc()
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The place is handed over, not given back: nobody slips in between.
    if (next) next()
    else at_work -= 1
  }
}
