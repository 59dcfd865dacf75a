/** Themes: what many say, how it goes on, and what is answered. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip, type State } from '../../ui/chip.tsx'
import { Choice, Choices, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { ThemeLine, ThemeWhole } from '../actions/themes.ts'
import { type Status, topicList } from '../codes.ts'
import type { mergeForm, replyForm, splitForm, statusForm, themeForm } from '../forms.ts'
import { few } from '../rules/figures.ts'
import { isOver, languagesOwed } from '../rules/themes.ts'
import type { Reply, Theme } from '../store/themes.ts'
import { open, participation } from '../urls.ts'

const looks = {
  open: 'wait',
  looking: 'info',
  proposed: 'info',
  answered: 'good',
  closed: 'none',
  merged: 'none',
} as const satisfies Record<Status, State>

function StatusChip({ of }: { of: Status }) {
  const { t } = useFrame()
  return <Chip state={looks[of]}>{t(`participation.status.${of}`)}</Chip>
}

export function ThemesPage({ themes, form }: { themes: readonly ThemeLine[]; form: Form<typeof themeForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.themes.title')} lead={t('participation.themes.lead')} wide>
      <Table
        caption={t('participation.themes.title')}
        caption_hidden
        rows={themes.filter(({ status }) => status !== 'merged')}
        empty={t('participation.themes.empty')}
        columns={[
          {
            header: t('participation.theme.title'),
            names: true,
            cell: ({ id, title }) => <a href={participation.theme.href({ theme: id })}>{title}</a>,
          },
          { header: t('participation.voices.state'), cell: ({ status }) => <StatusChip of={status} /> },
          { header: t('participation.voices.topic'), cell: ({ topic }) => t(`participation.topic.${topic}`) },
          {
            header: t('participation.theme.voices'),
            align: 'end',
            cell: ({ voices }) => <Count of={Number(voices)} />,
          },
          { header: t('participation.theme.people'), align: 'end', cell: ({ people }) => <Count of={people} /> },
          { header: t('participation.theme.since'), cell: ({ since }) => <Day on={since} as="numeric" /> },
        ]}
      />
      <Details summary={t('participation.themes.new')} open={Object.keys(form.errors).length > 0}>
        <FormCard form={form} submit={t('participation.themes.save')} quiet>
          <Field form={form} name="title" label={t('participation.theme.title')} max_length={160} />
          <Select
            form={form}
            name="topic"
            label={t('participation.voices.topic')}
            options={topicList.map(({ code }) => ({ value: code, text: t(`participation.topic.${code}`) }))}
          />
        </FormCard>
      </Details>
    </Page>
  )
}

export type ThemeForms = {
  status: Form<typeof statusForm>
  merge: Form<typeof mergeForm>
  split: Form<typeof splitForm>
}

export function ThemePage({ forms, ...whole }: ThemeWhole & { forms: ThemeForms; problem: string | undefined }) {
  const { t } = useFrame()
  const { theme, voices, people, statuses, problem } = whole
  const id = { theme: theme.id }
  const over = isOver(theme.status)
  return (
    <Page title={theme.title} lead={<StatusChip of={theme.status} />}>
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {theme.into_id && (
        <p>
          <a href={participation.theme.href({ theme: theme.into_id })}>{t('participation.theme.merged_into')}</a>
        </p>
      )}
      <p>{t('participation.theme.behind', { voices: voices.length, people })}</p>
      {people > 0 && people < few && <p class="text-muted">{t('participation.theme.few')}</p>}
      {!over && theme.status !== 'proposed' && theme.status !== 'answered' && (
        <ButtonForm action={participation.propose.href(id)}>{t('participation.theme.propose')}</ButtonForm>
      )}
      {theme.status !== 'merged' && <Replies {...whole} />}
      <h2>{t('participation.theme.voices')}</h2>
      <ul class="plain">
        {voices.map((voice) => (
          <li>
            <a href={participation.voice.href({ voice: voice.id })}>
              {t('participation.voice_read.title', { number: voice.number })}
            </a>{' '}
            <span class="text-muted">
              {t(`participation.channel.${voice.channel}`)} · <Day on={voice.on_day} as="short" />
            </span>
            <p class="written" lang={voice.language} dir="auto">
              {voice.text || t('participation.voice.emptied')}
            </p>
          </li>
        ))}
      </ul>
      {voices.length === 0 && <p class="text-muted">{t('participation.theme.no_voices')}</p>}
      <h2>{t('participation.theme.goes_on')}</h2>
      <Timeline
        of={statuses.map(({ status, on_day, note }) => ({
          when: <Day on={on_day} as="date" />,
          what: t(`participation.status.${status}`),
          ...(note && { more: <p class="written">{note}</p> }),
        }))}
      />
      {theme.status !== 'merged' && <Deeds {...whole} forms={forms} />}
    </Page>
  )
}

function Replies({ theme, replies, asked, owed }: Pick<ThemeWhole, 'theme' | 'replies' | 'asked' | 'owed'>) {
  const { lang, t } = useFrame()
  const id = { theme: theme.id }
  const languages = [...new Set([...languagesOwed(asked), ...replies.map(({ language }) => language)])]
  const written = new Map(replies.map((reply) => [reply.language, reply]))
  return (
    <>
      <h2>{t('participation.reply.title')}</h2>
      <Table
        caption={t('participation.reply.languages')}
        rows={languages}
        empty=""
        columns={[
          {
            header: t('participation.voices.language'),
            names: true,
            cell: (language) => languageInWords(language, lang),
          },
          {
            header: t('participation.voices.state'),
            cell: (language) =>
              written.has(language) ? (
                <Chip state="good">{t('participation.reply.written')}</Chip>
              ) : (
                <Chip state="wait">{t('participation.reply.owed')}</Chip>
              ),
          },
          {
            header: t('participation.reply.do'),
            cell: (language) => (
              <a href={participation.reply.href({ ...id, language })}>
                {t(written.has(language) ? 'participation.reply.change' : 'participation.reply.write')}
              </a>
            ),
          },
        ]}
      />
      {theme.published_on && (
        <p>
          {t('participation.reply.published')} <Day on={theme.published_on} as="date" /> ·{' '}
          <a href={`${open.replies.href({ l: 'it' })}#t-${theme.id}`}>{t('participation.reply.see')}</a>
        </p>
      )}
      <div class="actions">
        {owed.length === 0 && replies.length > 0 && (
          <ButtonForm action={participation.publication.href(id)} kind="primary">
            {t(theme.published_on ? 'participation.reply.tell_more' : 'participation.reply.publish')}
          </ButtonForm>
        )}
        {theme.published_on && (
          <ButtonForm
            action={participation.withdrawal.href(id)}
            kind="quiet"
            sure={t('participation.reply.withdraw_sure')}
          >
            {t('participation.reply.withdraw')}
          </ButtonForm>
        )}
      </div>
    </>
  )
}

function Deeds({
  theme,
  voices,
  others,
  forms,
}: Pick<ThemeWhole, 'theme' | 'voices' | 'others'> & { forms: ThemeForms }) {
  const { t } = useFrame()
  const id = { theme: theme.id }
  const wrong = (form: { errors: object }) => Object.keys(form.errors).length > 0
  return (
    <>
      <Details summary={t('participation.theme.status')} open={wrong(forms.status)}>
        <FormCard
          form={forms.status}
          submit={t('participation.theme.status.save')}
          action={participation.status.href(id)}
          quiet
        >
          <Choice
            form={forms.status}
            name="status"
            label={t('participation.voices.state')}
            options={(['open', 'looking', 'closed'] as const).map((value) => ({
              value,
              text: t(`participation.status.${value}`),
            }))}
          />
          <Field form={forms.status} name="note" kind="textarea" label={t('participation.theme.note')} optional />
        </FormCard>
      </Details>
      {others.length > 0 && !theme.published_on && (
        <Details summary={t('participation.theme.merge')} open={wrong(forms.merge)}>
          <FormCard
            form={forms.merge}
            submit={t('participation.theme.merge.save')}
            action={participation.merge.href(id)}
            quiet
          >
            <Select
              form={forms.merge}
              name="into_id"
              label={t('participation.theme.into')}
              hint={t('participation.theme.into.hint')}
              options={others.map((other) => ({ value: other.id, text: other.title }))}
            />
          </FormCard>
        </Details>
      )}
      {voices.length > 1 && (
        <Details summary={t('participation.theme.split')} open={wrong(forms.split)}>
          <FormCard
            form={forms.split}
            submit={t('participation.theme.split.save')}
            action={participation.split.href(id)}
            quiet
          >
            <Choices
              form={forms.split}
              name="voices"
              label={t('participation.theme.which')}
              options={voices.map((voice) => ({
                value: voice.id,
                text: voice.text.slice(0, 200) || `${voice.number}`,
                lang: voice.language,
              }))}
            />
            <Field
              form={forms.split}
              name="title"
              id="f-split-title"
              label={t('participation.theme.title')}
              max_length={160}
            />
          </FormCard>
        </Details>
      )}
    </>
  )
}

type ReplyProps = { theme: Theme; language: string; source: Reply | undefined; form: Form<typeof replyForm> }
export function ReplyPage({ theme, language, source, form }: ReplyProps) {
  const { lang, t } = useFrame()
  return (
    <Page
      title={t('participation.reply.in', { language: languageInWords(language, lang) })}
      lead={<a href={participation.theme.href({ theme: theme.id })}>{theme.title}</a>}
    >
      {language !== 'it' && source && (
        <Details summary={t('participation.reply.source')} open>
          <p>
            <strong>{source.title}</strong>
          </p>
          <p class="written">{source.you_said}</p>
          <p class="written">{source.we_did}</p>
        </Details>
      )}
      <FormCard
        form={form}
        submit={t('participation.reply.save')}
        cancel={{ href: participation.theme.href({ theme: theme.id }), text: t('participation.back') }}
      >
        <Field form={form} name="title" label={t('participation.reply.field.title')} max_length={160} />
        <Field
          form={form}
          name="you_said"
          kind="textarea"
          label={t('participation.reply.field.you_said')}
          hint={t('participation.reply.field.you_said.hint')}
        />
        <Field
          form={form}
          name="we_did"
          kind="textarea"
          label={t('participation.reply.field.we_did')}
          hint={t('participation.reply.field.we_did.hint')}
        />
        <Choice
          form={form}
          name="origin"
          label={t('participation.reply.field.origin')}
          options={(['person', 'machine'] as const).map((value) => ({
            value,
            text: t(`participation.reply.origin.${value}`),
          }))}
          beside
        />
      </FormCard>
    </Page>
  )
}
