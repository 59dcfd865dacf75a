/** What anybody can do without account: ask, confirm, choose, pause, leave, have everything deleted. */
import type { Form } from '../../kernel/form.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choices, Select, Tick } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'
import { privacyPage } from '../../ui/urls.ts'
import { ownName } from '../../ui/words-of-time.ts'
import type { ConfirmState } from '../actions/subscribing.ts'
import { topics } from '../codes.ts'
import type { mineForm, noFields, subscribeForm } from '../forms.ts'
import type { Subscriber } from '../store/subscribers.ts'
import { newsletter } from '../urls.ts'

const hidden = <meta name="robots" content="noindex, noarchive" />

/** Each by its own name: whoever looks for their language reads it. */
function LanguageSelect({ form }: { form: Form<typeof mineForm> | Form<typeof subscribeForm> }) {
  const { languages, t } = useFrame()
  return (
    <Select
      form={form as Form<typeof mineForm>}
      name="language"
      label={t('newsletter.field.language')}
      options={languages.map(({ lang }) => ({ value: lang, text: ownName(lang), lang }))}
    />
  )
}

function TopicChoices({ form }: { form: Form<typeof mineForm> | Form<typeof subscribeForm> }) {
  const { t } = useFrame()
  return (
    <Choices
      form={form as Form<typeof mineForm>}
      name="topics"
      label={t('newsletter.field.topics')}
      hint={t('newsletter.field.topics.hint')}
      optional
      options={topics.map((value) => ({ value, text: t(`newsletter.topic.${value}`) }))}
    />
  )
}

export function SubscribePage({ form }: { form: Form<typeof subscribeForm> }) {
  const { lang, t } = useFrame()
  const values = Object.keys(form.values).length > 0 ? form.values : { language: lang }
  const of = { ...form, values } as typeof form
  return (
    <Page title={t('newsletter.title')} lead={t('newsletter.lead')} description={t('newsletter.lead')}>
      <FormCard form={of} submit={t('newsletter.subscribe')}>
        <Field form={of} name="email" kind="email" label={t('newsletter.field.email')} autocomplete="email" />
        <Field
          form={of}
          name="name"
          label={t('newsletter.field.name')}
          max_length={80}
          autocomplete="given-name"
          optional
        />
        <LanguageSelect form={of} />
        <TopicChoices form={of} />
        <p class="text-muted">
          {t('newsletter.promise')} <a href={privacyPage.href({ l: lang })}>{t('ui.footer.privacy')}</a>
        </p>
        <Tick form={of} name="consent" label={t('newsletter.consent')} />
      </FormCard>
    </Page>
  )
}

export function AskedPage() {
  const { t } = useFrame()
  return (
    <Page title={t('newsletter.asked.title')} lead={t('newsletter.asked.text')} head={hidden}>
      <p>{t('newsletter.asked.where')}</p>
    </Page>
  )
}

export function ConfirmPage({ state, form }: { state: ConfirmState; form: Form<typeof noFields> }) {
  const { t } = useFrame()
  if (state === 'gone') return <GonePage />
  return (
    <Page title={t(`newsletter.confirm.${state}`)} lead={t(`newsletter.confirm.${state}.text`)} head={hidden}>
      <FormCard form={form} submit={t(`newsletter.confirm.${state}.do`)}>
        {null}
      </FormCard>
    </Page>
  )
}

/** A link that opens nothing, for whatever reason: it says so and how to begin again. */
export function GonePage() {
  const { lang, t } = useFrame()
  return (
    <Page title={t('newsletter.gone.title')} lead={t('newsletter.gone.text')} head={hidden}>
      <p>
        <a class="btn btn-primary" href={newsletter.subscribe.href({ l: lang })}>
          {t('newsletter.subscribe')}
        </a>
      </p>
    </Page>
  )
}

export function LeftPage() {
  const { lang, t } = useFrame()
  return (
    <Page title={t('newsletter.left.title')} lead={t('newsletter.left.text')} head={hidden}>
      <p>
        <a class="btn btn-outline-primary" href={newsletter.subscribe.href({ l: lang })}>
          {t('newsletter.left.again')}
        </a>
      </p>
    </Page>
  )
}

export function LeavePage({ form }: { form: Form<typeof noFields> }) {
  const { t } = useFrame()
  return (
    <Page title={t('newsletter.leave.title')} lead={t('newsletter.leave.text')} head={hidden}>
      <FormCard form={form} submit={t('newsletter.leave.do')}>
        {null}
      </FormCard>
    </Page>
  )
}

export type Done = 'confirmed' | 'saved' | 'stayed'
type Mine = Pick<
  Subscriber,
  'email' | 'name' | 'language' | 'topics' | 'confirmed_at' | 'paused_at' | 'consent_on' | 'asked_to_stay_at'
>

export function MinePage({
  mine,
  token,
  form,
  done,
}: {
  mine: Mine
  token: string
  form: Form<typeof mineForm>
  done: Done | undefined
}) {
  const { lang, t } = useFrame()
  const here = { l: lang, token }
  const start = { name: mine.name, language: mine.language, topics: mine.topics }
  const of = { ...form, values: Object.keys(form.values).length > 0 ? form.values : start } as typeof form
  return (
    <Page title={t('newsletter.mine.title')} lead={t('newsletter.mine.lead')} head={hidden}>
      {done && (
        <Callout state="good" live>
          <p>{t(`newsletter.mine.${done}`)}</p>
        </Callout>
      )}
      {mine.asked_to_stay_at && (
        <Callout state="wait" title={t('newsletter.mine.stay')}>
          <ButtonForm kind="primary" action={newsletter.stay.href(here)}>
            {t('newsletter.mine.stay.do')}
          </ButtonForm>
        </Callout>
      )}
      {mine.paused_at && (
        <Callout state="wait">
          <p>{t('newsletter.mine.paused')}</p>
        </Callout>
      )}
      <Facts
        of={[
          [t('newsletter.mine.address'), <bdi dir="ltr">{mine.email}</bdi>],
          [t('newsletter.mine.since'), <Day on={mine.consent_on} as="date" />],
        ]}
      />
      <FormCard form={of} submit={t('newsletter.mine.save')}>
        <Field
          form={of}
          name="name"
          label={t('newsletter.field.name')}
          max_length={80}
          autocomplete="given-name"
          optional
        />
        <LanguageSelect form={of} />
        <TopicChoices form={of} />
      </FormCard>
      <h2>{t('newsletter.mine.less')}</h2>
      <Actions>
        <ButtonForm action={newsletter.pause.href(here)} values={{ state: mine.paused_at ? 'back' : 'paused' }}>
          {t(mine.paused_at ? 'newsletter.mine.back' : 'newsletter.mine.pause')}
        </ButtonForm>
        <ButtonForm action={newsletter.leave.href(here)}>{t('newsletter.letter.leave')}</ButtonForm>
      </Actions>
      <h2>{t('newsletter.mine.data')}</h2>
      <Actions>
        <a class="btn btn-outline-primary" href={newsletter.myData.href(here)} download>
          {t('newsletter.mine.export')}
        </a>
        <ButtonForm action={newsletter.erase.href(here)} sure={t('newsletter.mine.erase.sure')}>
          {t('newsletter.mine.erase')}
        </ButtonForm>
      </Actions>
    </Page>
  )
}
