import type { Form } from '../../kernel/form.ts'
import { type Kin, PersonLine, WhoSigns } from '../../people/parts.tsx'
import { spokenLanguages } from '../../territory/actions.ts'
import { Choice, Choices, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { forWhom, helps, outcomes } from '../codes.ts'
import type { visitForm } from '../forms.ts'
import { desk } from '../urls.ts'
import { Needs } from './who.tsx'
import type { Front, InFront } from './work.tsx'

type VisitForm = Form<typeof visitForm>
const words = <Code extends string>(codes: readonly Code[], text: (code: Code) => string) =>
  codes.map((value) => ({ value, text: text(value) }))

/** Who is here, what they need, how it ended: what is usual is already chosen. */
export function VisitCard({ front, form, of }: { front: Front; form: VisitForm; of: InFront }) {
  const { t } = useFrame()
  const work = (query: Record<string, string | undefined>) => desk.work.href({ opening: front.opening.id }, query)
  return (
    <section aria-labelledby="visit" class="visit-card">
      <h2 id="visit" class="h5">
        <PersonLine of={of.person} then={work({ arrivo: front.arrival ?? undefined, persona: of.person.id })} />
      </h2>
      <WhoSigns id={of.person.id} kin={of.kin} />
      <FormCard
        form={form}
        action={work({})}
        submit={
          <>
            {t('desk.visit.save_and_next')} <kbd>{t('desk.work.save_keys')}</kbd>
          </>
        }
        second={{ name: 'after', value: 'stay', text: t('desk.visit.save') }}
        cancel={{ href: work({ arrivo: front.arrival ?? undefined }), text: t('desk.visit.not_this_one') }}
      >
        <Hidden name="person_id" value={of.person.id} />
        {front.arrival && <Hidden name="arrival_id" value={front.arrival} />}
        <Needs form={form} kind={front.opening.kind} autofocus />
        <Household form={form} kin={of.kin} />
        <Choice
          form={form}
          name="outcome"
          label={t('desk.visit.outcome')}
          options={words(outcomes, (code) => t(`desk.outcome.${code}`))}
          beside
        />
        <div class="if-sent">
          <Field
            form={form}
            name="sent_to"
            label={t('desk.visit.sent_to')}
            hint={t('desk.visit.sent_to_hint')}
            offered={of.bodies}
          />
          <Tick form={form} name="answer_wanted" label={t('desk.visit.answer_wanted')} />
        </div>
        <HowItWent form={form} />
        <More form={form} />
      </FormCard>
    </section>
  )
}

/** The others of the household who are here too: one visit each, the minutes counted once. */
function Household({ form, kin }: { form: VisitForm; kin: Kin }) {
  const { t } = useFrame()
  if (kin.members.length === 0) return null
  return (
    <Choices
      form={form}
      name="also"
      label={t('desk.visit.also')}
      hint={t('desk.visit.also_hint')}
      options={kin.members.map(({ head, words }) => ({
        value: head.id,
        text: [head.latin || head.original, words].join(', '),
      }))}
      beside
      optional
    />
  )
}

function HowItWent({ form }: { form: VisitForm }) {
  const { t, lang } = useFrame()
  return (
    <div class="fields-row">
      <Field form={form} name="minutes" kind="number" label={t('desk.visit.minutes')} optional />
      <Select
        form={form}
        name="language"
        label={t('desk.visit.language')}
        options={spokenLanguages.map(({ code, it, en }) => ({ value: code, text: lang === 'it' ? it : en }))}
        none={t('desk.visit.language_none')}
        optional
      />
      <Tick form={form} name="mediator_present" label={t('desk.visit.mediator_present')} />
    </div>
  )
}

function More({ form }: { form: VisitForm }) {
  const { t } = useFrame()
  return (
    <Details summary={t('desk.visit.more')} open={Boolean(form.errors.mandate_seen)}>
      <Choice
        form={form}
        name="for_whom"
        label={t('desk.visit.for_whom')}
        options={words(forWhom, (code) => t(`desk.for.${code}`))}
        beside
        optional
      />
      <Tick form={form} name="mandate_seen" label={t('desk.visit.mandate_seen')} />
      <Choices
        form={form}
        name="help"
        label={t('desk.visit.help')}
        options={words(helps, (code) => t(`desk.help.${code}`))}
        beside
        optional
      />
      <Field
        form={form}
        name="note"
        kind="textarea"
        label={t('desk.visit.note')}
        hint={t('desk.visit.note_hint')}
        optional
      />
    </Details>
  )
}
