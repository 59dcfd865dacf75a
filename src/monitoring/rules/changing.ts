import type { Problems } from '../../kernel/errors.ts'
import type { DefinitionInput } from '../forms.ts'
import { covers, parentsOf, type Version } from './definitions.ts'
import { knownKinds } from './kinds.ts'

export const typedKinds = ({ kinds, more_kinds = '' }: Pick<DefinitionInput, 'kinds' | 'more_kinds'>) => [
  ...new Set([...kinds, ...more_kinds.split('\n').map((line) => line.trim())].filter((kind) => kind !== '')),
]

/** One that nobody announces would count nothing, and nobody would see why. */
const isKind = (kind: string) =>
  /^[a-z_]+(\.[A-Za-z0-9_]+)+$/.test(kind) &&
  kind.length <= 80 &&
  knownKinds.some((known) => covers(known, kind) || covers(kind, known))

/** The version that what was typed makes, as another one of its row. */
export function versionTyped(code: string, input: DefinitionInput): Version {
  return {
    code,
    since: input.since,
    counts: input.counts,
    kinds: typedKinds(input),
    actions: input.actions,
    parent: input.parent ?? null,
  }
}

/** `rows` are the definitions in force, the new one in its place. */
export function definitionErrors(
  code: string,
  input: DefinitionInput,
  rows: readonly Version[],
): Problems<DefinitionInput> {
  const after = rows.map((row) => (row.code === code ? versionTyped(code, input) : row))
  const { parent } = input
  const unknown = parent !== undefined && !rows.some((row) => row.code === parent && row.counts === 'persons')
  return {
    more_kinds: typedKinds(input).every(isKind) ? undefined : 'monitoring.error.kind',
    parent:
      parent === undefined
        ? undefined
        : input.counts !== 'persons' || unknown
          ? 'monitoring.error.parent_counts'
          : parent === code || parentsOf(after, parent).includes(code)
            ? 'monitoring.error.parent_circle'
            : undefined,
  }
}
