/** Everything on each, where `npm test` takes turns. */
import './public-pages.test.ts'
