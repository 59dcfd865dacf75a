import { accountNames } from '../accounts/actions.ts'
import { needList } from '../desk/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import { exported } from '../kernel/exports/exports.ts'
import { type Asked, router } from '../kernel/routes.ts'
import { headLines, papersOf } from '../people/actions.ts'
import { comuni, countryName } from '../territory/actions.ts'
import { exportRoute } from '../ui/export.tsx'
import { changeDefinition, definedRows, definitionOf, definitionValues, tryDefinition } from './actions/definitions.ts'
import { figuresToExport, peopleToExport, piecesToExport, waitingToExport } from './actions/exports.ts'
import { progressIn, report } from './actions/figures.ts'
import { madeOf, proofHref } from './actions/made-of.ts'
import { openDataCsv, openDataJson } from './actions/open-data.ts'
import { evidenceOf, notCountable, page_size, peopleOf, servedIn } from './actions/people.ts'
import { monthsOfQuality, sharesIn } from './actions/shares.ts'
import { type DefinitionInput, definitionForm } from './forms.ts'
import { DefinitionPage } from './pages/definition.tsx'
import { DefinitionsPage } from './pages/definitions.tsx'
import { EvidencePage } from './pages/evidence.tsx'
import { ExportedPage } from './pages/exported.tsx'
import { FigurePage } from './pages/figure.tsx'
import { NotCountablePage } from './pages/not-countable.tsx'
import { ProgressPage } from './pages/progress.tsx'
import { ServedPage } from './pages/served.tsx'
import { rowsOn } from './rules/definitions.ts'
import { kindInWords } from './rules/kinds.ts'
import { may } from './rules/may.ts'
import {
  byMonth,
  countsPeople,
  groupAsked,
  isAge,
  isDay,
  isGender,
  isMonth,
  isReason,
  isTrait,
  type Period,
  periodAsked,
  type Trait,
} from './rules/report.ts'
import { type Definition, listDefinitions } from './store/definitions.ts'
import { monitoring } from './urls.ts'

const routes = router()
export default routes.all

routes.machine(monitoring.openCsv, openDataCsv)
routes.machine(monitoring.openJson, openDataJson)

routes.page(monitoring.progress, may.see_figures, async (ctx, _params, { query }) => {
  const asked = shownTo(ctx, query)
  const can = (permission: keyof typeof may) => ctx.actor.can(may[permission])
  const sees = {
    small: can('see_small_cells'),
    not_countable: can('see_not_countable'),
    export: can('export'),
    more: can('open_people'),
  }
  const modules = ctx.modules.map(({ name }) => name)
  return <ProgressPage rows={await progressIn(ctx, asked.period)} modules={modules} asked={asked} sees={sees} />
})

exportRoute(routes, monitoring.export, may.export, {
  title: ({ t }) => t('monitoring.export.figures'),
  back: (_, query) => `${monitoring.progress.href()}?${query}`,
  list: async (ctx, _, { query }) => figuresToExport(ctx, await report(ctx, periodAsked(query, ctx.today).period)),
})

routes.page(monitoring.exported, may.see_exported, async (ctx, _params, { query }) => {
  const before = query.get('prima')
  const found = await exported(ctx, page_size + 1, before && /^\d{1,18}$/.test(before) ? before : undefined)
  const lines = found.slice(0, page_size)
  const names = await accountNames(
    ctx,
    lines.flatMap(({ account_id }) => account_id ?? []),
  )
  return <ExportedPage lines={lines} names={names} more={found.length > page_size} />
})

/** Who can open neither the people counted nor those waiting sees whole months. */
function shownTo(ctx: Ctx, query: URLSearchParams) {
  const asked = periodAsked(query, ctx.today)
  const knows = ctx.actor.can(may.open_people) || ctx.actor.can(may.see_not_countable)
  return knows ? asked : byMonth(asked, ctx.today)
}

/** Names are read in one place, through the people module. */
async function headsOf(ctx: Ctx, lines: readonly { person_id: string | null }[]) {
  const ids = new Set(lines.flatMap((line) => line.person_id ?? []))
  return new Map((await headLines(ctx, [...ids])).map((head) => [head.id, head]))
}

async function withHeads<Line extends { person_id: string }>(ctx: Ctx, lines: readonly Line[]) {
  const heads = await headsOf(ctx, lines)
  return lines.map((line) => ({ ...line, head: heads.get(line.person_id) }))
}

