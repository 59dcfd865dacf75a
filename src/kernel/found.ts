/** A new installation: whether it is a demonstration is written once; each module fills each Ambito with its own data, once. */
import { sql } from 'kysely'
import { commandLine } from './actor.ts'
import { type Ctx, openCtx } from './ctx.ts'
import type { House } from './house.ts'

export class WrongKind extends Error {}

export async function foundInstallation(house: House) {
  const { rows } = await sql<{ demo: boolean }>`
    with founded as (insert into kernel.installation (demo) values (${house.demo}) on conflict do nothing returning demo)
    select demo from founded union all select demo from kernel.installation limit 1`.execute(ownerDb(house))
  if (rows[0]?.demo !== house.demo)
    throw new WrongKind(
      `This database was founded as ${rows[0]?.demo ? 'a demonstration' : 'a real installation'}; it cannot be started with DEMO=${house.demo ? 1 : 0}. Use another DATA_DIR or DATABASE_URL.`,
    )
  for (const module of house.modules) await module.ambiti?.found?.(ownerDb(house), house.demo)
  for (const ambito_id of await house.everyAmbito()) await seed(house, ambito_id)
  for (const module of house.modules) await module.seed?.settle?.(house)
}

const ownerDb = (house: House) => house.owner_db

async function seed(house: House, ambito_id: string) {
  const inAmbito = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
    openCtx(
      house,
      async (db) => ({
        ambito: (await house.ambitoById(db, ambito_id)) as Ctx['ambito'],
        actor: commandLine,
        lang: 'it',
      }),
      work,
    )
  for (const stage of ['always', 'demo'] as const) {
    if (stage === 'demo' && !house.demo) continue
    for (const module of house.modules) {
      const fill = module.seed?.[stage]
      if (!fill) continue
      await inAmbito(async (ctx) => {
        const first = await ctx.db
          .insertInto('kernel.seeded')
          .values({ ambito_id, name: `${module.name}.${stage}` })
          .onConflict((conflict) => conflict.doNothing())
          .returning('name')
          .executeTakeFirst()
        if (first) await fill(ctx)
      })
    }
  }
}
