/** Issues as those see them who write and send them. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip, type State } from '../../ui/chip.tsx'
import { Choice, Choices } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Live } from '../../ui/live.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Moment } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { IssuesAndReaders, IssueWhole, ItemsToChoose } from '../actions/issues.ts'
import { topics } from '../codes.ts'
import type { contentsForm, dispatchForm, wordsForm } from '../forms.ts'
import { type Standing, standingOf } from '../rules/issues.ts'
import type { Letter } from '../store/issues.ts'
import { newsletter } from '../urls.ts'

const looks = {
  draft: 'none',
  planned: 'info',
  sending: 'info',
  halted: 'bad',
  sent: 'good',
} as const satisfies Record<Standing, State>

function StandingChip({ of }: { of: Standing }) {
  const { t } = useFrame()
  return <Chip state={looks[of]}>{t(`newsletter.standing.${of}`)}</Chip>
}

/** A language as the people of the office call it, beside its own name. */
function LanguageName({ of }: { of: string }) {
  return (
    <bdi lang={of} dir="auto">
      {ownName(of)}
    </bdi>
  )
}

export function IssuesPage({
  issues,
  readers,
  writes,
  sees_addresses,
}: IssuesAndReaders & { writes: boolean; sees_addresses: boolean }) {
  const { t } = useFrame()
  const reading = readers.reduce((sum, row) => sum + row.reading, 0)
  return (
    <Page
      title={t('newsletter.issues.title')}
      lead={t('newsletter.issues.lead', { count: reading })}
      wide
      actions={
        <>
          {writes && (
            <a class="btn btn-primary" href={newsletter.create.href()}>
              {t('newsletter.issues.new')}
            </a>
          )}
          {sees_addresses && (
            <a class="btn btn-outline-primary" href={newsletter.subscribers.href()}>
              {t('newsletter.subscribers.title')}
            </a>
          )}
        </>
      }
    >
      <Table
        caption={t('newsletter.issues.title')}
        caption_hidden
        rows={issues}
        empty={t('newsletter.issues.empty')}
        columns={[
          {
            header: t('newsletter.field.subject'),
            names: true,
            cell: ({ id, subject }) => <a href={newsletter.issue.href({ id })}>{subject}</a>,
          },
          {
            header: t('newsletter.issues.state'),
            cell: (issue) => (
              <>
                <StandingChip of={standingOf(issue)} />{' '}
                {issue.trouble_at && !issue.finished_at && <Chip state="bad">{t('newsletter.standing.stuck')}</Chip>}
              </>
            ),
          },
          {
            header: t('newsletter.issues.when'),
            cell: ({ planned_for, started_at }) =>
              (started_at ?? planned_for) && <Moment at={(started_at ?? planned_for) as string} as="short" />,
          },
        ]}
      />
      <h2>{t('newsletter.readers.title')}</h2>
      <Table
        caption={t('newsletter.readers.title')}
        caption_hidden
        rows={readers}
        empty={t('newsletter.readers.empty')}
        columns={[
          {
            header: t('newsletter.register.language'),
            names: true,
            cell: ({ language }) => <LanguageName of={language} />,
          },
          { header: t('newsletter.readers.reading'), align: 'end', cell: (row) => <Count of={row.reading} /> },
          { header: t('newsletter.readers.paused'), align: 'end', cell: (row) => <Count of={row.paused} /> },
          { header: t('newsletter.readers.unconfirmed'), align: 'end', cell: (row) => <Count of={row.unconfirmed} /> },
          { header: t('newsletter.readers.suppressed'), align: 'end', cell: (row) => <Count of={row.suppressed} /> },
        ]}
      />
    </Page>
  )
}

// --- writing --------------------------------------------------------------------------------------------------------

export function WordsPage({
  form,
  language,
  italian,
}: {
  form: Form<typeof wordsForm>
  language: string
  italian?: { subject: string; body: string } | undefined
}) {
  const { t } = useFrame()
  return (
    <Page title={t('newsletter.words.title')} lead={<LanguageName of={language} />} {...(italian && { wide: true })}>
      <div class={italian ? 'side-by-side' : undefined}>
        {italian && (
          <section lang="it" dir="ltr" aria-label={t('newsletter.words.italian')}>
            <h2>{italian.subject}</h2>
            <p class="written">{italian.body}</p>
          </section>
        )}
        <FormCard form={form} submit={t('newsletter.words.save')}>
          <Field
            form={form}
            name="subject"
            label={t('newsletter.field.subject')}
            hint={t('newsletter.field.subject.hint')}
            max_length={160}
          />
          <Field
            form={form}
            name="body"
            kind="textarea"
            rows={14}
            label={t('newsletter.field.body')}
            hint={t('newsletter.field.body.hint')}
            max_length={12_000}
            optional
          />
        </FormCard>
      </div>
      <Details summary={t('board.writing.marks')}>
        <p>{t('board.writing.marks.text')}</p>
        <pre dir="ltr">{t('board.writing.marks.example')}</pre>
      </Details>
    </Page>
  )
}

