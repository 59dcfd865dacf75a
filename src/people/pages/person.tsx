import type { Child } from 'hono/jsx'
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'
import type { HeadLine, Title } from '../actions.ts'
import { contactChannels, readings } from '../codes.ts'
import type {
  citizenshipForm,
  missingForm,
  nameForm,
  newPersonForm,
  noticeForm,
  personForm,
  titleForm,
} from '../forms.ts'
import { PersonLine } from '../parts.tsx'
import { type Missing, missingFields } from '../rules.ts'
import { people } from '../urls.ts'
import { type Comuni, PersonFields, useLists } from './person-fields.tsx'

export function NewPersonPage({
  form,
  comuni,
  back = people.search.href(),
}: {
  form: Form<typeof newPersonForm>
  comuni: Comuni
  back?: string
}) {
  const { t } = useFrame()
  return (
    <Page title={t('people.new.title')} lead={t('people.new.lead')}>
      <FormCard form={form} submit={t('people.new.save')} cancel={{ href: back, text: t('people.new.back') }}>
        <PersonFields form={form} comuni={comuni} />
      </FormCard>
    </Page>
  )
}

/** A page about one person: the head line above, one deed below. */
function OnPerson({ title, lead, head, children }: { title: string; lead?: string; head: HeadLine; children: Child }) {
  return (
    <Page title={title} {...(lead && { lead })}>
      <p>
        <PersonLine of={head} />
      </p>
      {children}
    </Page>
  )
}
const toFile = (head: HeadLine, text: string) => ({ href: people.file.href({ id: head.id }), text })

export function EditPersonPage({
  form,
  head,
  comuni,
}: {
  form: Form<typeof personForm>
  head: HeadLine
  comuni: Comuni
}) {
  const { t } = useFrame()
  const lists = useLists()
  return (
    <OnPerson title={t('people.edit.title')} head={head}>
      <FormCard form={form} submit={t('people.edit.save')} cancel={toFile(head, t('people.back_to_file'))}>
        <PersonFields form={form as never} comuni={comuni} />
        <Field form={form} name="email" kind="email" label={t('people.field.email')} optional />
        <div class="fields-beside">
          <Field
            form={form}
            name="tax_code"
            label={t('people.field.tax_code')}
            hint={t('people.field.tax_code_hint')}
            width="medium"
            optional
          />
          <Field form={form} name="arrived_year" kind="number" label={t('people.field.arrived_year')} optional />
        </div>
        <Select
          form={form}
          name="country_of_birth"
          label={t('people.field.country_of_birth')}
          options={lists.countries}
          optional
        />
        <Choice
          form={form}
          name="reads"
          label={t('people.field.reads')}
          options={readings.map((value) => ({ value, text: t(`people.reads.${value}`) }))}
          beside
          optional
        />
        <Choice
          form={form}
          name="channel"
          label={t('people.field.channel')}
          options={contactChannels.map((value) => ({ value, text: t(`people.channel.${value}`) }))}
          beside
          optional
        />
        <Tick
          form={form}
          name="contact_unsafe"
          label={t('people.field.contact_unsafe')}
          hint={t('people.field.contact_unsafe_hint')}
        />
      </FormCard>
    </OnPerson>
  )
}

export function NamePage({ form, head }: { form: Form<typeof nameForm>; head: HeadLine }) {
  const { t } = useFrame()
  return (
    <OnPerson title={t('people.name.title')} lead={t('people.name.lead')} head={head}>
      <FormCard form={form} submit={t('people.name.save')} cancel={toFile(head, t('people.back_to_file'))}>
        <Field form={form} name="surname" label={t('people.field.surname')} />
        <Field form={form} name="given_names" label={t('people.field.given_names')} />
      </FormCard>
    </OnPerson>
  )
}

export function CitizenshipPage({ form, head }: { form: Form<typeof citizenshipForm>; head: HeadLine }) {
  const { t } = useFrame()
  const lists = useLists()
  return (
    <OnPerson title={t('people.citizenship.title')} lead={t('people.citizenship.lead')} head={head}>
      <FormCard form={form} submit={t('people.citizenship.save')} cancel={toFile(head, t('people.back_to_file'))}>
        <Select form={form} name="country" label={t('people.field.citizenship')} options={lists.countries} />
        <Field
          form={form}
          name="since"
          kind="date"
          label={t('people.citizenship.since')}
          hint={t('people.citizenship.since_hint')}
          optional
        />
      </FormCard>
    </OnPerson>
  )
}

