/** Everything on each, where `npm test` takes turns. */
import './cross-site.test.ts'
