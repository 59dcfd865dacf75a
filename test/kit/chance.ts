/** What is tried at random is tried the same way each time: the same code gets the same verdict. `SEED=$RANDOM npm test` tries something else. */
import { configureGlobal } from 'fast-check'

configureGlobal({ seed: Number(process.env.SEED ?? 20_250_901) })
