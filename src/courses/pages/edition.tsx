import type { Form } from '../../kernel/form.ts'
import { languages, type TextKey } from '../../kernel/i18n.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes } from '../../ui/time.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { Troubles } from '../actions/editions.ts'
import { isForStaff, levelLabel } from '../codes.ts'
import type { chargeForm, endingForm, teacherForm } from '../forms.ts'
import { isComplete } from '../rules/editions.ts'
import { isOld } from '../rules/texts.ts'
import type { Charge, Edition, EditionText, Teacher } from '../store/editions.ts'
import { courses, open } from '../urls.ts'

import { Charges } from './charges.tsx'
import { EditionChip, Sections } from './editions.tsx'

type Overview = {
  edition: Edition
  texts: readonly EditionText[]
  charges: readonly Charge[]
  charge: Charge | undefined
  lines: readonly { code: string; title: string }[]
  teachers: readonly Teacher[]
  provider: string | null
  place: string | null
  lessons: { planned: number; closed: number; minutes: number }
  taken: number
  waiting: number
  troubles: Troubles
  may: { plan: boolean; write: boolean }
  trainers: readonly { id: string; name: string }[]
  forms: { teacher: Form<typeof teacherForm>; ending: Form<typeof endingForm>; charge: Form<typeof chargeForm> }
  link: string | null
  problem: string | undefined
}

export function EditionPage({
  edition,
  texts,
  charges,
  charge,
  lines,
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
              : t('courses.edition.above_minimum', { taken, capacity: edition.capacity ?? '—' }))}
        </p>
      </Callout>
      {!isComplete(edition) && !edition.cancelled_at && (
        <Callout state="wait" title={t('courses.edition.incomplete')}>
          <p>{t('courses.edition.incomplete.long')}</p>
        </Callout>
      )}
      <Trouble of={troubles} />
      <Facts
        of={[
          [t('courses.edition.kind'), t(`courses.kind.${edition.kind}` as TextKey)],
          [t('courses.edition.action'), `${edition.action}${edition.civic ? ` · ${t('courses.edition.civic')}` : ''}`],
          [
            t('courses.edition.hours'),
            edition.planned_minutes === null ? <Missing /> : <Minutes of={edition.planned_minutes} />,
          ],
          edition.capacity === null && [t('courses.edition.capacity'), <Missing />],
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
              {t('courses.edition.enrolled.of', { taken, capacity: edition.capacity ?? '—', waiting })}
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
          [t('courses.edition.budget_line'), charge?.budget_line],
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
        {!isForStaff(edition.kind) && taken > 0 && (
          <a class="btn btn-outline-primary" href={courses.pacts.href(id)}>
            {t('courses.paper.pacts')}
          </a>
        )}
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
      {may.plan && <Charges edition={edition} charges={charges} lines={lines} form={forms.charge} />}
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

function Missing() {
  const { t } = useFrame()
  return <Chip state="wait">{t('courses.edition.to_complete')}</Chip>
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
