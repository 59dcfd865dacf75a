/** A program of a requesting body, with a key the coordinator has made for it on her page. */
import { mediation } from '../../src/mediation/urls.ts'
import type { TestHouse } from './house.ts'

export async function programOf(town: TestHouse, coordinator: Awaited<ReturnType<TestHouse['as']>>) {
  const { rows } = await town.house.owner_pool.query<{ id: string }>(
    `select b.id from mediation.body b join territory.ambito a on a.id = b.ambito_id where a.slug = 'lodi' order by b.id limit 1`,
  )
  const answer = await coordinator.submit(mediation.systems.href({ body: rows[0]?.id as string }), {
    name: 'Programma',
    contact_name: 'Programma',
    email: 'programma@esempio.it',
    phone: '0371 1',
    tech_email: 'tecnico@esempio.it',
  })
  const key = /labimpact_[\w-]{43}/.exec(await answer.text())?.[0]
  if (!key) throw new Error('no key was made')
  let sent = 0
  const ask = (path: string, init: RequestInit = {}) =>
    town.http.request(`http://localhost${path}`, {
      ...init,
      headers: { host: 'localhost', authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) },
    })
  return {
    read: (path: string) => ask(path),
    send: (path: string, json: unknown, headers: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        body: typeof json === 'string' ? json : JSON.stringify(json),
        headers: { 'content-type': 'application/json', 'idempotency-key': `programma-${++sent}`, ...headers },
      }),
  }
}
