/** Every address the modules declare, with examples found the way people find them: by following links and forms. */
import type { Route } from '../../src/kernel/routes.ts'
import { modules } from '../../src/modules.ts'
import type { TestHouse } from './house.ts'

export const routes: readonly Route[] = modules.flatMap((module) => module.routes ?? [])
export const staffRoutes = routes.filter((route) => route.surface === 'staff')
export const postRoutes = routes.filter((route) => route.form)
/** For programs with a key of their own. */
export const apiRoutes = routes.filter((route) => route.api)

/** Roles as `accounts` gives them to the demonstration: one account for each. */
export const accountOf: Record<string, string> = {
  operator: 'operatore@demo.example',
  lawyer: 'legale@demo.example',
  self_adviser: 'self@demo.example',
  coordinator: 'coordinatrice@demo.example',
  mediator: 'mediatrice@demo.example',
  trainer: 'docente@demo.example',
  editor: 'redazione@demo.example',
  translator: 'redazione@demo.example',
  body_contact: 'referente@demo.example',
  member: 'tavolo@demo.example',
  office: 'progetto@demo.example',
  region: 'regione@demo.example',
  admin: 'admin@demo.example',
}
/** Those who between them see every page. */
export const fewest = ['operator', 'self_adviser', 'lawyer', 'coordinator', 'office', 'editor', 'admin'].map(
  (role) => accountOf[role] as string,
)
export const everybody = [...new Set(Object.values(accountOf))]

export const namesIn = (pattern: string) => [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
export const fill = (pattern: string, values: Record<string, string> | ((name: string) => string)) =>
  pattern.replace(/:(\w+)/g, (_, name: string) => (typeof values === 'function' ? values(name) : (values[name] ?? '')))

const shapes = routes
  .map(({ pattern }) => [pattern, new RegExp(`^${fill(pattern, () => '[^/]+')}$`)] as const)
  .sort(([a], [b]) => namesIn(a).length - namesIn(b).length)

/** The declared pattern an address belongs to; fixed words win over parameters. */
export function patternOf(path: string) {
  return shapes.find(([, shape]) => shape.test(path))?.[0]
}

export type Seen = { path: string; email: string; status: number; html: string }

/** Follows links and the addresses of forms, a few of each pattern, as several people at once; nothing is posted. */
export async function walk(town: TestHouse, emails: readonly string[], { of_each = 2, from = ['/staff'] } = {}) {
  const examples = new Map<string, Set<string>>()
  const seen: Seen[] = []
  const walkAs = async (email: string) => {
    const browser = await town.as(email)
    const visited = new Map<string, number>()
    const waiting = [...from]
    const known = new Set(waiting)
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const path = next.split('?')[0] as string
      const pattern = patternOf(path) ?? path
      if ((visited.get(pattern) ?? 0) >= of_each) continue
      visited.set(pattern, (visited.get(pattern) ?? 0) + 1)
      const answer = await browser.get(next)
      const html = (answer.headers.get('content-type') ?? '').startsWith('text/') ? await answer.text() : ''
      seen.push({ path: next, email, status: answer.status, html })
      for (const [, found = ''] of html.matchAll(/(?:href|action|src)="(\/[^"#]*)/g)) {
        const address = found.replaceAll('&amp;', '&')
        const of = patternOf(address.split('?')[0] as string)
        if (of) examples.set(of, (examples.get(of) ?? new Set()).add(address.split('?')[0] as string))
        if (known.has(address) || address.startsWith('/assets/')) continue
        known.add(address)
        waiting.push(address)
      }
    }
  }
  await Promise.all(emails.map(walkAs))
  return { examples, seen }
}
