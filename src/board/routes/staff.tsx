/** For those who write, translate and look after the board. */

import { accountNames, colleagues } from '../../accounts/actions.ts'
import { needList } from '../../desk/actions.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { findPeople, headLines } from '../../people/actions.ts'
import { settingOf } from '../../programme/actions.ts'
import { languageName, organisations, places, spokenLanguages } from '../../territory/actions.ts'
import { rowsAtOnce } from '../../ui/pager.tsx'
import * as cards from '../actions/cards.ts'
import * as events from '../actions/events.ts'
import * as items from '../actions/items.ts'
import * as pictures from '../actions/pictures.ts'
import * as translations from '../actions/translations.ts'
import {
  attendForm,
  cardCheckForm,
  eventForm,
  exceptionForm,
  findForm,
  hoursForm,
  newItemForm,
  nothing,
  pictureForm,
  publicationForm,
  serviceForm,
  sourceForm,
  stillGoodForm,
  translationCheckForm,
  translationForm,
} from '../forms.ts'
import { AttendancePage } from '../pages/attendance.tsx'
import { EventDataPage, HoursPage, type Offered, ServiceDataPage } from '../pages/card-data.tsx'
import { CardCheckPage, ItemPage, PublicationPage } from '../pages/item.tsx'
import { ItemsPage } from '../pages/items.tsx'
import { PicturePage } from '../pages/picture.tsx'
import { TranslationPage, TranslatorsPage, WorkListPage } from '../pages/translations.tsx'
import { WritingPage } from '../pages/writing.tsx'
import { may } from '../rules/may.ts'
import { type Kind, kinds, reminderDays } from '../rules/publication.ts'
import { sourceFields, textFields } from '../rules/texts.ts'
import { board } from '../urls.ts'

const routes = router()
export default routes.all

const kindIn = (word: string | null | undefined): Kind => {
  const found = kinds.find((one) => one === word)
  if (!found) throw new NotFound()
  return found
}

/** Needs as the desk calls them. */
const inWords = (ctx: Ctx, codes: readonly string[]) =>
  needList.filter(({ code }) => codes.includes(code)).map(({ it, en }) => (ctx.lang === 'en' ? en : it))

// --- the list -------------------------------------------------------------------------------------------------------

routes.page(board.items, may.see, async (ctx, _, { query }) => {
  const kind = query.get('tipo') ? kindIn(query.get('tipo')) : undefined
  const state = query.get('stato')
  const soon = addDays(ctx.today, await settingOf(ctx, reminderDays))
  const all = (await items.itemsWithStanding(ctx, kind)).filter((line) =>
    state === 'soon'
      ? line.kind === 'service' &&
        ['live', 'stale'].includes(line.standing) &&
        line.published_until !== null &&
        line.published_until <= soon
      : !state || line.standing === state,
  )
  const page = Number(/^[1-9]\d{0,3}$/.exec(query.get('pagina') ?? '1')?.[0] ?? 1)
  return (
    <ItemsPage
      lines={all.slice((page - 1) * rowsAtOnce, page * rowsAtOnce)}
      total={all.length}
      page={page}
      query={query}
      writes={ctx.actor.can(may.write)}
    />
  )
})

// --- writing --------------------------------------------------------------------------------------------------------

routes.form(board.create, may.write, newItemForm, {
  show: (_, { kind }, form) => <WritingPage kind={kindIn(kind)} form={form} />,
  async submit(ctx, { kind }, input) {
    if (input.button === 'preview') {
      const form = blankForm(ctx.ambito_id, items.textOf(input)) as Form<typeof newItemForm>
      return <WritingPage kind={kindIn(kind)} form={form} preview={items.textOf(input)} />
    }
    const id = await items.createItem(ctx, kindIn(kind), input)
    say(ctx, 'board.said.created')
    return kind === 'service'
      ? board.serviceData.href({ id })
      : kind === 'event'
        ? board.eventData.href({ id })
        : board.publication.href({ id })
  },
})

routes.form(board.source, may.write, sourceForm, {
  async show(ctx, { id }, form) {
    const { item, source } = await items.itemWhole(ctx, id)
    const typed_on = form.values.version
    const version = typed_on ? Number([typed_on].flat()[0]) : item.version
    return (
      <WritingPage
        kind={item.kind}
        form={filled(form, Object.fromEntries(sourceFields.map((field) => [field, source[field]])))}
        title={source.title}
        version={version}
      />
    )
  },
  async submit(ctx, { id }, input) {
    const { item, source } = await items.itemWhole(ctx, id)
    if (input.button === 'preview') {
      const text = items.textOf(input)
      return (
        <WritingPage
          kind={item.kind}
          form={blankForm(ctx.ambito_id, text) as Form<typeof newItemForm>}
          title={source.title}
          version={input.version}
          preview={text}
        />
      )
    }
    await items.saveSource(ctx, id, input, input.version)
    say(ctx, 'board.said.saved')
    return board.item.href({ id })
  },
})