export function ContentsPage({
  id,
  form,
  items,
}: {
  id: string
  form: Form<typeof contentsForm>
  items: ItemsToChoose
}) {
  const { t } = useFrame()
  return (
    <Page title={t('newsletter.contents.title')} lead={t('newsletter.contents.lead')}>
      <FormCard
        form={form}
        submit={t('newsletter.contents.save')}
        cancel={{ href: newsletter.issue.href({ id }), text: t('newsletter.back') }}
      >
        <Choices
          form={form}
          name="items"
          label={t('newsletter.contents.items')}
          optional
          options={items.map((item) => ({
            value: item.id,
            text: `${item.title} (${t(`board.staff_kind.${item.kind}`)})`,
            ...(item.on_day && { hint: <Day on={item.on_day} as="short" /> }),
          }))}
        />
        <Choices
          form={form}
          name="topics"
          label={t('newsletter.contents.topics')}
          hint={t('newsletter.contents.topics.hint')}
          optional
          options={topics.map((value) => ({ value, text: t(`newsletter.topic.${value}`) }))}
        />
      </FormCard>
    </Page>
  )
}

// --- one issue ------------------------------------------------------------------------------------------------------

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

export function PreviewPage({ id, letter, tries }: { id: string; letter: Letter; tries: boolean }) {
  const { t } = useFrame()
  const { language } = letter
  return (
    <Page
      title={t('newsletter.preview.title')}
      lead={<LanguageName of={language} />}
      actions={
        <>
          <a class="btn btn-primary" href={newsletter.letter.href({ id, language })}>
            {t('newsletter.preview.html')}
          </a>
          {tries && (
            <ButtonForm action={newsletter.tryOut.href({ id })} values={{ language }}>
              {t('newsletter.preview.try_out')}
            </ButtonForm>
          )}
          <a class="btn btn-outline-primary" href={newsletter.issue.href({ id })}>
            {t('newsletter.back')}
          </a>
        </>
      }
    >
      <Facts
        of={[
          [
            t('newsletter.field.subject'),
            <bdi lang={language} dir="auto">
              {letter.subject}
            </bdi>,
          ],
        ]}
      />
      <h2>{t('newsletter.preview.text')}</h2>
      <p class="written" lang={language} dir="auto">
        {letter.text}
      </p>
    </Page>
  )
}

export function DispatchPage({
  id,
  form,
  subject,
  readers,
}: {
  id: string
  form: Form<typeof dispatchForm>
  subject: string
  readers: IssueWhole['readers']
}) {
  const { t } = useFrame()
  const count = readers.reduce((sum, row) => sum + row.readers, 0)
  const values = Object.keys(form.values).length > 0 ? form.values : { when: 'now' }
  const of = { ...form, values } as typeof form
  return (
    <Page title={t('newsletter.dispatch.title')} lead={subject}>
      <Callout state="info">
        <p>{t('newsletter.dispatch.how_many', { count, languages: readers.length })}</p>
        <p>
          {readers.map(({ language, readers: some }, at) => (
            <>
              {at > 0 && ' · '}
              <LanguageName of={language} /> <Count of={some} />
            </>
          ))}
        </p>
      </Callout>
      <FormCard
        form={of}
        submit={t('newsletter.dispatch.do', { count })}
        cancel={{ href: newsletter.issue.href({ id }), text: t('newsletter.back') }}
      >
        <Choice
          form={of}
          name="when"
          label={t('newsletter.dispatch.when')}
          options={(['now', 'planned'] as const).map((value) => ({ value, text: t(`newsletter.dispatch.${value}`) }))}
        />
        <Field form={of} name="on_day" kind="date" label={t('newsletter.dispatch.day')} optional />
        <Field form={of} name="at" kind="time" label={t('newsletter.dispatch.at')} optional />
        <p class="text-muted">{t('newsletter.dispatch.no_way_back')}</p>
      </FormCard>
    </Page>
  )
}
