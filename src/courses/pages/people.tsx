import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { type HeadLine, PersonLine, StandingChip } from '../../people/parts.tsx'
import { people } from '../../people/urls.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select, Tick } from '../../ui/choice.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Moment } from '../../ui/time.tsx'
import type { Hours } from '../actions/outcomes.ts'
import type { Named } from '../actions/register.ts'
import { isForStaff, levelLabel } from '../codes.ts'
import type { addForm, searchForm, traineeForm } from '../forms.ts'
import { wasIn } from '../rules/states.ts'
import type { Edition } from '../store/editions.ts'
import type { Enrolment } from '../store/enrolments.ts'
import { courses } from '../urls.ts'
import { Sections } from './editions.tsx'
import { HoursAndPercent } from './hours.tsx'

export type PersonRow = {
  enrolment: Enrolment
  name: Named
  head: HeadLine | null
  hours: Hours | undefined
  entry: string | null
  exit: string | null
  pact_signed: boolean
  /** Somebody else here is the same person. */
  twice: boolean
}
type Search = { form: Form<typeof searchForm>; lines: readonly HeadLine[]; needs_more: boolean } | null

const order = ['enrolled', 'offered', 'requested', 'waiting']
const rank = (state: string) => (order.includes(state) ? order.indexOf(state) : order.length)

export function PeoplePage({
  edition,
  rows,
  may,
  undecided,
  problem,
  search,
  trainee,
  organisations,
}: {
  edition: Edition
  rows: readonly PersonRow[]
  may: { enrol: boolean; decide: boolean }
  /** Pairs of files that may be one person, still to be looked at. */
  undecided: number
  problem: string | undefined
  search: Search
  trainee: Form<typeof traineeForm>
  organisations: readonly { id: string; name: string }[]
}) {
  const { t, lang } = useFrame()
  const staff = isForStaff(edition.kind)
  const over = edition.cancelled_at !== null || edition.ended_on !== null
  const waiting = rows.filter(({ enrolment }) => enrolment.state === 'waiting')
  return (
    <Page
      title={t('courses.nav.people')}
      lead={edition.title}
      wide
      actions={<ExportLink href={courses.peopleExport.href({ edition: edition.id })} />}
    >
      <Sections of={edition} here="people" />
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {rows.some(({ twice }) => twice) && (
        <Callout state="wait">
          <p>{t('courses.people.twice')}</p>
        </Callout>
      )}
      {undecided > 0 && (
        <Callout state="wait">
          <p>
            <a href={people.duplicates.href()}>{t('courses.people.undecided', { count: undecided })}</a>
          </p>
        </Callout>
      )}
      <Table
        caption={t('courses.nav.people')}
        caption_hidden
        rows={rows.toSorted((a, b) => rank(a.enrolment.state) - rank(b.enrolment.state))}
        empty={t('courses.people.empty')}
        columns={[
          {
            header: t('courses.people.name'),
            names: true,
            cell: ({ enrolment, name, twice }) => (
              <>
                <a href={courses.enrolment.href({ enrolment: enrolment.id })}>
                  <Name latin={name.latin} original={name.original} />
                </a>
                {twice && may.decide && (
                  <ButtonForm action={courses.join.href({ enrolment: enrolment.id })} kind="quiet">
                    {t('courses.people.join')}
                  </ButtonForm>
                )}
              </>
            ),
          },
          {
            header: t('courses.people.state'),
            cell: ({ enrolment }) => (
              <>
                <StateChip of={enrolment.state} />
                {enrolment.state === 'waiting' && (
                  <>
                    {' '}
                    <Count of={waiting.findIndex((row) => row.enrolment.id === enrolment.id) + 1} />
                  </>
                )}
              </>
            ),
          },
          staff
            ? {
                header: t('courses.field.body'),
                cell: ({ enrolment }) => [enrolment.trainee_body, enrolment.trainee_job].filter(Boolean).join(', '),
              }
            : {
                header: t('courses.people.standing'),
                cell: ({ head, enrolment }) =>
                  head ? (
                    <StandingChip of={head} then={courses.people.href({ edition: enrolment.edition_id })} />
                  ) : (
                    <Chip state="wait">{t('courses.people.no_file')}</Chip>
                  ),
              },
          !staff && {
            header: t('courses.pact.title'),
            cell: ({ enrolment, pact_signed }) => wasIn(enrolment.state) && <PactChip signed={pact_signed} />,
          },
          !staff && {
            header: t('courses.people.levels'),
            cell: ({ entry, exit }) =>
              [entry, exit].some(Boolean)
                ? [entry ?? '—', exit ?? '—'].map((one) => (one === '—' ? one : levelLabel(one, lang))).join(' → ')
                : '',
          },
          {
            header: t('courses.people.hours'),
            align: 'end',
            cell: ({ hours }) => (hours ? <HoursAndPercent of={hours} /> : ''),
          },
          {
            header: t('courses.people.since'),
            cell: ({ enrolment }) => <Moment at={enrolment.recorded_at} as="short" />,
          },
        ]}
      />
      {!over && !staff && may.enrol && (
        <>
          <h2>{t('courses.people.add')}</h2>
          <WhoToAdd edition={edition} search={search} />
          <p>
            <a class="btn btn-outline-primary" href={courses.newPerson.href({ edition: edition.id })}>
              {t('people.search.create')}
            </a>
          </p>
        </>
      )}
      {!over && staff && may.decide && (
        <>
          <h2>{t('courses.people.add_trainee')}</h2>
          <p>{t('courses.people.never_counted')}</p>
          <FormCard
            form={trainee}
            action={courses.addTrainee.href({ edition: edition.id })}
            submit={t('courses.people.enrol')}
          >
            <Field form={trainee} name="name" label={t('courses.teacher.name')} max_length={120} />
            <Select
              form={trainee}
              name="organisation_id"
              label={t('courses.people.organisation')}
              options={organisations.map(({ id, name }) => ({ value: id, text: name }))}
              optional
            />
            <Field form={trainee} name="body" label={t('courses.field.body')} max_length={200} optional />
            <Field form={trainee} name="job" label={t('courses.field.job')} max_length={120} optional />
            <Field form={trainee} name="email" kind="email" label={t('courses.field.email')} optional />
            <Field form={trainee} name="phone" kind="tel" label={t('courses.field.phone')} optional />
          </FormCard>
        </>
      )}
    </Page>
  )
}

