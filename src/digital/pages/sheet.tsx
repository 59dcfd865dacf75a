import type { Form } from '../../kernel/form.ts'
import type { HeadLine } from '../../people/actions.ts'
import { PersonLine } from '../../people/parts.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Choices, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Day, Minutes } from '../../ui/time.tsx'
import type { AfternoonOpen, SittingHere } from '../actions/helping.ts'
import { type Alone, alones, areas, devices, identities, nextSteps, topicList, topicWord } from '../codes.ts'
import type { groupForm, helpForm } from '../forms.ts'
import { digital } from '../urls.ts'

export type Here = {
  person: HeadLine
  arrival: string | null
  sitting: SittingHere
  form: Form<typeof helpForm>
}
/** What was done with one person: topic, alone, save. */
export function Sheet({
  of: { opening },
  here: { person, arrival, sitting, form },
}: {
  of: AfternoonOpen
  here: Here
}) {
  const { t } = useFrame()
  const at = digital.afternoon.href({ opening: opening.id })
  const then = digital.afternoon.href({ opening: opening.id }, { persona: person.id, arrivo: arrival ?? undefined })
  const opened = ['identity', 'minutes', 'next_step', 'area', 'service'].some((name) => form.errors[name as 'area'])
  return (
    <section aria-labelledby="sits" class="visit-card digital-sheet">
      <h2 id="sits" class="h5">
        <PersonLine of={person} then={then} />
      </h2>
      {sitting.over && (
        <Callout state="wait">
          <p>
            {t('digital.limit', { sessions: sitting.used.sessions })} <Minutes of={sitting.used.minutes} />.{' '}
            {t('digital.limit.go_on')}
          </p>
        </Callout>
      )}
      <LastTime of={sitting} />
      <FormCard
        form={form}
        action={at}
        submit={t('digital.save')}
        cancel={{ href: at, text: t('digital.not_this_one') }}
      >
        <Hidden name="person_id" value={person.id} />
        {arrival && <Hidden name="arrival_id" value={arrival} />}
        <Topics form={form} />
        <Choice
          form={form}
          name="alone"
          label={t('digital.field.alone')}
          options={alones.map((value) => ({ value, text: t(`digital.alone.${value}`) }))}
          beside
        />
        <Device form={form} />
        <Details summary={t('digital.more')} open={opened}>
          <Choice
            form={form}
            name="identity"
            label={t('digital.field.identity')}
            options={identities.map((value) => ({ value, text: t(`digital.identity.${value}`) }))}
            beside
            optional
          />
          <More form={form} />
        </Details>
      </FormCard>
    </section>
  )
}

export type AnyForm = Form<typeof helpForm> | Form<typeof groupForm>
/** Both forms ask the same of what was done. */
const shared = (form: AnyForm) => form as Form<typeof helpForm>

export function Topics({ form }: { form: AnyForm }) {
  const { t } = useFrame()
  return (
    <Choices
      form={shared(form)}
      name="topics"
      label={t('digital.field.topics')}
      options={topicList.map(({ code, word }) => ({ value: code, text: t(`digital.topic.${word}`) }))}
      beside
    />
  )
}

export function Device({ form }: { form: AnyForm }) {
  const { t } = useFrame()
  return (
    <Choice
      form={shared(form)}
      name="device"
      label={t('digital.field.device')}
      options={devices.map((value) => ({ value, text: t(`digital.device.${value}`) }))}
      beside
      optional
    />
  )
}

export function More({ form: given }: { form: AnyForm }) {
  const { t } = useFrame()
  const form = shared(given)
  return (
    <>
      <Choice
        form={form}
        name="next_step"
        label={t('digital.field.next_step')}
        options={nextSteps.map((value) => ({ value, text: t(`digital.next_step.${value}`) }))}
        beside
        optional
      />
      <Field form={form} name="minutes" kind="number" label={t('digital.field.minutes')} optional />
      <Field
        form={form}
        name="service"
        label={t('digital.field.service')}
        hint={t('digital.field.service.hint')}
        max_length={80}
        optional
      />
      <Select
        form={form}
        name="area"
        label={t('digital.field.area')}
        options={areas.map((value) => ({ value, text: t(`digital.area.${value}`) }))}
        none={t('digital.field.area.usual')}
        optional
      />
    </>
  )
}

/** What was done the last time, so that today begins where it ended. */
function LastTime({ of: { last } }: { of: SittingHere }) {
  const { t } = useFrame()
  if (!last) return <p class="text-muted">{t('digital.first_time')}</p>
  return (
    <p>
      {t('digital.last_time')} <Day on={last.on_day} as="short" />: <TopicWords topics={last.topics} />{' '}
      <AloneChip of={last.alone as Alone} />
      {last.next_step && <> · {t(`digital.next_step.${last.next_step as 'again'}`)}</>}
    </p>
  )
}

export function TopicWords({ topics }: { topics: readonly string[] }) {
  const { t } = useFrame()
  return <>{topics.map((topic) => t(`digital.topic.${topicWord(topic)}`)).join(', ')}</>
}

const looks = { yes: 'good', helped: 'info', no: 'wait' } as const
export function AloneChip({ of }: { of: Alone }) {
  const { t } = useFrame()
  return <Chip state={looks[of]}>{t(`digital.alone.${of}`)}</Chip>
}
