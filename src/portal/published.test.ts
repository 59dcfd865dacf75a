/** What changes at the desk or in the address book is on the public pages at once, although these are kept. */
import { afterAll, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { planOpenings } from '../desk/actions.ts'
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { listenTo } from '../kernel/listen.ts'
import {
  addClosure,
  changeOrganisation,
  changePlace,
  comuni,
  isClosed,
  organisations,
  places,
  setOffices,
} from '../territory/actions.ts'

const { house, database, inCtx, visitor } = await openTestHouse()
const ear = listenTo(database.owner_url, { public_changed: (ambito_id) => house.cache.drop(ambito_id) }, () => {})
await ear.ready
afterAll(() => ear.close())

const lodi = async (ctx: Ctx) => (await comuni(ctx)).find(({ name }) => name === 'Lodi')?.code as string
const nextMonday = await inCtx(async (ctx) => {
  let day = addDays(ctx.today, 8 - Temporal.PlainDate.from(ctx.today).dayOfWeek)
  // Easter Monday is shown as closed already.
  while (await isClosed(ctx, day)) day = addDays(day, 7)
  return day
})
const changes: [string, string, string, (ctx: Ctx) => Promise<unknown>][] = [
  [
    'a place that moves',
    '/it/contatti',
    'Via della Prova 12',
    async (ctx) => {
      const [place] = await places(ctx)
      if (place)
        await changePlace(ctx, place.id, {
          name: place.name,
          address: 'Via della Prova 12',
          ...(place.comune && { comune: place.comune }),
        })
    },
  ],
  [
    'hours that begin',
    '/it/contatti',
    '09:20',
    (ctx) =>
      planOpenings(ctx, {
        kind: 'foreigners',
        weekday: '2',
        starts_at: '09:20',
        ends_at: '11:40',
        since: ctx.today,
      } as never),
  ],
  [
    'a day on which it is closed',
    '/it/contatti',
    `datetime="${nextMonday}"`,
    async (ctx) => {
      await addClosure(ctx, { from_day: nextMonday, to_day: nextMonday, name: 'Prova', kind: 'local', yearly: false })
    },
  ],
  [
    'a body that is called otherwise',
    '/it/servizi/sportello-stranieri',
    'Ente con un altro nome',
    async (ctx) => {
      const body = (await organisations(ctx)).find(({ name }) => name === 'MLFM')
      if (body) await changeOrganisation(ctx, body.id, { name: 'Ente con un altro nome', kind: body.kind })
    },
  ],
  [
    'another office that answers for a Comune',
    '/it/servizi?comune=098031',
    'Ente con un altro nome',
    async (ctx) => {
      const body = (await organisations(ctx)).find(({ name }) => name === 'Ente con un altro nome')
      await setOffices(ctx, await lodi(ctx), [body?.id ?? ''])
    },
  ],
]

test.each(changes)('%s', async (_, path, words, change) => {
  const shows = async () => (await visitor().page(path)).includes(words)
  expect(await shows()).toBe(false)
  await inCtx(change)
  await expect.poll(shows).toBe(true)
})
