/** What is kept of a person, laid out for reading: where, what, and the value as it stands. */
export type Kept = { module: string; what: string; number: number; field: string; value: string }

/** Ids mean nothing outside the house. */
const isOurs = (field: string, value: string) =>
  field === 'demo' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

export function keptValues(module: string, held: Record<string, unknown>): Kept[] {
  return Object.entries(held).flatMap(([what, rows]) =>
    (Array.isArray(rows) ? rows : [rows]).flatMap((row, at) =>
      Object.entries(asObject(row)).flatMap(([field, value]) => {
        const shown = inWords(value)
        return shown === '' || isOurs(field, shown) ? [] : [{ module, what, number: at + 1, field, value: shown }]
      }),
    ),
  )
}

const asObject = (row: unknown): object => (row !== null && typeof row === 'object' ? row : { value: row })

function inWords(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
