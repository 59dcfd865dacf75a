import type { Form } from '../../kernel/form.ts'
import { StandingChip } from '../../people/parts.tsx'
import { countryName } from '../../territory/actions.ts'
import { Combo } from '../../ui/combo.tsx'
import { Details } from '../../ui/details.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { needLabel, needsFor } from '../codes.ts'
import type { informationForm, visitForm } from '../forms.ts'
import { desk } from '../urls.ts'
import type { Front, Search } from './work.tsx'

type Here = { front: Pick<Front, 'opening' | 'arrival'> }

/** «Chi è?»: results while typing; arrows and Enter choose, without JavaScript a page answers. */
export function WhoIsIt({ front, search, first }: Here & { search: Search; first: boolean }) {
  const { t } = useFrame()
  const { opening, arrival } = front
  const action = desk.search.href({ opening: opening.id })
  const typed = search?.form.values.who
  return (
    <search>
      <form
        method="post"
        action={action}
        class="search-form"
        hx-post={action}
        hx-target="#found"
        hx-trigger="input changed delay:250ms from:#f-who"
        hx-sync="this:replace"
      >
        {arrival && <Hidden name="arrival_id" value={arrival} />}
        <div class="search-who">
          <label class="form-label" for="f-who">
            {t('people.search.who')} <kbd>/</kbd>
          </label>
          <input
            id="f-who"
            name="who"
            type="search"
            class="form-control"
            autocomplete="off"
            dir="auto"
            maxlength={200}
            value={typeof typed === 'string' ? typed : ''}
            aria-describedby="f-who-hint"
            aria-keyshortcuts="/"
            data-search
            data-pick="#found"
            {...(first && !search?.lines.length && { autofocus: true })}
          />
        </div>
        <button class="btn btn-outline-primary" type="submit">
          {t('people.search.find')}
        </button>
        <p class={first ? 'form-text' : 'visually-hidden'} id="f-who-hint">
          {t('people.search.hint')}
        </p>
      </form>
      <div id="found" aria-live="polite">
        <FoundHere front={front} search={search} />
      </div>
    </search>
  )
}

export function FoundHere({ front: { opening, arrival }, search }: Here & { search: Search }) {
  const { t, lang } = useFrame()
  if (!search) return null
  if (search.needs_more) return <p class="form-text">{t('people.search.two_items')}</p>
  if (search.lines.length === 0) return <p>{t('people.search.nobody')}</p>
  return (
    <>
      <p class="visually-hidden">{t('people.search.found', { count: search.lines.length })}</p>
      <ul class="found-list">
        {search.lines.map((line) => (
          <li>
            <a
              class="person-pick"
              data-result
              href={desk.work.href({ opening: opening.id }, { arrivo: arrival ?? undefined, persona: line.id })}
            >
              <Name latin={line.latin} original={line.original} />
            </a>
            <span class="person-details">
              {[line.born?.slice(0, 4), ...line.citizenships.map((code) => countryName(code, lang))]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <StandingChip of={line} linked={false} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** Nobody chosen: a file can be opened with a name alone, and information given to who has none. */
export function NobodyYet({ front, information }: Here & { information: Form<typeof informationForm> }) {
  const { t } = useFrame()
  const { opening, arrival } = front
  const asked = { arrivo: arrival ?? undefined }
  return (
    <>
      <p>
        <a
          class="btn btn-outline-primary"
          href={desk.newPerson.href({ opening: opening.id }, asked)}
          data-key="n"
          aria-keyshortcuts="n"
        >
          {t('people.search.create')} <kbd>N</kbd>
        </a>
      </p>
      <Details
        summary={t('desk.information.title')}
        shortcut="i"
        writes
        open={Object.keys(information.errors).length > 0}
      >
        <p>{t('desk.information.lead')}</p>
        <FormCard
          form={information}
          action={desk.information.href({ opening: opening.id })}
          submit={
            <>
              {t('desk.information.save')} <kbd>{t('desk.work.save_keys')}</kbd>
            </>
          }
          quiet
        >
          {arrival && <Hidden name="arrival_id" value={arrival} />}
          <Needs form={information} kind={opening.kind} id="f-information-needs" />
        </FormCard>
      </Details>
    </>
  )
}

export function Needs({
  form,
  kind,
  id,
  autofocus,
}: {
  form: Form<typeof visitForm> | Form<typeof informationForm>
  kind: string
  id?: string
  autofocus?: boolean
}) {
  const { t, lang } = useFrame()
  return (
    <Combo
      form={form as Form<typeof visitForm>}
      name="needs"
      label={t('desk.visit.needs')}
      offers={needsFor(kind).map(({ code }) => ({ value: code, text: needLabel(code, lang), code }))}
      {...(id && { id })}
      {...(autofocus && { autofocus })}
    />
  )
}
