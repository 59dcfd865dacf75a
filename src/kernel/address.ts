/**
 * Addresses exist once, in a module's `urls.ts`; pages ask for them by name. `:id` in the pattern becomes a typed argument.
 * A pattern that starts with `/:l/` is public and carries the language.
 */
type Names<Pattern extends string> = Pattern extends `${infer Head}/${infer Rest}`
  ? Names<Head> | Names<Rest>
  : Pattern extends `:${infer Name}`
    ? Name
    : never
export type PathParams<Pattern extends string> = { [Name in Names<Pattern>]: string }
type Query = Record<string, string | number | undefined>

export type Address<Pattern extends string = string> = {
  pattern: Pattern
  href(
    ...args: Names<Pattern> extends never
      ? [params?: Record<never, never>, query?: Query]
      : [params: PathParams<Pattern>, query?: Query]
  ): string
}

export function address<Pattern extends string>(pattern: Pattern): Address<Pattern> {
  return {
    pattern,
    href(params?: Record<string, string>, query: Query = {}) {
      const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''))
      const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
      return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked.map(([k, v]) => [k, String(v)]))}`
    },
  }
}