routes.page(monitoring.notCountable, may.see_not_countable, async (ctx, _params, { query }) => {
  const asked = query.get('motivo')
  const reason = isReason(asked) ? asked : undefined
  const page = pageAsked(query)
  const { counts, people } = await notCountable(ctx, { reason, offset: (page - 1) * page_size })
  return (
    <NotCountablePage
      counts={counts}
      people={await withHeads(ctx, people)}
      reason={reason}
      page={page}
      mends={ctx.actor.can(may.mend)}
      months={await monthsOfQuality(ctx)}
      opens={ctx.actor.can(may.open_people)}
    />
  )
})

routes.page(monitoring.served, may.open_people, async (ctx, _params, { query }) => {
  const asked = query.get('mese')
  const month = isMonth(asked) ? asked : ctx.today.slice(0, 7)
  const only = query.get('solo')
  const shown = only === 'conteggiabili' || only === 'non-conteggiabili' ? only : undefined
  const page = pageAsked(query)
  const { people, ...counts } = await servedIn(ctx, month, {
    countable: shown && shown === 'conteggiabili',
    offset: (page - 1) * page_size,
  })
  return <ServedPage month={month} counts={counts} people={await withHeads(ctx, people)} only={shown} page={page} />
})

exportRoute(routes, monitoring.notCountableExport, may.see_not_countable, {
  title: ({ t }) => t('monitoring.not_countable.title'),
  back: (_, query) => `${monitoring.notCountable.href()}?${query}`,
  list(ctx, _, { query }) {
    const reason = query.get('motivo')
    return waitingToExport(ctx, isReason(reason) ? reason : undefined)
  },
})

const pageAsked = (query: URLSearchParams) =>
  Math.min(10_000, Math.max(1, Math.trunc(Number(query.get('pagina'))) || 1))

routes.page(monitoring.definitions, may.see_definitions, async (ctx) => {
  const rows = await definedRows(ctx)
  const authors = await accountNames(
    ctx,
    rows.flatMap(({ current, earlier }) => [current, ...earlier].flatMap((version) => version.recorded_by ?? [])),
  )
  return (
    <DefinitionsPage
      rows={rows}
      authors={authors}
      say={(kind) => inWords(ctx, kind)}
      changes={ctx.actor.can(may.change_definitions)}
    />
  )
})

routes.form(monitoring.definition, may.change_definitions, definitionForm, {
  async show(ctx, { code }, form) {
    const { current, parents } = await definitionOf(ctx, code)
    const values = Object.keys(form.values).length > 0 ? form.values : definitionValues(current, ctx.today)
    return <DefinitionPage code={code} form={{ ...form, values }} parents={parents} tried={null} />
  },
  async submit(ctx, { code }, input) {
    if (input.save) {
      await changeDefinition(ctx, code, input)
      return monitoring.definitions.href()
    }
    const { parents } = await definitionOf(ctx, code)
    const form = { values: typedAgain(input), errors: {}, once: crypto.randomUUID(), ambito_id: ctx.ambito_id }
    return <DefinitionPage code={code} form={form} parents={parents} tried={await tryDefinition(ctx, code, input)} />
  },
})

const typedAgain = ({ save: _, more_kinds = '', parent = '', note = '', ...input }: DefinitionInput) => ({
  ...input,
  more_kinds,
  parent,
  note,
})

routes.page(monitoring.figure, may.see_figures, async (ctx, { code }, { query }) => {
  const asked = shownTo(ctx, query)
  const row = await rowOf(ctx, code, asked.period.to)
  const figure = (await report(ctx, asked.period)).indicators.find((one) => one.code === code)
  if (!figure) throw new NotFound()
  const { group, ...cell } = chosenIn(query)
  const chosen = { ...cell, group: group && { ...group, name: (await groupNames(ctx, group.trait))(group.code) } }
  const sees = { cells: ctx.actor.can(may.see_cells), small: ctx.actor.can(may.see_small_cells) }
  return (
    <FigurePage
      row={row}
      figure={figure}
      asked={asked}
      chosen={chosen}
      people={countsPeople(row.counts) ? await peopleBehind(ctx, code, asked.period, query) : null}
      made_of={countsPeople(row.counts) ? null : await piecesOf(ctx, row, asked.period, query)}
      divided={await dividedBy(ctx, row, asked.period, query)}
      sees={sees}
    />
  )
})

