/** For other machines: Open Referral HSDS 3, and what describes it. */
import { NotFound } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { type Bytes, router } from '../../kernel/routes.ts'
import * as hsds from '../actions/hsds.ts'
import { openapi } from '../pages/openapi.ts'
import { board } from '../urls.ts'

const routes = router()
export default routes.all

const json = (data: object): Bytes => ({
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(data),
  // Open data: any page of any site may read it.
  headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
})

function languageIn(query: URLSearchParams) {
  const lang = query.get('language') ?? 'it'
  if (!isLanguage(lang)) throw new NotFound()
  return lang
}

function pagesIn(query: URLSearchParams) {
  const whole = (name: string, otherwise: number, most: number) => {
    const typed = query.get(name)
    if (typed === null) return otherwise
    if (!/^[1-9]\d{0,5}$/.test(typed) || Number(typed) > most) throw new NotFound()
    return Number(typed)
  }
  return { page: whole('page', 1, 100_000), per_page: whole('per_page', 50, 500) }
}

routes.machine(board.hsds, async (ctx) =>
  json({
    version: '3.0',
    profile: 'https://docs.openreferral.org/en/v3.0.1/hsds/',
    openapi_url: ctx.base_url + board.openapi.href(),
  }),
)
routes.machine(board.hsdsServices, async (ctx, _, { query }) =>
  json(hsds.paged(await hsds.hsdsServices(ctx, languageIn(query)), pagesIn(query))),
)
routes.machine(board.hsdsService, async (ctx, { id }, { query }) =>
  json(await hsds.hsdsService(ctx, id, languageIn(query))),
)
routes.machine(board.hsdsOrganisations, async (ctx, _, { query }) =>
  json(hsds.paged(await hsds.hsdsOrganisations(ctx), pagesIn(query))),
)
routes.machine(board.hsdsOrganisation, async (ctx, { id }) => {
  const found = (await hsds.hsdsOrganisations(ctx)).find((one) => one.id === id)
  if (!found) throw new NotFound()
  return json(found)
})
routes.machine(board.hsdsPlaces, async (ctx, _, { query }) =>
  json(hsds.paged(await hsds.hsdsServicesAtLocations(ctx, languageIn(query)), pagesIn(query))),
)
routes.machine(board.openapi, async (ctx) => json(openapi(ctx.base_url, ctx.modules)))
