/** The figures of the project as open data, for the portal and for whoever asks. */
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../kernel/ctx.ts'
import { guarded } from '../../kernel/exports/csv.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { projectOf, targets } from '../../programme/actions.ts'
import { parentsOf, rowsOn } from '../rules/definitions.ts'
import { openFigures, openUntil } from '../rules/open-data.ts'
import { type Definition, listDefinitions } from '../store/definitions.ts'
import { figures } from './figures.ts'

/** What anybody may read today: the totals of these measures, without those so small that they could point at a person. */
export async function publicFigures(ctx: Ctx, measures: readonly string[]) {
  const all = await listDefinitions(ctx)
  const rows = rowsOn(all, ctx.today)
  const asked = rows.filter(({ measure }) => measure !== null && measures.includes(measure))
  // What a row leaves of the one above it must be known, although nobody asked.
  const needed = new Set(asked.flatMap(({ code }) => [code, ...parentsOf(rows, code)]))
  const open = await openOf(
    ctx,
    all.filter(({ code }) => needed.has(code)),
    ctx.today,
  )
  return new Map(
    open.flatMap(({ measure, value }) => (measure && measures.includes(measure) && value ? [[measure, value]] : [])),
  )
}

async function openOf(ctx: Ctx, definitions: readonly Definition[], to: string) {
  const counted = new Map(
    (await figures(ctx, definitions, { from: (await projectOf(ctx)).starts_on, to })).map((one) => [one.code, one]),
  )
  return openFigures(
    rowsOn(definitions, to).flatMap((row) => {
      const figure = counted.get(row.code)
      return figure ? [{ ...row, ...figure }] : []
    }),
  )
}

async function openData(ctx: Ctx) {
  const { starts_on } = await projectOf(ctx)
  const until = openUntil(ctx.today, starts_on)
  const wanted = new Map((await targets(ctx, until)).map(({ indicator, value }) => [indicator, value]))
  const rows = await openOf(ctx, await listDefinitions(ctx), until)
  return {
    starts_on,
    until,
    indicators: rows.map(({ code, name_it, name_en, counts, measure, value, cells }) => ({
      code,
      name_it,
      name_en,
      counts,
      target: (measure && wanted.get(measure)) ?? null,
      value,
      cells,
    })),
  }
}

const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

export async function openDataJson(ctx: Ctx): Promise<Bytes> {
  const data = await openData(ctx)
  return {
    type: 'application/json; charset=utf-8',
    headers: open,
    body: JSON.stringify({
      publisher: ctx.ambito.name,
      license: 'https://creativecommons.org/licenses/by/4.0/',
      hidden: 'null: fewer than five people, or a number that would tell fewer than five',
      ...data,
    }),
  }
}

/** One line for each figure, then for each of its cells; an empty value is a hidden one. */
export async function openDataCsv(ctx: Ctx): Promise<Bytes> {
  const { starts_on, until, indicators } = await openData(ctx)
  const head = ['code', 'name_it', 'name_en', 'counts', 'from', 'until', 'gender', 'age', 'value', 'target']
  const lines = indicators.flatMap(({ code, name_it, name_en, counts, target, value, cells }) => {
    const start = [code, name_it, name_en, counts, starts_on, until]
    return [
      [...start, '', '', value, target],
      ...cells.map((cell) => [...start, cell.gender, cell.age, cell.value, null]),
    ]
  })
  return {
    type: 'text/csv; charset=utf-8',
    headers: open,
    body: stringify([head, ...lines.map((line) => line.map(guarded))], { record_delimiter: '\r\n' }),
  }
}

const text = { type: 'string' }
const day = { type: 'string', format: 'date' }
const number = { type: ['number', 'null'], minimum: 0 }
const object = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

/** How the answers look, for /api/openapi.json. */
export const describedJson = object({
  publisher: text,
  license: text,
  hidden: text,
  starts_on: day,
  until: day,
  indicators: {
    type: 'array',
    items: object({
      code: text,
      name_it: text,
      name_en: text,
      counts: text,
      target: number,
      value: number,
      cells: {
        type: 'array',
        items: object({
          gender: { type: 'string', enum: ['F', 'M', 'X'] },
          age: { type: 'string', enum: ['<18', '18-60', '>60'] },
          value: number,
        }),
      },
    }),
  },
})
