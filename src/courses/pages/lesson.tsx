/** The register of a lesson, for the telephone and the tablet: one tap each. The same page for an account and for a link. */
import type { Form } from '../../kernel/form.ts'
import type { Signing } from '../../kernel/scans/scans.ts'
import { assetHref } from '../../ui/assets.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { SigningLine } from '../../ui/signing.tsx'
import { Day, Minutes, Moment, Time } from '../../ui/time.tsx'
import type { LessonShown, RegisterRow } from '../actions/register.ts'
import type { closingForm, correctionForm, markForm } from '../forms.ts'
import type { Edition, Lesson } from '../store/editions.ts'
import { courses, open } from '../urls.ts'

type Doors = { mark: string; close: string; back: string; correct: string | null; device: Device | null }
/** What the script on the device must know. */
type Device = { worker: string; without: string }

export function LessonPage({
  of: { lesson, edition, rows, all, seals, drawn },
  doors,
  mark,
  closing,
  correction,
  signing,
  sign,
}: {
  of: LessonShown
  doors: Doors
  mark: Form<typeof markForm>
  closing: Form<typeof closingForm>
  correction: Form<typeof correctionForm> | null
  /** Null: everybody signed on the screen, or this reader is not told of papers. */
  signing: Signing | null
  /** Where somebody signs on the screen; null where the project has not said that this counts. */
  sign: ((enrolment: string) => string) | null
}) {
  const { t, now } = useFrame()
  const there = rows.filter((row) => row.now?.present).length
  const unsaid = rows.filter((row) => row.now === null).length
  const closed = lesson.closed_at !== null
  const script = doors.device && assetHref('roll.js')
  const early = lesson.on_day > now.toZonedDateTimeISO('Europe/Rome').toPlainDate().toString()
  return (
    <Page
      title={t('courses.lesson.title')}
      lead={edition.title}
      head={script && <script src={script} defer></script>}
      actions={
        <a class="btn btn-outline-primary" href={doors.back}>
          {t('courses.lesson.all')}
        </a>
      }
    >
      <p>
        <strong>
          <Day on={lesson.on_day} />, <Time at={lesson.starts_at} />–<Time at={lesson.ends_at} />
        </strong>{' '}
        {lesson.teacher_name && <bdi>{lesson.teacher_name}</bdi>}
      </p>
      <Problems of={mark} />
      {closed && (
        <Callout state="good" title={t('courses.lesson.closed')}>
          <Facts
            of={[
              [t('courses.lesson.topic'), lesson.topic],
              lesson.substitute !== '' && [t('courses.lesson.substitute'), <bdi>{lesson.substitute}</bdi>],
              [t('courses.seal.code'), <code>{seals.find(({ kind }) => kind === 'closing')?.code}</code>],
              [t('courses.lesson.closed_at'), <Moment at={lesson.closed_at as string} />],
            ]}
          />
          {signing && (
            <SigningLine of={signing} print={courses.lessonSheet.href({ lesson: lesson.id }, { mancanti: '1' })} />
          )}
        </Callout>
      )}
      {lesson.cancelled_at && (
        <Callout state="bad">
          <p>{t('courses.lesson.off')}</p>
        </Callout>
      )}
      {early && (
        <Callout state="info">
          <p>{t('courses.error.not_yet')}</p>
        </Callout>
      )}
      {rows.length === 0 ? (
        <EmptyState pictogram="users">{t('courses.lesson.nobody')}</EmptyState>
      ) : (
        <>
          <p class="roll-sum" role="status">
            {t('courses.lesson.count', { there, all: rows.length, unsaid })}
          </p>
          <ul
            class="roll"
            {...(doors.device && {
              'data-roll': doors.mark,
              'data-worker': doors.device.worker,
              'data-without': doors.device.without,
              'data-yes': t('courses.present.yes'),
              'data-no': t('courses.present.no'),
              'data-unsent': t('courses.device.unsent'),
              'data-refused': t('courses.device.refused'),
            })}
          >
            {rows.map((row) => (
              <Row
                of={row}
                lesson={lesson}
                action={doors.mark}
                open={!closed && !early && !lesson.cancelled_at}
                form={mark}
                drawn={drawn.has(row.enrolment.id)}
                sign={!closed && row.now?.present && sign ? sign(row.enrolment.id) : null}
              />
            ))}
          </ul>
        </>
      )}
      {!closed && !early && !lesson.cancelled_at && rows.length > 0 && (
        <>
          {unsaid > 0 && (
            <ButtonForm
              action={doors.mark}
              values={{ all: '1', enrolment: rows[0]?.enrolment.id as string, present: 'yes' }}
            >
              {t('courses.lesson.rest', { count: unsaid })}
            </ButtonForm>
          )}
          <h2>{t('courses.lesson.close')}</h2>
          <p>{t('courses.lesson.close.long')}</p>
          <FormCard form={closing} action={doors.close} submit={t('courses.lesson.close')}>
            <Field form={closing} name="topic" label={t('courses.lesson.topic')} max_length={300} />
            <Field
              form={closing}
              name="substitute"
              label={t('courses.lesson.substitute')}
              hint={t('courses.lesson.substitute.hint')}
              max_length={120}
              optional
            />
          </FormCard>
        </>
      )}
      {closed && correction && doors.correct && (
        <Details summary={t('courses.correction')} open={Object.keys(correction.errors).length > 0}>
          <p>{t('courses.correction.long')}</p>
          <FormCard form={correction} action={doors.correct} submit={t('courses.correction.do')} quiet>
            <Select
              form={correction}
              name="enrolment"
              label={t('courses.people.name')}
              options={all.map(({ enrolment, name }) => ({
                value: enrolment.id,
                text: [name.latin, name.original].filter(Boolean).join(' · '),
              }))}
            />
            <Choice
              form={correction}
              name="present"
              label={t('courses.lesson.was')}
              options={(['yes', 'no'] as const).map((value) => ({ value, text: t(`courses.present.${value}`) }))}
              beside
            />
            <div class="fields-beside">
              <Field form={correction} name="from_time" kind="time" label={t('courses.lesson.in')} optional />
              <Field form={correction} name="to_time" kind="time" label={t('courses.lesson.out')} optional />
            </div>
            <Field form={correction} name="reason" label={t('courses.correction.reason')} max_length={200} />
          </FormCard>
        </Details>
      )}
    </Page>
  )
}

