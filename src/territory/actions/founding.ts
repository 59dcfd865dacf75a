import type { Kysely } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { DB } from '../../kernel/database/rows.ts'
import comuniOfLodi from '../lists/comuni-lodi.json' with { type: 'json' }
import comuniOfNeighbour from '../lists/comuni-vicino.json' with { type: 'json' }
import organisationsOfLodi from '../lists/organisations-lodi.json' with { type: 'json' }
import organisationsOfNeighbour from '../lists/organisations-vicino.json' with { type: 'json' }
import placesOfLodi from '../lists/places-lodi.json' with { type: 'json' }
import { countries } from '../rules/countries.ts'
import type { OrganisationKind } from '../rules/organisations.ts'
import * as ambitiStore from '../store/ambiti.ts'
import * as closureStore from '../store/closures.ts'
import * as comuniStore from '../store/comuni.ts'
import * as organisationStore from '../store/organisations.ts'
import * as placeStore from '../store/places.ts'

/** A new installation serves the Ambito di Lodi; a demonstration also has a neighbour nobody knows, to show that the two never meet. */
export async function foundAmbiti(owner: Kysely<DB>, demo: boolean) {
  await ambitiStore.keepCountries(owner, countries)
  if ((await ambitiStore.countAmbiti(owner, false)) === 0)
    await ambitiStore.addAmbito(owner, {
      slug: 'lodi',
      name: 'Ambito di Lodi',
      region: 'Lombardia',
      demo: false,
      hosts: [],
    })
  if (demo)
    await ambitiStore.addAmbito(owner, {
      slug: 'vicino',
      name: 'Ambito dimostrativo vicino',
      region: 'Lombardia',
      demo: true,
      hosts: ['vicino.localhost'],
    })
}

type FirstData = {
  comuni: (comuniStore.NewComune & { questura: string })[]
  organisations: {
    name: string
    kind: string
    comune?: string
    email?: string
    website?: string
    note?: string
    answers_for?: string
  }[]
  places: (placeStore.PlaceInput & { organisation: string })[]
  closures: closureStore.ClosureInput[]
}

const firstData: Record<string, FirstData> = {
  lodi: {
    comuni: comuniOfLodi,
    organisations: organisationsOfLodi,
    places: placesOfLodi,
    closures: [
      {
        from_day: '2025-01-19',
        to_day: '2025-01-19',
        name: 'San Bassiano, patrono di Lodi',
        kind: 'local',
        yearly: true,
      },
    ],
  },
  vicino: { comuni: comuniOfNeighbour, organisations: organisationsOfNeighbour, places: [], closures: [] },
}

/** What is known of an Ambito on its first day; everything can be changed on the screen. */
export async function fillAmbito(ctx: Ctx) {
  const data = firstData[ctx.ambito.slug]
  if (!data) return
  await comuniStore.addComuni(
    ctx,
    data.comuni.map(({ questura: _, ...comune }) => comune),
  )
  const town_halls = data.comuni.map(({ code, name }) => ({
    name: `Comune di ${name}`,
    kind: 'comune',
    comune: code,
    answers_for: undefined,
  }))
  const added = await organisationStore.addOrganisations(
    ctx,
    [...data.organisations, ...town_halls].map(({ answers_for: _, ...organisation }) => ({
      ...organisation,
      kind: organisation.kind as OrganisationKind,
    })),
  )
  const idOf = new Map(added.map(({ id, name }) => [name, id]))
  for (const { code, questura } of data.comuni)
    await comuniStore.setCompetences(
      ctx,
      code,
      data.organisations.flatMap(({ name, answers_for }) => (answers_for === questura ? (idOf.get(name) ?? []) : [])),
    )
  for (const place of data.places)
    await placeStore.addPlace(ctx, { ...place, organisation: idOf.get(place.organisation) })
  for (const closure of data.closures) await closureStore.addClosure(ctx, closure)
}
