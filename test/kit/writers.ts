import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

export type Writer = ReturnType<typeof startWriter>

/** A process that opens the database of a folder and writes, saying each row only after it was acknowledged. */
export function startWriter(data_dir: string, prefix: string[] = []) {
  const [command, ...args] = [...prefix, process.execPath, join(import.meta.dirname, 'writing-process.ts'), data_dir]
  const child = spawn(command as string, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  return { child, written: () => said.split('\n').slice(0, -1) }
}

export async function end(child: ChildProcess, signal: NodeJS.Signals) {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined
  child.kill(signal)
  await ended
}

export function pidOf(data_dir: string) {
  return Number(readFileSync(join(data_dir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

export async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end().catch(() => {})
  }
}

/** Acknowledged rows that are not there: the list must be empty, whatever was killed. */
export async function lostRows(url: string, writers: Writer[]) {
  const { kept } = await ask(url, `select coalesce(array_agg(value), '{}') as kept from written`)
  const there = new Set<string>(kept)
  return writers.flatMap(({ written }) => written()).filter((value) => !there.has(value))
}
