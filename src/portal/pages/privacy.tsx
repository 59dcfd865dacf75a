import { Callout } from '../../ui/callout.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Mail } from './contacts.tsx'

const sections = ['site', 'desk', 'must', 'who', 'long'] as const

/** `years` and `months`: how long, as decided or assumed. */
export function PrivacyPage({
  controller,
  mail,
  years,
  months,
}: {
  controller: string
  mail: string
  years: number
  months: number
}) {
  const { t } = useFrame()
  return (
    <Page title={t('portal.privacy.title')} description={t('portal.privacy.site.text')}>
      <Callout state="wait">
        <p>{t('portal.privacy.draft')}</p>
      </Callout>
      {sections.map((section) => (
        <>
          <h2>{t(`portal.privacy.${section}`)}</h2>
          <p>{t(`portal.privacy.${section}.text`, { years, months })}</p>
        </>
      ))}
      <h2>{t('portal.privacy.rights')}</h2>
      <p>{t('portal.privacy.rights.text')}</p>
      {mail && (
        <p>
          <Mail to={mail} />
        </p>
      )}
      <p>
        {t('portal.privacy.complain')}{' '}
        <a href="https://www.garanteprivacy.it/" lang="it" rel="noopener noreferrer">
          garanteprivacy.it
        </a>
      </p>
      {controller && (
        <>
          <h2>{t('portal.privacy.controller')}</h2>
          <p>
            <bdi lang="it">{controller}</bdi>
          </p>
        </>
      )}
      <h2>{t('portal.privacy.law')}</h2>
      <p>{t('portal.privacy.law.text')}</p>
    </Page>
  )
}
