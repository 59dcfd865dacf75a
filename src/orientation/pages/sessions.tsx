import type { Form } from '../../kernel/form.ts'
import { type HeadLine, PersonLine, PersonName } from '../../people/parts.tsx'
import { languageName } from '../../territory/actions.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Choices, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { Page } from '../../ui/page.tsx'
import { Day, Minutes, Moment } from '../../ui/time.tsx'
import { places, topics, ways, withdrawalReasons } from '../codes.ts'
import type { groupForm, sessionForm, withdrawalForm } from '../forms.ts'
import type { Plan } from '../store/plans.ts'
import type { Session } from '../store/sessions.ts'
import { orientation } from '../urls.ts'
import { backTo } from './plan-forms.tsx'
import { languageOptions, useWords } from './words.ts'

type SessionForm = Form<typeof sessionForm>
function Held({ form, today }: { form: SessionForm; today: string }) {
  const { t, options, lang } = useWords()
  return (
    <>
      <Field form={form} name="on_day" kind="date" label={t('orientation.field.on_day')} max={today} />
      <Field
        form={form}
        name="minutes"
        kind="number"
        label={t('orientation.field.minutes')}
        hint={t('orientation.field.minutes_hint')}
      />
      <Choices
        form={form}
        name="topics"
        label={t('orientation.field.topics')}
        options={options('topic', topics)}
        beside
        optional
      />
      <Select
        form={form}
        name="language"
        label={t('orientation.field.spoken')}
        options={languageOptions(lang)}
        optional
      />
      <Tick form={form} name="mediator_present" label={t('orientation.field.mediator_present')} />
      <Field
        form={form}
        name="record"
        kind="textarea"
        label={t('orientation.field.record')}
        hint={t('orientation.field.record_hint')}
        max_length={2000}
        optional
      />
    </>
  )
}

export function SessionFormPage({
  form,
  plan,
  head,
  today,
}: {
  form: SessionForm
  plan: Plan
  head: HeadLine
  today: string
}) {
  const { t, options } = useWords()
  return (
    <Page title={t('orientation.session.new')}>
      <p>
        <PersonLine of={head} />
      </p>
      <FormCard form={form} submit={t('orientation.session.save')} cancel={backTo(plan, t('orientation.back_to_plan'))}>
        <Choice
          form={form}
          name="kind"
          label={t('orientation.field.kind')}
          options={(['individual', 'accompaniment'] as const).map((value) => ({
            value,
            text: t(`orientation.session.${value}`),
            hint: t(`orientation.session.${value}_hint`),
          }))}
        />
        <Select
          form={form}
          name="where_to"
          label={t('orientation.field.where_to')}
          hint={t('orientation.field.where_to_hint')}
          options={options('place', places)}
          optional
        />
        <Choice form={form} name="way" label={t('orientation.field.way')} options={options('way', ways)} beside />
        <Held form={form} today={today} />
      </FormCard>
    </Page>
  )
}

/** People of open plans, ticked: their names stay on this page. */
export function GroupPage({
  form,
  lines,
  today,
}: {
  form: Form<typeof groupForm>
  lines: readonly { plan: Plan; head: HeadLine | null }[]
  today: string
}) {
  const { t } = useWords()
  const people = lines.flatMap(({ plan, head }) => (head ? [{ id: plan.id, head }] : []))
  return (
    <Page title={t('orientation.group.new')} lead={t('orientation.group.lead')}>
      {people.length < 2 ? (
        <p>{t('orientation.group.nobody')}</p>
      ) : (
        <FormCard
          form={form}
          submit={t('orientation.session.save')}
          cancel={{ href: orientation.list.href(), text: t('orientation.back') }}
        >
          <Choices
            form={form}
            name="plans"
            label={t('orientation.group.who')}
            options={people.map(({ id, head }) => ({
              value: id,
              text: [head.latin, head.original].filter(Boolean).join(' '),
            }))}
          />
          <Held form={form as unknown as SessionForm} today={today} />
        </FormCard>
      )}
    </Page>
  )
}

export function SessionPage({
  session,
  heads,
  by,
  plan_id,
  form,
  works,
}: {
  session: Session
  heads: readonly HeadLine[]
  by: string
  plan_id: string | null
  form: Form<typeof withdrawalForm>
  works: boolean
}) {
  const { t, word, words, lang, options } = useWords()
  return (
    <Page title={t(`orientation.session.${session.kind as 'individual'}`)} lead={<Day on={session.on_day} />}>
      {session.withdrawn_on && (
        <Callout state="wait" title={t('orientation.session.withdrawn')}>
          <p>{word('withdrawal', session.withdrawn_for ?? 'twice')}</p>
        </Callout>
      )}
      <ul class="plain">
        {heads.map((head) => (
          <li>{heads.length > 1 ? <PersonName of={head} /> : <PersonLine of={head} />}</li>
        ))}
      </ul>
      <Facts
        of={[
          [t('orientation.field.minutes'), <Minutes of={session.minutes} />],
          [t('orientation.field.way'), word('way', session.way)],
          session.where_to !== null && [t('orientation.field.where_to'), word('place', session.where_to)],
          [t('orientation.field.topics'), words('topic', session.topics)],
          session.language !== null && [t('orientation.field.spoken'), languageName(session.language, lang)],
          session.mediator_present && [t('orientation.field.mediator_present'), t('orientation.yes')],
          [
            t('orientation.recorded'),
            <>
              <Moment at={session.recorded_at} as="short" /> · {session.held_by || by}
            </>,
          ],
        ]}
      />
      {session.record && <p class="written">{session.record}</p>}
      {plan_id && (
        <p>
          <a href={orientation.plan.href({ plan: plan_id })}>{t('orientation.back_to_plan')}</a>
        </p>
      )}
      {works && !session.withdrawn_on && (
        <Details summary={t('orientation.session.withdraw')} open={Object.keys(form.errors).length > 0}>
          <p>{t('orientation.session.withdraw_lead')}</p>
          <FormCard
            form={form}
            action={orientation.session.href({ session: session.id })}
            submit={t('orientation.session.withdraw')}
            quiet
          >
            <Choice
              form={form}
              name="reason"
              label={t('orientation.why')}
              options={options('withdrawal', withdrawalReasons)}
            />
          </FormCard>
        </Details>
      )}
    </Page>
  )
}
