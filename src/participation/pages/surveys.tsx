/** Questionnaires at the end of an activity, as we ask them, key them in, and read what came of them. */
import { raw } from 'hono/html'
import type { Form } from '../../kernel/form.ts'
import type { PageRow } from '../../kernel/scans/scans.ts'
import type { HeadLine } from '../../people/parts.tsx'
import { PersonLine } from '../../people/parts.tsx'
import { programme } from '../../programme/urls.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { asFilters, Filters } from '../../ui/filters.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { QuestionnaireResults, ResultLine, Results } from '../actions/results.ts'
import { again, type Face, faces, filledBy, type Service, services, type Topic } from '../codes.ts'
import type { askForm, keyForm } from '../forms.ts'
import type { Survey } from '../store/surveys.ts'
import { participation } from '../urls.ts'
import { SurveyFields } from './survey.tsx'

type AskProps = { head: HeadLine | undefined; languages: readonly string[]; form: Form<typeof askForm> }
export function AskPage({ head, languages, form }: AskProps) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('participation.ask.title')} lead={t('participation.ask.lead')}>
      {head && <PersonLine of={head} />}
      <FormCard form={form} submit={t('participation.ask.save')}>
        <Select
          form={form}
          name="service"
          label={t('participation.ask.service')}
          options={services.map((value) => ({ value, text: t(`participation.service.${value}`) }))}
        />
        <Select
          form={form}
          name="language"
          label={t('participation.voices.language')}
          options={languages.map((value) => ({ value, text: languageInWords(value, lang) }))}
        />
      </FormCard>
    </Page>
  )
}

type SurveyProps = { survey: Survey; head: HeadLine | undefined; papers: readonly PageRow[] }
export function StaffSurveyPage({ survey, head, papers }: SurveyProps) {
  const { lang, t } = useFrame()
  const id = { survey: survey.id }
  return (
    <Page title={t('participation.survey_staff.title')} lead={t(`participation.service.${survey.service}`)}>
      {head && <PersonLine of={head} />}
      <Facts
        of={[
          [t('participation.survey_staff.asked'), <Day on={survey.asked_on} as="date" />],
          [t('participation.voices.language'), languageInWords(survey.language, lang)],
          survey.mailed && [t('participation.survey_staff.mailed'), t('participation.yes')],
          papers.length > 0 && [t('participation.survey_staff.sheet'), <SheetsBack of={papers} />],
          survey.answered_on !== null && [
            t('participation.survey_staff.answered'),
            <>
              <Day on={survey.answered_on} as="date" /> · {t(`participation.filled.${survey.filled as 'alone'}`)}
            </>,
          ],
        ]}
      />
      {survey.answer_id ? (
        <>
          <p class="text-muted">{t('participation.survey_staff.not_shown')}</p>
          {survey.filled !== 'alone' && (
            <ButtonForm
              action={participation.surveyWithdrawal.href(id)}
              kind="quiet"
              sure={t('participation.survey_staff.withdraw_sure')}
            >
              {t('participation.survey_staff.withdraw')}
            </ButtonForm>
          )}
        </>
      ) : (
        <Actions>
          <ButtonForm action={participation.surveyCode.href(id)} kind={papers.length > 0 ? 'outline' : 'primary'}>
            {t('participation.survey_staff.code')}
          </ButtonForm>
          <ButtonForm action={participation.surveyPaper.href(id)}>{t('participation.survey_staff.paper')}</ButtonForm>
          <a
            class={papers.length > 0 ? 'btn btn-primary' : 'btn btn-outline-primary'}
            href={participation.surveyKey.href(id)}
          >
            {t(papers.length > 0 ? 'participation.survey_staff.key_from_paper' : 'participation.survey_staff.key')}
          </a>
        </Actions>
      )}
    </Page>
  )
}

