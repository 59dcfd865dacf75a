import type { Form } from '../../kernel/form.ts'
import { isLanguage, languages, type TextKey } from '../../kernel/i18n.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Count, Day, Minutes } from '../../ui/time.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { Troubles } from '../actions/editions.ts'
import { choices, kinds, levelLabel, stepLevels } from '../codes.ts'
import type { editionForm, endingForm, teacherForm, textForm } from '../forms.ts'
import { isOld } from '../rules/texts.ts'
import type { Edition, EditionLine, EditionText, Teacher } from '../store/editions.ts'
import { courses, open } from '../urls.ts'

export function EditionsPage({ editions, plans }: { editions: readonly EditionLine[]; plans: boolean }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('courses.list.title')}
      lead={t('courses.list.lead')}
      wide
      actions={
        plans && (
          <a class="btn btn-primary" href={courses.create.href()}>
            {t('courses.edition.new')}
          </a>
        )
      }
    >
      <Table
        caption={t('courses.list.title')}
        caption_hidden
        rows={editions}
        empty={t('courses.list.empty')}
        columns={[
          {
            header: t('courses.edition.title'),
            names: true,
            cell: ({ id, title }) => <a href={courses.edition.href({ edition: id })}>{title}</a>,
          },
          { header: t('courses.edition.kind'), cell: ({ kind }) => t(`courses.kind.${kind}` as TextKey) },
          {
            header: t('courses.when'),
            cell: ({ first_day, last_day }) =>
              first_day && last_day ? (
                <>
                  <Day on={first_day} as="short" /> – <Day on={last_day} as="short" />
                </>
              ) : (
                ''
              ),
          },
          {
            header: t('courses.edition.enrolled'),
            align: 'end',
            cell: ({ enrolled, capacity }) => (
              <>
                <Count of={Number(enrolled)} /> / <Count of={capacity} />
              </>
            ),
          },
          { header: t('courses.edition.waiting'), align: 'end', cell: ({ waiting }) => <Count of={Number(waiting)} /> },
          { header: t('courses.edition.state'), cell: (edition) => <EditionChip of={edition} /> },
        ]}
      />
    </Page>
  )
}

export function EditionChip({
  of,
}: {
  of: Pick<Edition, 'cancelled_at' | 'ended_on' | 'started_on' | 'published_at'>
}) {
  const { t } = useFrame()
  if (of.cancelled_at) return <Chip state="bad">{t('courses.edition.cancelled')}</Chip>
  if (of.ended_on) return <Chip state="none">{t('courses.edition.ended')}</Chip>
  if (of.started_on) return <Chip state="good">{t('courses.edition.running')}</Chip>
  return of.published_at ? (
    <Chip state="good">{t('courses.edition.published')}</Chip>
  ) : (
    <Chip state="wait">{t('courses.edition.draft')}</Chip>
  )
}

/** The parts of an edition, each with its address. */
export function Sections({
  of: { id },
  here,
}: {
  of: Pick<Edition, 'id'>
  here: 'edition' | 'calendar' | 'people' | 'certificates' | 'seals'
}) {
  const { t } = useFrame()
  return (
    <Tabs
      label={t('courses.nav')}
      of={(['edition', 'calendar', 'people', 'certificates', 'seals'] as const).map((part) => ({
        text: t(`courses.nav.${part}`),
        href: courses[part].href({ edition: id }),
        here: part === here,
      }))}
    />
  )
}

type Overview = {
  edition: Edition
  texts: readonly EditionText[]
  teachers: readonly Teacher[]
  provider: string | null
  place: string | null
  lessons: { planned: number; closed: number; minutes: number }
  taken: number
  waiting: number
  troubles: Troubles
  may: { plan: boolean; write: boolean }
  trainers: readonly { id: string; name: string }[]
  forms: { teacher: Form<typeof teacherForm>; ending: Form<typeof endingForm> }
  link: string | null
  problem: string | undefined
}

