import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { HeadLine } from '../actions.ts'
import type { searchForm } from '../forms.ts'
import { PersonLine } from '../parts.tsx'
import { people } from '../urls.ts'

export type Found = { lines: HeadLine[]; needs_more: boolean } | null

export function SearchPage({ form, found }: { form: Form<typeof searchForm>; found: Found }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('people.search.title')}
      actions={
        <a class="btn btn-outline-primary" href={people.create.href()}>
          {t('people.search.create')}
        </a>
      }
    >
      <search>
        <form method="post" action={people.search.href()} class="search-form">
          <Field
            form={form}
            name="who"
            kind="search"
            label={t('people.search.who')}
            hint={t('people.search.hint')}
            search
            autofocus
          />
          <button class="btn btn-primary" type="submit">
            {t('people.search.find')}
          </button>
        </form>
      </search>
      <Results found={found} />
    </Page>
  )
}

export function Results({ found }: { found: Found }) {
  const { t } = useFrame()
  if (!found) return <EmptyState pictogram="users">{t('people.search.empty')}</EmptyState>
  if (found.needs_more) return <Callout>{t('people.search.two_items')}</Callout>
  if (found.lines.length === 0)
    return (
      <EmptyState
        pictogram="users"
        action={
          <a class="btn btn-primary" href={people.create.href()}>
            {t('people.search.create')}
          </a>
        }
      >
        {t('people.search.nobody')}
      </EmptyState>
    )
  return (
    <section aria-labelledby="found">
      <h2 id="found" class="h5">
        {t('people.search.found', { count: found.lines.length })}
      </h2>
      <ul class="person-list">
        {found.lines.map((line) => (
          <li>
            <PersonLine of={line} />
          </li>
        ))}
      </ul>
    </section>
  )
}
