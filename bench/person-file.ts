/** `node bench/person-file.ts [rounds]`: see person-file-house.ts, which needs the pages too. */
import './tsx.ts'

await import('./person-file-house.ts')
