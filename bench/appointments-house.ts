/** Appointments, in a scratch house: the free hours of three months for ten weekly openings, beside their bare queries. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookOpenly } from '../src/desk/actions/appointments.ts'
import { freeSlots, slotsBetween } from '../src/desk/actions/slots.ts'
import { givenOf } from '../src/desk/store/appointments.ts'
import { insertSeries, openingsFrom, seriesOf } from '../src/desk/store/openings.ts'
import { commandLine } from '../src/kernel/actor.ts'
import { addDays } from '../src/kernel/clock.ts'
import { parseConfig } from '../src/kernel/config.ts'
import { type Ctx, openCtx } from '../src/kernel/ctx.ts'
import { migrate } from '../src/kernel/database/migrate.ts'
import { openPools } from '../src/kernel/database/pools.ts'
import { openPostgres } from '../src/kernel/database/postgres.ts'
import { foundInstallation } from '../src/kernel/found.ts'
import { buildHouse } from '../src/kernel/house.ts'
import { modules } from '../src/modules.ts'
import { look } from '../src/ui/look.tsx'

const data_dir = mkdtempSync(join(tmpdir(), 'labimpact-bench-appointments-'))
const config = parseConfig({ DATA_DIR: data_dir, DEMO: '0', LOG_LEVEL: 'error' })
const postgres = await openPostgres(config)
await migrate(postgres.owner_url, config)
const pools = openPools(postgres)
const house = buildHouse(config, pools, modules, look)
await foundInstallation(house)
const all = await house.modules.find((module) => module.ambiti)?.ambiti?.all(house.db)
const ambito = all?.find(({ slug }) => slug === 'lodi') as Ctx['ambito']
const inCtx = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
  openCtx(house, { ambito, actor: commandLine, lang: 'it' }, work)

// Four there are from the beginning; six more make ten.
await inCtx(async (ctx) => {
  for (const weekday of ['1', '2', '3', '4', '5', '6'] as const)
    await insertSeries(ctx, {
      kind: 'foreigners',
      weekday,
      starts_at: '09:00',
      ends_at: '12:00',
      since: '2025-09-25',
      slot_minutes: 20,
      slot_places: 2,
      open_booking: true,
    })
})
const free = await inCtx((ctx) => freeSlots(ctx, 'foreigners', { open: true }))
for (const { key } of free.slice(0, 200))
  await inCtx((ctx) => bookOpenly(ctx, 'foreigners', key, { called_as: 'Prova', privacy: '1' }))

const rounds = 40
async function median(work: (ctx: Ctx) => Promise<unknown>) {
  const took: number[] = []
  for (let round = 0; round < rounds; round++)
    await inCtx(async (ctx) => {
      const began = performance.now()
      await work(ctx)
      took.push(performance.now() - began)
    })
  return took.sort((a, b) => a - b)[rounds / 2] as number
}
const days = 92
let found = 0
const whole = await median(async (ctx) => {
  found = (await slotsBetween(ctx, ctx.today, days)).length
})
const bare = await median(async (ctx) => {
  const to = addDays(ctx.today, days - 1)
  await seriesOf(ctx)
  await openingsFrom(ctx, ctx.today, to)
  await givenOf(ctx, ctx.today, to)
})
console.log(
  `${found} slots of ten weekly openings over ${days} days: ${whole.toFixed(1)} ms (limit 30), their bare queries ${bare.toFixed(1)} ms`,
)
await pools.close()
await postgres.stop()
rmSync(data_dir, { recursive: true, force: true })
process.exit(whole <= 30 ? 0 : 1)
