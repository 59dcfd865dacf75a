import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import type { placeForm } from '../forms.ts'
import type { Comune } from '../store/comuni.ts'
import type { Organisation } from '../store/organisations.ts'
import type { Place } from '../store/places.ts'
import { territory } from '../urls.ts'
import { Sections } from './sections.tsx'

const access = ['yes', 'partly', 'no', 'unknown'] as const

export function PlacesPage({ places, changes }: { places: Place[]; changes: boolean }) {
  const { t } = useFrame()
  const add = changes && (
    <a class="btn btn-primary" href={territory.newPlace.href()}>
      {t('territory.places.add')}
    </a>
  )
  return (
    <Page title={t('territory.places.title')} lead={t('territory.places.intro')} actions={add} wide>
      <Sections here="places" />
      <Table
        caption={t('territory.places.caption')}
        caption_hidden
        rows={places}
        empty={t('territory.places.empty')}
        columns={[
          {
            header: t('territory.place.name'),
            names: true,
            cell: ({ id, name }) => (changes ? <a href={territory.place.href({ id })}>{name}</a> : name),
          },
          { header: t('territory.place.address'), cell: ({ address }) => address },
          { header: t('territory.place.comune'), cell: ({ comune_name }) => comune_name ?? '—' },
          { header: t('territory.place.organisation'), cell: ({ organisation_name }) => organisation_name ?? '—' },
          { header: t('territory.place.how'), cell: ({ how_to_get_there }) => how_to_get_there || '—' },
          {
            header: t('territory.place.accessible'),
            cell: ({ accessible }) => t(`territory.place.accessible.${accessible}`),
          },
        ]}
      />
    </Page>
  )
}

export function PlacePage({
  form,
  comuni,
  organisations,
  known,
}: {
  form: Form<typeof placeForm>
  comuni: Comune[]
  organisations: Organisation[]
  known?: Place
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t(known ? 'territory.place.change_title' : 'territory.place.new')}
      actions={
        known &&
        !known.ended_on && (
          <ButtonForm action={territory.placeEnded.href({ id: known.id })}>{t('territory.place.retire')}</ButtonForm>
        )
      }
    >
      <FormCard
        form={form}
        submit={t('territory.place.save')}
        cancel={{ href: territory.places.href(), text: t('territory.nav.places') }}
      >
        <Field form={form} name="name" label={t('territory.place.name')} />
        <Field form={form} name="address" label={t('territory.place.address')} />
        <Select
          form={form}
          name="comune"
          label={t('territory.place.comune')}
          optional
          options={comuni.map(({ code, name }) => ({ value: code, text: name }))}
        />
        <Select
          form={form}
          name="organisation"
          label={t('territory.place.organisation')}
          optional
          options={organisations.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <Field
          form={form}
          name="how_to_get_there"
          kind="textarea"
          label={t('territory.place.how')}
          hint={t('territory.place.how_hint')}
          optional
        />
        <Choice
          form={form}
          name="accessible"
          label={t('territory.place.accessible')}
          options={access.map((value) => ({ value, text: t(`territory.place.accessible.${value}`) }))}
          beside
        />
      </FormCard>
    </Page>
  )
}
