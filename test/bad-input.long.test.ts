/** Everything on each, where `npm test` takes turns. */
import './bad-input.test.ts'
