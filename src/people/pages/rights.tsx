import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { HeadLine } from '../actions.ts'
import { type erasureForm, erasureReasons } from '../forms/rights.ts'
import { PersonLine } from '../parts.tsx'
import { people } from '../urls.ts'

/** A copy of everything, or nothing any more. */
export function RightsPage({ form, head }: { form: Form<typeof erasureForm>; head: HeadLine }) {
  const { t } = useFrame()
  const { id } = head
  return (
    <Page title={t('people.rights.title')} lead={t('people.rights.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      <section class="section">
        <h2 class="h4">{t('people.rights.copy')}</h2>
        <p>{t('people.rights.copy_says')}</p>
        <a class="btn btn-primary" href={people.copy.href({ id })}>
          {t('people.rights.copy_make')}
        </a>
      </section>
      <section class="section">
        <h2 class="h4">{t('people.rights.erase')}</h2>
        <Callout state="bad" title={t('people.rights.erase_title')}>
          {t('people.rights.erase_says')}
        </Callout>
        <FormCard
          form={form}
          submit={t('people.rights.erase_do')}
          cancel={{ href: people.file.href({ id }), text: t('people.back_to_file') }}
        >
          <Choice
            form={form}
            name="why"
            label={t('people.rights.why')}
            options={erasureReasons.map((value) => ({ value, text: t(`people.rights.why.${value}`) }))}
          />
          <Tick form={form} name="sure" label={t('people.rights.sure')} />
        </FormCard>
      </section>
    </Page>
  )
}
