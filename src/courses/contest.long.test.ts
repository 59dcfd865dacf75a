/** The hundred rounds of two hundred: see contest.test.ts, which reads how many from the run it is in. */
import './contest.test.ts'
