import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { agreementForm, organisationForm } from '../forms.ts'
import { isPublicBody, organisationKinds } from '../rules/organisations.ts'
import type { Comune } from '../store/comuni.ts'
import type { Agreement, Organisation } from '../store/organisations.ts'
import { territory } from '../urls.ts'
import { Ended } from './organisations.tsx'

type Props = {
  organisation: Organisation
  agreements: Agreement[]
  today: string
  changes: boolean
  form?: Form<typeof agreementForm>
}

export function OrganisationPage({ organisation, agreements, today, changes, form }: Props) {
  const { t } = useFrame()
  const { id, name, kind, comune_name, address, phone, email, website, note, ended_on } = organisation
  return (
    <Page
      title={name}
      lead={
        isPublicBody(kind)
          ? `${t(`territory.kind.${kind}`)} · ${t('territory.organisation.public')}`
          : t(`territory.kind.${kind}`)
      }
      actions={changes && <Deeds organisation={organisation} />}
    >
      {ended_on && (
        <p>
          <Ended on={ended_on} />
        </p>
      )}
      <Facts
        of={[
          [t('territory.organisation.comune'), comune_name],
          [t('territory.organisation.address'), address],
          [
            t('territory.organisation.phone'),
            phone && <Link href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Link>,
          ],
          [t('territory.organisation.email'), email && <Link href={`mailto:${email}`}>{email}</Link>],
          [t('territory.organisation.website'), website && <Link href={website} />],
          [t('territory.organisation.note'), note],
        ]}
      />
      <h2>{t('territory.agreement.title')}</h2>
      <AgreementTable agreements={agreements} today={today} />
      {changes && !form && (
        <p>
          <a class="btn btn-outline-primary" href={territory.newAgreement.href({ id })}>
            {t('territory.agreement.add_title')}
          </a>
        </p>
      )}
      {form && (
        <>
          <h2>{t('territory.agreement.add_title')}</h2>
          <FormCard
            form={form}
            submit={t('territory.agreement.add')}
            action={territory.newAgreement.href({ id })}
            cancel={{ href: territory.organisation.href({ id }), text: name }}
          >
            <Field form={form} name="subject" label={t('territory.agreement.subject')} />
            <Field form={form} name="starts_on" kind="date" label={t('territory.agreement.starts_on')} />
            <Field
              form={form}
              name="ends_on"
              kind="date"
              label={t('territory.agreement.ends_on')}
              hint={t('territory.agreement.ends_on_hint')}
              optional
            />
            <Field form={form} name="act" label={t('territory.agreement.act')} optional />
            <Field form={form} name="note" label={t('territory.agreement.note')} optional />
          </FormCard>
        </>
      )}
    </Page>
  )
}

function Deeds({ organisation: { id, ended_on } }: { organisation: Organisation }) {
  const { t } = useFrame()
  return (
    <>
      <a class="btn btn-primary" href={territory.organisationData.href({ id })}>
        {t('territory.organisation.change')}
      </a>
      {ended_on ? (
        <ButtonForm action={territory.organisationBack.href({ id })}>{t('territory.organisation.restore')}</ButtonForm>
      ) : (
        <ButtonForm action={territory.organisationEnded.href({ id })}>{t('territory.organisation.retire')}</ButtonForm>
      )}
    </>
  )
}

function AgreementTable({ agreements, today }: { agreements: Agreement[]; today: string }) {
  const { t } = useFrame()
  return (
    <Table
      caption={t('territory.agreement.caption')}
      caption_hidden
      rows={agreements}
      empty={t('territory.agreement.none')}
      columns={[
        { header: t('territory.agreement.subject'), names: true, cell: ({ subject }) => subject },
        { header: t('territory.agreement.starts_on'), cell: ({ starts_on }) => <Day on={starts_on} as="numeric" /> },
        {
          header: t('territory.agreement.ends_on'),
          cell: ({ ends_on }) => (ends_on ? <Day on={ends_on} as="numeric" /> : t('territory.agreement.no_end')),
        },
        {
          header: t('territory.agreement.state'),
          cell: (agreement) => <AgreementState agreement={agreement} today={today} />,
        },
        { header: t('territory.agreement.act'), cell: ({ act }) => act },
        { header: t('territory.agreement.note'), cell: ({ note }) => note },
      ]}
    />
  )
}

function AgreementState({ agreement: { starts_on, ends_on }, today }: { agreement: Agreement; today: string }) {
  const { t } = useFrame()
  if (starts_on > today) return <Chip state="info">{t('territory.agreement.future')}</Chip>
  if (ends_on && ends_on < today) return <Chip state="none">{t('territory.agreement.past')}</Chip>
  return <Chip state="good">{t('territory.agreement.in_force')}</Chip>
}

export function OrganisationFormPage({
  form,
  comuni,
  known,
}: {
  form: Form<typeof organisationForm>
  comuni: Comune[]
  known?: Organisation
}) {
  const { t } = useFrame()
  const back = known
    ? { href: territory.organisation.href({ id: known.id }), text: known.name }
    : { href: territory.organisations.href(), text: t('territory.nav.organisations') }
  return (
    <Page title={t(known ? 'territory.organisation.change_title' : 'territory.organisation.new')}>
      <FormCard form={form} submit={t('territory.organisation.save')} cancel={back}>
        <Field form={form} name="name" label={t('territory.organisation.name')} max_length={200} />
        <Select
          form={form}
          name="kind"
          label={t('territory.organisation.kind')}
          options={organisationKinds.map((kind) => ({ value: kind, text: t(`territory.kind.${kind}`) }))}
        />
        <Select
          form={form}
          name="comune"
          label={t('territory.organisation.comune')}
          hint={t('territory.organisation.no_comune')}
          optional
          options={comuni.map(({ code, name }) => ({ value: code, text: name }))}
        />
        <Field form={form} name="address" label={t('territory.organisation.address')} optional />
        <Field form={form} name="phone" kind="tel" label={t('territory.organisation.phone')} optional />
        <Field form={form} name="email" kind="email" label={t('territory.organisation.email')} optional />
        <Field
          form={form}
          name="website"
          label={t('territory.organisation.website')}
          hint={t('territory.organisation.website_hint')}
          optional
        />
        <Field form={form} name="note" kind="textarea" label={t('territory.organisation.note')} optional />
      </FormCard>
    </Page>
  )
}
