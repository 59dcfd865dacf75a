import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { languageName } from '../../territory/actions.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Combo } from '../../ui/combo.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes, Moment, Money } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import { weekdayInWords } from '../../ui/words-of-time.ts'
import { credentials, fieldLabel, fields, levels } from '../codes.ts'
import type { credentialForm, exceptionForm, languageForm, mediatorForm, noFields, weekForm } from '../forms.ts'
import type { Contract } from '../store/contracts.ts'
import type { Mediator, MediatorLine } from '../store/mediators.ts'
import { mediation } from '../urls.ts'
import { Sections } from './calls.tsx'

type Named = readonly { code: string; name: string }[]
const asOptions = (named: Named) => named.map(({ code, name }) => ({ value: code, text: name }))

export function MediatorsPage({
  mediators,
  comuni,
}: {
  mediators: readonly MediatorLine[]
  comuni: ReadonlyMap<string, string>
}) {
  const { t, lang } = useFrame()
  return (
    <Page
      title={t('mediation.nav.mediators')}
      wide
      actions={
        <a class="btn btn-primary" href={mediation.newMediator.href()}>
          {t('mediation.mediator.new')}
        </a>
      }
    >
      <Sections here="mediators" />
      <Table
        caption={t('mediation.nav.mediators')}
        caption_hidden
        rows={mediators}
        empty={t('mediation.mediator.none')}
        columns={[
          {
            header: t('mediation.mediator.name'),
            names: true,
            cell: ({ id, name }) => (
              <a href={mediation.mediator.href({ mediator: id })}>
                <bdi>{name}</bdi>
              </a>
            ),
          },
          {
            header: t('mediation.mediator.languages'),
            cell: ({ languages }) => (languages ?? []).map((code) => languageName(code, lang)).join(', '),
          },
          {
            header: t('mediation.mediator.base'),
            cell: ({ base_comune }) => (base_comune ? (comuni.get(base_comune) ?? base_comune) : ''),
          },
          {
            header: t('mediation.mediator.works_for'),
            cell: ({ provider_name, contract_title }) => provider_name ?? contract_title,
          },
          {
            header: t('mediation.contract.dispatch'),
            cell: ({ dispatch }) => t(`mediation.dispatch.${dispatch}` as TextKey),
          },
        ]}
      />
    </Page>
  )
}

export function MediatorFormPage({
  form,
  comuni,
  contracts,
  languages,
  changes = false,
}: {
  form: Form<typeof mediatorForm>
  comuni: Named
  contracts: readonly { id: string; title: string }[]
  languages: Named
  changes?: boolean
}) {
  const { t, lang } = useFrame()
  return (
    <Page title={t(changes ? 'mediation.mediator.change' : 'mediation.mediator.new')}>
      <FormCard form={form} submit={t('mediation.save')}>
        <Field form={form} name="name" label={t('mediation.mediator.name')} max_length={120} />
        <Field form={form} name="email" kind="email" label={t('mediation.mediator.email')} />
        <Field form={form} name="phone" kind="tel" label={t('mediation.mediator.phone')} optional />
        <Select form={form} name="lang" label={t('mediation.mediator.reads')} options={asOptions(languages)} />
        <Choice
          form={form}
          name="gender"
          label={t('mediation.mediator.gender')}
          options={(['F', 'M', 'X'] as const).map((code) => ({
            value: code,
            text: t(`mediation.recipient.gender.${code}`),
          }))}
          beside
        />
        <Select
          form={form}
          name="contract_id"
          label={t('mediation.contract.title')}
          options={contracts.map(({ id, title }) => ({ value: id, text: title }))}
        />
        <Select
          form={form}
          name="base_comune"
          label={t('mediation.mediator.base')}
          options={asOptions(comuni)}
          optional
        />
        <Tick form={form} name="car" label={t('mediation.mediator.car')} />
        <Field form={form} name="max_travel_minutes" kind="number" label={t('mediation.mediator.max_travel')} />
        <Field form={form} name="monthly_hours" kind="number" label={t('mediation.mediator.monthly_hours')} optional />
        <Tick form={form} name="short_notice" label={t('mediation.mediator.short_notice')} />
        <Tick form={form} name="remote" label={t('mediation.mediator.remote')} />
        <Combo
          form={form}
          name="fields"
          label={t('mediation.mediator.fields')}
          hint={t('mediation.mediator.fields_hint')}
          offers={fields.map((code) => ({ value: code, text: fieldLabel(code, lang) }))}
          optional
        />
      </FormCard>
    </Page>
  )
}

