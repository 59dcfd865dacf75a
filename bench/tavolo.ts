/** `node bench/tavolo.ts [rounds]`: see tavolo-house.ts, which needs the pages too. */
import './tsx.ts'

await import('./tavolo-house.ts')
