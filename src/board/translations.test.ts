/** Whatever happens, and in whatever order, the state of a translation says what is so. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { commandLine } from '../kernel/actor.ts'
import { openCtx } from '../kernel/ctx.ts'
import { createItem, publishItem, saveSource } from './actions/items.ts'
import { textShown } from './actions/reading.ts'
import { markChecked, saveTranslation, sayStillGood, translationToEdit } from './actions/translations.ts'

const { house, inCtx } = await openTestHouse()
const ambito = await inCtx(async (ctx) => ctx.ambito)
const work = <Result>(run: (ctx: Parameters<Parameters<typeof inCtx>[0]>[0]) => Promise<Result>, lang = 'it') =>
  openCtx(house, { ambito, actor: commandLine, lang }, run)

type Step =
  | { do: 'write'; text: string }
  | { do: 'open'; hand: number }
  | { do: 'save'; hand: number; origin: 'person' | 'machine' }
  | { do: 'still'; hand: number }
  | { do: 'check'; hand: number }

const hand = fc.integer({ min: 0, max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('write' as const), text: fc.constantFrom('uno', 'due', 'tre') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), hand }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      hand,
      origin: fc.constantFrom('person' as const, 'machine' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('still' as const), hand }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('check' as const), hand }) },
)

/** What really happened, kept beside: which words the translator had before their eyes, who wrote, who checked which. */
type Truth = { source: string; made_from: string; origin: 'person' | 'machine'; checked: boolean } | null
type Eyes = { version: number; revision: number; source: string }

test('over random sequences of editing, translating, confirming and checking by several hands', async () => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const title = `Prova ${++number}`
      const id = await work(async (ctx) => {
        const made = await createItem(ctx, 'notice', { title, body: 'uno' })
        await publishItem(ctx, made, { published_from: ctx.today })
        return made
      })
      let source = 'uno'
      let truth = null as Truth
      const eyes: (Eyes | undefined)[] = [undefined, undefined, undefined]
      const look = () =>
        work(async (ctx) => {
          const { item, translation } = await translationToEdit(ctx, id, 'ar')
          return { version: item.version, revision: translation?.revision ?? 0, source }
        })
      const tried = (run: Parameters<typeof work>[0]) =>
        work(run).then(
          () => true,
          () => false,
        )

      for (const one of steps) {
        if (one.do === 'write') {
          const { version } = await look()
          await work((ctx) => saveSource(ctx, id, { title, body: one.text }, version))
          source = one.text
          continue
        }
        if (one.do === 'open') {
          eyes[one.hand] = await look()
          continue
        }
        const seen = eyes[one.hand]
        if (!seen) continue
        if (one.do === 'save') {
          if (
            await tried((ctx) =>
              saveTranslation(ctx, id, 'ar', {
                title: 'ترجمة',
                body: 'نص',
                origin: one.origin,
                of_version: seen.version,
                revision: seen.revision,
              }),
            )
          )
            truth = { source, made_from: seen.source, origin: one.origin, checked: false }
        } else if (one.do === 'still') {
          if (await tried((ctx) => sayStillGood(ctx, id, 'ar', { of_version: seen.version, revision: seen.revision })))
            truth = truth && { ...truth, made_from: seen.source, checked: false }
        } else if (await tried((ctx) => markChecked(ctx, id, 'ar', seen.revision)))
          truth = truth && { ...truth, checked: true }

        // A check is only ever of a translation that was fresh when it was checked.
        if (truth?.checked && one.do === 'check') expect(truth.made_from).toBe(source)
      }

      const { translation } = await work((ctx) => translationToEdit(ctx, id, 'ar'))
      const slug = title.toLowerCase().replace(' ', '-')
      const { notes } = await work((ctx) => textShown(ctx, 'notice', slug), 'ar')
      if (truth === null) {
        expect(translation).toBeUndefined()
        expect(notes).toEqual(['in_italian'])
        return
      }
      expect({
        origin: translation?.origin,
        checked: translation?.checked_on !== null,
        fresh: translation?.fresh,
      }).toEqual({
        origin: truth.origin,
        checked: truth.checked,
        fresh: truth.made_from === source,
      })
      expect(notes.includes('maybe_old')).toBe(truth.made_from !== source)
      expect(notes.includes('by_machine')).toBe(truth.origin === 'machine' && !truth.checked)
      expect((await work((ctx) => textShown(ctx, 'notice', slug), 'it')).notes).toEqual([])
      expect((await work((ctx) => textShown(ctx, 'notice', slug), 'zh')).notes).toEqual(['in_italian'])
    }),
    { numRuns: 60 },
  )
})