export function TitlePage({
  form,
  head,
  correcting,
}: {
  form: Form<typeof titleForm>
  head: HeadLine
  correcting: boolean
}) {
  const { t } = useFrame()
  const lists = useLists()
  return (
    <OnPerson
      title={t(correcting ? 'people.title.correct' : 'people.title.title')}
      lead={t('people.title.lead')}
      head={head}
    >
      <FormCard form={form} submit={t('people.title.save')} cancel={toFile(head, t('people.back_to_file'))}>
        <Select form={form} name="kind" label={t('people.title.kind')} options={lists.kinds} />
        <Select form={form} name="status" label={t('people.title.status')} options={lists.statuses} />
        <div class="fields-beside">
          <Field form={form} name="issued_on" kind="date" label={t('people.title.issued_on')} optional />
          <Field
            form={form}
            name="expires_on"
            kind="date"
            label={t('people.title.expires_on')}
            hint={t('people.title.expires_hint')}
            optional
          />
        </div>
        <Field
          form={form}
          name="number"
          label={t('people.title.number')}
          hint={t('people.title.number_hint')}
          width="medium"
          optional
        />
        <Tick form={form} name="seen" label={t('people.title.seen')} hint={t('people.title.seen_hint')} />
      </FormCard>
    </OnPerson>
  )
}

export function NoticePage({ form, head }: { form: Form<typeof noticeForm>; head: HeadLine }) {
  const { t } = useFrame()
  const lists = useLists()
  return (
    <OnPerson title={t('people.notice.title')} lead={t('people.notice.lead')} head={head}>
      <FormCard form={form} submit={t('people.notice.save')} cancel={toFile(head, t('people.back_to_file'))}>
        <Select form={form} name="language" label={t('people.notice.language')} options={lists.languages} />
        <Choice form={form} name="how" label={t('people.notice.how')} options={lists.ways} />
      </FormCard>
    </OnPerson>
  )
}

/** One question, and the way to leave it for another day. */
export function MissingPage({
  form,
  head,
  what,
  then,
  title,
}: {
  form: Form<typeof missingForm>
  head: HeadLine
  what: Missing
  then: string
  /** The one of which the kind is asked; null where the office decides. */
  title?: Title | null | undefined
}) {
  const { t } = useFrame()
  if (title === null)
    return (
      <OnPerson title={t(`people.missing.${what}`)} head={head}>
        <Callout title={t('people.missing.office_decides')}>
          <a href={then}>{t('people.missing.go_on')}</a>
        </Callout>
      </OnPerson>
    )
  return (
    <OnPerson title={t(`people.missing.${what}`)} lead={t('people.missing.lead')} head={head}>
      {title && <TitleAsked of={title} />}
      <FormCard form={form} submit={t('people.missing.save')} cancel={{ href: then, text: t('people.missing.skip') }}>
        <Hidden name="back" value={then} />
        <MissingFields form={form} what={what} />
      </FormCard>
    </OnPerson>
  )
}

function TitleAsked({ of: { as_written, number, expires_on } }: { of: Title }) {
  const { t } = useFrame()
  return (
    <Facts
      of={[
        as_written !== null && [t('people.title.as_written'), <bdi>{as_written}</bdi>],
        number !== null && [t('people.title.number'), <bdi>{number}</bdi>],
        [t('people.title.expires_on'), expires_on ? <Day on={expires_on} /> : t('people.title.no_expiry')],
      ]}
    />
  )
}

function MissingFields({ form, what }: { form: Form<typeof missingForm>; what: Missing }) {
  const { t } = useFrame()
  const lists = useLists()
  const fields: readonly string[] = missingFields[what]
  return (
    <>
      {fields.includes('citizenship') && (
        <Select form={form} name="citizenship" label={t('people.field.citizenship')} options={lists.countries} />
      )}
      {fields.includes('born') && (
        <Field
          form={form}
          name="born"
          label={t('people.field.born')}
          hint={t('people.field.born_hint')}
          width="medium"
          autofocus
        />
      )}
      {fields.includes('gender') && (
        <Choice form={form} name="gender" label={t('people.field.gender')} options={lists.genders} beside />
      )}
      {fields.includes('kind') && (
        <Select form={form} name="kind" label={t('people.title.kind')} options={lists.kinds} />
      )}
      {fields.includes('status') && (
        <Select form={form} name="status" label={t('people.title.status')} options={lists.statuses} />
      )}
      {fields.includes('expires_on') && (
        <Field
          form={form}
          name="expires_on"
          kind="date"
          label={t('people.title.expires_on')}
          hint={t('people.title.expires_hint')}
          optional
        />
      )}
      {fields.includes('number') && (
        <Field
          form={form}
          name="number"
          label={t('people.title.number')}
          hint={t('people.title.number_hint')}
          width="medium"
          optional
        />
      )}
      {fields.includes('language') && (
        <Select form={form} name="language" label={t('people.notice.language')} options={lists.languages} />
      )}
      {fields.includes('how') && <Choice form={form} name="how" label={t('people.notice.how')} options={lists.ways} />}
    </>
  )
}
