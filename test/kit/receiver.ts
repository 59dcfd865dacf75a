/** A small program of somebody else, over real HTTP, which takes messages, refuses, redirects or never answers, as it is told. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type Received = { path: string; headers: IncomingHttpHeaders; body: string }
type Answer = number | 'hang' | 'drop' | { redirect: string }

export async function openReceiver() {
  const received: Received[] = []
  let answers: Answer[] = []
  const hanging: Socket[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
    const answer = answers.shift() ?? 204
    if (answer === 'hang') return void hanging.push(request.socket)
    if (answer === 'drop') return request.socket.destroy()
    if (typeof answer === 'object') return response.writeHead(307, { location: answer.redirect }).end()
    response.writeHead(answer).end('anything')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** Answers in order; when they are used up, everything is taken. */
    tell: (...told: Answer[]) => {
      answers = told
    },
    /** Whoever still waits for an answer has none. */
    letGo() {
      for (const socket of hanging.splice(0)) socket.destroy()
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
