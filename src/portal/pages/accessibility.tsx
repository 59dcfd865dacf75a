import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Mail } from './contacts.tsx'

const done = ['keyboard', 'slow', 'big', 'dark'] as const

export function AccessibilityPage({ mail }: { mail: string }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('portal.access.title')}
      lead={t('portal.access.lead')}
      description={t('portal.access.done.keyboard')}
    >
      <h2>{t('portal.access.done')}</h2>
      <ul>
        {done.map((one) => (
          <li>{t(`portal.access.done.${one}`)}</li>
        ))}
      </ul>
      <h2>{t('portal.access.state')}</h2>
      <p>{t('portal.access.state.text')}</p>
      <h2>{t('portal.access.tell')}</h2>
      <p>{t('portal.access.tell.text')}</p>
      {mail && (
        <p>
          <Mail to={mail} />
        </p>
      )}
    </Page>
  )
}
