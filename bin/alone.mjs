import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Does `work` while no other process of this checkout installs or builds. The lock is a child that ends with our end of
 * its pipe, so nothing stale is left by an interruption. Where there is no flock, nobody is kept waiting.
 */
export async function alone(file, work) {
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo mine; exec cat'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  holder.on('error', () => {})
  holder.stdin.on('error', () => {})
  const waiting = setTimeout(() => console.error('Waiting for another installation or build …'), 3000)
  await Promise.race([once(holder.stdout, 'data'), once(holder, 'close').catch(() => undefined)])
  clearTimeout(waiting)
  try {
    return await work()
  } finally {
    holder.stdin.end()
  }
}