/** For the person's telephone, held before our screen; made anew each time, and never written down. */
export function CodePage({ survey, link, svg }: { survey: Survey; link: string; svg: string }) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.code.title')} lead={t('participation.code.lead')}>
      <div class="qr" role="img" aria-label={t('participation.code.title')}>
        {raw(svg)}
      </div>
      <p>
        <a href={link}>{t('participation.code.open')}</a>
      </p>
      <p>
        <a href={participation.survey.href({ survey: survey.id })}>{t('participation.back')}</a>
      </p>
    </Page>
  )
}

/** The pages that have come back from the copier, one link each. */
function SheetsBack({ of }: { of: readonly PageRow[] }) {
  const { t } = useFrame()
  return (
    <>
      {t('participation.survey_staff.back')}
      {of.map(({ scan_id, page }, at) => (
        <>
          {' · '}
          <a href={programme.scanPicture.href({ id: scan_id, page: String(page + 1) })}>
            {t('participation.survey_staff.sheet')} {of.length > 1 && at + 1}
          </a>
        </>
      ))}
    </>
  )
}

type KeyProps = { survey: Survey; papers: readonly PageRow[]; form: Form<typeof keyForm> }
export function KeyPage({ survey, papers, form }: KeyProps) {
  const { t } = useFrame()
  return (
    <Page
      title={t('participation.key.title')}
      lead={t(`participation.service.${survey.service}`)}
      wide={papers.length > 0}
    >
      {survey.answer_id ? (
        <Callout state="wait">
          <p>{t('participation.error.answered')}</p>
        </Callout>
      ) : (
        <div class={papers.length > 0 ? 'fields-beside' : undefined}>
          {papers.length > 0 && (
            <div>
              {papers.map(({ scan_id, page }) => (
                <img
                  class="img-fluid mb-3"
                  src={programme.scanPicture.href({ id: scan_id, page: String(page + 1) })}
                  alt={t('participation.survey_staff.sheet')}
                />
              ))}
            </div>
          )}
          <FormCard form={form} submit={t('participation.key.save')}>
            <Choice
              form={form}
              name="filled"
              label={t('participation.key.filled')}
              options={filledBy.map((value) => ({ value, text: t(`participation.filled.${value}`) }))}
              beside
            />
            <Field form={form} name="on_day" kind="date" label={t('participation.key.on')} />
            <SurveyFields form={form as never} />
          </FormCard>
        </div>
      )}
    </Page>
  )
}

/** A number, or that it is not shown: it, or the one beside it, is under five. */
function Shown({ of }: { of: number | null }) {
  const { t } = useFrame()
  return of === null ? <span class="text-muted">{t('participation.results.hidden')}</span> : <Count of={of} />
}

