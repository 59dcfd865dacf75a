/** Voices as we read them, one by one, before anybody else does. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { asFilters, Filters } from '../../ui/filters.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Pager, rowsAtOnce } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { VoiceToRead } from '../actions/reading.ts'
import { alarmRoles, topicList } from '../codes.ts'
import type { placeForm, readingForm } from '../forms.ts'
import type { Voice } from '../store/voices.ts'
import { participation } from '../urls.ts'

export const statesAsked = ['unread', 'unplaced', 'heard', 'aside', 'alarm'] as const

export function VoiceChip({ of }: { of: Voice }) {
  const { t } = useFrame()
  if (of.to_role && !of.taken_up_at) return <Chip state="bad">{t('participation.state.alarm')}</Chip>
  if (of.verdict === 'aside') return <Chip state="none">{t('participation.state.aside')}</Chip>
  if (of.verdict === 'heard') return <Chip state="good">{t('participation.state.heard')}</Chip>
  if (of.doubtful) return <Chip state="info">{t('participation.state.doubtful')}</Chip>
  return <Chip state="wait">{t('participation.state.unread')}</Chip>
}

const beginning = (text: string) => (text.length > 140 ? `${text.slice(0, 140).trimEnd()}…` : text)

type Props = {
  rows: readonly Voice[]
  total: number
  page: number
  query: URLSearchParams
  reads: boolean
  hears: boolean
}

export function VoicesPage({ rows, total, page, query, reads, hears }: Props) {
  const { lang, t } = useFrame()
  const filters = asFilters(query, ['stato', 'tema', 'lingua'])
  return (
    <Page
      title={t('participation.voices.title')}
      lead={t('participation.voices.lead')}
      wide
      actions={
        <>
          {hears && (
            <>
              <a class="btn btn-primary" href={participation.hear.href()}>
                {t('participation.hear.title')}
              </a>
              <a class="btn btn-outline-primary" href={participation.meetings.href()}>
                {t('participation.meetings.title')}
              </a>
            </>
          )}
          {reads && (
            <>
              <a class="btn btn-outline-primary" href={participation.themes.href()}>
                {t('participation.themes.title')}
              </a>
              <a class="btn btn-outline-primary" href={participation.questionnaires.href()}>
                {t('participation.questionnaires.title')}
              </a>
              <ExportLink href={participation.voicesExport.href()} />
            </>
          )}
        </>
      }
    >
      {reads && (
        <Filters action={participation.voices.href()} active={query.has('stato') || query.has('tema')}>
          <Select
            form={filters}
            name="stato"
            label={t('participation.voices.state')}
            none={t('participation.all')}
            options={statesAsked.map((value) => ({ value, text: t(`participation.state.${value}`) }))}
          />
          <Select
            form={filters}
            name="tema"
            label={t('participation.voices.topic')}
            none={t('participation.all')}
            options={topicList.map(({ code }) => ({ value: code, text: t(`participation.topic.${code}`) }))}
          />
        </Filters>
      )}
      <Table
        caption={t('participation.voices.title')}
        caption_hidden
        rows={rows}
        empty={t('participation.voices.empty')}
        columns={[
          {
            header: t('participation.voices.said'),
            names: true,
            cell: (voice) => (
              <a href={participation.voice.href({ voice: voice.id })}>
                <bdi lang={voice.language}>{beginning(voice.text) || t('participation.voice.emptied')}</bdi>
              </a>
            ),
          },
          { header: t('participation.voices.state'), cell: (voice) => <VoiceChip of={voice} /> },
          { header: t('participation.voices.topic'), cell: (voice) => t(`participation.topic.${voice.topic}`) },
          { header: t('participation.voices.language'), cell: (voice) => languageInWords(voice.language, lang) },
          { header: t('participation.voices.channel'), cell: (voice) => <From voice={voice} /> },
          { header: t('participation.voices.theme'), cell: (voice) => voice.theme_title },
          { header: t('participation.voices.day'), cell: (voice) => <Day on={voice.on_day} as="short" /> },
        ]}
      />
      <Pager
        page={page}
        total={total}
        size={rowsAtOnce}
        href={(to) =>
          participation.voices.href(
            {},
            { stato: query.get('stato') ?? undefined, tema: query.get('tema') ?? undefined, pagina: to },
          )
        }
      />
    </Page>
  )
}

/** Where it was said; of a page of the site, which one. */
function From({ voice: { channel, about } }: { voice: Pick<Voice, 'channel' | 'about'> }) {
  const { t } = useFrame()
  return (
    <>
      {t(`participation.channel.${channel}`)}
      {about && (
        <>
          {' · '}
          <a href={`/it/${about}`}>
            <bdi>{about}</bdi>
          </a>
        </>
      )}
    </>
  )
}