export function EditionPage({
  edition,
  texts,
  teachers,
  provider,
  place,
  lessons,
  taken,
  waiting,
  troubles,
  may,
  trainers,
  forms,
  link,
  problem,
}: Overview) {
  const { t, lang } = useFrame()
  const id = { edition: edition.id }
  const over = edition.cancelled_at !== null || edition.ended_on !== null
  return (
    <Page
      title={edition.title}
      lead={edition.summary}
      actions={
        may.plan &&
        !over && (
          <a class="btn btn-outline-primary" href={courses.data.href(id)}>
            {t('courses.edition.change')}
          </a>
        )
      }
    >
      <Sections of={edition} here="edition" />
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      <Callout state={over ? 'info' : edition.published_at ? 'good' : 'wait'}>
        <p>
          <EditionChip of={edition} />{' '}
          {!over &&
            (taken < edition.minimum
              ? t('courses.edition.below_minimum', { taken, minimum: edition.minimum })
              : t('courses.edition.above_minimum', { taken, capacity: edition.capacity }))}
        </p>
      </Callout>
      <Trouble of={troubles} />
      <Facts
        of={[
          [t('courses.edition.kind'), t(`courses.kind.${edition.kind}` as TextKey)],
          [t('courses.edition.action'), `${edition.action}${edition.civic ? ` · ${t('courses.edition.civic')}` : ''}`],
          [t('courses.edition.hours'), <Minutes of={edition.planned_minutes} />],
          [
            t('courses.edition.lessons'),
            <>
              {t('courses.edition.lessons.of', { planned: lessons.planned, closed: lessons.closed })} (
              <Minutes of={lessons.minutes} />)
            </>,
          ],
          [
            t('courses.edition.enrolled'),
            <a href={courses.people.href(id)}>
              {t('courses.edition.enrolled.of', { taken, capacity: edition.capacity, waiting })}
            </a>,
          ],
          [t('courses.edition.choice'), t(`courses.choice.${edition.choice}` as TextKey)],
          [t('courses.where'), [place ?? edition.place_text, edition.link].filter(Boolean).join(' · ')],
          [t('courses.provider'), provider],
          edition.entry_level !== null && [t('courses.entry_level'), levelLabel(edition.entry_level, lang)],
          edition.target_level !== null && [t('courses.target_level'), levelLabel(edition.target_level, lang)],
          [
            t('courses.edition.flags'),
            [edition.women_only && t('courses.women_only'), edition.childcare && t('courses.childcare')]
              .filter(Boolean)
              .join(' · '),
          ],
          [t('courses.edition.budget_line'), edition.budget_line],
          edition.published_at !== null && [
            t('courses.edition.public_page'),
            <a href={open.course.href({ l: 'it', slug: edition.slug })}>
              {open.course.href({ l: 'it', slug: edition.slug })}
            </a>,
          ],
        ]}
      />
      <Actions>
        <a class="btn btn-outline-primary" href={courses.sheets.href(id)}>
          {t('courses.paper.sheets')}
        </a>
        <a class="btn btn-outline-primary" href={courses.register.href(id)}>
          {t('courses.paper.register')}
        </a>
        {may.plan && !over && !edition.published_at && (
          <ButtonForm action={courses.publication.href(id)} kind="primary">
            {t('courses.edition.publish')}
          </ButtonForm>
        )}
        {may.plan && !over && (
          <ButtonForm action={courses.cancellation.href(id)} kind="outline" sure={t('courses.edition.cancel.sure')}>
            {t('courses.edition.cancel')}
          </ButtonForm>
        )}
      </Actions>
      <h2>{t('courses.teachers')}</h2>
      {link && (
        <Callout state="good" title={t('courses.teacher.link')} live>
          <p>{t('courses.teacher.link.long')}</p>
          <p>
            <bdi dir="ltr">{link}</bdi>
          </p>
        </Callout>
      )}
      <Table
        caption={t('courses.teachers')}
        caption_hidden
        rows={teachers.filter(({ ended_at }) => !ended_at)}
        empty={t('courses.teachers.none')}
        columns={[
          { header: t('courses.teacher.name'), names: true, cell: ({ name }) => <bdi>{name}</bdi> },
          { header: t('courses.teacher.role'), cell: ({ role }) => t(`courses.teacher.${role}` as TextKey) },
          {
            header: t('courses.teacher.enters'),
            cell: ({ account_id }) => (account_id ? t('courses.teacher.account') : t('courses.teacher.no_account')),
          },
          may.plan && {
            header: t('courses.teacher.deeds'),
            cell: ({ id: teacher }) => (
              <>
                <ButtonForm action={courses.teacherLink.href({ ...id, teacher })} kind="quiet">
                  {t('courses.teacher.make_link')}
                </ButtonForm>
                <ButtonForm action={courses.teacherGone.href({ ...id, teacher })} kind="quiet">
                  {t('courses.teacher.remove')}
                </ButtonForm>
              </>
            ),
          },
        ]}
      />
      {may.plan && !over && (
        <FormCard form={forms.teacher} action={courses.teachers.href(id)} submit={t('courses.teacher.add')} quiet>
          <Field form={forms.teacher} name="name" label={t('courses.teacher.name')} max_length={120} />
          <Choice
            form={forms.teacher}
            name="role"
            label={t('courses.teacher.role')}
            options={(['teacher', 'tutor'] as const).map((value) => ({ value, text: t(`courses.teacher.${value}`) }))}
            beside
          />
          <Select
            form={forms.teacher}
            name="account_id"
            label={t('courses.teacher.has_account')}
            hint={t('courses.teacher.has_account.hint')}
            options={trainers.map((one) => ({ value: one.id, text: one.name }))}
            optional
          />
          <Field form={forms.teacher} name="email" kind="email" label={t('courses.field.email')} optional />
        </FormCard>
      )}
      <h2>{t('courses.texts')}</h2>
      <p>{t('courses.texts.long')}</p>
      <ul class="plain">
        {languages.map((language) => {
          const text = texts.find((one) => one.language === language)
          const source = texts.find((one) => one.language === 'it')
          const words = languageInWords(language, lang)
          return (
            <li>
              {may.write ? <a href={courses.text.href({ ...id, language })}>{words}</a> : words}{' '}
              {!text ? (
                <Chip state="none">{t('courses.texts.missing')}</Chip>
              ) : isOld(text, source) ? (
                <Chip state="wait">{t('courses.texts.old')}</Chip>
              ) : (
                <Chip state="good">{t('courses.texts.there')}</Chip>
              )}
            </li>
          )
        })}
      </ul>
      {may.plan && edition.started_on && !over && (
        <>
          <h2>{t('courses.edition.end')}</h2>
          <FormCard form={forms.ending} action={courses.ending.href(id)} submit={t('courses.edition.end')} quiet>
            <Field form={forms.ending} name="on_day" kind="date" label={t('courses.edition.ended_on')} />
          </FormCard>
        </>
      )}
    </Page>
  )
}

