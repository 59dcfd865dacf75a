/** What each row counts, since when; and what would change if it counted otherwise. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { projectOf } from '../../programme/actions.ts'
import type { DefinitionInput } from '../forms.ts'
import indicators from '../lists/indicators.json' with { type: 'json' }
import { definitionErrors, typedKinds, versionTyped } from '../rules/changing.ts'
import { inForce, rowsOn, type Version } from '../rules/definitions.ts'
import { knownKinds } from '../rules/kinds.ts'
import { may } from '../rules/may.ts'
import {
  type Definition,
  insertDefinition,
  insertIndicators,
  listDefinitions,
  type NewIndicator,
} from '../store/definitions.ts'
import { figures } from './figures.ts'

/** The rows of the fund and of the project's processes, as a new Ambito starts with them. */
export const foundIndicators = (ctx: Ctx) => insertIndicators(ctx, indicators as NewIndicator[])

/** Every version of every row, oldest first. */
export async function definitions(ctx: Ctx) {
  allow(ctx.actor.can(may.see_definitions))
  return listDefinitions(ctx)
}

/** The official name of each row on a day, in the reader's language. */
export async function rowNames(ctx: Ctx, day: string) {
  return new Map(
    rowsOn(await definitions(ctx), day).map((row) => [row.code, ctx.lang === 'en' ? row.name_en : row.name_it]),
  )
}

/** Every row with the version in force and the others, newest first. */
export async function definedRows(ctx: Ctx) {
  const rows = Map.groupBy(await definitions(ctx), ({ code }) => code)
  return [...rows.values()].map((versions) => {
    const current = inForce(versions, ctx.today) ?? (versions[0] as Definition)
    return { current, earlier: versions.filter((version) => version !== current).reverse() }
  })
}

/** The version in force of one row, and the rows it could depend on. */
export async function definitionOf(ctx: Ctx, code: string) {
  allow(ctx.actor.can(may.change_definitions))
  const versions = await listDefinitions(ctx)
  const rows = rowsOn(versions, ctx.today)
  const current = rows.find((row) => row.code === code)
  if (!current) throw new NotFound()
  return {
    versions,
    rows,
    current,
    parents: rows.filter((row) => row.counts === 'persons' && row.code !== code).map((row) => row.code),
  }
}

/** As the form shows it: known kinds are ticked, others written one a line. */
export function definitionValues(
  { name_it, name_en, says_it, says_en, counts, kinds, actions, parent }: Definition,
  today: string,
) {
  return {
    since: today,
    ...{ name_it, name_en, says_it, says_en, counts },
    kinds: kinds.filter((kind) => knownKinds.includes(kind)),
    more_kinds: kinds.filter((kind) => !knownKinds.includes(kind)).join('\n'),
    actions: [...actions],
    parent: parent ?? '',
  }
}

/** What every row would say today with the change: only those that would say something else. */
export async function tryDefinition(ctx: Ctx, code: string, input: DefinitionInput) {
  const { versions, rows } = await definitionOf(ctx, code)
  refuse(definitionErrors(code, input, rows))
  const period = { from: (await projectOf(ctx)).starts_on, to: ctx.today }
  const before = new Map((await figures(ctx, versions, period)).map((figure) => [figure.code, figure.value]))
  const after = await figures(ctx, withVersion(versions, versionTyped(code, input)), period)
  return after
    .map((figure) => ({ code: figure.code, before: before.get(figure.code) ?? 0, after: figure.value }))
    .filter((change) => change.before !== change.after)
}

/** In its place among the others: oldest first, and after those of the same day. */
function withVersion(versions: readonly Version[], added: Version) {
  const later = versions.findIndex(
    (version) => version.code === added.code && version.since !== null && version.since > (added.since ?? ''),
  )
  const at = later >= 0 ? later : versions.findLastIndex((version) => version.code === added.code) + 1
  return versions.toSpliced(at, 0, added)
}

/** A definition is never rewritten: another one begins to hold on a day. */
export async function changeDefinition(ctx: Ctx, code: string, input: DefinitionInput) {
  const { rows } = await definitionOf(ctx, code)
  refuse(definitionErrors(code, input, rows))
  const { since, name_it, name_en, says_it, says_en, counts, actions, parent = null, note = '' } = input
  await insertDefinition(ctx, {
    code,
    since,
    name_it,
    name_en,
    says_it,
    says_en,
    counts,
    kinds: typedKinds(input),
    actions,
    parent,
    note,
  })
  say(ctx, 'monitoring.definition.saved')
}