export function StateChip({ of }: { of: string }) {
  const { t } = useFrame()
  return (
    <Chip state={of === 'enrolled' ? 'good' : ['offered', 'requested', 'waiting'].includes(of) ? 'wait' : 'none'}>
      {t(`courses.at.${of}` as TextKey)}
    </Chip>
  )
}

/** As at the desk: two clues, then who it is. */
function WhoToAdd({ edition, search }: { edition: Edition; search: Search }) {
  const { t } = useFrame()
  const action = courses.search.href({ edition: edition.id })
  const typed = search?.form.values.who
  return (
    <search>
      <form method="post" action={action} class="search-form">
        <div class="search-who">
          <label class="form-label" for="f-who">
            {t('people.search.who')}
          </label>
          <input
            id="f-who"
            name="who"
            type="search"
            class="form-control"
            autocomplete="off"
            dir="auto"
            maxlength={200}
            value={typeof typed === 'string' ? typed : ''}
            aria-describedby="f-who-hint"
          />
        </div>
        <button class="btn btn-outline-primary" type="submit">
          {t('people.search.find')}
        </button>
        <p class="form-text" id="f-who-hint">
          {t('people.search.hint')}
        </p>
      </form>
      {search?.needs_more && <p class="form-text">{t('people.search.two_items')}</p>}
      {search && !search.needs_more && search.lines.length === 0 && <p>{t('people.search.nobody')}</p>}
      {search && search.lines.length > 0 && (
        <ul class="found-list">
          {search.lines.map((line) => (
            <li>
              <a class="person-pick" href={courses.addPerson.href({ edition: edition.id, person: line.id })}>
                <Name latin={line.latin} original={line.original} />
              </a>
              <span class="person-details">{line.born?.slice(0, 4)}</span>
              <StandingChip of={line} linked={false} />
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}

/** Who it is and where they stand towards the fund: said, and never in the way. */
export function AddPersonPage({
  edition,
  head,
  minor,
  form,
}: {
  edition: Edition
  head: HeadLine
  minor: boolean
  form: Form<typeof addForm>
}) {
  const { t } = useFrame()
  return (
    <Page title={t('courses.people.add')} lead={edition.title}>
      <p>
        <PersonLine of={head} />
      </p>
      {edition.women_only && head.gender === 'M' && (
        <Callout state="info">
          <p>{t('courses.people.women_only')}</p>
        </Callout>
      )}
      {head.verdict !== 'yes' && (
        <Callout state="info">
          <p>{t('courses.people.not_countable')}</p>
        </Callout>
      )}
      <FormCard
        form={form}
        submit={t('courses.people.enrol')}
        cancel={{ href: courses.people.href({ edition: edition.id }), text: t('courses.back_to_edition') }}
      >
        {edition.childcare && <Tick form={form} name="needs_childcare" label={t('courses.field.childcare')} />}
        {minor && <Field form={form} name="signer_name" label={t('courses.field.signer')} max_length={120} optional />}
      </FormCard>
    </Page>
  )
}

export function PactChip({ signed }: { signed: boolean }) {
  const { t } = useFrame()
  return signed ? (
    <Chip state="good">{t('courses.pact.signed')}</Chip>
  ) : (
    <Chip state="wait">{t('courses.lesson.unsigned')}</Chip>
  )
}
