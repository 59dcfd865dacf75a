/** What somebody says at the desk, what a group said, and whom to call when there is an answer. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import { languageInWords, ownName } from '../../ui/words-of-time.ts'
import type { CallToMake } from '../actions/replies.ts'
import { takenAt, topicList } from '../codes.ts'
import type { hearForm, meetingForm, meetingVoiceForm } from '../forms.ts'
import type { Meeting, MeetingLine, Voice } from '../store/voices.ts'
import { participation } from '../urls.ts'
import type { Places } from './voice.tsx'

type Lists = { languages: Places; comuni: Places; answerable: readonly string[] }

export function HearPage({ form, lists }: { form: Form<typeof hearForm>; lists: Lists }) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('participation.hear.title')} lead={t('participation.hear.lead')}>
      <FormCard form={form} submit={t('participation.hear.save')}>
        <Choice
          form={form}
          name="channel"
          label={t('participation.voices.channel')}
          options={takenAt.map((value) => ({ value, text: t(`participation.channel.${value}`) }))}
          beside
        />
        <SaidFields form={form as never} languages={lists.languages} />
        <Select
          form={form}
          name="comune"
          label={t('participation.voices.comune')}
          options={lists.comuni.map(({ code, name }) => ({ value: code, text: name }))}
          optional
        />
        <h2>{t('participation.hear.answer')}</h2>
        <Field form={form} name="phone" kind="tel" label={t('participation.hear.phone')} optional />
        <Field form={form} name="email" kind="email" label={t('participation.hear.email')} optional />
        <Select
          form={form}
          name="answer_in"
          label={t('participation.hear.answer_in')}
          options={lists.answerable.map((value) => ({ value, text: languageInWords(value, lang) }))}
          optional
        />
      </FormCard>
    </Page>
  )
}

function SaidFields({ form, languages }: { form: Form<typeof meetingVoiceForm>; languages: Places }) {
  const { t } = useFrame()
  return (
    <>
      <Field
        form={form}
        name="text"
        kind="textarea"
        rows={5}
        label={t('participation.hear.text')}
        hint={t('participation.hear.text.hint')}
      />
      <Select
        form={form}
        name="topic"
        label={t('participation.voices.topic')}
        options={topicList.map(({ code }) => ({ value: code, text: t(`participation.topic.${code}`) }))}
      />
      <Select
        form={form}
        name="language"
        label={t('participation.hear.language')}
        options={languages.map(({ code, name }) => ({ value: code, text: name }))}
      />
    </>
  )
}

export function MeetingsPage({ form, meetings }: { form: Form<typeof meetingForm>; meetings: readonly MeetingLine[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.meetings.title')} lead={t('participation.meetings.lead')}>
      <Table
        caption={t('participation.meetings.title')}
        caption_hidden
        rows={meetings}
        empty={t('participation.meetings.empty')}
        columns={[
          {
            header: t('participation.meeting.place'),
            names: true,
            cell: ({ id, place }) => <a href={participation.meeting.href({ meeting: id })}>{place}</a>,
          },
          { header: t('participation.meeting.on'), cell: ({ on_day }) => <Day on={on_day} as="date" /> },
          {
            header: t('participation.meeting.attended'),
            align: 'end',
            cell: ({ attended }) => <Count of={attended} />,
          },
          {
            header: t('participation.meeting.voices'),
            align: 'end',
            cell: ({ voices }) => <Count of={Number(voices)} />,
          },
        ]}
      />
      <h2>{t('participation.meeting.new')}</h2>
      <FormCard form={form} submit={t('participation.meeting.save')}>
        <div class="fields-beside">
          <Field form={form} name="on_day" kind="date" label={t('participation.meeting.on')} />
          <Field
            form={form}
            name="attended"
            kind="number"
            label={t('participation.meeting.attended')}
            hint={t('participation.meeting.attended.hint')}
          />
        </div>
        <Field form={form} name="place" label={t('participation.meeting.place')} />
        <Field form={form} name="about" label={t('participation.meeting.about')} optional />
      </FormCard>
    </Page>
  )
}

type MeetingProps = {
  meeting: Meeting
  voices: readonly Voice[]
  form: Form<typeof meetingVoiceForm>
  languages: Places
}
export function MeetingPage({ meeting, voices, form, languages }: MeetingProps) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.meeting.title')} lead={<Day on={meeting.on_day} as="date" />}>
      <Facts
        of={[
          [t('participation.meeting.place'), meeting.place],
          [t('participation.meeting.attended'), <Count of={meeting.attended} />],
          meeting.about !== '' && [t('participation.meeting.about'), meeting.about],
        ]}
      />
      <p class="text-muted">{t('participation.meetings.lead')}</p>
      <h2>{t('participation.meeting.voices')}</h2>
      <Table
        caption={t('participation.meeting.voices')}
        caption_hidden
        rows={voices}
        empty={t('participation.meeting.no_voice')}
        columns={[
          {
            header: t('participation.voices.said'),
            names: true,
            cell: ({ text, language }) => (
              <span class="written" lang={language} dir="auto">
                {text}
              </span>
            ),
          },
          { header: t('participation.voices.topic'), cell: ({ topic }) => t(`participation.topic.${topic}`) },
        ]}
      />
      <h2>{t('participation.meeting.add')}</h2>
      <FormCard form={form} submit={t('participation.hear.save')}>
        <SaidFields form={form} languages={languages} />
      </FormCard>
    </Page>
  )
}

/** Telephone numbers, and what to say in which language; called, the number is gone. */
export function CallsPage({ calls }: { calls: readonly CallToMake[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.calls.title')} lead={t('participation.calls.lead')} wide>
      <Table
        caption={t('participation.calls.title')}
        caption_hidden
        rows={calls}
        empty={t('participation.calls.empty')}
        columns={[
          {
            header: t('participation.calls.phone'),
            names: true,
            cell: ({ phone }) => (
              <Link href={`tel:${phone}`}>
                <bdi dir="ltr">{phone}</bdi>
              </Link>
            ),
          },
          {
            header: t('participation.voices.language'),
            cell: ({ language }) => <bdi lang={language}>{ownName(language)}</bdi>,
          },
          {
            header: t('participation.calls.say'),
            cell: ({ reply, italian, language }) => (
              <>
                {reply && (
                  <p class="written" lang={language} dir="auto">
                    {reply.we_did}
                  </p>
                )}
                {language !== 'it' && italian && <p class="text-muted written">{italian.we_did}</p>}
              </>
            ),
          },
          {
            header: t('participation.calls.done'),
            cell: ({ id }) => (
              <ButtonForm action={participation.told.href({ wish: id })}>{t('participation.calls.told')}</ButtonForm>
            ),
          },
        ]}
      />
    </Page>
  )
}
