/**
 * Slow work beside the main thread: one worker per kind, begun when first asked, followed by another when it dies.
 * Its file is TypeScript that Node itself can read (no JSX) and is run from the sources, in the bundle as in the tests.
 */
import { join } from 'node:path'
import { parentPort, type Transferable, Worker } from 'node:worker_threads'
import { root } from './root.ts'

type Asked<Question> = { id: number; question: Question }
type Said<Answer> = { id: number; answer?: Answer; failure?: string }

export class ThreadFailed extends Error {}

export function openThread<Question, Answer>(file: string) {
  let worker: Worker | undefined
  let last = 0
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()

  function begin() {
    const fresh = new Worker(join(root, 'src/kernel', file), { execArgv: ['--no-warnings'] })
    fresh.on('message', ({ id, answer, failure }: Said<Answer>) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (waiting.size === 0) fresh.unref()
      if (failure === undefined) one?.resolve(answer as Answer)
      else one?.reject(new ThreadFailed(failure))
    })
    const ended = (reason: string) => {
      if (worker !== fresh) return
      worker = undefined
      for (const one of waiting.values()) one.reject(new ThreadFailed(reason))
      waiting.clear()
    }
    fresh.on('error', (error) => ended(error instanceof Error ? error.message : String(error)))
    fresh.on('exit', (code) => ended(`${file} ended with ${code}`))
    return fresh
  }

  return (question: Question, transfer: readonly Transferable[] = []) =>
    new Promise<Answer>((resolve, reject) => {
      worker ??= begin()
      const id = ++last
      waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage({ id, question } satisfies Asked<Question>, transfer)
    })
}

/** What the file of a thread says: how it answers. Questions are answered one after the other. */
export function answerQuestions<Question, Answer>(
  answer: (question: Question) => Promise<Answer> | Answer,
  transferred: (answer: Answer) => Transferable[],
) {
  let before = Promise.resolve()
  parentPort?.on('message', ({ id, question }: Asked<Question>) => {
    before = before.then(async () => {
      try {
        const given = await answer(question)
        parentPort?.postMessage({ id, answer: given } satisfies Said<Answer>, transferred(given))
      } catch (error) {
        parentPort?.postMessage({
          id,
          failure: error instanceof Error ? error.message : String(error),
        } satisfies Said<Answer>)
      }
    })
  })
}