export type ProfileProps = {
  mediator: Mediator
  comune: string
  contract: Contract
  languages: readonly { language: string; variety: string; level: string }[]
  week: readonly { weekday: number; starts_at: string; ends_at: string }[]
  exceptions: readonly { id: string; kind: string; starts_at: string; ends_at: string; source: string }[]
  credentials: readonly { kind: string; on_day: string; expires_on: string | null }[]
  stances: readonly { kind: string; name: string }[]
  today: string
  keeps: boolean
  spoken: Named
  calendar: string | null
  forms: {
    language: Form<typeof languageForm>
    week: Form<typeof weekForm>
    exception: Form<typeof exceptionForm>
    credential: Form<typeof credentialForm>
    calendar: Form<typeof noFields>
  }
}

/** Her profile; the week and the absences are hers to keep. */
export function ProfilePage({
  mediator,
  comune,
  contract,
  languages,
  week,
  exceptions,
  credentials: papers,
  stances,
  today,
  keeps,
  spoken,
  calendar,
  forms,
}: ProfileProps) {
  const { t, lang } = useFrame()
  const part = (part: string) => mediation.mediatorPart.href({ mediator: mediator.id, part })
  const wall = (time: string) => time.slice(0, 5)
  return (
    <Page
      title={t('mediation.mediator.profile')}
      heading={<bdi>{mediator.name}</bdi>}
      actions={
        keeps && (
          <a class="btn btn-outline-primary" href={mediation.changeMediator.href({ mediator: mediator.id })}>
            {t('mediation.mediator.change')}
          </a>
        )
      }
    >
      <Facts
        of={[
          [
            t('mediation.mediator.languages'),
            <ul class="plain">
              {languages.map((one) => (
                <li>
                  {languageName(one.language, lang)}
                  {one.variety && ` (${one.variety})`}: {t(`mediation.level.${one.level}` as TextKey)}{' '}
                  {keeps && (
                    <ButtonForm
                      kind="quiet"
                      action={part('togli-lingua')}
                      values={{ language: one.language, variety: one.variety, level: one.level }}
                    >
                      {t('mediation.remove')}
                    </ButtonForm>
                  )}
                </li>
              ))}
            </ul>,
          ],
          [
            t('mediation.mediator.fields'),
            mediator.fields.length === 0
              ? t('mediation.mediator.all_fields')
              : mediator.fields.map((code) => fieldLabel(code, lang)).join(' · '),
          ],
          [t('mediation.mediator.base'), `${comune}${mediator.car ? ` · ${t('mediation.mediator.car')}` : ''}`],
          [t('mediation.mediator.max_travel'), <Minutes of={mediator.max_travel_minutes} />],
          [
            t('mediation.contract.title'),
            `${contract.title} · ${t(`mediation.dispatch.${contract.dispatch}` as TextKey)}`,
          ],
          [t('mediation.contract.rate'), <Money cents={contract.rate_cents} />],
          [
            t('mediation.mediator.monthly_hours'),
            mediator.monthly_minutes !== null && <Minutes of={mediator.monthly_minutes} />,
          ],
          stances.length > 0 && [
            t('mediation.stance.title'),
            stances.map(({ kind, name }) => `${name}: ${t(`mediation.stance.${kind}` as TextKey)}`).join(' · '),
          ],
          keeps && [
            t('mediation.mediator.phone'),
            mediator.phone && <Link href={`tel:${mediator.phone}`}>{mediator.phone}</Link>,
          ],
        ]}
      />
      <h2>{t('mediation.week.title')}</h2>
      {week.length === 0 && <p>{t('mediation.week.always')}</p>}
      <ul class="plain">
        {week.map((one) => (
          <li>
            {weekdayInWords(one.weekday, lang)} {wall(one.starts_at)}–{wall(one.ends_at)}{' '}
            <ButtonForm
              kind="quiet"
              action={part('togli-orario')}
              values={{ weekday: String(one.weekday), starts_at: wall(one.starts_at), ends_at: wall(one.ends_at) }}
            >
              {t('mediation.remove')}
            </ButtonForm>
          </li>
        ))}
      </ul>
      <Details summary={t('mediation.week.add')}>
        <FormCard form={forms.week} submit={t('mediation.save')} action={part('orario')} quiet>
          <Select
            form={forms.week}
            name="weekday"
            label={t('mediation.week.day')}
            options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), text: weekdayInWords(day, lang) }))}
          />
          <Field form={forms.week} name="starts_at" kind="time" label={t('mediation.report.from')} />
          <Field form={forms.week} name="ends_at" kind="time" label={t('mediation.report.to')} />
        </FormCard>
      </Details>
      <h2>{t('mediation.exception.title')}</h2>
      <ul class="plain">
        {exceptions.map((one) => (
          <li>
            <Chip state={one.kind === 'away' ? 'wait' : 'good'}>{t(`mediation.exception.${one.kind}` as TextKey)}</Chip>{' '}
            <Moment at={one.starts_at} as="short" /> – <Moment at={one.ends_at} as="short" />{' '}
            <ButtonForm kind="quiet" action={part('togli-assenza')} values={{ id: one.id }}>
              {t('mediation.remove')}
            </ButtonForm>
          </li>
        ))}
      </ul>
      <Details summary={t('mediation.exception.add')}>
        <FormCard form={forms.exception} submit={t('mediation.save')} action={part('assenza')} quiet>
          <Choice
            form={forms.exception}
            name="kind"
            label={t('mediation.exception.kind')}
            options={(['away', 'free'] as const).map((code) => ({
              value: code,
              text: t(`mediation.exception.${code}`),
            }))}
            beside
          />
          <Field form={forms.exception} name="from_day" kind="date" label={t('mediation.exception.from_day')} />
          <Field
            form={forms.exception}
            id="exception-from"
            name="from"
            kind="time"
            label={t('mediation.report.from')}
            optional
          />
          <Field form={forms.exception} name="to_day" kind="date" label={t('mediation.exception.to_day')} />
          <Field
            form={forms.exception}
            id="exception-to"
            name="to"
            kind="time"
            label={t('mediation.report.to')}
            optional
          />
        </FormCard>
      </Details>
      <Details summary={t('mediation.calendar.title')}>
        {calendar && (
          <Callout title={t('mediation.calendar.address')}>
            <Link href={calendar} />
          </Callout>
        )}
        <ButtonForm action={part('calendario')}>{t('mediation.calendar.make')}</ButtonForm>
        <FormCard form={forms.calendar} submit={t('mediation.calendar.import')} action={part('impegni')} quiet>
          <Upload
            form={forms.calendar}
            name="file"
            label={t('mediation.calendar.file')}
            accept=".ics"
            kinds="ICS"
            megabytes={1}
          />
        </FormCard>
      </Details>
      <h2>{t('mediation.credential.title')}</h2>
      <ul class="plain">
        {papers.map((one) => (
          <li>
            {t(`mediation.credential.${one.kind}` as TextKey)} · <Day on={one.on_day} as="numeric" />{' '}
            {one.expires_on && (
              <Chip state={one.expires_on < today ? 'bad' : 'good'}>
                {t('mediation.credential.until')} <Day on={one.expires_on} as="numeric" />
              </Chip>
            )}
          </li>
        ))}
      </ul>
      {keeps && (
        <>
          <Details summary={t('mediation.credential.add')}>
            <FormCard form={forms.credential} submit={t('mediation.save')} action={part('documento')} quiet>
              <Select
                form={forms.credential}
                id="credential-kind"
                name="kind"
                label={t('mediation.credential.kind')}
                options={credentials.map((code) => ({ value: code, text: t(`mediation.credential.${code}`) }))}
              />
              <Field form={forms.credential} name="on_day" kind="date" label={t('mediation.credential.on_day')} />
              <Field
                form={forms.credential}
                name="expires_on"
                kind="date"
                label={t('mediation.credential.until')}
                optional
              />
            </FormCard>
          </Details>
          <Details summary={t('mediation.mediator.add_language')}>
            <FormCard form={forms.language} submit={t('mediation.save')} action={part('lingua')} quiet>
              <Select
                form={forms.language}
                name="language"
                label={t('mediation.gist.language')}
                options={asOptions(spoken)}
              />
              <Field form={forms.language} name="variety" label={t('mediation.ask.variety')} max_length={80} optional />
              <Choice
                form={forms.language}
                name="level"
                label={t('mediation.level.title')}
                options={levels.map((code) => ({ value: code, text: t(`mediation.level.${code}`) }))}
                beside
              />
            </FormCard>
          </Details>
          {mediator.ended_on === null && (
            <ButtonForm kind="danger" action={part('fine')} sure={t('mediation.mediator.end_sure')}>
              {t('mediation.mediator.end')}
            </ButtonForm>
          )}
        </>
      )}
    </Page>
  )
}
