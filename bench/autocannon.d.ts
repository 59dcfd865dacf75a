/** What the measures use of autocannon, which ships no types. */
declare module 'autocannon' {
  type Result = { non2xx: number; requests: { average: number }; latency: { p97_5: number } }
  export default function autocannon(options: {
    url: string
    connections: number
    duration: number
    headers?: Record<string, string>
    requests?: readonly { path: string; headers?: Record<string, string> }[]
  }): Promise<Result>
}
