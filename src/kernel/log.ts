/** Logs carry route patterns, ids of requests and codes: no names, no addresses people typed, no query strings. */
import { pino } from 'pino'

export const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime, level: process.env.LOG_LEVEL ?? 'info' }, pino.destination(2))
