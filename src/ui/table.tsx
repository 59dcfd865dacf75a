import type { Child } from 'hono/jsx'
import { EmptyState } from './empty-state.tsx'
import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'

export type Column<Row> = {
  header: string
  cell(row: Row): Child
  /** Figures stand at the end. */
  align?: 'end'
  /** The cell that names the row. */
  names?: boolean
  /** Its word in the address when the table can be sorted by it. */
  sort?: string
}
export type Sorting = { by: string; down: boolean; href(by: string, down: boolean): string }

type Props<Row> = {
  caption: string
  /** The heading above already says it. */
  caption_hidden?: boolean
  columns: readonly (Column<Row> | false)[]
  rows: readonly Row[]
  /** What will be here and how to make the first one. */
  empty: Child
  sorting?: Sorting
  foot?: readonly Child[]
}

/** Rows of one kind. On a narrow screen every row becomes a card with its headers inside. */
export function Table<Row>({ caption, caption_hidden, columns, rows, empty, sorting, foot }: Props<Row>) {
  if (rows.length === 0) return <EmptyState pictogram="list">{empty}</EmptyState>
  const shown = columns.filter((column) => column !== false)
  return (
    <section class="table-responsive" tabindex={0} aria-label={caption}>
      <table class="table table-hover">
        <caption class={caption_hidden ? 'visually-hidden' : 'caption-top'}>{caption}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <Header column={column} {...(sorting && { sorting })} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {shown.map((column) => (
                <Cell column={column}>{column.cell(row)}</Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {foot.map((cell, at) => (
                <td class={shown[at]?.align === 'end' ? 'text-end' : undefined} data-label={shown[at]?.header}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

function Cell({ column, children }: { column: Pick<Column<never>, 'header' | 'align' | 'names'>; children: Child }) {
  const end = column.align === 'end' ? 'text-end' : undefined
  if (column.names)
    return (
      <th scope="row" class={end}>
        {children}
      </th>
    )
  return (
    <td class={end} data-label={column.header}>
      {children}
    </td>
  )
}

function Header({ column, sorting }: { column: Pick<Column<never>, 'header' | 'align' | 'sort'>; sorting?: Sorting }) {
  const { t } = useFrame()
  const end = column.align === 'end' ? 'text-end' : undefined
  if (!sorting || !column.sort)
    return (
      <th scope="col" class={end}>
        {column.header}
      </th>
    )
  const here = sorting.by === column.sort
  return (
    <th scope="col" class={end} {...(here && { 'aria-sort': sorting.down ? 'descending' : 'ascending' })}>
      <a class="sort" href={sorting.href(column.sort, here && !sorting.down)}>
        <span class="visually-hidden">{t('ui.table.sort', { column: column.header })}</span>
        <span aria-hidden="true">{column.header}</span>
        {here && <Pictogram name={sorting.down ? 'arrow-down' : 'arrow-up'} size="s" />}
      </a>
    </th>
  )
}
