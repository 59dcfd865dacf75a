/** A small module of the tests' own: a list one can add to, a public page of it, and parts that fail when told to. */
import { sql } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import { permissions } from '../../src/kernel/actor.ts'
import { address } from '../../src/kernel/address.ts'
import { looked } from '../../src/kernel/audit.ts'
import type { Ctx } from '../../src/kernel/ctx.ts'
import { refuse } from '../../src/kernel/errors.ts'
import { announce, event, job, later, on, publish, say } from '../../src/kernel/events.ts'
import { day, several, text, whole } from '../../src/kernel/form.ts'
import { module } from '../../src/kernel/module.ts'
import { router } from '../../src/kernel/routes.ts'
import { Field } from '../../src/ui/field.tsx'
import { FormCard } from '../../src/ui/form-card.tsx'
import { Page } from '../../src/ui/page.tsx'

export const workshop = {
  list: address('/staff/officina'),
  refusal: address('/staff/officina/rifiuto'),
  crash: address('/staff/officina/guasto'),
  slow: address('/staff/officina/lento/:end'),
  search: address('/staff/officina/cerca'),
  item: address('/staff/officina/voci/:id'),
  open: address('/:l/officina'),
}
export const may = permissions('workshop', { work: ['operator'] })
export const lineAdded = event<{ line_id: string }>('workshop.line_added')
const itemForm = z.object({
  what: text(50),
  many: whole(1, 10).optional(),
  on: day().optional(),
  tags: several(text(10), 3),
})
const lineForm = z.object({ what: text(50) })

/** Set by a test: what happens inside, and what was heard. */
export const spy = {
  heard: [] as string[],
  done: [] as string[],
  broken: false,
  beforeOpenPage: async () => {},
  inside: async (_ctx: Ctx) => {},
}

/** Its table; the schema is made as a migration would make it. */
export const prepareWorkshop = (owner: pg.Pool) =>
  owner.query(`set labimpact.app_role = 'labimpact_app';
    select kernel.open_schema('workshop');
    create table workshop.line (ambito_id uuid not null, id uuid not null default kernel.uuidv7(), what text not null, primary key (ambito_id, id));
    select kernel.protect('workshop.line')`)

const lines = async ({ db, ambito_id }: Ctx) =>
  (
    await sql<{ what: string }>`select what from workshop.line where ambito_id = ${ambito_id} order by id`.execute(db)
  ).rows.map(({ what }) => what)

async function addLine(ctx: Ctx, what: string) {
  const { rows } = await sql<{
    id: string
  }>`insert into workshop.line (ambito_id, what) values (${ctx.ambito_id}, ${what}) returning id`.execute(ctx.db)
  announce(ctx, lineAdded, { line_id: rows[0]?.id as string })
}

const routes = router()

routes.form(workshop.list, may.work, itemForm, {
  async show(ctx, _, form) {
    looked(ctx, { what: 'workshop.list' })
    await spy.inside(ctx)
    const written = await lines(ctx)
    return (
      <Page title="Officina">
        <p id="lines">{written.join(', ')}</p>
        <FormCard form={form} submit="Aggiungi">
          <Field form={form} name="what" label="Che cosa" />
          <Field form={form} name="many" label="Quanti" />
          <Field form={form} name="on" label="Giorno" />
        </FormCard>
      </Page>
    )
  },
  async submit(ctx, _, { what }) {
    refuse({ ...(what === 'rotto' && { what: 'kernel.form.invalid' as const }) })
    await addLine(ctx, what)
    later(ctx, count, { what: 'done' })
    publish(ctx)
    say(ctx, 'kernel.form.required')
    return workshop.list.href()
  },
})

/** Refuses, and keeps that it did, on another connection. */
routes.form(workshop.refusal, may.work, lineForm, {
  show: (_, __, form) => (
    <Page title="Rifiuto">
      <FormCard form={form} submit="Prova">
        <Field form={form} name="what" label="Che cosa" />
      </FormCard>
    </Page>
  ),
  async submit(ctx, _, { what }) {
    await addLine(ctx, what)
    await ctx.keep({ kind: 'workshop.refused' })
    refuse({ what: 'kernel.form.invalid' })
    return workshop.list.href()
  },
})

routes.page(workshop.crash, may.work, async (ctx) => {
  await addLine(ctx, 'mai')
  throw new Error('il motore si è rotto')
})
/** One that ends by itself at the limit for statements, or one that only another can end. */
routes.page(workshop.slow, may.work, async (ctx, { end }) => {
  if (end === 'mai') await sql`set local statement_timeout = 0`.execute(ctx.db)
  await (end === 'mai' ? sql`select pg_sleep(3000)` : sql`select pg_sleep(30)`).execute(ctx.db)
  return <Page title="Lento" />
})
routes.page(workshop.item, may.work, async (ctx, { id }) => {
  await sql`select 1 from workshop.line where id = ${id}`.execute(ctx.db)
  return <Page title="Voce" />
})

/** A form whose answer is a page, as a search has. */
routes.form(workshop.search, may.work, lineForm, {
  show: (_, __, form) => (
    <Page title="Cerca">
      <FormCard form={form} submit="Cerca">
        <Field form={form} name="what" label="Che cosa" />
      </FormCard>
    </Page>
  ),
  submit: (_, __, { what }) => Promise.resolve(<Page title="Trovato">{what}</Page>),
})

routes.open(workshop.open, async (ctx) => {
  const written = await lines(ctx)
  await spy.beforeOpenPage()
  return <Page title="Officina aperta">{written.join(', ') || 'vuota'}</Page>
})

export const count = job<{ what: string }>('workshop.count', async (_ctx, { what }) => {
  spy.done.push(what)
})

export default module({
  name: 'workshop',
  level: 3,
  needs: [],
  routes: routes.all,
  permissions: may,
  jobs: [count],
  listeners: [
    on(lineAdded, 'workshop.first', async (_, events) => {
      if (spy.broken) throw new Error('orecchio rotto')
      spy.heard.push(...events.map(({ event_id }) => `first ${event_id}`))
    }),
    on(lineAdded, 'workshop.second', async (_, events) => {
      spy.heard.push(...events.map(({ event_id }) => `second ${event_id}`))
    }),
  ],
})
