import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'

/** Narrows a list through the address, so that a view can be kept and sent. Fields read `asFilters(query)`. */
export function Filters({
  action,
  active,
  children,
  submit,
}: {
  /** Where the list is. */ action: string /** Something is filtered now. */
  active?: boolean
  submit?: Child
  children: Child
}) {
  const { t } = useFrame()
  return (
    <search>
      <form method="get" action={action} class="filters" aria-label={t('ui.filters.title')}>
        {children}
        <button class="btn btn-outline-primary" type="submit">
          {submit ?? t('ui.filters.show')}
        </button>
        {active && (
          <a class="btn btn-link" href={action}>
            {t('ui.filters.clear')}
          </a>
        )}
      </form>
    </search>
  )
}

/** What the address asks for, as the fields of `Filters` show it. */
export function asFilters<const Names extends readonly string[]>(query: URLSearchParams, names: Names) {
  const values = Object.fromEntries(names.map((name) => [name, query.getAll(name)])) as {
    [Name in Names[number]]: string[]
  }
  return { values, errors: {} as { [Name in Names[number]]?: string } }
}
