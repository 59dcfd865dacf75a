/** `demo reset`: the demonstration as on its first day. */
import pg from 'pg'
import { openPostgres } from '../database/postgres.ts'
import { openHouse } from '../serve.ts'
import { beginAnew, inDataDir } from '../witness.ts'
import { throwAway } from './backup-file.ts'
import type { HouseCommand } from './commands.ts'

export const demoReset: HouseCommand = {
  name: 'demo reset',
  usage: '',
  help: `Throws away what was tried out and makes the demonstration anew, with its invented people and the same accounts.
A server that runs beside goes on with the new one after a few seconds. A real installation is never touched.`,
  async keep(argv, { config, modules, look, print, tell }) {
    if (argv.length > 0 || !config.demo) {
      tell(argv.length > 0 ? `demo reset takes no '${argv[0]}'.` : 'This is no demonstration: DEMO is 0.')
      return 2
    }
    const postgres = await openPostgres(config)
    try {
      const owner = new pg.Client({ connectionString: postgres.owner_url, application_name: 'labimpact demo reset' })
      await owner.connect()
      try {
        const { rows: founded } = await owner.query(`select to_regclass('kernel.installation') as there`)
        const { rows } = founded[0].there ? await owner.query('select demo from kernel.installation') : { rows: [] }
        if (rows.some(({ demo }) => !demo)) {
          tell('This database was founded as a real installation: nothing was touched.')
          return 1
        }
        beginAnew(inDataDir(config))
        await throwAway(owner)
      } finally {
        await owner.end()
      }
      const { house, close } = await openHouse(config, modules, look)
      for (const ambito_id of await house.everyAmbito())
        await house.owner_pool.query(`select pg_notify('public_changed', $1)`, [ambito_id])
      await close()
      print('The demonstration is as on its first day.')
      return 0
    } finally {
      await postgres.stop()
    }
  },
}
