import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'
import { searchPage } from './urls.ts'

/** Finds what is on the public pages; without JavaScript, as everything there. */
export function SearchBox({ typed = '' }: { typed?: string }) {
  const { lang, t } = useFrame()
  return (
    <search>
      <form method="get" action={searchPage.href({ l: lang })} class="search-box">
        <label class="form-label" for="cerca">
          {t('ui.search.label')}
        </label>
        <div class="search-line">
          <input
            type="search"
            id="cerca"
            name="q"
            value={typed}
            class="form-control"
            maxlength={200}
            dir="auto"
            autocomplete="off"
          />
          <button class="btn btn-primary" type="submit">
            <Pictogram name="search" size="s" />
            <span>{t('ui.search.do')}</span>
          </button>
        </div>
      </form>
    </search>
  )
}
