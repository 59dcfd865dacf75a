/** What is read of a person on the way to changing it. */
import { beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { createPerson, giveNotice, recordTitle, standingOn } from './actions.ts'
import { people } from './urls.ts'

let town: TestHouse
let id: string
const titled = (kind: string) =>
  town.inCtx(async (ctx) => String(await recordTitle(ctx, id, { kind, status: 'VALIDO', seen: true })))
beforeAll(async () => {
  town = await openTestHouse()
  id = await town.inCtx((ctx) => createPerson(ctx, { given_names: 'Letta', born: '1980' }, { demo: true }))
})

const readings = () =>
  town.inCtx(async ({ db }) => {
    const rows = await db
      .selectFrom('kernel.audit')
      .select('what')
      .where('person_id', '=', id)
      .where('what', '=', 'people.file')
      .execute()
    return rows.length
  })

test('the form of a person’s data is a reading like the file', async () => {
  const operator = await town.as('operatore@demo.example')
  const before = await readings()
  await operator.page(people.edit.href({ id }))
  expect(await readings()).toBe(before + 1)
})

test('correcting a title tells its kind to the lawyer, and to others only when it tells nothing else', async () => {
  const [work, asylum] = [await titled('LAV_SUB'), await titled('CURE_MED')]
  const chosen = async (email: string, title: string) =>
    /<option[^>]*value="(\w+)"[^>]*selected/.exec(
      (await (await town.as(email)).page(people.title.href({ id, title }))).split('name="kind"')[1] ?? '',
    )?.[1]
  expect(await chosen('operatore@demo.example', work)).toBe('LAV_SUB')
  expect(await chosen('legale@demo.example', asylum)).toBe('CURE_MED')
  expect(await chosen('operatore@demo.example', asylum)).not.toBe('CURE_MED')
})

test('a title of no known kind is one question; a kind the fund has not decided on is the office’s', async () => {
  const operator = await town.as('operatore@demo.example')
  const waits = async (kind: string) => {
    const who = await town.inCtx(async (ctx) => {
      const made = { given_names: 'Decisa', born: '1980', gender: 'F', citizenship: 'MA' } as const
      const one = await createPerson(ctx, made, { demo: true })
      await recordTitle(ctx, one, { kind, status: 'VALIDO', number: 'I123', seen: true })
      await giveNotice(ctx, one, { language: 'ar', how: 'read' })
      return one
    })
    expect(await town.inCtx((ctx) => standingOn(ctx, who, ctx.today))).toMatchObject({ reason: 'kind_to_decide' })
    return who
  }
  const who = await waits('NON_RIL')
  const question = people.missing.href({ id: who, what: 'kind_to_decide' })
  expect(await operator.page(question)).toContain('I123')
  expect((await operator.submit(question, { kind: 'LAV_SUB' })).status).toBe(303)
  expect(await town.inCtx((ctx) => standingOn(ctx, who, ctx.today))).toMatchObject({ verdict: 'yes' })
  const asked = await operator.page(people.missing.href({ id: await waits('RICH_ASILO'), what: 'kind_to_decide' }))
  expect(asked).toContain('lo decide l’ufficio')
})
