import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { HeadLine } from '../actions.ts'
import type { guardianForm, kinForm, kinSearchForm } from '../forms/households.ts'
import { PersonLine } from '../parts.tsx'
import { guardianRoles, relations } from '../rules/households.ts'
import { people } from '../urls.ts'
import { type Comuni, useLists } from './person-fields.tsx'
import type { Found } from './search.tsx'

type SearchProps = {
  form: Form<typeof kinSearchForm>
  head: HeadLine
  found: Found
  /** What is being looked for: somebody who lives with the person, who signs for them, or another file of the same person. */
  wanted: keyof typeof picked
}

const picked = {
  household: (id: string, other: string) => people.householdJoin.href({ id, other }),
  guardian: (id: string, other: string) => people.guardian.href({ id }, { persona: other }),
  twin: (one: string, other: string) => people.pair.href({ one, other }),
}

/** Somebody else is looked for, to be tied to this person. */
export function KinSearchPage({ form, head, found, wanted }: SearchProps) {
  const { t } = useFrame()
  const { id } = head
  return (
    <Page title={t(`people.${wanted}.search`)} lead={t(`people.${wanted}.search_lead`)}>
      <p>
        <PersonLine of={head} />
      </p>
      <FormCard
        form={form}
        submit={t('people.search.find')}
        cancel={{ href: people.file.href({ id }), text: t('people.back_to_file') }}
      >
        <Field
          form={form}
          name="who"
          kind="search"
          label={t('people.search.who')}
          hint={t('people.search.hint')}
          search
          autofocus
        />
      </FormCard>
      {wanted !== 'twin' && (
        <p>
          {t('people.household.no_file')}{' '}
          <a href={people.create.href({}, { [wanted === 'household' ? 'famiglia' : 'firma']: id })}>
            {t('people.search.create')}
          </a>
        </p>
      )}
      {found?.needs_more && <Callout>{t('people.search.two_items')}</Callout>}
      {found && !found.needs_more && (
        <KinFound lines={found.lines.filter((line) => line.id !== id)} pick={(other) => picked[wanted](id, other)} />
      )}
    </Page>
  )
}

function KinFound({ lines, pick }: { lines: readonly HeadLine[]; pick: (other: string) => string }) {
  const { t } = useFrame()
  if (lines.length === 0) return <Callout>{t('people.household.not_found')}</Callout>
  return (
    <ul class="person-list">
      {lines.map((line) => (
        <li>
          <PersonLine of={line} linked={false} />
          <a class="btn btn-outline-primary" href={pick(line.id)}>
            {t('people.household.choose')}
          </a>
        </li>
      ))}
    </ul>
  )
}

type KinProps = {
  form: Form<typeof kinForm>
  head: HeadLine
  other: HeadLine
  /** The first person of the household, if it has one. */
  first: HeadLine | undefined
}

export function KinPage({ form, head, other, first }: KinProps) {
  const { t } = useFrame()
  return (
    <Page title={t('people.household.add')} lead={t('people.household.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      <p>
        <PersonLine of={other} />
      </p>
      <FormCard
        form={form}
        submit={t('people.household.save')}
        cancel={{ href: people.file.href({ id: head.id }), text: t('people.back_to_file') }}
      >
        <Choice
          form={form}
          name="relation"
          label={
            first
              ? t('people.household.relation_to', { other: isolated(other), first: isolated(first) })
              : t('people.household.relation')
          }
          options={relations.map((value) => ({ value, text: t(`people.relation.${value}`) }))}
        />
      </FormCard>
    </Page>
  )
}

const isolated = ({ latin, original }: HeadLine) => `\u2068${latin || original || '—'}\u2069`

type GuardianProps = {
  form: Form<typeof guardianForm>
  head: HeadLine
  signs: HeadLine | null
  /** The grown-ups of the household: most often it is one of them. */
  near: readonly HeadLine[]
  comuni: Comuni
}

/** Who signs for a minor: somebody with a file of their own, or a name and a contact. */
export function GuardianPage({ form, head, signs, near, comuni }: GuardianProps) {
  const { t } = useFrame()
  const lists = useLists()
  return (
    <Page title={t('people.signs.add')} lead={t('people.signs.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      {signs ? (
        <Callout title={t('people.signs.title')}>
          <PersonLine of={signs} />
        </Callout>
      ) : (
        <>
          {near.length > 0 && (
            <section>
              <h2 class="h5">{t('people.signs.near')}</h2>
              <KinFound lines={near} pick={(persona) => people.guardian.href({ id: head.id }, { persona })} />
            </section>
          )}
          <p>
            <a class="btn btn-outline-primary" href={people.guardianSearch.href({ id: head.id })}>
              {t('people.guardian.search')}
            </a>
          </p>
          <h2 class="h5">{t('people.signs.outside')}</h2>
        </>
      )}
      <FormCard
        form={form}
        submit={t('people.signs.save')}
        cancel={{ href: people.file.href({ id: head.id }), text: t('people.back_to_file') }}
      >
        {signs && <Hidden name="guardian_id" value={signs.id} />}
        <Choice
          form={form}
          name="role"
          label={t('people.signs.role')}
          options={guardianRoles
            .filter((role) => !signs || role !== 'comune')
            .map((value) => ({ value, text: t(`people.signs.role.${value}`) }))}
        />
        {!signs && (
          <>
            <Field form={form} name="name" label={t('people.signs.name')} hint={t('people.signs.name_hint')} />
            <Select
              form={form}
              name="comune"
              label={t('people.signs.comune')}
              options={comuni.map(({ code, name }) => ({ value: code, text: name }))}
              optional
            />
            <div class="fields-beside">
              <Field
                form={form}
                name="phone"
                kind="tel"
                label={t('people.field.phone')}
                hint={t('people.signs.contact_hint')}
              />
              <Field form={form} name="email" kind="email" label={t('people.field.email')} optional />
            </div>
            <Select form={form} name="language" label={t('people.field.speaks')} options={lists.languages} optional />
          </>
        )}
      </FormCard>
    </Page>
  )
}
