import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Live } from '../../ui/live.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Moment } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { IssueWhole } from '../actions/issues.ts'
import { newsletter } from '../urls.ts'
import { LanguageName, StandingChip } from './standing.tsx'

type IssueProps = IssueWhole & { languages: readonly string[]; writes: boolean; sends: boolean }

export function IssuePage(props: IssueProps) {
  const { issue, standing, subject, words, items, languages, writes, sends } = props
  const { t } = useFrame()
  const id = { id: issue.id }
  const open = standing === 'draft' || standing === 'planned'
  return (
    <Page
      title={t('newsletter.issue.title')}
      heading={subject}
      lead={<StandingChip of={standing} />}
      wide
      actions={
        <>
          {sends && open && (
            <a class="btn btn-primary" href={newsletter.dispatch.href(id)}>
              {t('newsletter.dispatch.title')}
            </a>
          )}
          {writes && open && (
            <a class="btn btn-outline-primary" href={newsletter.contents.href(id)}>
              {t('newsletter.contents.title')}
            </a>
          )}
          <a class="btn btn-outline-primary" href={newsletter.issues.href()}>
            {t('newsletter.back')}
          </a>
        </>
      }
    >
      {standing === 'planned' && issue.planned_for && (
        <Callout state="info">
          <p>
            {t('newsletter.issue.planned')} <Moment at={issue.planned_for} />
          </p>
          {sends && <ButtonForm action={newsletter.takeBack.href(id)}>{t('newsletter.issue.take_back')}</ButtonForm>}
        </Callout>
      )}
      {props.result && <Outcome {...props} result={props.result} />}
      <h2>{t('newsletter.issue.languages')}</h2>
      <p>{t('newsletter.issue.languages.lead')}</p>
      <Table
        caption={t('newsletter.issue.languages')}
        caption_hidden
        rows={languages.map((language) => ({
          language,
          subject: words.find((one) => one.language === language)?.subject,
          readers: props.readers.find((one) => one.language === language)?.readers ?? 0,
        }))}
        empty={t('newsletter.issues.empty')}
        columns={[
          {
            header: t('newsletter.register.language'),
            names: true,
            cell: ({ language }) =>
              writes && open ? (
                <a href={newsletter.words.href({ ...id, language })}>
                  <LanguageName of={language} />
                </a>
              ) : (
                <LanguageName of={language} />
              ),
          },
          { header: t('newsletter.readers.reading'), align: 'end', cell: ({ readers }) => <Count of={readers} /> },
          {
            header: t('newsletter.field.subject'),
            cell: ({ subject: own, language }) =>
              own ? (
                <bdi lang={language} dir="auto">
                  {own}
                </bdi>
              ) : (
                <Chip state="wait">{t('newsletter.issue.in_italian')}</Chip>
              ),
          },
          {
            header: t('newsletter.preview.title'),
            cell: ({ language }) => (
              <a href={newsletter.preview.href({ ...id, language })}>
                {t('newsletter.preview.open', { language: ownName(language) })}
              </a>
            ),
          },
        ]}
      />
      <h2>{t('newsletter.contents.title')}</h2>
      <Table
        caption={t('newsletter.contents.title')}
        caption_hidden
        rows={items}
        empty={t('newsletter.contents.empty')}
        columns={[
          { header: t('board.field.title'), names: true, cell: ({ title }) => title },
          { header: t('board.items.kind'), cell: ({ kind }) => t(`board.staff_kind.${kind}`) },
          { header: t('board.items.day'), cell: ({ on_day }) => on_day && <Day on={on_day} as="short" /> },
        ]}
      />
      <p>
        {issue.topics.length > 0
          ? t('newsletter.issue.for_topics', {
              topics: issue.topics.map((topic) => t(`newsletter.topic.${topic}`)).join(' · '),
            })
          : t('newsletter.issue.for_all')}
      </p>
    </Page>
  )
}

/** How far it is, what became of it; a part that follows by itself. */
function Outcome({
  issue,
  standing,
  result,
  answers,
  sends,
}: IssueProps & { result: NonNullable<IssueWhole['result']> }) {
  const { t } = useFrame()
  const id = { id: issue.id }
  const ended = result.sent + result.refused + result.doubted + result.left
  return (
    <>
      <Live
        id="work"
        href={newsletter.issue.href(id)}
        {...(standing === 'sending' && { changes: newsletter.changes.href(id) })}
      >
        <p id="work-name">{t(`newsletter.outcome.${standing === 'sent' ? 'over' : 'under_way'}`)}</p>
        <progress class="progress" value={ended} max={Math.max(result.all, 1)} aria-labelledby="work-name" />
        <Facts
          of={[
            [t('newsletter.outcome.sent'), <Count of={result.sent} />],
            [t('newsletter.outcome.waiting'), <Count of={result.all - ended} />],
            result.later > 0 && [t('newsletter.outcome.later'), <Count of={result.later} />],
            [t('newsletter.outcome.refused'), <Count of={result.refused} />],
            result.bounced > 0 && [t('newsletter.outcome.bounced'), <Count of={result.bounced} />],
            [t('newsletter.outcome.left'), <Count of={result.left} />],
            [t('newsletter.outcome.doubted'), <Count of={result.doubted} />],
          ]}
        />
        {issue.trouble_at && standing !== 'sent' && (
          <Callout state="bad" title={t('newsletter.outcome.trouble')}>
            <p>
              <Moment at={issue.trouble_at} />
            </p>
            <p lang="en" dir="ltr">
              {issue.trouble}
            </p>
          </Callout>
        )}
      </Live>
      <p class="text-muted">{t('newsletter.outcome.not_tracked')}</p>
      {sends && standing === 'sending' && (
        <ButtonForm action={newsletter.halt.href(id)}>{t('newsletter.outcome.halt')}</ButtonForm>
      )}
      {sends && standing === 'halted' && (
        <ButtonForm action={newsletter.goOn.href(id)} kind="primary">
          {t('newsletter.outcome.go_on')}
        </ButtonForm>
      )}
      {result.doubted > 0 && (
        <Callout state="wait" title={t('newsletter.outcome.doubted.title', { count: result.doubted })}>
          <p>{t('newsletter.outcome.doubted.text')}</p>
          {sends && standing === 'sent' && (
            <ButtonForm action={newsletter.doubts.href(id)} sure={t('newsletter.outcome.doubted.sure')}>
              {t('newsletter.outcome.doubted.again')}
            </ButtonForm>
          )}
        </Callout>
      )}
      {answers.length > 0 && (
        <Table
          caption={t('newsletter.answers.title')}
          rows={answers}
          empty=""
          columns={[
            { header: t('newsletter.answers.end'), cell: ({ end }) => t(`newsletter.outcome.${end}`) },
            {
              header: t('newsletter.answers.said'),
              names: true,
              cell: ({ answer }) => (
                <span lang="en" dir="ltr">
                  {answer}
                </span>
              ),
            },
            { header: t('newsletter.answers.count'), align: 'end', cell: ({ count }) => <Count of={count} /> },
          ]}
        />
      )}
    </>
  )
}
