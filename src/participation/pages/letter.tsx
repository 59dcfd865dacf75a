/** Writing to the project without account, and the page where the answer stands. */
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Moment } from '../../ui/time.tsx'
import type { MyLetter } from '../actions/letters.ts'
import type { letterForm, writeBackForm } from '../forms.ts'
import { open } from '../urls.ts'
import { Trap } from './trap.tsx'

/** Where it stands on a page that is the same for everybody, the form carries no marks of its own (actions/letters.ts). */
export function LetterForm({ form }: { form?: Form<typeof letterForm> }) {
  const { lang, t } = useFrame()
  const given = form ?? { values: {}, errors: {}, once: '', ambito_id: '' }
  return (
    <FormCard form={given} submit={t('participation.letter.send')} action={open.write.href({ l: lang })}>
      <Field
        form={given}
        name="text"
        kind="textarea"
        rows={5}
        label={t('participation.letter.text')}
        hint={t('participation.letter.text.hint')}
      />
      <Field
        form={given}
        name="called_as"
        label={t('participation.letter.called_as')}
        autocomplete="name"
        max_length={80}
        optional
      />
      <Field
        form={given}
        name="email"
        kind="email"
        label={t('participation.contact.email')}
        hint={t('participation.letter.email.hint')}
        autocomplete="email"
        optional
      />
      <Field
        form={given}
        name="phone"
        kind="tel"
        label={t('participation.contact.phone')}
        autocomplete="tel"
        optional
      />
      <Trap />
      <p class="text-muted">{t('participation.letter.privacy')}</p>
    </FormCard>
  )
}

export function WritePage({ form }: { form: Form<typeof letterForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('participation.letter.title')} lead={t('participation.letter.lead')}>
      <LetterForm form={form} />
    </Page>
  )
}

export function MyLetterPage({
  of: { letter, words },
  form,
  just_sent,
}: {
  of: MyLetter
  form: Form<typeof writeBackForm>
  just_sent: boolean
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('participation.letter.mine')}
      lead={t('participation.letter.number', { number: letter.number })}
      head={<meta name="robots" content="noindex, noarchive" />}
    >
      {just_sent && (
        <Callout state="good" title={t('participation.letter.sent')} live>
          <p>{t(letter.email ? 'participation.letter.sent.mail' : 'participation.letter.sent.keep')}</p>
        </Callout>
      )}
      <ol class="thread">
        {words.map(({ way, text, recorded_at }) => (
          <li class={way === 'out' ? 'thread-out' : undefined}>
            <p class="text-muted">
              {t(way === 'out' ? 'participation.letter.us' : 'participation.letter.you')} ·{' '}
              <Moment at={recorded_at} as="short" />
            </p>
            <p class="written" dir="auto">
              {text || t('participation.letter.forgotten')}
            </p>
          </li>
        ))}
      </ol>
      {letter.step === 'closed' && <p class="text-muted">{t('participation.letter.closed')}</p>}
      <Details
        summary={t('participation.letter.back')}
        open={letter.last_way === 'out' || Object.keys(form.errors).length > 0}
      >
        <FormCard form={form} submit={t('participation.letter.send')} quiet>
          <Field form={form} name="text" kind="textarea" label={t('participation.letter.text')} />
        </FormCard>
      </Details>
    </Page>
  )
}
