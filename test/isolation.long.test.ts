/** Everything on each, where `npm test` takes turns. */
import './isolation.test.ts'
