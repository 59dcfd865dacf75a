/** For everybody: what the tavolo spoke of and decided, without names. */
import type { Form } from '../../kernel/form.ts'
import { direction } from '../../kernel/i18n.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'
import { dayInWords, languageInWords } from '../../ui/words-of-time.ts'
import type { ExtractShown } from '../actions/after.ts'
import type { extractForm } from '../forms.ts'
import type { Meeting } from '../store/meetings.ts'
import { open, tavolo } from '../urls.ts'
import { useMeetingTitle, Written } from './words.tsx'

export function ExtractsPage({ extracts, replies }: { extracts: readonly ExtractShown[]; replies: string }) {
  const { t, lang } = useFrame()
  return (
    <Page title={t('tavolo.open.title')} lead={t('tavolo.open.lead')} description={t('tavolo.open.lead')}>
      {extracts.length === 0 && <EmptyState pictogram="messages">{t('tavolo.open.empty')}</EmptyState>}
      {extracts.map(({ number, on_day, text }) => (
        <section class="reply">
          <p class="text-muted">
            <Day on={on_day} as="date" />
          </p>
          <h2>
            <a href={open.extract.href({ l: lang, number: String(number) })}>
              <bdi lang={text.language === lang ? undefined : text.language}>{text.title}</bdi>
            </a>
          </h2>
        </section>
      ))}
      <p class="actions">
        <a class="btn btn-outline-primary" href={replies}>
          {t('tavolo.open.voice')}
        </a>
      </p>
    </Page>
  )
}

export function ExtractPage({ of, html }: { of: ExtractShown; html: string }) {
  const { t, lang } = useFrame()
  const other = of.text.language !== lang
  return (
    <Page
      title={t('tavolo.open.meeting', { day: dayInWords(of.on_day, lang, '', 'date') })}
      lead={<bdi lang={other ? of.text.language : undefined}>{of.text.title}</bdi>}
      description={t('tavolo.open.lead')}
      updated={of.published_on}
    >
      {(other || of.text.origin === 'machine') && (
        <Callout state="wait">
          <p>{t(other ? 'tavolo.open.in_italian' : 'tavolo.open.by_machine')}</p>
        </Callout>
      )}
      <div
        class="extract"
        lang={other ? of.text.language : undefined}
        dir={other ? direction(of.text.language) : undefined}
      >
        <Written html={html} />
      </div>
      {of.demo && <p class="text-muted">{t('tavolo.open.demo')}</p>}
      <p>
        <a href={open.list.href({ l: lang })}>{t('tavolo.open.all')}</a>
      </p>
    </Page>
  )
}

type WriteProps = {
  meeting: Meeting
  language: string
  source: { title: string; body: string } | undefined
  form: Form<typeof extractForm>
}
export function ExtractWritePage({ meeting, language, source, form }: WriteProps) {
  const { t, lang } = useFrame()
  const titled = useMeetingTitle()
  return (
    <Page
      title={t('tavolo.extract.in', { language: languageInWords(language, lang) })}
      lead={<a href={tavolo.meeting.href({ meeting: meeting.id })}>{titled(meeting)}</a>}
    >
      <p>{t('tavolo.extract.rule')}</p>
      {language !== 'it' && source && (
        <Details summary={t('tavolo.extract.source')} open>
          <p>
            <strong>{source.title}</strong>
          </p>
          <pre class="written">{source.body}</pre>
        </Details>
      )}
      <FormCard
        form={form}
        submit={t('tavolo.extract.save')}
        cancel={{ href: tavolo.meeting.href({ meeting: meeting.id }), text: t('tavolo.back') }}
      >
        <Field form={form} name="title" label={t('tavolo.extract.heading')} max_length={160} />
        <Field
          form={form}
          name="body"
          kind="textarea"
          rows={10}
          label={t('tavolo.extract.body')}
          hint={t('tavolo.markdown.hint')}
        />
        <Choice
          form={form}
          name="origin"
          label={t('tavolo.extract.origin')}
          options={(['person', 'machine'] as const).map((value) => ({
            value,
            text: t(`tavolo.extract.origin.${value}`),
          }))}
          beside
        />
      </FormCard>
    </Page>
  )
}
