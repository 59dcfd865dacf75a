/** `node bench/courses.ts [rounds]`: see courses-house.ts, which needs the pages too. */
import './tsx.ts'

await import('./courses-house.ts')