routes.page(board.item, may.see, async (ctx, { id }) => {
  const whole = await items.itemWhole(ctx, id)
  const { owner, kind } = whole.item
  const has_data =
    kind === 'service'
      ? (await cards.serviceToEdit(ctx, id)).service !== undefined
      : kind === 'event'
        ? (await events.eventToEdit(ctx, id)).event !== undefined
        : true
  return (
    <ItemPage
      {...whole}
      needs={inWords(ctx, whole.needs)}
      languages={translations.targetLanguages}
      owner={owner ? (await accountNames(ctx, [owner])).get(owner) : undefined}
      writes={ctx.actor.can(may.write)}
      translates={ctx.actor.can(may.translate)}
      sees_sign_ups={ctx.actor.can(may.see_sign_ups)}
      has_data={has_data}
    />
  )
})

// --- publishing -----------------------------------------------------------------------------------------------------

routes.form(board.publication, may.write, publicationForm, {
  async show(ctx, { id }, form) {
    const { item, source } = await items.itemWhole(ctx, id)
    const service = item.kind === 'service'
    const usual = {
      published_from: item.published_from ?? ctx.today,
      published_until:
        item.published_until ?? (service ? Temporal.PlainDate.from(ctx.today).add({ months: 6 }).toString() : ''),
      owner: item.owner ?? '',
    }
    return (
      <PublicationPage
        title={source.title}
        service={service}
        form={filled(form, usual)}
        owners={await colleagues(ctx, 'editor')}
      />
    )
  },
  async submit(ctx, { id }, input) {
    await items.publishItem(ctx, id, input)
    say(ctx, input.published_from <= ctx.today ? 'board.said.published' : 'board.said.will_be_published')
    return board.item.href({ id })
  },
})

const upload_most = 2_000_000
routes.form(
  board.picture,
  may.write,
  pictureForm,
  {
    async show(ctx, { id }, form) {
      const { source, picture } = await items.itemWhole(ctx, id)
      return <PicturePage id={id} title={source.title} form={filled(form, { alt: source.alt })} picture={picture} />
    },
    async submit(ctx, { id }, { alt }, { files }) {
      await pictures.setPicture(ctx, id, alt, files.get('picture')?.[0])
      say(ctx, 'board.said.picture')
      return board.item.href({ id })
    },
  },
  upload_most,
)

routes.form(board.pictureGone, may.write, nothing, {
  show: showWhole,
  async submit(ctx, { id }) {
    await pictures.removePicture(ctx, id)
    say(ctx, 'board.said.picture_gone')
    return board.item.href({ id })
  },
})

routes.form(board.withdrawal, may.write, nothing, {
  show: showWhole,
  async submit(ctx, { id }) {
    await items.withdrawItem(ctx, id)
    say(ctx, 'board.said.withdrawn')
    return board.item.href({ id })
  },
})

routes.form(board.comeback, may.write, nothing, {
  show: showWhole,
  async submit(ctx, { id }) {
    await items.bringBack(ctx, id)
    say(ctx, 'board.said.brought_back')
    return board.item.href({ id })
  },
})

routes.form(board.cardCheck, may.write, cardCheckForm, {
  async show(ctx, { id }, form) {
    const { source } = await items.itemWhole(ctx, id)
    const usual = { by_whom: ctx.actor.name, next: Temporal.PlainDate.from(ctx.today).add({ months: 6 }).toString() }
    return <CardCheckPage title={source.title} form={filled(form, usual)} />
  },
  async submit(ctx, { id }, input) {
    await items.checkCard(ctx, id, input)
    say(ctx, 'board.said.card_checked')
    return board.item.href({ id })
  },
})

/** A button of the card's page was refused: the same page, with the reason said by the frame. */
async function showWhole(ctx: Ctx, { id }: { id: string }) {
  const whole = await items.itemWhole(ctx, id)
  return (
    <ItemPage
      {...whole}
      needs={inWords(ctx, whole.needs)}
      languages={translations.targetLanguages}
      owner={undefined}
      writes={ctx.actor.can(may.write)}
      translates={ctx.actor.can(may.translate)}
      sees_sign_ups={ctx.actor.can(may.see_sign_ups)}
      has_data
    />
  )
}

