import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { CannotStart } from '../config.ts'

/**
 * Does `work` while no other process does. The lock is a child that lives until our end of its pipe closes:
 * the kernel frees it even when we are killed, and no stale file can keep anybody out.
 */
export async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo mine; exec cat'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaint = ''
  holder.stderr.on('data', (text) => {
    complaint += text
  })
  holder.on('error', (error) => {
    complaint = error.message
  })
  const waiting = setTimeout(() => console.error('Waiting for another process that is opening the database …'), 3000)
  await Promise.race([once(holder.stdout, 'data'), once(holder, 'close').catch(() => undefined)])
  clearTimeout(waiting)
  if (complaint || holder.exitCode !== null) throw new CannotStart(`${file} cannot be locked: ${complaint.trim()}`)
  try {
    return await work()
  } finally {
    holder.stdin.end()
    if (holder.exitCode === null) await once(holder, 'close')
  }
}