type ResultsProps = { results: Results; service: Service | undefined; query: URLSearchParams; open: readonly Survey[] }
export function ResultsPage({ results, service, query, open }: ResultsProps) {
  const { t } = useFrame()
  const filters = asFilters(query, ['servizio'])
  return (
    <Page
      title={t('participation.results.title')}
      lead={t('participation.results.lead')}
      wide
      actions={<ExportLink href={participation.resultsExport.href()} />}
    >
      <Filters action={participation.results.href()} active={service !== undefined}>
        <Select
          form={filters}
          name="servizio"
          label={t('participation.ask.service')}
          none={t('participation.all')}
          options={services.map((value) => ({ value, text: t(`participation.service.${value}`) }))}
        />
      </Filters>
      <p class="text-muted">{t('participation.results.few')}</p>
      <Facts
        of={[
          [t('participation.results.answers'), <Shown of={results.total} />],
          ...faces.map((face): [string, ReturnType<typeof Shown>] => [
            `${t('participation.results.useful')}: ${t(`participation.face.${face}`)}`,
            <Shown of={results.useful?.[face] ?? null} />,
          ]),
          ...again.map((one): [string, ReturnType<typeof Shown>] => [
            `${t('participation.results.again')}: ${t(`participation.again.${one}`)}`,
            <Shown of={results.again?.[one] ?? null} />,
          ]),
        ]}
      />
      {results.changed && (
        <Table
          caption={t('participation.results.changed')}
          rows={results.changed}
          empty=""
          columns={[
            {
              header: t('participation.results.change'),
              names: true,
              cell: ({ code }) => t(`participation.changed.${code as 'speak'}`),
            },
            { header: t('participation.results.answers'), align: 'end', cell: ({ value }) => <Shown of={value} /> },
          ]}
        />
      )}
      {!service && (
        <Lines
          caption={t('participation.results.by_service')}
          lines={results.by_service}
          name={(key) => t(`participation.service.${key as Service}`)}
        />
      )}
      <Lines caption={t('participation.results.by_quarter')} lines={results.by_quarter} name={(key) => key} />
      {open.length > 0 && (
        <Table
          caption={t('participation.results.open')}
          rows={open}
          empty=""
          columns={[
            {
              header: t('participation.ask.service'),
              names: true,
              cell: (survey) => (
                <a href={participation.survey.href({ survey: survey.id })}>
                  {t(`participation.service.${survey.service}`)}
                </a>
              ),
            },
            {
              header: t('participation.survey_staff.asked'),
              cell: ({ asked_on }) => <Day on={asked_on} as="numeric" />,
            },
          ]}
        />
      )}
    </Page>
  )
}

function Lines({ caption, lines, name }: { caption: string; lines: readonly ResultLine[]; name(key: string): string }) {
  const { t } = useFrame()
  return (
    <Table
      caption={caption}
      rows={lines}
      empty={t('participation.results.empty')}
      columns={[
        { header: t('participation.results.group'), names: true, cell: ({ key }) => name(key) },
        { header: t('participation.results.answers'), align: 'end', cell: ({ answers }) => <Shown of={answers} /> },
        ...faces.map((face: Face) => ({
          header: t(`participation.face.${face}`),
          align: 'end' as const,
          cell: ({ useful }: ResultLine) => <Shown of={useful?.[face] ?? null} />,
        })),
      ]}
    />
  )
}

type QuestionnairesProps = QuestionnaireResults & { comune: (code: string) => string }
export function QuestionnairesPage({ total, questions, hardest, places, comune }: QuestionnairesProps) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.questionnaires.title')} lead={t('participation.questionnaires.lead')} wide>
      <p class="text-muted">{t('participation.results.few')}</p>
      {total === null ? (
        <p>{t('participation.questionnaires.too_few')}</p>
      ) : (
        <>
          <p>{t('participation.questionnaires.total', { total })}</p>
          <Table
            caption={t('participation.questionnaires.faces')}
            rows={questions}
            empty=""
            columns={[
              {
                header: t('participation.questionnaires.question'),
                names: true,
                cell: ({ question }) => t(`participation.question.${question}`),
              },
              ...faces.map((face: Face) => ({
                header: t(`participation.face.${face}`),
                align: 'end' as const,
                cell: ({ counts }: QuestionnaireResults['questions'][number]) => <Shown of={counts?.[face] ?? null} />,
              })),
            ]}
          />
          <Table
            caption={t('participation.question.hardest')}
            rows={hardest}
            empty=""
            columns={[
              {
                header: t('participation.voices.topic'),
                names: true,
                cell: ({ topic }) => t(`participation.topic.${topic as Topic}`),
              },
              { header: t('participation.results.answers'), align: 'end', cell: ({ value }) => <Shown of={value} /> },
            ]}
          />
          <Table
            caption={t('participation.voices.comune')}
            rows={places}
            empty=""
            columns={[
              {
                header: t('participation.voices.comune'),
                names: true,
                cell: (place) => (place.comune ? comune(place.comune) : t('participation.questionnaires.nowhere')),
              },
              { header: t('participation.results.answers'), align: 'end', cell: ({ value }) => <Shown of={value} /> },
            ]}
          />
        </>
      )}
    </Page>
  )
}
