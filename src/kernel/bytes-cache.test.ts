import { expect, test } from 'vitest'
import { openBytesCache } from './bytes-cache.ts'

const ambito = 'a'
const page = (cache: ReturnType<typeof openBytesCache>, words: string, generation = cache.generation(ambito)) =>
  cache.keep('/it/', ambito, generation, new TextEncoder().encode(words), {})
const wordsOf = ({ plain }: { plain: Uint8Array }) => new TextDecoder().decode(plain)

test('a page many ask for at once is made once', async () => {
  const cache = openBytesCache()
  let made = 0
  const all = await Promise.all(
    Array.from({ length: 50 }, () => cache.once('/it/', () => page(cache, `made ${++made}`))),
  )
  expect(made).toBe(1)
  expect(new Set(all.map(wordsOf))).toEqual(new Set(['made 1']))
})

test('who asks after a publication does not get the page begun before it', async () => {
  const cache = openBytesCache()
  const before = cache.generation(ambito)
  let finish = (_: string) => {}
  const slow = cache.once('/it/', async () => page(cache, await new Promise<string>((done) => (finish = done)), before))
  cache.drop(ambito)
  const later = await cache.once('/it/', () => page(cache, 'new'))
  finish('old')
  expect(wordsOf(later)).toBe('new')
  expect(wordsOf(await slow)).toBe('old')
  expect(wordsOf(cache.find('/it/') as { plain: Uint8Array })).toBe('new')
})

test('a page that could not be made is tried again', async () => {
  const cache = openBytesCache()
  await expect(cache.once('/it/', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(wordsOf(await cache.once('/it/', () => page(cache, 'back')))).toBe('back')
})
