/** Sends an issue on the database of a test until it is over; whoever started it kills it in the middle. */
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundJob } from '../../src/kernel/actor.ts'
import { type Ctx, openCtx } from '../../src/kernel/ctx.ts'
import { openPools } from '../../src/kernel/database/pools.ts'
import type { OutsideJob } from '../../src/kernel/events.ts'
import { openWords } from '../../src/kernel/i18n.ts'
import { openLimits } from '../../src/kernel/limits.ts'
import { openSeal } from '../../src/kernel/seal.ts'
import { deliverIssue } from '../../src/newsletter/actions/delivery.ts'

const [url = '', smtp_url = '', secret = '', issue_id = ''] = process.argv.slice(2)
const pools = openPools({ owner_url: url, app_url: url })
const { rows } = await pools.app_pool.query<{ id: string; slug: string; name: string }>(
  "select id, slug, name from territory.ambito where slug = 'lodi'",
)
const ground = {
  db: pools.app,
  beside: pools.beside,
  words: openWords(),
  base_url: 'https://lodi.example',
  demo: true,
  listeners: new Map(),
  limits: openLimits(pools.app_pool),
  seal: openSeal(secret),
  modules: [],
}
const outside = {
  config: { smtp_url, mail_from: 'ambito@lodi.example' },
  open: <Result>(work: (ctx: Ctx) => Promise<Result>) =>
    openCtx(ground as never, { ambito: rows[0] as never, actor: backgroundJob, lang: 'it' }, work),
  last_attempt: false,
} as unknown as OutsideJob

process.stdout.write('begun\n')
for (;;) {
  await deliverIssue.slowly(outside, { issue_id })
  await sleep(10)
}
