import { accountNames } from '../accounts/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { NotFound } from '../kernel/errors.ts'
import { say } from '../kernel/events.ts'
import { router } from '../kernel/routes.ts'
import { comuni } from '../territory/actions.ts'
import * as actions from './actions.ts'
import { permitList, statusList } from './codes.ts'
import {
  citizenshipForm,
  matrixForm,
  missingForm,
  nameForm,
  newPersonForm,
  noticeForm,
  personForm,
  searchForm,
  titleForm,
} from './forms.ts'
import { FilePage } from './pages/file.tsx'
import { MatrixLinePage, MatrixPage } from './pages/matrix.tsx'
import {
  CitizenshipPage,
  EditPersonPage,
  MissingPage,
  NamePage,
  NewPersonPage,
  NoticePage,
  TitlePage,
} from './pages/person.tsx'
import { Results, SearchPage } from './pages/search.tsx'
import { isMissing, may } from './rules.ts'
import { matrixHistory } from './store.ts'
import { people } from './urls.ts'

const routes = router()
export default routes.all

routes.form(people.search, may.find, searchForm, {
  show: (_ctx, _params, form) => <SearchPage form={form} found={null} />,
  async submit(ctx, _params, { who }, { fragment }) {
    const found = await actions.findPeople(ctx, who)
    if (fragment) return <Results found={found} />
    return (
      <SearchPage
        form={{ values: { who }, errors: {}, once: crypto.randomUUID(), ambito_id: ctx.ambito_id }}
        found={found}
      />
    )
  },
})

routes.form(people.create, may.write, newPersonForm, {
  show: async (ctx, _params, form) => <NewPersonPage form={form} comuni={await comuni(ctx)} />,
  async submit(ctx, _params, input, { query }) {
    const id = await actions.createPerson(ctx, input)
    say(ctx, 'people.said.created')
    return afterCreating(id, query)
  },
})

/** Somebody made while their family was being put together is tied at once. */
function afterCreating(id: string, query: URLSearchParams) {
  const [family = '', minor = ''] = ['famiglia', 'firma'].map((name) => query.get(name)?.match(/^[0-9a-f-]{36}$/)?.[0])
  if (family) return people.householdJoin.href({ id: family, other: id })
  return minor ? people.guardian.href({ id: minor }, { persona: id }) : people.file.href({ id })
}

routes.page(people.file, may.open_file, async (ctx, { id }) => {
  const file = await actions.openFile(ctx, id)
  const sections = (await Promise.all(ctx.modules.map((module) => module.personFile?.(ctx, file.members) ?? [])))
    .flat()
    .sort((a, b) => a.order - b.order)
  const code = file.person.comune
  const comune = code ? ((await comuni(ctx)).find((one) => one.code === code)?.name ?? null) : null
  const readers = await accountNames(
    ctx,
    file.readings.flatMap((reading) => reading.account_id ?? []),
  )
  return (
    <FilePage
      file={file}
      sections={sections}
      comune={comune}
      contact={await actions.contactOf(ctx, id, ctx.today)}
      readers={readers}
      erases={ctx.actor.can(may.erase)}
    />
  )
})

async function headOf(ctx: Ctx, id: string) {
  const [head] = await actions.headLines(ctx, [id])
  if (!head) throw new NotFound()
  return head
}

routes.form(people.edit, may.write, personForm, {
  async show(ctx, { id }, form) {
    const known =
      Object.keys(form.values).length > 0 ? form : { ...form, values: await actions.editableValues(ctx, id) }
    return <EditPersonPage form={known} head={await headOf(ctx, id)} comuni={await comuni(ctx)} />
  },
  async submit(ctx, { id }, input) {
    await actions.editPerson(ctx, id, input)
    say(ctx, 'people.said.saved')
    return people.file.href({ id })
  },
})

routes.form(people.names, may.write, nameForm, {
  show: async (ctx, { id }, form) => <NamePage form={form} head={await headOf(ctx, id)} />,
  async submit(ctx, { id }, input) {
    await actions.addName(ctx, id, input)
    say(ctx, 'people.said.saved')
    return people.file.href({ id })
  },
})

routes.form(people.citizenships, may.write, citizenshipForm, {
  show: async (ctx, { id }, form) => <CitizenshipPage form={form} head={await headOf(ctx, id)} />,
  async submit(ctx, { id }, { country, since }) {
    await actions.recordCitizenship(ctx, id, country, since ?? null)
    say(ctx, 'people.said.saved')
    return people.file.href({ id })
  },
})

routes.form(people.titles, may.write, titleForm, {
  show: async (ctx, { id }, form) => <TitlePage form={form} head={await headOf(ctx, id)} correcting={false} />,
  async submit(ctx, { id }, input) {
    await actions.recordTitle(ctx, id, input)
    say(ctx, 'people.said.title')
    return people.file.href({ id })
  },
})

routes.form(people.title, may.write, titleForm, {
  async show(ctx, { id, title }, form) {
    const known =
      Object.keys(form.values).length > 0 ? form : { ...form, values: await actions.titleValues(ctx, id, title) }
    return <TitlePage form={known} head={await headOf(ctx, id)} correcting />
  },
  async submit(ctx, { id, title }, input) {
    await actions.recordTitle(ctx, id, input, title)
    say(ctx, 'people.said.title')
    return people.file.href({ id })
  },
})

routes.form(people.notices, may.write, noticeForm, {
  show: async (ctx, { id }, form) => <NoticePage form={form} head={await headOf(ctx, id)} />,
  async submit(ctx, { id }, input) {
    await actions.giveNotice(ctx, id, input)
    say(ctx, 'people.said.notice')
    return people.file.href({ id })
  },
})

/** Only staff pages of ours: what stands in an address may come from anywhere. */
const staffPath = (path: string | null | undefined, otherwise: string) =>
  path && /^\/staff(\/[\w\-/]*)?(\?[\w=&-]*)?$/.test(path) ? path : otherwise

routes.form(people.missing, may.write, missingForm, {
  async show(ctx, { id, what }, form, { query }) {
    if (!isMissing(what)) throw new NotFound()
    const typed = form.values.back
    const then = staffPath(typeof typed === 'string' ? typed : query.get('poi'), people.file.href({ id }))
    const title = what === 'kind_to_decide' ? ((await actions.undecidedTitle(ctx, id)) ?? null) : undefined
    return <MissingPage form={form} head={await headOf(ctx, id)} what={what} then={then} title={title} />
  },
  async submit(ctx, { id, what }, input) {
    if (!isMissing(what)) throw new NotFound()
    await actions.completeMissing(ctx, id, what, input)
    say(ctx, 'people.said.completed')
    return staffPath(input.back, people.file.href({ id }))
  },
})

routes.page(people.matrix, may.see_matrix, async (ctx) => (
  <MatrixPage lines={await actions.eligibilityMatrix(ctx)} changes={ctx.actor.can(may.change_matrix)} />
))

const known = (about: string, code: string): about is 'kind' | 'status' =>
  about === 'kind'
    ? permitList.some((permit) => permit.code === code)
    : about === 'status' && statusList.some((status) => status.code === code)

routes.form(people.matrixLine, may.change_matrix, matrixForm, {
  async show(ctx, { about, code }, form) {
    if (!known(about, code)) throw new NotFound()
    return <MatrixLinePage form={form} about={about} code={code} history={await matrixHistory(ctx, about, code)} />
  },
  async submit(ctx, { about, code }, input) {
    if (!known(about, code)) throw new NotFound()
    await actions.changeEligibility(ctx, about, code, input)
    say(ctx, 'people.said.matrix')
    return people.matrix.href()
  },
})
