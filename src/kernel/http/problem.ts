/** What a program is told when something is not right: RFC 9457, in the same sentences as the pages. */
import type { Problem, Refused } from '../errors.ts'
import type { House } from '../house.ts'
import type { TextKey, Translate } from '../i18n.ts'
import { staffLanguage, type Web } from './asking.ts'

export const isForPrograms = (web: Web) => web.req.path.startsWith('/api/')
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503

type More = { detail?: Problem; errors?: Refused['problems']; headers?: Record<string, string> }

export function problem(house: House, web: Web, status: ProblemStatus, { detail, errors = {}, headers }: More = {}) {
  const t = house.words.translate(staffLanguage(web))
  const { form = detail, ...fields } = errors
  const wrong = Object.entries(fields).map(([field, one]) => ({
    pointer: `#/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail: said(t, one),
  }))
  return web.body(
    JSON.stringify({
      type: 'about:blank',
      title: t(`kernel.api.problem.${status}`),
      status,
      ...(form && { detail: said(t, form) }),
      ...(wrong.length > 0 && { errors: wrong }),
      request_id: web.get('request_id'),
    }),
    status,
    { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  )
}

const said = (t: Translate, one: Problem) =>
  typeof one === 'string' ? t(one) : t(one[0] as TextKey, one[1] as Record<string, string | number>)