// --- data of services and events ------------------------------------------------------------------------------------

async function offered(ctx: Ctx): Promise<Offered> {
  return {
    organisations: await organisations(ctx),
    places: await places(ctx),
    needs: needList.map(({ code, it, en }) => ({ code, text: ctx.lang === 'en' ? en : it })),
    languages: spokenLanguages.map(({ code }) => ({ code, name: languageName(code, ctx.lang) })),
  }
}

routes.form(board.serviceData, may.write, serviceForm, {
  async show(ctx, { id }, form) {
    const { source } = await items.itemWhole(ctx, id)
    const { service, needs } = await cards.serviceToEdit(ctx, id)
    const values = service
      ? {
          ...service,
          organisation_id: service.organisation_id ?? '',
          place_id: service.place_id ?? '',
          hours_of: service.hours_of ?? '',
          free: service.free ? '1' : '',
          keeps_closures: service.keeps_closures ? '1' : '',
          needs,
        }
      : { keeps_closures: '1', pictogram: 'building-community' }
    return <ServiceDataPage title={source.title} form={filled(form, values)} offered={await offered(ctx)} />
  },
  async submit(ctx, { id }, input) {
    const { item } = await items.itemWhole(ctx, id)
    await cards.describeService(ctx, id, input)
    say(ctx, 'board.said.saved')
    return item.published_from
      ? board.item.href({ id })
      : input.hours_of
        ? board.publication.href({ id })
        : board.hours.href({ id })
  },
})

async function hoursPage(
  ctx: Ctx,
  id: string,
  forms: { hours?: Form<typeof hoursForm>; exception?: Form<typeof exceptionForm> },
) {
  const { source } = await items.itemWhole(ctx, id)
  const { service, weekly, exceptions } = await cards.serviceToEdit(ctx, id)
  return (
    <HoursPage
      id={id}
      title={source.title}
      follows_desk={service?.hours_of != null}
      weekly={weekly}
      exceptions={exceptions}
      hours_form={forms.hours ?? blankForm(ctx.ambito_id)}
      exception_form={forms.exception ?? blankForm(ctx.ambito_id)}
    />
  )
}

routes.form(board.hours, may.write, hoursForm, {
  show: (ctx, { id }, form) => hoursPage(ctx, id, { hours: form }),
  async submit(ctx, { id }, input) {
    await cards.addHours(ctx, id, input)
    say(ctx, 'board.said.saved')
    return board.hours.href({ id })
  },
})

routes.form(board.exceptions, may.write, exceptionForm, {
  show: (ctx, { id }, form) => hoursPage(ctx, id, { exception: form }),
  async submit(ctx, { id }, input) {
    await cards.addException(ctx, id, input)
    say(ctx, 'board.said.saved')
    return board.hours.href({ id })
  },
})

routes.form(board.hoursGone, may.write, nothing, {
  show: (ctx, { id }) => hoursPage(ctx, id, {}),
  async submit(ctx, { id, hours }) {
    await cards.removeHours(ctx, id, hours)
    say(ctx, 'board.said.saved')
    return board.hours.href({ id })
  },
})

async function eventPage(ctx: Ctx, id: string, form: Form<typeof eventForm>) {
  const { source } = await items.itemWhole(ctx, id)
  const { event, needs } = await events.eventToEdit(ctx, id)
  const values = event
    ? {
        ...event,
        starts_at: event.starts_at.slice(0, 5),
        ends_at: event.ends_at.slice(0, 5),
        place_id: event.place_id ?? '',
        organisation_id: event.organisation_id ?? '',
        sign_up: event.sign_up ? '1' : '',
        capacity: event.capacity === null ? '' : String(event.capacity),
        needs,
      }
    : {}
  return (
    <EventDataPage
      id={id}
      title={source.title}
      form={filled(form, values)}
      offered={await offered(ctx)}
      cancellable={event !== undefined && event.cancelled_at === null && event.on_day >= ctx.today}
    />
  )
}

routes.form(board.eventData, may.write, eventForm, {
  show: (ctx, { id }, form) => eventPage(ctx, id, form),
  async submit(ctx, { id }, input) {
    const { item } = await items.itemWhole(ctx, id)
    await events.planEvent(ctx, id, input)
    say(ctx, 'board.said.saved')
    return item.published_from ? board.item.href({ id }) : board.publication.href({ id })
  },
})

