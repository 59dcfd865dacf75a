import { isLanguage } from '../../kernel/i18n.ts'
import { PersonName } from '../../people/parts.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment, Time } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { Call } from '../actions/calls.ts'
import { desk } from '../urls.ts'

/** Whom no mail reaches: the number, the language, what to say, and a press when it is done. */
export function CallsPage({ calls }: { calls: readonly Call[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('desk.calls.title')} lead={t('desk.calls.lead')} wide>
      <Table
        caption={t('desk.calls.title')}
        caption_hidden
        rows={calls}
        empty={t('desk.calls.empty')}
        columns={[
          {
            header: t('desk.agenda.who'),
            names: true,
            cell: ({ head }) => (head ? <PersonName of={head} /> : '—'),
          },
          { header: t('desk.calls.number'), cell: (call) => <Reach of={call} /> },
          {
            header: t('desk.calls.say'),
            cell: (call) => (
              <span>
                {t(`desk.calls.what.${call.what}`)} <Day on={call.on_day} /> <Time at={call.starts_at} />
              </span>
            ),
          },
          { header: t('desk.calls.done'), cell: (call) => <Done of={call} /> },
        ]}
      />
      <p>
        <a href={desk.appointments.href()}>{t('desk.agenda.title')}</a>
      </p>
    </Page>
  )
}

function Reach({ of: { contact } }: { of: Call }) {
  const { t } = useFrame()
  return (
    <span>
      <a href={`tel:${contact.to.replaceAll(/\s/g, '')}`}>
        <bdi dir="ltr">{contact.to}</bdi>
      </a>
      {contact.whose === 'guardian' && ` (${t('desk.calls.guardian')})`}
      {isLanguage(contact.language) && (
        <>
          {' · '}
          <span lang={contact.language}>{ownName(contact.language)}</span>
        </>
      )}
    </span>
  )
}

function Done({ of: { appointment_id, what, tried_at } }: { of: Call }) {
  const { t } = useFrame()
  const action = desk.called.href({ appointment: appointment_id })
  return (
    <div>
      <ButtonForm action={action} values={{ what, how: 'reached' }}>
        {t('desk.calls.reached')}
      </ButtonForm>{' '}
      <ButtonForm action={action} values={{ what, how: 'no_answer' }} kind="quiet">
        {t('desk.calls.no_answer')}
      </ButtonForm>
      {tried_at && (
        <span class="person-details">
          {t('desk.calls.tried')} <Moment at={tried_at} as="short" />
        </span>
      )}
    </div>
  )
}
