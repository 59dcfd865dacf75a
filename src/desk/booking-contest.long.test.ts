/** The hundred rounds of two hundred: see booking-contest.test.ts, which reads how many from the run it is in. */
import './booking-contest.test.ts'
