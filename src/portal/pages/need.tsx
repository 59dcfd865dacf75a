import type { ServiceLine } from '../../board/actions.ts'
import { ServicesHere } from '../../board/parts.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import type { DeskToVisit } from '../actions.ts'
import { helplines, type NeedPage as Need } from '../codes.ts'
import { portal } from '../urls.ts'
import { WhereAndWhen } from './where-and-when.tsx'

/** `offices`: who decides, by need, in the Italian names that stand on the doors. */
export function NeedPage({
  of,
  offices,
  services,
  desk,
}: {
  of: Need
  offices: ReadonlyMap<string, string>
  services: readonly ServiceLine[]
  desk: DeskToVisit
}) {
  const { lang, t } = useFrame()
  return (
    <Page
      title={t(`portal.tile.${of.need}`)}
      lead={t('portal.need.lead')}
      description={t('ui.labelled', { label: t(`portal.tile.${of.need}`), value: t('portal.home.description') })}
    >
      {of.need === 'diritti' && <Danger />}
      <ul class="needs">
        {of.codes.map((code) => (
          <li>
            <strong>{t(`portal.need.${code}`)}</strong>
            {offices.has(code) && (
              <span class="tile-more">
                <Labelled label={t('portal.need.office')}>
                  <bdi lang="it">{offices.get(code)}</bdi>
                </Labelled>
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>{t('portal.need.other')}</p>
      <ServicesHere services={services} />
      <WhereAndWhen desk={desk} />
      <p class="d-print-none">
        <a href={portal.home.href({ l: lang })}>
          <Pictogram name="arrow-left" size="s" /> {t('portal.need.back')}
        </a>
      </p>
    </Page>
  )
}

function Danger() {
  const { t } = useFrame()
  return (
    <Callout state="bad" title={t('portal.danger.title')}>
      <p>{t('portal.danger.text')}</p>
      <Facts
        of={helplines.map((number) => [
          t(`portal.danger.${number}`),
          <a href={`tel:${number}`}>
            <bdi dir="ltr">{number.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3')}</bdi>
          </a>,
        ])}
      />
    </Callout>
  )
}
