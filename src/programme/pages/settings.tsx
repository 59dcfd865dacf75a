import type { Form } from '../../kernel/form.ts'
import type { Setting } from '../../kernel/module.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day, Moment } from '../../ui/time.tsx'
import type { SettingNow } from '../actions/settings.ts'
import type { settingForm } from '../forms.ts'
import { Assumed } from '../parts.tsx'
import { programme } from '../urls.ts'
import { Sections, whoOf } from './sections.tsx'

export function SettingsPage({ settings, changes }: { settings: SettingNow[]; changes: boolean }) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.settings.title')} lead={t('programme.settings.intro')} wide>
      <Sections here="settings" />
      <Table
        caption={t('programme.settings.caption')}
        caption_hidden
        rows={settings}
        empty={t('programme.settings.empty')}
        columns={[
          {
            header: t('programme.settings.name'),
            names: true,
            cell: ({ setting }) => (
              <div>
                {changes ? (
                  <a href={programme.setting.href({ name: setting.name })}>{t(setting.text)}</a>
                ) : (
                  t(setting.text)
                )}
                {setting.hint && <span class="form-text d-block">{t(setting.hint)}</span>}
              </div>
            ),
          },
          {
            header: t('programme.settings.value'),
            cell: ({ setting, value, assumed }) => (
              <div>
                <SettingValue setting={setting} value={value} /> {assumed && <Assumed />}
              </div>
            ),
          },
          {
            header: t('programme.settings.since'),
            cell: ({ since }) => (since ? <Day on={since} as="numeric" /> : t('programme.settings.default')),
          },
        ]}
      />
    </Page>
  )
}

function SettingValue({ setting, value }: { setting: Setting; value: unknown }) {
  const { t } = useFrame()
  if (value === null || value === '') return <span class="text-muted">{t('programme.settings.none')}</span>
  if (typeof value === 'boolean') return <>{t(value ? 'programme.setting.yes' : 'programme.setting.no')}</>
  if (typeof value === 'number') return <Count of={value} />
  if (setting.kind === 'day') return <Day on={String(value)} />
  const label = setting.kind === 'choice' ? setting.choices[String(value)] : undefined
  return <>{label ? t(label) : String(value)}</>
}

type Props = { now: SettingNow; names: ReadonlyMap<string, string>; form: Form<typeof settingForm> }

export function SettingPage({ now: { setting, versions }, names, form }: Props) {
  const { t } = useFrame()
  return (
    <Page title={t(setting.text)} {...(setting.hint && { lead: t(setting.hint) })}>
      <FormCard
        form={form}
        submit={t('programme.setting.save')}
        cancel={{ href: programme.settings.href(), text: t('programme.nav.settings') }}
      >
        <ValueField setting={setting} form={form} />
        <Field form={form} name="valid_from" kind="date" label={t('programme.setting.valid_from')} />
        <Field form={form} name="note" label={t('programme.setting.note')} optional />
      </FormCard>
      <h2>{t('programme.setting.history')}</h2>
      <Table
        caption={t('programme.setting.history_caption')}
        caption_hidden
        rows={versions}
        empty={t('programme.setting.no_history')}
        columns={[
          {
            header: t('programme.history.valid_from'),
            names: true,
            cell: ({ valid_from }) => <Day on={valid_from} as="numeric" />,
          },
          {
            header: t('programme.history.value'),
            cell: ({ value }) => <SettingValue setting={setting} value={value} />,
          },
          { header: t('programme.history.note'), cell: ({ note }) => note },
          { header: t('programme.history.when'), cell: ({ recorded_at }) => <Moment at={recorded_at} as="numeric" /> },
          { header: t('programme.history.who'), cell: ({ recorded_by }) => whoOf(names, recorded_by, t) },
        ]}
      />
    </Page>
  )
}

function ValueField({ setting, form }: { setting: Setting; form: Form<typeof settingForm> }) {
  const { t } = useFrame()
  const label = t('programme.setting.value')
  if (setting.kind === 'yes')
    return (
      <Choice
        form={form}
        name="value"
        label={label}
        options={(['yes', 'no'] as const).map((value) => ({ value, text: t(`programme.setting.${value}`) }))}
        beside
      />
    )
  if (setting.kind === 'choice')
    return (
      <Choice
        form={form}
        name="value"
        label={label}
        options={Object.entries(setting.choices).map(([value, text]) => ({ value, text: t(text) }))}
      />
    )
  const kinds = { whole: 'number', day: 'date', text: 'text' } as const
  return (
    <Field
      form={form}
      name="value"
      kind={kinds[setting.kind]}
      label={label}
      {...(setting.kind !== 'whole' && { optional: true })}
    />
  )
}
