/** What happened on the way, results, the CV, files. */
import type { FileRow } from '../../kernel/files/files.ts'
import type { Form } from '../../kernel/form.ts'
import { type HeadLine, PersonLine } from '../../people/parts.tsx'
import { countries, countryName, languageName } from '../../territory/actions.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FileLine } from '../../ui/file-line.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Upload } from '../../ui/upload.tsx'
import type { CheckDue } from '../actions/checks.ts'
import {
  type EntryKind,
  employmentList,
  entryKinds,
  golPaths,
  languageLevels,
  type MilestoneKind,
  milestoneOutcomes,
  purposes,
  whats,
} from '../codes.ts'
import type { attachmentForm, entryForm, milestoneForm, outcomeForm, resultForm } from '../forms.ts'
import { inOrder, monthShown } from '../rules/cv.ts'
import type { ResultMonths } from '../rules/results.ts'
import type { Plan } from '../store/plans.ts'
import type { Entry, Milestone } from '../store/records.ts'
import { orientation } from '../urls.ts'
import { Reach } from './list.tsx'
import { backTo } from './plan-forms.tsx'
import { languageOptions, useWords } from './words.ts'

type About = { plan: Plan; head: HeadLine }

export function MilestonePage({
  form,
  plan,
  head,
  kind,
  courses,
  bodies,
}: About & {
  form: Form<typeof milestoneForm>
  kind: MilestoneKind
  courses: readonly { id: string; title: string }[]
  bodies: readonly string[]
}) {
  const { t, word, options, lang } = useWords()
  return (
    <Page title={word('milestone', kind)} lead={word('milestone_lead', kind)}>
      <p>
        <PersonLine of={head} />
      </p>
      <FormCard form={form} submit={t('orientation.save')} cancel={backTo(plan, t('orientation.back_to_plan'))}>
        {kind === 'course' ? (
          <input type="hidden" name="what" value="proposed" />
        ) : (
          <Choice form={form} name="what" label={t('orientation.field.what')} options={options('what', whats[kind])} />
        )}
        {kind === 'registration' && (
          <Select
            form={form}
            name="path"
            label={t('orientation.field.path')}
            hint={t('orientation.field.path_hint')}
            options={options('gol', golPaths)}
            optional
          />
        )}
        {kind === 'course' && (
          <Select
            form={form}
            name="edition_id"
            label={t('orientation.field.edition')}
            options={courses.map(({ id, title }) => ({ value: id, text: title }))}
            optional
          />
        )}
        {kind !== 'registration' && (
          <Field
            form={form}
            name="title"
            label={kind === 'course' ? t('orientation.field.other_course') : word('title_of', kind)}
            max_length={200}
            optional
          />
        )}
        {kind === 'recognition' && (
          <Select
            form={form}
            name="country"
            label={t('orientation.field.country')}
            options={countries.map(({ code }) => ({ value: code, text: countryName(code, lang) }))}
            optional
          />
        )}
        <Field
          form={form}
          name="body"
          label={word('body_of', kind)}
          max_length={200}
          offered={bodies}
          {...(kind !== 'traineeship' && { optional: true })}
        />
        <Field form={form} name="on_day" kind="date" label={word('day_of', kind)} />
        {kind === 'traineeship' && (
          <Field form={form} name="until_day" kind="date" label={t('orientation.field.until_day')} optional />
        )}
      </FormCard>
    </Page>
  )
}

export function OutcomePage({ form, milestone }: { form: Form<typeof outcomeForm>; milestone: Milestone }) {
  const { t, word, options } = useWords()
  return (
    <Page title={t('orientation.outcome.record')} lead={word('what', milestone.what)}>
      <p>{[milestone.title, milestone.body].filter(Boolean).join(', ')}</p>
      <FormCard
        form={form}
        submit={t('orientation.save')}
        cancel={backTo({ id: milestone.plan_id }, t('orientation.back_to_plan'))}
      >
        <Choice
          form={form}
          name="outcome"
          label={t('orientation.field.outcome')}
          options={options('outcome', milestoneOutcomes[milestone.kind as MilestoneKind])}
        />
        <Field form={form} name="on_day" kind="date" label={t('orientation.field.on_day')} />
      </FormCard>
    </Page>
  )
}

