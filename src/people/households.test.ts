import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/kit/house.ts'
import { root } from '../kernel/root.ts'
import { contactOf, createPerson, editPerson, householdOf, joinHousehold, tieGuardian } from './actions.ts'
import { people } from './urls.ts'

const today = Temporal.Now.plainDateISO('Europe/Rome')
/** The year in which somebody was born who has turned this age in July. */
const born = (age: number) => String(today.subtract({ months: 7 }).year - age)

let town: TestHouse
beforeAll(async () => {
  town = await openTestHouse()
})

type Known = Parameters<typeof createPerson>[1]
const create = (known: Known) => town.inCtx((ctx) => createPerson(ctx, known, { demo: true }))
const contact = (id: string, day = today) => town.inCtx((ctx) => contactOf(ctx, id, day.toString()))

describe('a household', () => {
  test('is tied from a file: two clues, choose, relation; the members stand on both files', async () => {
    const mother = await create({ surname: 'Haddad', given_names: 'Salma', born: '1988', gender: 'F' })
    const son = await create({ surname: 'Haddad', given_names: 'Ilyas', born: '2015', gender: 'M' })
    const operator = await town.as('operatore@demo.example')
    const found = await (await operator.submit(people.household.href({ id: mother }), { who: 'ilyas 2015' })).text()
    const join = people.householdJoin.href({ id: mother, other: son })
    expect(found).toContain(`href="${join}"`)
    expect((await operator.submit(join, { relation: 'child' })).status).toBe(303)
    expect(await operator.page(people.file.href({ id: mother }))).toMatch(/HADDAD Ilyas.*figlia o figlio/s)
    expect(await operator.page(people.file.href({ id: son }))).toMatch(/HADDAD Salma.*madre o padre/s)
    // Her partner comes without a file: made from here, tied at once; from the son's file nobody says he is his father.
    const made = await operator.submit(people.create.href({}, { famiglia: son }), {
      given_names: 'Tarek',
      born: '1985',
    })
    const tie = made.headers.get('location') ?? ''
    expect(await operator.page(tie)).toMatch(/Che cosa è .*TAREK|Tarek.* per .*HADDAD Salma/)
    expect((await operator.submit(tie, { relation: 'partner' })).status).toBe(303)
    expect(await operator.page(people.file.href({ id: son }))).toMatch(/Tarek.*coniuge o convivente di .*HADDAD Salma/s)
    expect(await operator.page(people.guardian.href({ id: son }))).toMatch(/Qualcuno della famiglia\?.*HADDAD Salma/s)
    expect(await operator.page(people.guardian.href({ id: son }, { persona: mother }))).toMatch(
      /value="parent"[^>]*checked/,
    )
  })

  test('nobody stands in two: the second tie is refused with what to do', async () => {
    const [a, b, c] = [
      await create({ given_names: 'Uno', born: '1980' }),
      await create({ given_names: 'Due', born: '1981' }),
      await create({ given_names: 'Tre', born: '1982' }),
    ]
    await town.inCtx((ctx) => joinHousehold(ctx, a, b, 'partner'))
    const operator = await town.as('operatore@demo.example')
    const answer = await operator.submit(people.householdJoin.href({ id: c, other: b }), { relation: 'partner' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('fa già parte di una famiglia')
  })

  test('two operators who tie the same two persons at once tie them once', async () => {
    const [a, b] = [
      await create({ given_names: 'Quattro', born: '1980' }),
      await create({ given_names: 'Cinque', born: '1981' }),
    ]
    const ends = await Promise.allSettled([
      town.inCtx((ctx) => joinHousehold(ctx, a, b, 'partner')),
      town.inCtx((ctx) => joinHousehold(ctx, b, a, 'partner')),
    ])
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
    expect((await town.inCtx((ctx) => householdOf(ctx, a))).others.map((one) => one.person_id)).toEqual([b])
  })

  test('who moves out leaves a dated row behind, and the last one left is no household', async () => {
    const [a, b] = [
      await create({ given_names: 'Sei', born: '1980' }),
      await create({ given_names: 'Sette', born: '1981' }),
    ]
    await town.inCtx((ctx) => joinHousehold(ctx, a, b, 'sibling'))
    const [membership] = (await town.inCtx((ctx) => householdOf(ctx, a))).others.map((one) => one.id)
    const operator = await town.as('operatore@demo.example')
    const end = people.householdEnd.href({ id: a, membership: membership as string })
    expect((await operator.submit(end, {}, { on: people.file.href({ id: a }) })).status).toBe(303)
    expect((await town.inCtx((ctx) => householdOf(ctx, a))).own).toBeNull()
    const { rows } = await town.house.owner_pool.query(
      'select ended is not null as ended from people.household_member where person_id = any ($1)',
      [[a, b]],
    )
    expect(rows).toEqual([{ ended: true }, { ended: true }])
  })
})

describe('who signs for a minor', () => {
  test('is written to until the 18th birthday, and not a day longer', async () => {
    const mother = await create({ given_names: 'Hodan', born: '1985', phone: '333 100 2000', speaks: 'so' })
    const birth = today.add({ days: 30 }).subtract({ years: 18 })
    const eighteenth = birth.add({ years: 18 })
    const [y, m, d] = birth.toString().split('-')
    const girl = await create({ given_names: 'Asha', born: `${d}/${m}/${y}`, phone: '333 900 9000', speaks: 'so' })
    const form = people.guardian.href({ id: girl }, { persona: mother })
    const operator = await town.as('operatore@demo.example')
    expect((await operator.submit(people.guardian.href({ id: girl }), { role: 'parent' }, { on: form })).status).toBe(
      303,
    )
    expect(await contact(girl, eighteenth.subtract({ days: 1 }))).toEqual({
      channel: 'sms',
      to: '+393331002000',
      language: 'so',
      whose: 'guardian',
    })
    expect(await contact(girl, eighteenth)).toMatchObject({ to: '+393339009000', whose: 'own' })
    const file = await operator.page(people.file.href({ id: girl }))
    expect(file).toContain('Chi firma')
    expect(file).toContain('Hodan')
    expect(file).toMatch(/SMS \u2066\+393331002000\u2069, di chi firma/)
    expect(file).toMatch(/a 18 anni compiuti, dal .*al suo contatto/s)
  })

  test('a tutore comes before a parent; for the Comune a name, a Comune and a contact are asked', async () => {
    const boy = await create({ given_names: 'Lamin', born: born(16) })
    const father = await create({ given_names: 'Bakary', born: '1980', phone: '333 100 3000' })
    await town.inCtx((ctx) => tieGuardian(ctx, boy, { role: 'parent', guardian_id: father }))
    const operator = await town.as('operatore@demo.example')
    const asked = await operator.submit(people.guardian.href({ id: boy }), { role: 'comune', name: 'Ufficio minori' })
    expect(asked.status).toBe(422)
    const sentences = await asked.text()
    expect(sentences).toContain('Scegli il Comune.')
    expect(sentences).toContain('Scrivi un telefono o un&#39;e-mail')
    await town.inCtx((ctx) =>
      tieGuardian(ctx, boy, { role: 'tutore', name: 'Avv. Rossi', email: 'Tutela@Example.org' }),
    )
    expect(await contact(boy)).toMatchObject({ channel: 'email', to: 'tutela@example.org', whose: 'guardian' })
  })

  test('nobody of age has one, and no minor is one', async () => {
    const adult = await create({ given_names: 'Otto', born: '1990' })
    const minor = await create({ given_names: 'Nove', born: born(14) })
    const other = await create({ given_names: 'Dieci', born: born(13) })
    const tie = (id: string, guardian_id: string) =>
      town.inCtx((ctx) => tieGuardian(ctx, id, { role: 'parent', guardian_id }))
    await expect(tie(adult, minor)).rejects.toMatchObject({ problems: { form: 'people.error.not_a_minor' } })
    await expect(tie(minor, other)).rejects.toMatchObject({ problems: { guardian_id: 'people.error.signs_as_minor' } })
  })

  test('a child whom nobody signs for is not written to; from 14 on, to themselves', async () => {
    const child = await create({ given_names: 'Undici', born: born(11), phone: '333 100 4000' })
    const youth = await create({ given_names: 'Dodici', born: born(15), phone: '333 100 5000' })
    expect(await contact(child)).toBeNull()
    expect(await contact(youth)).toMatchObject({ to: '+393331005000', whose: 'own' })
  })
})

test('the channel asked for is used where it can be', async () => {
  const known = { given_names: 'Ornela', born: '1990', phone: '333 200 1000', email: 'ornela@example.org' }
  const id = await create(known)
  const wish = (channel: 'email' | 'whatsapp' | 'paper') =>
    town.inCtx((ctx) => editPerson(ctx, id, { ...known, channel, contact_unsafe: false }))
  expect(await contact(id)).toMatchObject({ channel: 'sms', to: '+393332001000' })
  await wish('email')
  expect(await contact(id)).toMatchObject({ channel: 'email', to: 'ornela@example.org' })
  await wish('whatsapp')
  expect(await contact(id)).toMatchObject({ channel: 'whatsapp', to: '+393332001000' })
  await wish('paper')
  expect(await contact(id)).toMatchObject({ channel: 'paper', to: null })
})

describe('a contact that is not safe', () => {
  const unsafe = (id: string, known: Known) =>
    town.inCtx((ctx) => editPerson(ctx, id, { ...known, contact_unsafe: true }))
  const known = { given_names: 'Nadia', born: '1991', phone: '333 100 6000', email: 'nadia@example.org' }

  test('stops every message', async () => {
    const id = await create(known)
    expect(await contact(id)).not.toBeNull()
    await unsafe(id, known)
    expect(await contact(id)).toBeNull()
  })

  test('also when it is said on one of two merged files', async () => {
    const [kept, merged] = [await create(known), await create({ given_names: 'Nadya', born: '1991' })]
    await unsafe(merged, { given_names: 'Nadya', born: '1991' })
    await town.house.owner_pool.query('update people.person set canonical_id = $1 where id = $2', [kept, merged])
    expect(await contact(kept)).toBeNull()
    expect(await contact(merged)).toBeNull()
  })

  test('of whoever signs stops the message to the minor, and of the minor also the one to whoever signs', async () => {
    const mother = { given_names: 'Miriam', born: '1985', phone: '333 100 7000' }
    const [signs, child] = [await create(mother), await create({ given_names: 'Dana', born: born(10) })]
    await town.inCtx((ctx) => tieGuardian(ctx, child, { role: 'parent', guardian_id: signs }))
    expect(await contact(child)).toMatchObject({ whose: 'guardian' })
    await unsafe(signs, mother)
    expect(await contact(child)).toBeNull()
    const second = await create({ given_names: 'Lea', born: born(10) })
    await town.inCtx((ctx) => tieGuardian(ctx, second, { role: 'tutore', name: 'Comune', phone: '0371 1234' }))
    await unsafe(second, { given_names: 'Lea', born: born(10) })
    expect(await contact(second)).toBeNull()
  })

  test('is asked by everybody: no other capability takes a phone or an e-mail of a person elsewhere', () => {
    const elsewhere = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(?!people|kernel|ui)\w+\/.*\.tsx?$/.test(file) && !/\.test\./.test(file))
      .filter((file) => {
        const source = readFileSync(`${root}/src/${file}`, 'utf8')
        const door = [...source.matchAll(/import (?!type)[^']*'(?:\.\.\/)+people\/actions\.ts'/g)].join()
        return /\b(openFile|editableValues|phonesOf|emailsOf)\b/.test(door) || /people\.(phone|email)\b/.test(source)
      })
    expect(elsewhere).toEqual([])
  })
})

test('an erased person is reached no more, and signs for nobody', async () => {
  const father = await create({ given_names: 'Yusuf', born: '1980', phone: '333 100 8000' })
  const child = await create({ given_names: 'Sara', born: born(12) })
  await town.inCtx((ctx) => tieGuardian(ctx, child, { role: 'parent', guardian_id: father }))
  await town.inCtx((ctx) => joinHousehold(ctx, father, child, 'child'))
  const { default: module } = await import('./module.ts')
  await town.inCtx((ctx) => module.personal_data?.erase(ctx, [father]) as Promise<void>)
  expect(await contact(father)).toBeNull()
  expect(await contact(child)).toBeNull()
  expect((await town.inCtx((ctx) => householdOf(ctx, child))).others).toEqual([])
})
