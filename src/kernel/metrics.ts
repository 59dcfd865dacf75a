import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export const registry = new Registry()
collectDefaultMetrics({ register: registry })

export const requestSeconds = new Histogram({
  name: 'labimpact_request_seconds',
  help: 'Time to answer, by route pattern and status',
  labelNames: ['route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
})
export const passwordsHashed = new Counter({
  name: 'labimpact_passwords_hashed_total',
  help: 'Passwords made or compared, each at the cost of 46 MiB',
  registers: [registry],
})
export const jobsDone = new Counter({
  name: 'labimpact_jobs_total',
  help: 'Jobs run, by name and end',
  labelNames: ['job', 'end'] as const,
  registers: [registry],
})