async function rowOf(ctx: Ctx, code: string, day: string) {
  const row = rowsOn(await listDefinitions(ctx), day).find((one) => one.code === code)
  if (!row) throw new NotFound()
  return row
}

async function piecesOf(ctx: Ctx, row: Definition, period: Period, query: Asked['query']) {
  if (!ctx.actor.can(may.open_people)) return null
  const page = pageAsked(query)
  const { only_new } = chosenIn(query)
  const found = await madeOf(ctx, row, { ...period, only_new, limit: page_size, offset: (page - 1) * page_size })
  const heads = await headsOf(ctx, found.pieces)
  const pieces = found.pieces.map((piece) => ({
    ...piece,
    // Beside a name, in a list of many, not what they came for: the evidence of one person tells it.
    words: piece.kind ? kindInWords(piece.kind, ctx.lang, () => null) : '',
    href: piece.evidence && proofHref(ctx, piece.evidence),
    head: heads.get(piece.person_id ?? ''),
  }))
  return { pieces, page, more: found.more }
}

/** By Comune or citizenship, when asked: it is one more sweep over everybody. */
async function dividedBy(
  ctx: Ctx,
  { code, counts }: { code: string; counts: string },
  period: Period,
  query: Asked['query'],
) {
  const trait = query.get('per')
  if (!isTrait(trait) || counts !== 'persons' || !ctx.actor.can(may.see_cells)) return null
  const { shares, others } = await sharesIn(ctx, code, period, trait)
  const nameOf = await groupNames(ctx, trait)
  return { trait, shares: shares.map((share) => ({ ...share, name: nameOf(share.code) })), others }
}

async function groupNames(ctx: Ctx, trait: Trait): Promise<(code: string | null) => string> {
  const unknown = ctx.t('monitoring.figure.unknown')
  if (trait === 'citizenship') return (code) => (code === null ? unknown : countryName(code, ctx.lang))
  const names = new Map((await comuni(ctx)).map((one) => [one.code, one.name]))
  return (code) => (code === null ? unknown : (names.get(code) ?? code))
}

exportRoute(routes, monitoring.figureExport, may.open_people, {
  title: ({ t }) => t('monitoring.figure.made_of'),
  back: ({ code }, query) => `${monitoring.figure.href({ code })}?${query}`,
  async list(ctx, { code }, { query }) {
    const { only_new, group, ...cell } = chosenIn(query)
    const { period } = periodAsked(query, ctx.today)
    const group_name = group && (await groupNames(ctx, group.trait))(group.code)
    const row = await rowOf(ctx, code, period.to)
    return countsPeople(row.counts)
      ? peopleToExport(ctx, { ...period, code, cell, group, only_new }, group_name)
      : piecesToExport(ctx, row, { ...period, only_new }, (kind) => inWords(ctx, kind))
  },
})

function chosenIn(query: URLSearchParams) {
  const [gender, age] = [query.get('sesso'), query.get('eta')]
  return {
    ...(isGender(gender) && { gender }),
    ...(isAge(age) && { age }),
    group: groupAsked(query),
    only_new: query.get('nuove') === '1',
  }
}

async function peopleBehind(ctx: Ctx, code: string, period: { from: string; to: string }, query: Asked['query']) {
  if (!ctx.actor.can(may.open_people)) return null
  const { only_new, group, ...cell } = chosenIn(query)
  const after = query.get('dopo') ?? undefined
  const found = await peopleOf(ctx, {
    ...period,
    code,
    cell,
    group,
    only_new,
    ...(after && /^[0-9a-f-]{36}$/.test(after) && { after }),
  })
  return { people: await withHeads(ctx, found.people), next: found.next }
}

routes.page(monitoring.evidence, may.open_people, async (ctx, { code, person }, { query }) => {
  const [head] = await headLines(ctx, [person])
  if (!head) throw new NotFound()
  const to = query.get('al') ?? ''
  const { row, facts } = await evidenceOf(ctx, person, code, isDay(to) ? to : ctx.today)
  const proofs = facts.map((fact) => ({
    ...fact,
    words: inWords(ctx, fact.kind),
    href: proofHref(ctx, fact.evidence),
  }))
  return <EvidencePage row={row} head={head} facts={proofs} papers={await papersOf(ctx, person)} />
})

const inWords = ({ lang }: Ctx, kind: string) =>
  kindInWords(kind, lang, (need) => needList.find(({ code }) => code === need)?.[lang === 'en' ? 'en' : 'it'])
