/** Enrolling in a course, for everybody. */
import type { Form } from '../../kernel/form.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'
import { privacyPage } from '../../ui/urls.ts'
import { isForStaff, signers } from '../codes.ts'
import type { enrolForm } from '../forms.ts'
import { open } from '../urls.ts'
import { Begun, InItsLanguage, type Of, useBeginning } from './open.tsx'

export type Lists = {
  comuni: readonly { code: string; name: string }[]
  bodies: readonly string[]
}

/** A few questions; the rest is asked at the desk. Nobody is asked for a permit here. */
export function EnrolPage({
  of,
  form,
  lists: { comuni, bodies },
}: Of & { form: Form<typeof enrolForm>; lists: Lists }) {
  const { lang, t } = useFrame()
  const { edition, text, lessons, closed, free } = of
  const { first, begun } = useBeginning(lessons)
  const staff = isForStaff(edition.kind)
  const opened = ['signer_name', 'signer_as'].some(
    (name) => form.errors[name as 'signer_name'] || form.values[name as 'signer_name'],
  )
  return (
    <Page
      title={t('courses.enrol.title')}
      lead={<InItsLanguage of={text}>{text.title}</InItsLanguage>}
      head={<meta name="robots" content="noindex" />}
    >
      {begun ? (
        <Begun lessons={lessons} />
      ) : (
        first && (
          <p>
            <Day on={first.on_day} /> <bdi dir="ltr">{first.starts_at.slice(0, 5)}</bdi>
          </p>
        )
      )}
      {closed ? (
        <Callout state="wait">
          <p>{edition.cancelled_at ? t('courses.error.cancelled') : t('courses.error.closed')}</p>
        </Callout>
      ) : (
        <>
          {free === 0 && edition.choice !== 'selection' && (
            <Callout state="info">
              <p>{t('courses.full.long')}</p>
            </Callout>
          )}
          <FormCard form={form} submit={t('courses.enrol.send')}>
            <Field
              form={form}
              name="given_names"
              label={t('courses.field.given_names')}
              max_length={120}
              autocomplete="given-name"
            />
            <Field
              form={form}
              name="surname"
              label={t('courses.field.surname')}
              max_length={120}
              autocomplete="family-name"
              optional
            />
            {staff ? (
              <>
                <Field
                  form={form}
                  name="body"
                  label={t('courses.field.body')}
                  offered={bodies}
                  max_length={200}
                  autocomplete="organization"
                />
                <Field form={form} name="job" label={t('courses.field.job')} max_length={120} />
              </>
            ) : (
              <>
                <Field
                  form={form}
                  name="original_name"
                  label={t('courses.field.original_name')}
                  hint={t('courses.field.original_name.hint')}
                  max_length={120}
                  optional
                />
                <Field
                  form={form}
                  name="born"
                  label={t('courses.field.born')}
                  hint={t('courses.field.born.hint')}
                  max_length={20}
                  width="medium"
                  optional
                />
                <Choice
                  form={form}
                  name="gender"
                  label={t('courses.field.gender')}
                  options={(['F', 'M', 'X'] as const).map((value) => ({ value, text: t(`courses.gender.${value}`) }))}
                  beside
                  optional
                />
                <Field
                  form={form}
                  name="citizenship"
                  label={t('courses.field.citizenship')}
                  max_length={60}
                  autocomplete="country-name"
                  optional
                />
                <Select
                  form={form}
                  name="comune"
                  label={t('courses.field.comune')}
                  options={comuni.map(({ code, name }) => ({ value: code, text: name, lang: 'it' }))}
                  optional
                />
              </>
            )}
            <fieldset class="form-group">
              <legend class="form-label">{t('courses.field.contact')}</legend>
              <p class="form-text">{t('courses.field.contact.hint')}</p>
              <Field form={form} name="phone" kind="tel" label={t('courses.field.phone')} autocomplete="tel" />
              <Field form={form} name="email" kind="email" label={t('courses.field.email')} autocomplete="email" />
            </fieldset>
            {edition.childcare && <Tick form={form} name="needs_childcare" label={t('courses.field.childcare')} />}
            {!staff && (
              <Details summary={t('courses.minor')} open={opened}>
                <p>{t('courses.minor.long')}</p>
                <Field form={form} name="signer_name" label={t('courses.field.signer')} max_length={120} optional />
                <Choice
                  form={form}
                  name="signer_as"
                  label={t('courses.field.signer_as')}
                  options={signers.map((value) => ({ value, text: t(`courses.signer.${value}`) }))}
                  optional
                />
              </Details>
            )}
            <Tick
              form={form}
              name="privacy"
              label={t('courses.privacy')}
              hint={
                // Beside the form: what was written so far stays where it is.
                <a href={privacyPage.href({ l: lang })} target="_blank" rel="noopener">
                  {t('courses.privacy.read')}
                </a>
              }
            />
          </FormCard>
        </>
      )}
      <p class="mt-4">
        <a href={open.course.href({ l: lang, slug: edition.slug })}>{t('courses.back')}</a>
      </p>
    </Page>
  )
}