export function ResultPage({
  form,
  plan,
  head,
  months,
  contact,
}: About & { form: Form<typeof resultForm>; months: ResultMonths; contact: CheckDue['contact'] }) {
  const { t, lang } = useWords()
  return (
    <Page title={t('orientation.result.title', { months })} lead={t('orientation.result.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      <p>
        {t('orientation.checks.reach')}: <Reach of={contact} />
      </p>
      <FormCard form={form} submit={t('orientation.result.save')} cancel={backTo(plan, t('orientation.back_to_plan'))}>
        <Select
          form={form}
          name="employment"
          label={t('orientation.field.employment')}
          options={employmentList.map((one) => ({ value: one.code, text: lang === 'it' ? one.it : one.en }))}
        />
        <Field
          form={form}
          name="detail"
          label={t('orientation.field.detail')}
          hint={t('orientation.field.detail_hint')}
          max_length={300}
          optional
        />
        <Field form={form} name="on_day" kind="date" label={t('orientation.field.on_day')} />
      </FormCard>
    </Page>
  )
}

// --- the CV ---------------------------------------------------------------------------------------------------------

export function CurriculumPage({ plan, head, entries, theirs }: About & { entries: readonly Entry[]; theirs: string }) {
  const { t, word, lang } = useWords()
  const at = { plan: plan.id }
  return (
    <Page
      title={t('orientation.curriculum')}
      lead={t('orientation.curriculum.lead')}
      actions={
        entries.length > 0 && (
          <Actions>
            {[...new Set(['it', theirs])].map((language) => (
              <a class="btn btn-outline-primary" href={orientation.cv.href(at, { lingua: language })}>
                {t('orientation.curriculum.print', { language: languageName(language, lang) })}
              </a>
            ))}
          </Actions>
        )
      }
    >
      <p>
        <PersonLine of={head} />
      </p>
      {entryKinds.map((kind) => (
        <section aria-labelledby={kind}>
          <h2 id={kind}>{word('entries', kind)}</h2>
          <Table
            caption={word('entries', kind)}
            caption_hidden
            rows={inOrder(entries.filter((one) => one.kind === kind))}
            empty={t('orientation.curriculum.empty')}
            columns={[
              {
                header: t('orientation.field.title'),
                names: true,
                cell: ({ id, title }) => (
                  <a href={orientation.entry.href({ entry: id })}>
                    {kind === 'language' ? languageName(title, lang) : title}
                  </a>
                ),
              },
              {
                header: t('orientation.field.when'),
                cell: ({ from_when, to_when, level }) =>
                  level
                    ? word('level', level)
                    : [from_when, to_when]
                        .map((when) => when && monthShown(when))
                        .filter(Boolean)
                        .join(' – '),
              },
              {
                header: t('orientation.field.body'),
                cell: ({ body, place }) => [body, place].filter(Boolean).join(', '),
              },
              {
                header: t('orientation.sent.what_next'),
                cell: ({ id }) => (
                  <ButtonForm
                    action={orientation.entryEnd.href({ entry: id })}
                    kind="quiet"
                    sure={t('orientation.entry.sure')}
                  >
                    {t('orientation.entry.remove')}
                  </ButtonForm>
                ),
              },
            ]}
          />
          <p>
            <a class="btn btn-outline-primary" href={orientation.newEntry.href({ ...at, kind })}>
              {word('entry_new', kind)}
            </a>
          </p>
        </section>
      ))}
      <p>
        <a href={orientation.plan.href(at)}>{t('orientation.back_to_plan')}</a>
      </p>
    </Page>
  )
}

export function EntryPage({ form, plan_id, kind }: { form: Form<typeof entryForm>; plan_id: string; kind: EntryKind }) {
  const { t, word, options, lang } = useWords()
  const dated = kind !== 'language' && kind !== 'skill'
  return (
    <Page title={word('entry_new', kind)}>
      <FormCard
        form={form}
        submit={t('orientation.save')}
        cancel={{ href: orientation.curriculum.href({ plan: plan_id }), text: t('orientation.back_to_cv') }}
      >
        {kind === 'language' ? (
          <Select form={form} name="title" label={t('orientation.field.a_language')} options={languageOptions(lang)} />
        ) : (
          <Field form={form} name="title" label={word('entry_title', kind)} max_length={160} />
        )}
        {kind === 'language' ? (
          <Select
            form={form}
            name="level"
            label={t('orientation.field.level')}
            options={options('level', languageLevels)}
          />
        ) : (
          <Field form={form} name="title_own" label={t('orientation.field.text_own')} max_length={160} optional />
        )}
        {dated && (
          <>
            <Field form={form} name="body" label={word('entry_body', kind)} max_length={160} optional />
            <Field form={form} name="place" label={t('orientation.field.place')} max_length={120} optional />
            <Field
              form={form}
              name="from_when"
              label={t('orientation.field.from_when')}
              hint={t('orientation.field.month_hint')}
              width="medium"
              max_length={7}
              optional
            />
            <Field
              form={form}
              name="to_when"
              label={t('orientation.field.to_when')}
              hint={t('orientation.field.to_hint')}
              width="medium"
              max_length={7}
              optional
            />
          </>
        )}
        <Field form={form} name="text" kind="textarea" label={t('orientation.field.more')} max_length={600} optional />
        <Field
          form={form}
          name="text_own"
          kind="textarea"
          rows={2}
          label={t('orientation.field.more_own')}
          max_length={600}
          optional
        />
      </FormCard>
    </Page>
  )
}

// --- files ----------------------------------------------------------------------------------------------------------

export function AttachmentsPage({
  form,
  plan,
  head,
  files,
}: About & {
  form: Form<typeof attachmentForm>
  files: readonly { file_id: string; purpose: string; file: FileRow }[]
}) {
  const { t, word, options } = useWords()
  return (
    <Page title={t('orientation.attachments')} lead={t('orientation.attachments.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      <ul class="plain">
        {files.map(({ file_id, purpose, file }) => (
          <li>
            {word('purpose', purpose)}: <FileLine of={file} href={orientation.file.href({ file: file_id })} />{' '}
            <ButtonForm
              action={orientation.fileEnd.href({ file: file_id })}
              kind="quiet"
              sure={t('orientation.attachments.sure')}
            >
              {t('orientation.attachments.remove')}
            </ButtonForm>
          </li>
        ))}
      </ul>
      <Callout state="info">
        <p>{t('orientation.attachments.tool')}</p>
      </Callout>
      <FormCard
        form={form}
        submit={t('orientation.attachments.save')}
        cancel={backTo(plan, t('orientation.back_to_plan'))}
      >
        <Choice
          form={form}
          name="purpose"
          label={t('orientation.attachments.what')}
          options={options('purpose', purposes)}
        />
        <Upload
          form={form as never}
          name="file"
          label={t('orientation.attachments.file')}
          accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods"
          kinds={t('orientation.attachments.kinds')}
          megabytes={10}
        />
      </FormCard>
    </Page>
  )
}
