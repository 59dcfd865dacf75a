/** The built server in a process of its own, as `npm start` runs it, to be asked, written to and killed. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import flags from '../../bin/node-flags.json' with { type: 'json' }
import { root } from '../../src/kernel/root.ts'

export type Running = Awaited<ReturnType<typeof startServer>>
export const password = 'prova-di-notte-2026'

/** Bundles what the tests start, unless it is there already. */
export const buildServer = () =>
  execFileSync(process.execPath, [join(root, 'bin/build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  await new Promise((done) => probe.close(done))
  return port
}

/** Starts and does not wait; `as` is the command line after Node. */
export function launch(env: Record<string, string>, as = [...flags.server, 'dist/main.js'], node = process.execPath) {
  // Not the tests' own environment, in which Vitest has set words of ours such as BASE_URL.
  const { PATH, HOME, LANG, TZ } = process.env
  const inherited = { PATH, HOME, LANG, TZ }
  const child = spawn(node, as, {
    cwd: root,
    env: { ...inherited, DEMO_PASSWORD: password, ROOM_MB: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that ends badly leaves nothing running.
  process.once('exit', () => child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.err += text
  })
  const ended = once(child, 'close').then(() => child.exitCode)
  return { child, said, ended }
}

/** Starts, and answers when it listens. */
export async function startServer(
  data_dir: string,
  { env = {}, as }: { env?: Record<string, string>; as?: string[] } = {},
) {
  const port = await freePort()
  const { child, said, ended } = launch({ DATA_DIR: data_dir, PORT: String(port), ...env }, as)
  const base = `http://127.0.0.1:${port}`
  for (;;) {
    if (said.out.includes('listens on')) break
    const over = await Promise.race([ended.then(() => true), new Promise<false>((wait) => setTimeout(wait, 25, false))])
    if (over) throw new Error(`the server ended: ${said.err}`)
  }
  const ask = (path: string, init: RequestInit = {}) => fetch(base + path, { redirect: 'manual', ...init })
  return {
    child,
    port,
    base,
    said,
    ended,
    ask,
    /** The cookie of somebody signed in. */
    async signIn(email: string) {
      const answer = await ask('/staff/accesso', { method: 'POST', body: new URLSearchParams({ email, password }) })
      const cookie = answer.headers.get('set-cookie')?.split(';')[0]
      if (!cookie) throw new Error(`nobody signed in as ${email}: ${answer.status}`)
      return cookie
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

/** The process that listens, which `npm start` has started as a child. */
export function listeningChild({ child }: { child: ChildProcess }) {
  const [pid] = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
  return Number(pid)
}
