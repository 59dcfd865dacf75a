/** The order of a Europass CV: work and education from the latest, then languages, skills, certificates. */
import type { Problems } from '../../kernel/errors.ts'
import type { EntryKind } from '../codes.ts'
import type { EntryInput } from '../forms.ts'

export function entryErrors(kind: EntryKind, input: EntryInput, today: string): Problems<EntryInput> {
  const year = today.slice(0, 7)
  return {
    ...(kind === 'language' && !input.level && { level: 'kernel.form.required' as const }),
    ...(input.from_when && input.from_when > year && { from_when: 'orientation.error.future' as const }),
    ...(input.from_when &&
      input.to_when &&
      input.to_when < input.from_when.slice(0, input.to_when.length) && {
        to_when: 'orientation.error.before_start' as const,
      }),
  }
}

type Entry = { kind: string; from_when: string | null; to_when: string | null; level: string | null; title: string }
/** What still goes on comes first. */
const end = ({ from_when, to_when }: Entry) => to_when ?? (from_when ? '9999' : '')

export const inOrder = <E extends Entry>(entries: readonly E[]) =>
  entries.toSorted(
    (a, b) =>
      end(b).localeCompare(end(a)) ||
      (b.from_when ?? '').localeCompare(a.from_when ?? '') ||
      Number(b.level === 'MADRE') - Number(a.level === 'MADRE') ||
      (b.level ?? '').localeCompare(a.level ?? ''),
  )

/** `2019-03` as people write it. */
export const monthShown = (when: string) => when.split('-').toReversed().join('/')