export function Trouble({ of: { clashes, closed } }: { of: Troubles }) {
  const { t } = useFrame()
  if (clashes.length === 0 && closed.length === 0) return null
  return (
    <Callout state="wait" title={t('courses.trouble')}>
      <ul>
        {closed.map(({ day, name }) => (
          <li>
            <Day on={day} />: {t('courses.trouble.closed', { name })}
          </li>
        ))}
        {clashes.map(({ lesson, with: other, teacher }) => (
          <li>
            <Day on={lesson.on_day} />, {lesson.starts_at.slice(0, 5)}:{' '}
            {t(teacher ? 'courses.trouble.teacher' : 'courses.trouble.room', { course: other.title })}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

type EditionLists = {
  organisations: readonly { id: string; name: string }[]
  places: readonly { id: string; name: string }[]
  lines: readonly { code: string; title: string }[]
}

export function EditionFormPage({
  form,
  lists,
  back,
}: {
  form: Form<typeof editionForm>
  lists: EditionLists
  back: string | null
}) {
  const { t, lang } = useFrame()
  const levels = stepLevels.map((value) => ({ value, text: levelLabel(value, lang) }))
  return (
    <Page title={back ? t('courses.edition.change') : t('courses.edition.new')}>
      <FormCard
        form={form}
        submit={t('courses.save')}
        {...(back && { cancel: { href: back, text: t('courses.back_to_edition') } })}
      >
        <Field
          form={form}
          name="title"
          label={t('courses.edition.title')}
          hint={t('courses.edition.title.hint')}
          max_length={160}
        />
        <Field
          form={form}
          name="summary"
          kind="textarea"
          label={t('courses.edition.summary')}
          max_length={600}
          optional
        />
        <Choice
          form={form}
          name="kind"
          label={t('courses.edition.kind')}
          hint={t('courses.edition.kind.hint')}
          options={kinds.map((value) => ({ value, text: t(`courses.kind.${value}`) }))}
        />
        <Choice
          form={form}
          name="action"
          label={t('courses.edition.action')}
          options={['01', '02', '03'].map((value) => ({ value, text: value }))}
          beside
        />
        <Tick form={form} name="civic" label={t('courses.edition.civic')} hint={t('courses.edition.civic.hint')} />
        <Field form={form} name="hours" kind="number" label={t('courses.edition.hours')} />
        <div class="fields-beside">
          <Field form={form} name="minimum" kind="number" label={t('courses.edition.minimum')} />
          <Field form={form} name="capacity" kind="number" label={t('courses.edition.capacity')} />
        </div>
        <Choice
          form={form}
          name="choice"
          label={t('courses.edition.choice')}
          options={choices.map((value) => ({ value, text: t(`courses.choice.${value}`) }))}
        />
        <Field
          form={form}
          name="offer_hours"
          kind="number"
          label={t('courses.edition.offer_hours')}
          hint={t('courses.edition.offer_hours.hint')}
        />
        <Field form={form} name="enrol_until" kind="date" label={t('courses.enrol_until')} optional />
        <Select
          form={form}
          name="place_id"
          label={t('courses.where')}
          options={lists.places.map(({ id, name }) => ({ value: id, text: name }))}
          optional
        />
        <Field form={form} name="place_text" label={t('courses.edition.place_text')} max_length={300} optional />
        <Field form={form} name="link" label={t('courses.edition.link')} max_length={300} optional />
        <Select
          form={form}
          name="provider_id"
          label={t('courses.provider')}
          options={lists.organisations.map(({ id, name }) => ({ value: id, text: name }))}
          optional
        />
        <div class="fields-beside">
          <Select form={form} name="entry_level" label={t('courses.entry_level')} options={levels} optional />
          <Select form={form} name="target_level" label={t('courses.target_level')} options={levels} optional />
        </div>
        <Tick form={form} name="women_only" label={t('courses.women_only')} />
        <Tick form={form} name="childcare" label={t('courses.childcare')} />
        <Field
          form={form}
          name="skills"
          kind="textarea"
          label={t('courses.edition.skills')}
          hint={t('courses.edition.skills.hint')}
          max_length={1000}
          optional
        />
        <Field form={form} name="contact" label={t('courses.contact')} max_length={200} optional />
        <Field
          form={form}
          name="budget_line"
          label={t('courses.edition.budget_line')}
          offered={lists.lines.map(({ code, title }) => [code, title].join(' '))}
          max_length={60}
          optional
        />
      </FormCard>
    </Page>
  )
}

export function TextPage({
  edition,
  language,
  form,
  source,
}: {
  edition: Edition
  language: string
  form: Form<typeof textForm>
  source: EditionText | undefined
}) {
  const { t, lang } = useFrame()
  const words = isLanguage(language) ? languageInWords(language, lang) : language
  return (
    <Page title={t('courses.text.title', { language: words })} lead={edition.title}>
      {source && language !== 'it' && (
        <Facts
          of={[
            [t('courses.edition.title'), source.title],
            [t('courses.edition.summary'), source.summary],
            [t('courses.text.body'), source.body],
          ]}
        />
      )}
      <FormCard
        form={form}
        submit={t('courses.save')}
        cancel={{ href: courses.edition.href({ edition: edition.id }), text: t('courses.back_to_edition') }}
      >
        <Field form={form} name="title" label={t('courses.edition.title')} max_length={160} />
        <Field
          form={form}
          name="summary"
          kind="textarea"
          label={t('courses.edition.summary')}
          max_length={600}
          optional
        />
        <Field form={form} name="body" kind="textarea" label={t('courses.text.body')} max_length={6000} optional />
      </FormCard>
    </Page>
  )
}
