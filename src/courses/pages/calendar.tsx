import type { Form } from '../../kernel/form.ts'
import type { NamedFeast } from '../../territory/actions.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choices, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { weekdayInWords } from '../../ui/words-of-time.ts'
import type { Troubles } from '../actions/editions.ts'
import { type calendarForm, type lessonForm, weekdays } from '../forms.ts'
import type { Edition, Lesson, Teacher } from '../store/editions.ts'
import { courses } from '../urls.ts'
import { Trouble } from './edition.tsx'
import { Sections } from './editions.tsx'

type Named = readonly { id: string; name: string }[]
type Props = {
  edition: Edition
  lessons: readonly Lesson[]
  signed: ReadonlySet<string>
  teachers: readonly Teacher[]
  troubles: Troubles
  closed: readonly { from_day: string; to_day: string; name: string }[]
  feasts: readonly NamedFeast[]
  form: Form<typeof calendarForm>
  plans: boolean
  keeps: boolean
  problem?: string | undefined
}

/** The lessons as they will be and as they were; below, how to make many at once. */
export function CalendarPage({
  edition,
  lessons,
  signed,
  teachers,
  troubles,
  closed,
  feasts,
  form,
  plans,
  keeps,
  problem,
}: Props) {
  const { t, lang } = useFrame()
  const over = edition.cancelled_at !== null || edition.ended_on !== null
  return (
    <Page
      title={t('courses.nav.calendar')}
      lead={edition.title}
      wide
      actions={
        plans &&
        !over && (
          <a class="btn btn-outline-primary" href={courses.newLesson.href({ edition: edition.id })}>
            {t('courses.lesson.new')}
          </a>
        )
      }
    >
      <Sections of={edition} here="calendar" />
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      <Trouble of={troubles} />
      <Table
        caption={t('courses.nav.calendar')}
        caption_hidden
        rows={lessons}
        empty={t('courses.calendar.empty')}
        columns={[
          {
            header: t('courses.lesson.day'),
            names: true,
            cell: (lesson) => (
              <>
                {keeps && !lesson.cancelled_at ? (
                  <a href={courses.lesson.href({ lesson: lesson.id })}>
                    <Day on={lesson.on_day} />
                  </a>
                ) : (
                  <Day on={lesson.on_day} />
                )}
                {feasts
                  .filter(({ from_day, to_day }) => from_day <= lesson.on_day && lesson.on_day <= to_day)
                  .map(({ name }) => (
                    <>
                      {' '}
                      <Chip state="info">{name}</Chip>
                    </>
                  ))}
              </>
            ),
          },
          {
            header: t('courses.lesson.time'),
            cell: ({ starts_at, ends_at }) => `${starts_at.slice(0, 5)}–${ends_at.slice(0, 5)}`,
          },
          {
            header: t('courses.lesson.teacher'),
            cell: ({ teacher_name, substitute }) => <bdi>{substitute || teacher_name}</bdi>,
          },
          { header: t('courses.lesson.topic'), cell: ({ topic }) => topic },
          {
            header: t('courses.lesson.state'),
            cell: (lesson) =>
              lesson.cancelled_at ? (
                <Chip state="bad">{t('courses.lesson.off')}</Chip>
              ) : lesson.closed_at ? (
                <>
                  <Chip state="good">{t('courses.lesson.closed')}</Chip>{' '}
                  {!signed.has(lesson.id) && <Chip state="wait">{t('courses.lesson.unsigned')}</Chip>}
                </>
              ) : (
                <Chip state="none">{t('courses.lesson.to_hold')}</Chip>
              ),
          },
          plans && {
            header: t('courses.lesson.deeds'),
            cell: ({ id, closed_at, cancelled_at }) =>
              !closed_at &&
              !cancelled_at && (
                <>
                  <a href={courses.lessonData.href({ lesson: id })}>{t('courses.lesson.change')}</a>{' '}
                  <ButtonForm
                    action={courses.lessonOff.href({ lesson: id })}
                    kind="quiet"
                    sure={t('courses.lesson.off.sure')}
                  >
                    {t('courses.lesson.call_off')}
                  </ButtonForm>
                </>
              ),
          },
        ]}
      />
      {plans && !over && (
        <>
          <h2>{t('courses.calendar.make')}</h2>
          <p>{t('courses.calendar.make.long')}</p>
          <FormCard
            form={form}
            action={courses.calendar.href({ edition: edition.id })}
            submit={t('courses.calendar.do')}
          >
            <Field form={form} name="from_day" kind="date" label={t('courses.calendar.from')} />
            <Choices
              form={form}
              name="days"
              label={t('courses.calendar.days')}
              options={weekdays.map((value) => ({ value, text: weekdayInWords(Number(value), lang) }))}
              beside
            />
            <div class="fields-beside">
              <Field form={form} name="starts_at" kind="time" label={t('courses.lesson.starts_at')} />
              <Field form={form} name="ends_at" kind="time" label={t('courses.lesson.ends_at')} />
            </div>
            <Field form={form} name="lessons" kind="number" label={t('courses.calendar.lessons')} />
            <TeacherField form={form} teachers={teachers} />
          </FormCard>
          <Details summary={t('courses.calendar.feasts')} open={lessons.length === 0}>
            <p>{t('courses.calendar.feasts.long')}</p>
            <ul>
              {feasts.map(({ from_day, to_day, name, moon }) => (
                <li>
                  <Days from={from_day} to={to_day} />: {name}
                  {moon && <> ({t('courses.calendar.moon')})</>}
                </li>
              ))}
            </ul>
          </Details>
          <Details summary={t('courses.calendar.closed')}>
            <ul>
              {closed.map(({ from_day, to_day, name }) => (
                <li>
                  <Days from={from_day} to={to_day} />: {name}
                </li>
              ))}
            </ul>
          </Details>
        </>
      )}
    </Page>
  )
}

