import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { router } from '../../kernel/routes.ts'
import { comuni } from '../../territory/actions.ts'
import { splitRow } from '../actions/splitting.ts'
import { decidePair, duplicatesToday, headLines, openFile, openPair, undoMerge } from '../actions.ts'
import { decisionForm } from '../forms/duplicates.ts'
import { noFields } from '../forms/households.ts'
import { DuplicatesPage } from '../pages/duplicates.tsx'
import { PairPage, type Side } from '../pages/pair.tsx'
import { SeparationPage } from '../pages/separation.tsx'
import { may } from '../rules.ts'
import { people } from '../urls.ts'

const routes = router()
export default routes.all

routes.page(people.duplicates, may.merge, async (ctx, _params, { query }) => {
  const all = query.has('tutte')
  const today = await duplicatesToday(ctx, all)
  const heads = await headLines(ctx, [...new Set(today.pairs.flatMap(({ one, other }) => [one, other]))])
  return (
    <DuplicatesPage
      {...today}
      all={all}
      heads={new Map(heads.map((head) => [head.id, head]))}
      merged={justMerged(query)}
    />
  )
})

/** The merge made a moment ago on the page before, to be taken back. */
function justMerged(query: URLSearchParams) {
  const [id, merge] = [query.get('scheda'), query.get('unione')]
  return id && merge && { id, merge }
}

const said = { same: 'people.said.merged', different: 'people.said.two_people', unsure: 'people.said.unsure' } as const

routes.form(people.pair, may.merge, decisionForm, {
  async show(ctx, { one, other }, _form, { query }) {
    const pair = await openPair(ctx, one, other)
    const [first, second] = [await sideOf(ctx, pair.one), await sideOf(ctx, pair.other)]
    return (
      <PairPage
        pair={pair}
        one={first}
        other={second}
        merged={justMerged(query)}
        together={first.file.person.canonical_id === second.file.person.canonical_id}
      />
    )
  },
  async submit(ctx, { one, other }, { decision }) {
    const suggested = (await openPair(ctx, one, other)).reasons.length > 0
    const merge = await decidePair(ctx, one, other, decision)
    if (!suggested || !merge) say(ctx, said[decision])
    if (!suggested) return people.file.href({ id: one })
    const [next] = (await duplicatesToday(ctx)).pairs
    const undo = { scheda: merge && one, unione: merge }
    return next ? people.pair.href(next, undo) : people.duplicates.href({}, undo)
  },
})

async function sideOf(ctx: Ctx, id: string): Promise<Side> {
  const file = await openFile(ctx, id)
  const sections = (await Promise.all(ctx.modules.map((module) => module.personFile?.(ctx, file.members) ?? []))).flat()
  const comune = (await comuni(ctx)).find((one) => one.code === file.person.comune)?.name ?? null
  return { file, comune, sections: sections.sort((a, b) => a.order - b.order) }
}

routes.form(people.mergeEnd, may.merge, noFields, {
  show: (_ctx, { id }, form) => <SeparationPage form={form} id={id} what="separate" />,
  async submit(ctx, { id, merge }) {
    await undoMerge(ctx, merge)
    say(ctx, 'people.said.separated')
    return people.file.href({ id })
  },
})

routes.form(people.rowSplit, may.merge, noFields, {
  show: (_ctx, { id }, form) => <SeparationPage form={form} id={id} what="split" />,
  async submit(ctx, { row }) {
    const id = await splitRow(ctx, row)
    say(ctx, 'people.said.split')
    return people.file.href({ id })
  },
})
