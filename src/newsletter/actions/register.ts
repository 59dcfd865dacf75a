/** `import subscribers`: a list that exists, each row with its proof of consent; who has left is not brought back. */
import { isLanguage } from '../../kernel/i18n.ts'
import type { RegisterKind, RowSaid } from '../../kernel/register.ts'
import { languageOf } from '../../territory/actions.ts'
import { may } from '../rules/may.ts'
import { readSubscriber, type SubscriberSaid, subscriberColumns } from '../rules/register-cells.ts'
import * as store from '../store/subscribers.ts'
import { markOf, oneAddress } from './subscribing.ts'

export const subscribersRegister: RegisterKind = {
  kind: 'subscribers',
  name: 'newsletter.register.name',
  may: may.see_subscribers,
  columns: subscriberColumns,
  needed: [['email'], ['consent_on'], ['consent_where']],
  async take(ctx, rows) {
    const refused: RowSaid[] = []
    const good: (SubscriberSaid & { line: string })[] = []
    const finders = {
      address: oneAddress,
      today: ctx.today,
      language(text: string) {
        const code = languageOf(text) ?? text.toLowerCase()
        return isLanguage(code) ? code : undefined
      },
    }
    for (const { line, cells, known } of rows) {
      if (known) continue
      const { said, problems } = readSubscriber(cells, finders)
      if (said) good.push({ ...said, line })
      else refused.push({ line, said: problems })
    }
    const { confirmed, gone } = await store.knownAddresses(
      ctx,
      good.map(({ email }) => email),
      good.map(({ email }) => markOf(ctx, email)),
    )
    for (const { line, ...said } of good) {
      if (confirmed.has(said.email)) continue
      const mark = markOf(ctx, said.email)
      if (gone.has(mark)) {
        refused.push({ line, said: [{ column: 'email', problem: 'newsletter.error.register_left' }] })
        continue
      }
      const { id } = await store.putSubscriber(ctx, { ...said, mark, source: 'import' })
      await store.changeSubscriber(ctx, id, { confirmed_at: ctx.now.toString() })
      confirmed.add(said.email)
    }
    return { refused, remarks: [], people_found: 0, people_created: 0, facts: 0, people: [] }
  },
}