const Days = ({ from, to }: { from: string; to: string }) => (
  <>
    <Day on={from} />
    {to !== from && (
      <>
        {' – '}
        <Day on={to} />
      </>
    )}
  </>
)

function TeacherField({
  form,
  teachers,
}: {
  form: Form<typeof calendarForm> | Form<typeof lessonForm>
  teachers: readonly Teacher[]
}) {
  const { t } = useFrame()
  return (
    <Select
      form={form as Form<typeof lessonForm>}
      name="teacher_id"
      label={t('courses.lesson.teacher')}
      options={teachers.filter(({ ended_at }) => !ended_at).map(({ id, name }) => ({ value: id, text: name }))}
      optional
    />
  )
}

export function LessonFormPage({
  edition,
  form,
  teachers,
  places,
  is_new,
}: {
  edition: Edition
  form: Form<typeof lessonForm>
  teachers: readonly Teacher[]
  places: Named
  is_new: boolean
}) {
  const { t } = useFrame()
  return (
    <Page title={is_new ? t('courses.lesson.new') : t('courses.lesson.change')} lead={edition.title}>
      <FormCard
        form={form}
        submit={t('courses.save')}
        cancel={{ href: courses.calendar.href({ edition: edition.id }), text: t('courses.back_to_edition') }}
      >
        <Field form={form} name="on_day" kind="date" label={t('courses.lesson.day')} />
        <div class="fields-beside">
          <Field form={form} name="starts_at" kind="time" label={t('courses.lesson.starts_at')} />
          <Field form={form} name="ends_at" kind="time" label={t('courses.lesson.ends_at')} />
        </div>
        <TeacherField form={form} teachers={teachers} />
        <Select
          form={form}
          name="place_id"
          label={t('courses.where')}
          options={places.map(({ id, name }) => ({ value: id, text: name }))}
          optional
        />
        <Field form={form} name="room" label={t('courses.lesson.room')} max_length={120} optional />
        <Field form={form} name="topic" label={t('courses.lesson.topic')} max_length={300} optional />
      </FormCard>
    </Page>
  )
}