function Problems({ of }: { of: Form<typeof markForm> }) {
  const said = [...new Set(Object.values(of.errors).filter(Boolean))]
  if (said.length === 0) return null
  return (
    <Callout state="bad" live>
      {said.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </Callout>
  )
}

/** A name, two buttons; the times stay folded until somebody came late or left early. */
function Row({
  of: { enrolment, name, now, heads, conflict, marks },
  lesson,
  action,
  open: opened,
  form,
  drawn,
  sign,
}: {
  of: RegisterRow
  lesson: Lesson
  action: string
  open: boolean
  form: Form<typeof markForm>
  drawn: boolean
  sign: string | null
}) {
  const { t } = useFrame()
  const seen = heads.map(({ id }) => id)
  const tried = form.values.enrolment === enrolment.id && Object.keys(form.errors).length > 0
  const corrected = marks.filter(({ how }) => how === 'correction').at(-1)
  return (
    <li data-enrolment={enrolment.id}>
      <span class="roll-name">
        <Name latin={name.latin} original={name.original} />{' '}
        {now === null ? (
          <Chip state="none">{t('courses.present.unsaid')}</Chip>
        ) : (
          <Chip state={now.present ? 'good' : 'bad'}>
            {t(now.present ? 'courses.present.yes' : 'courses.present.no')}
          </Chip>
        )}
        {now?.present && (now.from_time || now.to_time) && (
          <>
            {' '}
            <bdi dir="ltr">
              {(now.from_time ?? lesson.starts_at).slice(0, 5)}–{(now.to_time ?? lesson.ends_at).slice(0, 5)}
            </bdi>{' '}
            <Minutes of={now.minutes} />
          </>
        )}
        {drawn && now?.present && <Chip state="good">{t('courses.sign.done')}</Chip>}{' '}
        {sign && <a href={sign}>{t(drawn ? 'courses.sign.again' : 'courses.sign.title')}</a>}
        {conflict && <Chip state="wait">{t('courses.lesson.conflict')}</Chip>}
        {corrected && (
          <span class="text-muted">
            {t('courses.correction.was', { reason: corrected.reason })} <Moment at={corrected.recorded_at} as="short" />
          </span>
        )}
      </span>
      {opened && (
        <form method="post" action={action} class="roll-mark">
          <input type="hidden" name="_once" value={crypto.randomUUID()} />
          <input type="hidden" name="_ambito" value={form.ambito_id} />
          <input type="hidden" name="enrolment" value={enrolment.id} />
          {seen.map((id) => (
            <input type="hidden" name="seen" value={id} />
          ))}
          <button
            class={now?.present ? 'btn btn-primary' : 'btn btn-outline-primary'}
            type="submit"
            name="present"
            value="yes"
            aria-pressed={now?.present ? 'true' : 'false'}
          >
            {t('courses.present.yes')}
          </button>
          <button
            class={now && !now.present ? 'btn btn-danger' : 'btn btn-outline-primary'}
            type="submit"
            name="present"
            value="no"
            aria-pressed={now && !now.present ? 'true' : 'false'}
          >
            {t('courses.present.no')}
          </button>
          <details class="roll-times" open={tried}>
            <summary>{t('courses.lesson.times')}</summary>
            <label>
              {t('courses.lesson.in')} <input type="time" name="from_time" value={now?.from_time?.slice(0, 5) ?? ''} />
            </label>{' '}
            <label>
              {t('courses.lesson.out')} <input type="time" name="to_time" value={now?.to_time?.slice(0, 5) ?? ''} />
            </label>
          </details>
        </form>
      )}
    </li>
  )
}

/** Behind a teacher's link: the lessons of one edition. */
export function RegisterLinkPage({
  edition,
  lessons,
  token,
}: {
  edition: Edition
  lessons: readonly Lesson[]
  token: string
}) {
  const { t, lang } = useFrame()
  return (
    <Page
      title={t('courses.register.title')}
      lead={edition.title}
      head={<meta name="robots" content="noindex, noarchive" />}
    >
      {lessons.length === 0 ? (
        <EmptyState pictogram="calendar">{t('courses.calendar.empty')}</EmptyState>
      ) : (
        <ul class="plain">
          {lessons.map((lesson) => (
            <li>
              <a href={open.lesson.href({ l: lang, token, lesson: lesson.id })}>
                <Day on={lesson.on_day} />, <Time at={lesson.starts_at} />
              </a>{' '}
              {lesson.closed_at ? (
                <Chip state="good">{t('courses.lesson.closed')}</Chip>
              ) : (
                <Chip state="none">{t('courses.lesson.to_hold')}</Chip>
              )}
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
