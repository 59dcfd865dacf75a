/** `node bench/appointments.ts`: see appointments-house.ts, which needs the pages too. */
import './tsx.ts'

await import('./appointments-house.ts')
