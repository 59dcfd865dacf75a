import { LetterForm } from '../../participation/parts.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import type { DeskToVisit } from '../actions.ts'
import { WhereAndWhen } from './where-and-when.tsx'

export function ContactsPage({ desk }: { desk: DeskToVisit }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('portal.contacts.title')}
      lead={t('portal.contacts.lead')}
      description={`${t('portal.contacts.lead')} ${t('portal.home.description')}`}
    >
      <Facts
        of={[
          desk.mail !== '' && [t('portal.contacts.mail'), <Mail to={desk.mail} />],
          desk.phone !== '' && [
            t('portal.contacts.phone'),
            <Link href={`tel:${desk.phone.replaceAll(/[^\d+]/g, '')}`}>
              <bdi dir="ltr">{desk.phone}</bdi>
            </Link>,
          ],
          desk.address !== '' && [t('portal.contacts.address'), <bdi lang="it">{desk.address}</bdi>],
        ]}
      />
      <p>{t('portal.contacts.safe')}</p>
      <section class="d-print-none" aria-labelledby="scrivi">
        <h2 id="scrivi">{t('participation.letter.title')}</h2>
        <p>{t('participation.letter.lead')}</p>
        <LetterForm />
      </section>
      <WhereAndWhen desk={desk} on_contacts />
    </Page>
  )
}

export const Mail = ({ to }: { to: string }) => (
  <Link href={`mailto:${to}`}>
    <bdi dir="ltr">{to}</bdi>
  </Link>
)
