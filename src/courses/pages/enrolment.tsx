import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { type HeadLine, PersonLine } from '../../people/parts.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { Deed } from '../actions/enrolling.ts'
import type { Hours } from '../actions/outcomes.ts'
import type { Named } from '../actions/register.ts'
import { dropReasons, isForStaff, levelLabel, levels, moments } from '../codes.ts'
import type { dropForm, levelForm, transferForm } from '../forms.ts'
import { wasIn } from '../rules/states.ts'
import type { Edition } from '../store/editions.ts'
import type { Enrolment, Level, Offer, Step } from '../store/enrolments.ts'
import type { Rating } from '../store/ratings.ts'
import { courses } from '../urls.ts'
import { HoursAndPercent } from './hours.tsx'

import { PactChip, StateChip } from './people.tsx'
import { Ratings } from './rating.tsx'

type OneProps = {
  edition: Edition
  enrolment: Enrolment
  name: Named
  head: HeadLine | null
  steps: readonly Step[]
  by: ReadonlyMap<string, string>
  levels: readonly Level[]
  pact_signed: boolean
  /** Null: nothing is asked. */
  ratings: readonly Rating[] | null
  hours: Hours | undefined
  offer: Offer | null
  editions: readonly { id: string; title: string }[]
  deeds: readonly Deed[]
  may: { decide: boolean; assess: boolean }
  forms: { drop: Form<typeof dropForm>; transfer: Form<typeof transferForm>; level: Form<typeof levelForm> }
  problem: string | undefined
}

export function EnrolmentPage({
  edition,
  enrolment,
  name,
  head,
  steps,
  by,
  levels: assessed,
  pact_signed,
  ratings,
  hours,
  offer,
  editions,
  deeds,
  may,
  forms,
  problem,
}: OneProps) {
  const { t, lang } = useFrame()
  const id = { enrolment: enrolment.id }
  return (
    <Page
      title={t('courses.enrolment.title')}
      heading={<Name latin={name.latin} original={name.original} />}
      lead={<a href={courses.people.href({ edition: edition.id })}>{edition.title}</a>}
    >
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {head && (
        <p>
          <PersonLine of={head} />
        </p>
      )}
      {offer && (
        <Callout state={offer.told ? 'info' : 'wait'} title={t('courses.at.offered')}>
          <p>
            {t('courses.status.until')} <Moment at={offer.expires_at} />
          </p>
          {!offer.told && <p>{t('courses.offer.call', { phone: enrolment.phone || '—' })}</p>}
        </Callout>
      )}
      <Facts
        of={[
          [t('courses.people.state'), <StateChip of={enrolment.state} />],
          enrolment.trainee_id !== null && [
            t('courses.field.body'),
            [enrolment.trainee_body, enrolment.trainee_job].filter(Boolean).join(', '),
          ],
          [t('courses.field.email'), enrolment.email && <bdi dir="ltr">{enrolment.email}</bdi>],
          [t('courses.field.phone'), enrolment.phone && <bdi dir="ltr">{enrolment.phone}</bdi>],
          enrolment.signer_name !== '' && [
            t('courses.enrolment.signed_by'),
            `${enrolment.signer_name} (${t(`courses.signer.${enrolment.signer_as ?? 'parent'}` as TextKey)})`,
          ],
          enrolment.needs_childcare && [t('courses.childcare'), t('courses.field.childcare')],
          !isForStaff(edition.kind) &&
            wasIn(enrolment.state) && [
              t('courses.pact.title'),
              <>
                <PactChip signed={pact_signed} /> <a href={courses.pact.href(id)}>{t('courses.paper.pact')}</a>
              </>,
            ],
          hours && [t('courses.people.hours'), <HoursAndPercent of={hours} />],
          ...assessed.map(
            ({ moment, level, on_day, assessor }) =>
              [
                t(`courses.moment.${moment}` as TextKey),
                <>
                  {levelLabel(level, lang)}, <Day on={on_day} as="short" />
                  {assessor && <>, {assessor}</>}
                </>,
              ] as const,
          ),
        ]}
      />
      {may.decide && deeds.length > 0 && (
        <div class="actions">
          {deeds.map((deed, at) => (
            <ButtonForm
              action={courses.step.href(id)}
              values={{ deed }}
              kind={at === 0 ? 'primary' : 'outline'}
              {...(deed === 'withdraw' && { sure: t('courses.deed.withdraw.sure') })}
            >
              {t(`courses.deed.${deed}`)}
            </ButtonForm>
          ))}
        </div>
      )}
      {may.assess && !isForStaff(edition.kind) && (
        <Details summary={t('courses.level.add')} open={Object.keys(forms.level.errors).length > 0}>
          <FormCard form={forms.level} action={courses.level.href(id)} submit={t('courses.save')} quiet>
            <Choice
              form={forms.level}
              name="moment"
              label={t('courses.level.moment')}
              options={moments.map((value) => ({ value, text: t(`courses.moment.${value}`) }))}
              beside
            />
            <Select
              form={forms.level}
              name="level"
              label={t('courses.level.level')}
              options={levels.map((value) => ({ value, text: levelLabel(value, lang) }))}
            />
            <Field form={forms.level} name="on_day" kind="date" label={t('courses.level.on_day')} />
            <Field form={forms.level} name="assessor" label={t('courses.level.assessor')} max_length={120} />
            <Tick form={forms.level} name="sure" label={t('courses.level.sure')} />
          </FormCard>
        </Details>
      )}
      {may.decide && enrolment.state === 'enrolled' && (
        <>
          <Details summary={t('courses.drop')} open={Object.keys(forms.drop.errors).length > 0}>
            <FormCard form={forms.drop} action={courses.drop.href(id)} submit={t('courses.drop')} quiet>
              <Choice
                form={forms.drop}
                name="reason"
                label={t('courses.drop.reason')}
                options={dropReasons.map((value) => ({ value, text: t(`courses.reason.${value}`) }))}
              />
            </FormCard>
          </Details>
          {editions.length > 0 && (
            <Details summary={t('courses.transfer')} open={Object.keys(forms.transfer.errors).length > 0}>
              <FormCard form={forms.transfer} action={courses.transfer.href(id)} submit={t('courses.transfer')} quiet>
                <Select
                  form={forms.transfer}
                  name="to"
                  label={t('courses.transfer.to')}
                  options={editions.map((one) => ({ value: one.id, text: one.title }))}
                />
              </FormCard>
            </Details>
          )}
        </>
      )}
      {ratings && <Ratings of={ratings} enrolment={enrolment.id} />}
      <div class="actions">
        {enrolment.person_id && ratings && (
          <a class="btn btn-outline-primary" href={courses.portfolio.href(id)}>
            {t('courses.paper.portfolio')}
          </a>
        )}
        {may.decide && (
          <ButtonForm action={courses.personal.href(id)} kind="outline">
            {t('courses.personal')}
          </ButtonForm>
        )}
      </div>
      <h2>{t('courses.status.trail')}</h2>
      <Timeline
        of={steps.toReversed().map((step) => ({
          when: <Moment at={step.at} />,
          what: t(`courses.at.${step.state}` as TextKey),
          more: (
            <p>
              {[
                step.reason && t(`courses.reason.${step.reason}` as TextKey),
                by.get(step.account_id ?? '') ?? t(`courses.by.${step.by_whom}` as TextKey),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          ),
        }))}
      />
    </Page>
  )
}
