import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import { apiDescription } from '../../ui/urls.ts'
import type { systemForm, webhookForm } from '../forms.ts'
import type { DeliveryLine, System } from '../store/systems.ts'
import { mediation } from '../urls.ts'
import { StateChip } from './calls.tsx'

type ListProps = {
  body: { id: string; name: string }
  systems: readonly System[]
  form: Form<typeof systemForm>
  /** Just made: this page alone shows it. */
  key_made: string | null
}
export function SystemsPage({ body, systems, form, key_made }: ListProps) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.systems.title')} lead={t('mediation.systems.lead', { body: body.name })}>
      {key_made && (
        <Callout state="good" title={t('mediation.systems.key_once')} live>
          <p>
            <code>{key_made}</code>
          </p>
        </Callout>
      )}
      <p>
        <a href={apiDescription.href()}>{t('mediation.systems.description')}</a> ·{' '}
        <a href={mediation.body.href({ body: body.id })}>
          <bdi>{body.name}</bdi>
        </a>
      </p>
      <Table
        caption={t('mediation.systems.title')}
        caption_hidden
        rows={systems}
        empty={t('mediation.systems.none')}
        columns={[
          {
            header: t('mediation.systems.name'),
            names: true,
            cell: ({ id, name }) => <a href={mediation.system.href({ system: id })}>{name}</a>,
          },
          { header: t('mediation.systems.contact'), cell: ({ contact_name }) => <bdi>{contact_name}</bdi> },
          { header: t('mediation.systems.used'), cell: ({ used_on }) => used_on && <Day on={used_on} as="numeric" /> },
          { header: t('mediation.call.state'), cell: (system) => <Stand of={system} /> },
        ]}
      />
      <Details summary={t('mediation.systems.new')} open={Object.keys(form.errors).length > 0}>
        <FormCard form={form} submit={t('mediation.systems.make')} quiet>
          <Field
            form={form}
            name="name"
            label={t('mediation.systems.name')}
            hint={t('mediation.systems.name_hint')}
            max_length={80}
          />
          <Field
            form={form}
            name="contact_name"
            label={t('mediation.systems.contact')}
            hint={t('mediation.systems.contact_hint')}
            max_length={120}
          />
          <Field form={form} name="email" kind="email" label={t('mediation.systems.contact_email')} />
          <Field form={form} name="phone" kind="tel" label={t('mediation.systems.contact_phone')} />
          <Field
            form={form}
            name="tech_email"
            kind="email"
            label={t('mediation.systems.tech')}
            hint={t('mediation.systems.tech_hint')}
          />
        </FormCard>
      </Details>
    </Page>
  )
}

function Stand({ of: { revoked_at, url, failing_since } }: { of: System }) {
  const { t } = useFrame()
  if (revoked_at) return <Chip state="none">{t('mediation.systems.revoked')}</Chip>
  if (failing_since) return <Chip state="bad">{t('mediation.systems.failing')}</Chip>
  return <Chip state="good">{t(url ? 'mediation.systems.told' : 'mediation.systems.asks')}</Chip>
}

type SystemProps = {
  system: System
  last: { url: string; off_at: string | null; off_why: string | null } | undefined
  secret: string
  deliveries: readonly DeliveryLine[]
  form: Form<typeof webhookForm>
}
export function SystemPage({ system, last, secret, deliveries, form }: SystemProps) {
  const { t } = useFrame()
  const living = system.revoked_at === null
  const target = mediation.webhook.href({ system: system.id })
  return (
    <Page title={system.name} wide>
      <Facts
        of={[
          [
            t('mediation.call.body'),
            <a href={mediation.systems.href({ body: system.body_id })}>
              <bdi>{system.body_name}</bdi>
            </a>,
          ],
          [t('mediation.systems.contact'), <bdi>{system.contact_name}</bdi>],
          [t('mediation.systems.tech'), system.tech_email],
          [t('mediation.systems.made'), <Moment at={system.made_at} as="short" />],
          [t('mediation.call.state'), <Stand of={system} />],
        ]}
      />
      <h2>{t('mediation.webhook.title')}</h2>
      <p>{t('mediation.webhook.lead')}</p>
      {last?.off_why && ['failing', 'gone'].includes(last.off_why) && (
        <Callout state="bad" title={t('mediation.webhook.off')}>
          {t(`mediation.webhook.off.${last.off_why}` as TextKey)}
        </Callout>
      )}
      {living && (
        <>
          <FormCard form={form} submit={t('mediation.save')} quiet>
            <Field
              form={form}
              name="url"
              label={t('mediation.webhook.url')}
              hint={t('mediation.webhook.url_hint')}
              max_length={500}
            />
          </FormCard>
          {last && (
            <p>
              <ButtonForm action={target} values={{ what: system.webhook_id ? 'off' : 'on' }}>
                {t(system.webhook_id ? 'mediation.webhook.switch_off' : 'mediation.webhook.switch_on')}
              </ButtonForm>
            </p>
          )}
          <Details summary={t('mediation.webhook.secret')}>
            <p>{t('mediation.webhook.secret_hint')}</p>
            <p>
              <code>{secret}</code>
            </p>
            <ButtonForm action={target} values={{ what: 'new_secret' }} sure={t('mediation.webhook.secret_sure')}>
              {t('mediation.webhook.new_secret')}
            </ButtonForm>
          </Details>
        </>
      )}
      <h2>{t('mediation.webhook.deliveries')}</h2>
      <Table
        caption={t('mediation.webhook.deliveries')}
        caption_hidden
        rows={deliveries}
        empty={t('mediation.webhook.none')}
        columns={[
          {
            header: t('mediation.call.number'),
            names: true,
            cell: ({ call_id, number }) => <a href={mediation.call.href({ call: call_id })}>M-{number}</a>,
          },
          {
            header: t('mediation.call.state'),
            cell: ({ state, file_id }) => (file_id ? t('mediation.webhook.translation') : <StateChip state={state} />),
          },
          { header: t('mediation.webhook.made'), cell: ({ made_at }) => <Moment at={made_at} as="short" /> },
          { header: t('mediation.webhook.end'), cell: (one) => <End of={one} /> },
          {
            header: t('mediation.webhook.answer'),
            cell: ({ status, said }) => (status ? status : said && t(`mediation.webhook.said.${said}` as TextKey)),
          },
          { header: t('mediation.webhook.attempts'), align: 'end', cell: ({ attempts }) => attempts },
          {
            header: t('mediation.webhook.again'),
            cell: ({ id }) =>
              living && (
                <ButtonForm kind="quiet" action={mediation.sendAgain.href({ system: system.id, delivery: id })}>
                  {t('mediation.webhook.send_again')}
                </ButtonForm>
              ),
          },
        ]}
      />
      {living && (
        <ButtonForm
          kind="danger"
          action={mediation.revokeSystem.href({ system: system.id })}
          sure={t('mediation.systems.revoke_sure')}
        >
          {t('mediation.systems.revoke')}
        </ButtonForm>
      )}
    </Page>
  )
}

function End({ of: { delivered_at, given_up_at, next_at, attempts } }: { of: DeliveryLine }) {
  const { t } = useFrame()
  if (delivered_at)
    return (
      <Chip state="good">
        {t('mediation.webhook.delivered')} <Moment at={delivered_at} as="short" />
      </Chip>
    )
  if (given_up_at) return <Chip state="bad">{t('mediation.webhook.given_up')}</Chip>
  return (
    <Chip state="wait">
      {t('mediation.webhook.waiting')} {attempts > 0 && next_at && <Moment at={next_at} as="short" />}
    </Chip>
  )
}
