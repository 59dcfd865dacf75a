/** Minutes, who stands in a register, and what a seal is made of. */
import { createHash } from 'node:crypto'
import type { Problems } from '../../kernel/errors.ts'
import { minutesOf } from './lessons.ts'

type Times = { from_time?: string | undefined; to_time?: string | undefined }
type Lesson = { starts_at: string; ends_at: string }

/** Of the lesson itself: who comes early learns nothing yet, who stays longer nothing more. */
export function minutesPresent({ starts_at, ends_at }: Lesson, { from_time, to_time }: Times) {
  const from = Math.max(minutesOf(starts_at), from_time ? minutesOf(from_time) : 0)
  const to = Math.min(minutesOf(ends_at), to_time ? minutesOf(to_time) : 24 * 60)
  return Math.max(0, to - from)
}

export function markErrors(lesson: Lesson, present: boolean, times: Times): Problems<{ from_time: 1; to_time: 1 }> {
  if (!present) return {}
  const { from_time, to_time } = times
  return {
    ...(from_time && to_time && to_time <= from_time && { to_time: 'courses.error.out_before_in' as const }),
    ...(minutesPresent(lesson, times) === 0 && { from_time: 'courses.error.not_in_lesson' as const }),
  }
}

type Step = { state: string; at: string }

/** From when to when somebody had a place, as days: stands in the registers of those days. */
export function isOnRegister(steps: readonly Step[], on_day: string, dayOf: (at: string) => string) {
  const last = steps.at(-1)
  if (!last || !steps.some(({ state }) => state === 'enrolled')) return false
  return last.state === 'enrolled' || dayOf(last.at) > on_day
}

// --- seals ----------------------------------------------------------------------------------------------------------

export type SealedMark = {
  mark: string
  enrolment: string
  present: boolean
  minutes: number
  from: string | null
  to: string | null
}
type Row = {
  id: string
  enrolment_id: string
  present: boolean
  minutes: number
  from_time: string | null
  to_time: string | null
}
export const sealedMark = (mark: Row): SealedMark => ({
  mark: mark.id,
  enrolment: mark.enrolment_id,
  present: mark.present,
  minutes: mark.minutes,
  from: mark.from_time?.slice(0, 5) ?? null,
  to: mark.to_time?.slice(0, 5) ?? null,
})

export const chained = (before: Buffer | Uint8Array | null, content: string) =>
  createHash('sha256')
    .update(before ?? '')
    .update(content)
    .digest()

type Seal = { number: number; content: string; hash: Buffer | Uint8Array; code: string }
export type Broken = { number: number; why: 'missing' | 'hash' | 'code' | 'marks' }

/** Reads the chain from its first closing: what was taken out, written over or made elsewhere is named. */
export function brokenSeals(
  seals: readonly Seal[],
  marks: readonly (Row & { how: string })[],
  codeOf: (hash: Uint8Array) => string,
): Broken[] {
  const by_id = new Map(marks.map((mark) => [mark.id, mark]))
  const named = new Set<string>()
  const broken: Broken[] = []
  let before: Uint8Array | null = null
  for (const [at, { number, content, hash, code }] of seals.entries()) {
    if (number !== at + 1) return [...broken, { number: at + 1, why: 'missing' }]
    const right = chained(before, content)
    if (!right.equals(hash)) broken.push({ number, why: 'hash' })
    if (codeOf(hash) !== code) broken.push({ number, why: 'code' })
    const { marks: sealed } = JSON.parse(content) as { marks: SealedMark[] }
    const kept = sealed.every((one) => {
      named.add(one.mark)
      const stored = by_id.get(one.mark)
      return stored !== undefined && JSON.stringify(sealedMark(stored)) === JSON.stringify(one)
    })
    if (!kept) broken.push({ number, why: 'marks' })
    before = hash
  }
  if (marks.some(({ id, how }) => how === 'correction' && !named.has(id)))
    broken.push({ number: seals.length + 1, why: 'missing' })
  return broken
}
