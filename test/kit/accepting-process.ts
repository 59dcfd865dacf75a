/** Accepts one offer on the database of a test and says what became of it; whoever started it kills it there and then. */
import { commandLine } from '../../src/kernel/actor.ts'
import { openCtx } from '../../src/kernel/ctx.ts'
import { openPools } from '../../src/kernel/database/pools.ts'
import { openWords } from '../../src/kernel/i18n.ts'
import { openLimits } from '../../src/kernel/limits.ts'
import { answerOffer } from '../../src/mediation/actions/assigning.ts'

const [url = '', offer = ''] = process.argv.slice(2)
const pools = openPools({ owner_url: url, app_url: url })
const { rows } = await pools.app_pool.query<{ id: string; slug: string; name: string }>(
  "select id, slug, name from territory.ambito where slug = 'lodi'",
)
const ground = {
  db: pools.app,
  words: openWords(),
  base_url: 'http://localhost:3000',
  demo: true,
  listeners: new Map(),
  limits: openLimits(pools.app_pool),
  modules: [],
}
const answer = await openCtx(ground as never, { ambito: rows[0] as never, actor: commandLine, lang: 'it' }, (ctx) =>
  answerOffer(ctx, offer, { answer: 'accept' }),
)
process.stdout.write(`${answer}\n`)
setInterval(() => {}, 1000)
