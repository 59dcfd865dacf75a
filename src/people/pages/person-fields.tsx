import type { Form } from '../../kernel/form.ts'
import { countries, spokenLanguages } from '../../territory/actions.ts'
import { Choice, Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { useFrame } from '../../ui/frame.ts'
import { genders, kindLabel, noticeWays, permitList, statusLabel, statusList } from '../codes.ts'
import type { newPersonForm } from '../forms.ts'

type PersonForm = Form<typeof newPersonForm>
const byText = (lang: string) => (a: { text: string }, b: { text: string }) => a.text.localeCompare(b.text, lang)

export function useLists() {
  const { lang, t } = useFrame()
  const italian = lang === 'it'
  return {
    countries: countries
      .map((country) => ({ value: country.code, text: italian ? country.it : country.en }))
      .sort(byText(lang)),
    languages: spokenLanguages.map((language) => ({ value: language.code, text: italian ? language.it : language.en })),
    genders: genders.map((gender) => ({ value: gender, text: t(`people.gender.${gender}`) })),
    kinds: permitList.map(({ code }) => ({ value: code, text: kindLabel(code, lang) })),
    statuses: statusList.map(({ code }) => ({ value: code, text: statusLabel(code, lang) })),
    ways: noticeWays.map((way) => ({ value: way, text: t(`people.notice.${way}`) })),
  }
}

export type Comuni = readonly { code: string; name: string }[]

/** What is asked of a new person: a name, and what is at hand. */
export function PersonFields({ form, comuni }: { form: PersonForm; comuni: Comuni }) {
  const { t } = useFrame()
  const lists = useLists()
  return (
    <>
      <div class="fields-beside">
        <Field form={form} name="surname" label={t('people.field.surname')} autofocus />
        <Field form={form} name="given_names" label={t('people.field.given_names')} />
      </div>
      <Field
        form={form}
        name="original_name"
        label={t('people.field.original_name')}
        hint={t('people.field.original_name_hint')}
        optional
      />
      <div class="fields-beside">
        <Field
          form={form}
          name="born"
          label={t('people.field.born')}
          hint={t('people.field.born_hint')}
          width="medium"
          optional
        />
        <Choice form={form} name="gender" label={t('people.field.gender')} options={lists.genders} beside optional />
      </div>
      <div class="fields-beside">
        <Select
          form={form}
          name="citizenship"
          label={t('people.field.citizenship')}
          options={lists.countries}
          optional
        />
        <Select form={form} name="speaks" label={t('people.field.speaks')} options={lists.languages} optional />
      </div>
      <div class="fields-beside">
        <Select
          form={form}
          name="comune"
          label={t('people.field.comune')}
          options={comuni.map(({ code, name }) => ({ value: code, text: name }))}
          optional
        />
        <Field form={form} name="phone" kind="tel" label={t('people.field.phone')} optional />
      </div>
    </>
  )
}
