/** Translators: what there is to do in a language, and doing it beside the source. */
import type { Form } from '../../kernel/form.ts'
import { direction } from '../../kernel/i18n.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { TranslationToEdit, WorkLine } from '../actions/translations.ts'
import type { translationForm } from '../forms.ts'
import { changesBetween } from '../rules/changes.ts'
import { sourceFields, type TextField, textFields, workOn } from '../rules/texts.ts'
import { board } from '../urls.ts'
import { WorkChip } from './item.tsx'
import { Seen } from './picture.tsx'

type Totals = { language: string; missing: number; stale: number; unchecked: number }

export function TranslatorsPage({ lists }: { lists: readonly Totals[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('board.translators.title')} lead={t('board.translators.lead')}>
      <Table
        caption={t('board.translators.title')}
        caption_hidden
        rows={lists}
        empty={t('board.items.empty')}
        columns={[
          {
            header: t('board.translators.language'),
            names: true,
            cell: ({ language }) => (
              <a href={board.workList.href({ language })} lang={language}>
                <bdi>{ownName(language)}</bdi>
              </a>
            ),
          },
          { header: t('board.work.missing'), align: 'end', cell: (line) => <Count of={line.missing} /> },
          { header: t('board.work.stale'), align: 'end', cell: (line) => <Count of={line.stale} /> },
          { header: t('board.work.unchecked'), align: 'end', cell: (line) => <Count of={line.unchecked} /> },
        ]}
      />
    </Page>
  )
}

export function WorkListPage({ language, lines }: { language: string; lines: readonly WorkLine[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('board.work_list.title', { language: ownName(language) })} lead={t('board.work_list.lead')} wide>
      <Table
        caption={t('board.translators.title')}
        caption_hidden
        rows={lines.slice(0, 200)}
        empty={t('board.work_list.empty')}
        columns={[
          {
            header: t('board.field.title'),
            names: true,
            cell: (line) => <a href={board.translation.href({ id: line.id, language })}>{line.title}</a>,
          },
          { header: t('board.items.kind'), cell: (line) => t(`board.staff_kind.${line.kind}`) },
          { header: t('board.work_list.what'), cell: (line) => <WorkChip of={line.work} /> },
          { header: t('board.items.day'), cell: (line) => (line.on_day ? <Day on={line.on_day} as="short" /> : null) },
        ]}
      />
      <p>
        <a href={board.translators.href()}>{t('board.work_list.others')}</a>
      </p>
    </Page>
  )
}

const kindOf: Record<TextField, 'text' | 'textarea'> = {
  title: 'text',
  summary: 'textarea',
  body: 'textarea',
  bring: 'textarea',
  for_whom: 'text',
  cost: 'text',
  booking: 'text',
  alt: 'text',
}
const rowsOf: Partial<Record<TextField, number>> = { summary: 3, body: 14, bring: 6 }
const longest: Record<TextField, number> = {
  title: 160,
  summary: 400,
  body: 12_000,
  bring: 2000,
  for_whom: 500,
  cost: 300,
  booking: 500,
  alt: 300,
}

type Props = TranslationToEdit & { form: Form<typeof translationForm>; translates: boolean }

export function TranslationPage({
  item,
  language,
  source,
  translation,
  made_from,
  by,
  picture,
  form,
  translates,
}: Props) {
  const { t } = useFrame()
  const where = { id: item.id, language }
  const work = workOn(
    translation
      ? { origin: translation.origin, fresh: translation.fresh === true, checked: translation.checked_on !== null }
      : null,
  )
  const asked = textFields.filter(
    (field) =>
      field === 'title' ||
      source[field] !== '' ||
      (field === 'summary' && source.plain_summary !== '') ||
      (field === 'body' && source.plain_body !== ''),
  )
  return (
    <Page title={t('board.translation.title', { language: ownName(language) })} lead={source.title} wide>
      <p>
        <WorkChip of={work} />{' '}
        {translation && (
          <span class="text-muted">
            {t(`board.translation.by_${translation.origin}`)}
            {by && ` · ${by}`}
            {translation.checked_on &&
              ` · ${t('board.translation.checked_by', { name: translation.checked_by ?? '' })} `}
            {translation.checked_on && <Day on={translation.checked_on} as="numeric" />}
          </span>
        )}
      </p>
      {made_from && <Changes before={made_from} after={source} />}
      {translates && translation && (
        <p class="actions">
          {!translation.fresh && (
            <ButtonForm
              action={board.stillGood.href(where)}
              values={{ of_version: String(item.version), revision: String(translation.revision) }}
              sure={t('board.translation.still_good_sure')}
            >
              {t('board.translation.still_good')}
            </ButtonForm>
          )}
          {translation.fresh && !translation.checked_on && (
            <ButtonForm
              action={board.translationCheck.href(where)}
              values={{ revision: String(translation.revision) }}
              sure={t('board.translation.check_sure')}
            >
              {t('board.translation.check')}
            </ButtonForm>
          )}
        </p>
      )}
      <div class="side-by-side">
        <section lang="it" aria-label={t('board.writing.italian')}>
          <h2>{t('board.writing.italian')}</h2>
          {sourceFields.map((field) =>
            source[field] === '' ? null : (
              <>
                <h3>{t(`board.field.${field}`)}</h3>
                {field === 'alt' && picture && <Seen of={picture} alt="" />}
                <p class="as-typed">{source[field]}</p>
              </>
            ),
          )}
        </section>
        <section aria-label={ownName(language)}>
          <h2 lang={language}>{ownName(language)}</h2>
          {translates ? (
            <FormCard form={form} submit={t('board.translation.save')}>
              <Hidden name="of_version" value={String(item.version)} />
              <Hidden name="revision" value={String(translation?.revision ?? 0)} />
              <div lang={language} dir={direction(language)}>
                {asked.map((field) => (
                  <Field
                    form={form}
                    name={field}
                    kind={kindOf[field]}
                    {...(rowsOf[field] && { rows: rowsOf[field] })}
                    label={<span lang="it">{t(`board.field.${field}`)}</span>}
                    max_length={longest[field]}
                    {...(source[field] === '' && { optional: true })}
                  />
                ))}
              </div>
              <Choice
                form={form}
                name="origin"
                label={t('board.translation.origin')}
                hint={t('board.translation.origin.hint')}
                options={(['person', 'machine'] as const).map((value) => ({ value, text: t(`board.origin.${value}`) }))}
                beside
              />
            </FormCard>
          ) : (
            <Callout state="info">
              <p>{t('board.item.read_only')}</p>
            </Callout>
          )}
        </section>
      </div>
    </Page>
  )
}

/** What the source says now that it did not say when this was translated. */
function Changes({ before, after }: { before: NonNullable<Props['made_from']>; after: Props['source'] }) {
  const { t } = useFrame()
  return (
    <section aria-label={t('board.translation.changes')} class="preview">
      <h2>{t('board.translation.changes')}</h2>
      {sourceFields
        .filter((field) => before[field] !== after[field])
        .map((field) => (
          <>
            <h3>{t(`board.field.${field}`)}</h3>
            <p class="as-typed" lang="it">
              {changesBetween(before[field], after[field]).map(({ kind, text }) =>
                kind === 'same' ? text : kind === 'gone' ? <del>{text}</del> : <ins>{text}</ins>,
              )}
            </p>
          </>
        ))}
    </section>
  )
}