routes.form(board.cancellation, may.write, nothing, {
  show: (ctx, { id }, form) => eventPage(ctx, id, { ...form, values: {} } as Form<typeof eventForm>),
  async submit(ctx, { id }) {
    await events.cancelEvent(ctx, id)
    say(ctx, 'board.said.cancelled')
    return board.item.href({ id })
  },
})

// --- who came -------------------------------------------------------------------------------------------------------

async function attendancePage(
  ctx: Ctx,
  id: string,
  form: Form<typeof findForm>,
  for_sign_up?: string,
  found?: Awaited<ReturnType<typeof findPeople>>,
) {
  const sheet = await events.attendanceSheet(ctx, id)
  const records = ctx.actor.can(may.record_attendance)
  const known = records ? [...new Set(sheet.attendance.flatMap((row) => row.person_id ?? []))] : []
  const people = new Map((known.length > 0 ? await headLines(ctx, known) : []).map((line) => [line.id, line]))
  return (
    <AttendancePage {...sheet} form={form} for_sign_up={for_sign_up} found={found} people={people} records={records} />
  )
}

routes.form(board.attendance, may.see_sign_ups, findForm, {
  show: (ctx, { id }, form, { query }) => attendancePage(ctx, id, form, query.get('iscrizione') ?? undefined),
  async submit(ctx, { id }, { who, sign_up_id }) {
    return attendancePage(
      ctx,
      id,
      blankForm(ctx.ambito_id, { who }) as Form<typeof findForm>,
      sign_up_id,
      await findPeople(ctx, who),
    )
  },
})

routes.form(board.attended, may.record_attendance, attendForm, {
  show: (ctx, { id }, form) => attendancePage(ctx, id, { ...form, values: {} } as Form<typeof findForm>),
  async submit(ctx, { id }, input) {
    await events.recordAttendance(ctx, id, input)
    say(ctx, 'board.said.attended')
    return board.attendance.href({ id })
  },
})

routes.form(board.attendanceGone, may.record_attendance, nothing, {
  show: (ctx, { id }, form) => attendancePage(ctx, id, form as unknown as Form<typeof findForm>),
  async submit(ctx, { id, attendance }) {
    await events.withdrawAttendance(ctx, id, attendance)
    say(ctx, 'board.said.attendance_withdrawn')
    return board.attendance.href({ id })
  },
})

// --- translating ----------------------------------------------------------------------------------------------------

routes.page(board.translators, may.see, async (ctx) => (
  <TranslatorsPage lists={await translations.workInEveryLanguage(ctx)} />
))
routes.page(board.workList, may.see, async (ctx, { language }) => (
  <WorkListPage language={translations.targetLanguage(language)} lines={await translations.workList(ctx, language)} />
))

async function translationPage(ctx: Ctx, id: string, language: string, form: Form<typeof translationForm>) {
  const of = await translations.translationToEdit(ctx, id, language)
  const start = of.translation
    ? {
        ...Object.fromEntries(textFields.map((field) => [field, of.translation?.[field] ?? ''])),
        origin: of.translation.origin,
      }
    : { origin: 'person' }
  return <TranslationPage {...of} form={filled(form, start)} translates={ctx.actor.can(may.translate)} />
}

routes.form(board.translation, may.see, translationForm, {
  show: (ctx, { id, language }, form) => translationPage(ctx, id, language, form),
  async submit(ctx, { id, language }, input) {
    await translations.saveTranslation(ctx, id, language, input)
    say(ctx, 'board.said.translated')
    return board.translation.href({ id, language })
  },
})

routes.form(board.stillGood, may.translate, stillGoodForm, {
  show: (ctx, { id, language }, form) =>
    translationPage(ctx, id, language, { ...form, values: {} } as Form<typeof translationForm>),
  async submit(ctx, { id, language }, input) {
    await translations.sayStillGood(ctx, id, language, input)
    say(ctx, 'board.said.still_good')
    return board.translation.href({ id, language })
  },
})

routes.form(board.translationCheck, may.check_translation, translationCheckForm, {
  show: (ctx, { id, language }, form) =>
    translationPage(ctx, id, language, { ...form, values: {} } as Form<typeof translationForm>),
  async submit(ctx, { id, language }, { revision }) {
    await translations.markChecked(ctx, id, language, revision)
    say(ctx, 'board.said.translation_checked')
    return board.translation.href({ id, language })
  },
})
