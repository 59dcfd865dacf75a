import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import type { Language } from '../../kernel/i18n.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { dayInWords, languageInWords, ownName } from '../../ui/words-of-time.ts'
import type { checkForm } from '../forms.ts'
import type { LanguageState } from '../rules.ts'
import { portal } from '../urls.ts'

type Line = { language: Language; state: LanguageState | undefined }

export function LanguagesPage({ list, keeps }: { list: readonly Line[]; keeps: boolean }) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('portal.languages.title')} lead={t('portal.languages.lead')} wide>
      <p>{t('portal.languages.explain')}</p>
      <Table
        caption={t('portal.languages.caption')}
        caption_hidden
        rows={list}
        empty={t('portal.languages.empty')}
        columns={[
          {
            header: t('portal.languages.language'),
            names: true,
            cell: ({ language }) => (
              <a href={portal.home.href({ l: language })}>
                {languageInWords(language, lang)} · <bdi lang={language}>{ownName(language)}</bdi>
              </a>
            ),
          },
          { header: t('portal.languages.state'), cell: (line) => <OnSite {...line} /> },
          { header: t('portal.languages.checked'), cell: (line) => <Checked {...line} /> },
          keeps && { header: t('portal.languages.do'), cell: (line) => line.language !== 'it' && <Deeds {...line} /> },
        ]}
      />
    </Page>
  )
}

function OnSite({ language, state }: Line) {
  const { lang, now, t } = useFrame()
  if (language === 'it') return <Chip state="good">{t('portal.languages.always')}</Chip>
  if (!state?.live) return <Chip state="none">{t('portal.languages.off')}</Chip>
  return (
    <Chip state="good">{t('portal.languages.on', { day: dayInWords(state.since, lang, dayOf(now), 'numeric') })}</Chip>
  )
}

function Checked({ language, state }: Line) {
  const { lang, now, t } = useFrame()
  if (language === 'it') return <>{t('portal.languages.source')}</>
  if (!state?.checked_by || !state.checked_on) return <Chip state="wait">{t('portal.languages.not_checked')}</Chip>
  return (
    <>
      {t('portal.languages.checked_on', {
        name: state.checked_by,
        day: dayInWords(state.checked_on, lang, dayOf(now), 'numeric'),
      })}
    </>
  )
}

function Deeds({ language, state }: Line) {
  const { t } = useFrame()
  const action = portal.switchLanguage.href({ language })
  return (
    <>
      <a class="btn btn-outline-primary" href={portal.checkLanguage.href({ language })}>
        {t('portal.languages.check')}
      </a>{' '}
      {state?.checked_on && (
        <ButtonForm action={action} kind="quiet" values={{ state: 'unchecked' }}>
          {t('portal.languages.uncheck')}
        </ButtonForm>
      )}
      {state?.live ? (
        <ButtonForm action={action} kind="quiet" values={{ state: 'off' }} sure={t('portal.languages.off_sure')}>
          {t('portal.languages.switch_off')}
        </ButtonForm>
      ) : (
        <ButtonForm action={action} values={{ state: 'on' }}>
          {t('portal.languages.switch_on')}
        </ButtonForm>
      )}
    </>
  )
}

export function CheckPage({
  language,
  form,
  today,
}: {
  language: Language
  form: Form<typeof checkForm>
  today: string
}) {
  const { lang, t } = useFrame()
  const today_offered = { ...form, values: { checked_on: today, ...form.values } }
  return (
    <Page title={t('portal.check.title', { language: languageInWords(language, lang) })} lead={t('portal.check.lead')}>
      <FormCard form={today_offered} submit={t('portal.check.save')}>
        <Field form={today_offered} name="checked_by" label={t('portal.check.by')} max_length={120} />
        <Field form={today_offered} name="checked_on" kind="date" label={t('portal.check.on')} max={today} />
      </FormCard>
    </Page>
  )
}
