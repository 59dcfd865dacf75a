/** How time passes for a process, whatever the clock of the house says. */
import { setTimeout as rest } from 'node:timers/promises'

/** @returns how many milliseconds have passed since */
export function stopwatch() {
  const began = performance.now()
  return () => performance.now() - began
}

/** So many a second and no more, however many wait for their turn at once. */
export function openPace(rate: number) {
  let slot = performance.now()
  return async () => {
    const now = performance.now()
    slot = Math.max(slot + 1000 / rate, now)
    if (slot - now > 1) await rest(slot - now)
  }
}
