import type { Ctx } from '../../kernel/ctx.ts'
import { isSensitive } from '../codes.ts'
import { ageOn } from '../rules.ts'
import { headRows } from '../store/head-lines.ts'

export type HeadLine = Awaited<ReturnType<typeof headLines>>[number]

/** The line that stands for a person everywhere: name and script, birth, citizenship, language, title, whether countable today. */
export async function headLines(ctx: Ctx, ids: string[]) {
  if (ids.length === 0) return []
  const lines = (await headRows(ctx, ids)).map(({ main, original, title, citizenships, ...person }) => ({
    ...person,
    latin: main ? [main.surname.toLocaleUpperCase(), main.given_names].filter(Boolean).join(' ') : '',
    original: original ? `${original.given_names} ${original.surname}`.trim() : null,
    age: person.born ? ageOn(person.born, ctx.today) : null,
    citizenships: [...new Set(citizenships ?? [])],
    title: title && {
      seen: title.seen,
      expires_on: title.expires_on,
      status: title.status,
      sensitive: isSensitive(title.kind),
    },
  }))
  const order = new Map(ids.map((id, index) => [id, index]))
  return lines.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}