type VoiceProps = VoiceToRead & {
  form: Form<typeof readingForm>
  place: Form<typeof placeForm>
  comune: string | null
}

export function VoiceReadPage({ voice, parts, danger, themes, reads, takes_up, form, place, comune }: VoiceProps) {
  const { lang, t } = useFrame()
  const id = { voice: voice.id }
  return (
    <Page title={t('participation.voice_read.title', { number: voice.number })} lead={<VoiceChip of={voice} />}>
      {voice.to_role ? (
        <Callout state={voice.taken_up_at ? 'info' : 'bad'} title={t('participation.alarm.title')}>
          <p>{t('participation.alarm.text', { role: t(`participation.role.${voice.to_role as 'operator'}`) })}</p>
          {voice.taken_up_at ? (
            <p>
              {t('participation.alarm.taken_up')} <Moment at={voice.taken_up_at} />
            </p>
          ) : (
            takes_up && (
              <ButtonForm action={participation.alarm.href(id)} kind="primary">
                {t('participation.alarm.take_up')}
              </ButtonForm>
            )
          )}
        </Callout>
      ) : (
        danger &&
        !voice.verdict && (
          <Callout state="bad">
            <p>{t('participation.alarm.maybe')}</p>
          </Callout>
        )
      )}
      <blockquote class="written voice-said" lang={voice.language} dir="auto">
        {parts.map((part) => (part.pointed ? <mark>{part.text}</mark> : part.text))}
      </blockquote>
      {parts.some(({ pointed }) => pointed) && <p class="text-muted">{t('participation.voice_read.marked')}</p>}
      <Facts
        of={[
          [t('participation.voices.channel'), <From voice={voice} />],
          [t('participation.voices.day'), <Day on={voice.on_day} />],
          [t('participation.voices.language'), languageInWords(voice.language, lang)],
          [t('participation.voices.topic'), t(`participation.topic.${voice.topic}`)],
          comune !== null && [t('participation.voices.comune'), comune],
          voice.wish_language !== null && [
            t('participation.voices.wish'),
            voice.told_at
              ? t('participation.voices.wish.told')
              : t('participation.voices.wish.waits', { language: languageInWords(voice.wish_language, lang) }),
          ],
          voice.theme_id !== null && [
            t('participation.voices.theme'),
            <a href={participation.theme.href({ theme: voice.theme_id })}>{voice.theme_title}</a>,
          ],
        ]}
      />
      {reads && (
        <>
          <h2>{t('participation.voice_read.read')}</h2>
          <FormCard form={form} submit={t('participation.voice_read.save')} quiet={voice.verdict !== null}>
            <Field
              form={form}
              name="text"
              kind="textarea"
              rows={6}
              label={t('participation.voice_read.text')}
              hint={t('participation.voice_read.text.hint')}
            />
            <Select
              form={form}
              name="topic"
              label={t('participation.voices.topic')}
              options={topicList.map(({ code }) => ({ value: code, text: t(`participation.topic.${code}`) }))}
            />
            <Choice
              form={form}
              name="verdict"
              label={t('participation.voice_read.verdict')}
              options={(['heard', 'aside'] as const).map((value) => ({
                value,
                text: t(`participation.verdict.${value}`),
              }))}
            />
            <Field form={form} name="reason" label={t('participation.voice_read.reason')} optional />
            <Tick
              form={form}
              name="danger"
              label={t('participation.voice_read.danger')}
              hint={t('participation.voice_read.danger.hint')}
            />
            <Select
              form={form}
              name="to_role"
              label={t('participation.voice_read.to_role')}
              none={t('ui.field.choose')}
              options={alarmRoles.map((value) => ({ value, text: t(`participation.role.${value}`) }))}
              optional
            />
          </FormCard>
          {voice.verdict === 'heard' && (
            <>
              <h2>{t('participation.place.title')}</h2>
              <FormCard form={place} submit={t('participation.place.save')} action={participation.place.href(id)}>
                <Select
                  form={place}
                  name="theme_id"
                  label={t('participation.place.theme')}
                  options={themes.map((theme) => ({ value: theme.id, text: theme.title }))}
                  optional
                />
                <Field form={place} name="title" label={t('participation.place.new')} max_length={160} optional />
              </FormCard>
            </>
          )}
        </>
      )}
    </Page>
  )
}
