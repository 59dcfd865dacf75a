/** The first interview, the aims, a step: and what changed while somebody was writing. */
import type { Form } from '../../kernel/form.ts'
import { type HeadLine, PersonLine } from '../../people/parts.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Choices, Select, Tick } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import {
  availabilities,
  childcares,
  closeReasons,
  educationList,
  employmentList,
  licences,
  owners,
  stepKinds,
  transports,
} from '../codes.ts'
import type { aimsForm, closingForm, interviewForm, stepForm } from '../forms.ts'
import type { Change, Plan, Referral, Step } from '../store/plans.ts'
import { orientation } from '../urls.ts'
import { languageOptions, useWords } from './words.ts'

// --- meanwhile ------------------------------------------------------------------------------------------------------

/** What changed since the version somebody had on the screen: who, when, which words before and after. */
export type Meanwhile = {
  changes: readonly Change[]
  by: ReadonlyMap<string, string>
  steps: readonly Pick<Step, 'id' | 'kind' | 'text'>[]
}

export function MeanwhileNote({ of: { changes, by, steps } }: { of: Meanwhile }) {
  const { t, word } = useWords()
  const named = new Map(steps.map((step) => [step.id, step.kind === 'other' ? step.text : word('step', step.kind)]))
  return (
    <Callout state="wait" title={t('orientation.meanwhile')}>
      <ul data-meanwhile>
        {changes.map((change) => (
          <li>
            <strong>{word('change', change.what)}</strong>
            {change.step_id && <>: {named.get(change.step_id)}</>} – {by.get(change.by_account ?? '') ?? '—'},{' '}
            <Moment at={change.at} as="short" />
            {change.fields.length > 0 && (
              <ul>
                {change.fields.map(({ field, before, after }) => (
                  <li>
                    {word('field', field)}: «<Said of={before} in_field={field} />» → «
                    <Said of={after} in_field={field} />»
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <p>{t('orientation.meanwhile.save_again')}</p>
    </Callout>
  )
}

const listOf: Record<string, string> = {
  availability: 'available',
  transport: 'transport',
  licences: 'licence_of',
  childcare: 'childcare',
  kind: 'step',
  owner: 'who',
}
function Said({ of, in_field }: { of: string | string[]; in_field: string }) {
  const { t, word, words, employment, education } = useWords()
  if (of.length === 0) return <>{t('orientation.nothing')}</>
  if (in_field === 'employment') return <>{employment(String(of))}</>
  if (in_field === 'education') return <>{education(String(of))}</>
  if (in_field === 'due_on') return <Day on={String(of)} as="numeric" />
  const list = listOf[in_field]
  if (Array.isArray(of)) return <>{list ? words(list, of) : of.join(', ')}</>
  return <>{list ? word(list, of) : of}</>
}

// --- aims -----------------------------------------------------------------------------------------------------------

type AimsForm = Form<typeof aimsForm>
/** What both the first interview and a later change ask; never health, family story, justice or faith. */
function AimFields({ form }: { form: AimsForm }) {
  const { t, options, lang } = useWords()
  return (
    <>
      <Select
        form={form}
        name="language"
        label={t('orientation.field.language')}
        hint={t('orientation.field.language_hint')}
        options={languageOptions(lang)}
        optional
      />
      <Field
        form={form}
        name="goal"
        kind="textarea"
        label={t('orientation.field.goal')}
        hint={t('orientation.field.goal_hint')}
        max_length={600}
        optional
      />
      <Field
        form={form}
        name="goal_own"
        kind="textarea"
        label={t('orientation.field.goal_own')}
        max_length={600}
        rows={2}
        optional
      />
      <Choices
        form={form}
        name="availability"
        label={t('orientation.field.availability')}
        options={options('available', availabilities)}
        beside
        optional
      />
      <Field
        form={form}
        name="hours_note"
        label={t('orientation.field.hours_note')}
        hint={t('orientation.field.hours_hint')}
        max_length={200}
        optional
      />
      <Field form={form} name="minors" kind="number" label={t('orientation.field.minors')} optional />
      <Choice
        form={form}
        name="childcare"
        label={t('orientation.field.childcare')}
        options={options('childcare', childcares)}
        beside
        optional
      />
      <Choices
        form={form}
        name="transport"
        label={t('orientation.field.transport')}
        options={options('transport', transports)}
        beside
        optional
      />
      <Choices
        form={form}
        name="licences"
        label={t('orientation.field.licences')}
        options={options('licence_of', licences)}
        beside
        optional
      />
      <Select
        form={form}
        name="employment"
        label={t('orientation.field.employment')}
        options={employmentList.map((one) => ({ value: one.code, text: lang === 'it' ? one.it : one.en }))}
        optional
      />
      <Select
        form={form}
        name="education"
        label={t('orientation.field.education')}
        options={educationList.map((one) => ({ value: one.code, text: lang === 'it' ? one.it : one.en }))}
        optional
      />
    </>
  )
}

export function InterviewPage({
  form,
  head,
  referral,
  plan,
}: {
  form: Form<typeof interviewForm>
  head: HeadLine
  referral: Referral | undefined
  /** There is one already: nobody has two. */
  plan: Plan | undefined
}) {
  const { t } = useWords()
  return (
    <Page title={t('orientation.interview')} lead={t('orientation.interview.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      {referral && (
        <Callout state="info">
          <p>
            {t('orientation.sent.by_desk')}: <Day on={referral.on_day} />
          </p>
          <p>
            <a href={orientation.referralEnd.href({ referral: referral.id })}>{t('orientation.sent.end')}</a>
          </p>
        </Callout>
      )}
      {plan ? (
        <Callout state="info">
          <p>
            <a href={orientation.plan.href({ plan: plan.id })}>{t('orientation.interview.has_plan')}</a>
          </p>
        </Callout>
      ) : (
        <FormCard form={form} submit={t('orientation.interview.save')}>
          <AimFields form={form as unknown as AimsForm} />
          <Field
            form={form}
            name="minutes"
            kind="number"
            label={t('orientation.interview.minutes')}
            hint={t('orientation.interview.minutes_hint')}
            optional
          />
          <Tick form={form} name="mediator_present" label={t('orientation.field.mediator_present')} />
        </FormCard>
      )}
    </Page>
  )
}

type About = { plan: Plan; head: HeadLine; meanwhile: Meanwhile | null }

export function AimsPage({ form, plan, head, meanwhile }: About & { form: AimsForm }) {
  const { t } = useWords()
  return (
    <Page title={t('orientation.aims')}>
      <p>
        <PersonLine of={head} />
      </p>
      {meanwhile && <MeanwhileNote of={meanwhile} />}
      <FormCard form={form} submit={t('orientation.save')} cancel={backTo(plan, t('orientation.back_to_plan'))}>
        <Hidden name="seen" value={String(plan.version)} />
        <AimFields form={form} />
      </FormCard>
    </Page>
  )
}

export const backTo = ({ id }: Pick<Plan, 'id'>, text: string) => ({ href: orientation.plan.href({ plan: id }), text })

export function StepPage({
  form,
  plan,
  head,
  meanwhile,
  title,
}: About & { form: Form<typeof stepForm>; title: 'orientation.step.new' | 'orientation.step' }) {
  const { t, options } = useWords()
  return (
    <Page title={t(title)}>
      <p>
        <PersonLine of={head} />
      </p>
      {meanwhile && <MeanwhileNote of={meanwhile} />}
      <FormCard form={form} submit={t('orientation.save')} cancel={backTo(plan, t('orientation.back_to_plan'))}>
        <Hidden name="seen" value={String(plan.version)} />
        <Select form={form} name="kind" label={t('orientation.field.kind')} options={options('step', stepKinds)} />
        <Field
          form={form}
          name="text"
          label={t('orientation.field.text')}
          hint={t('orientation.field.text_hint')}
          max_length={300}
          optional
        />
        <Field form={form} name="text_own" label={t('orientation.field.text_own')} max_length={300} optional />
        <Choice form={form} name="owner" label={t('orientation.field.owner')} options={options('who', owners)} beside />
        <Field form={form} name="owner_text" label={t('orientation.field.owner_text')} max_length={120} optional />
        <Field form={form} name="due_on" kind="date" label={t('orientation.field.due_on')} />
      </FormCard>
    </Page>
  )
}

export function ClosingPage({ form, plan, head }: { form: Form<typeof closingForm>; plan: Plan; head: HeadLine }) {
  const { t, options } = useWords()
  return (
    <Page title={t('orientation.plan.close')} lead={t('orientation.plan.close_lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      <FormCard
        form={form}
        submit={t('orientation.plan.close_save')}
        cancel={backTo(plan, t('orientation.back_to_plan'))}
      >
        <Choice form={form} name="reason" label={t('orientation.why')} options={options('close', closeReasons)} />
      </FormCard>
    </Page>
  )
}
