/** Logs carry route patterns, ids of requests and codes: no names, no addresses people typed, no query strings. */
import { pino } from 'pino'

export const log = pino(
  { base: undefined, timestamp: pino.stdTimeFunctions.isoTime, level: process.env.LOG_LEVEL ?? 'info' },
  pino.destination(2),
)

/** What may be written of an error: its kind and where it rose. Its message may hold what people typed (`invalid input syntax: "Rossi"`). */
export function faultOf(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint } = error as { code?: string; constraint?: string }
  return {
    error: error.name,
    code,
    constraint,
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 5),
  }
}
