import machines from './routes/machines.ts'
import open from './routes/open.tsx'
import staff from './routes/staff.tsx'

export default [...open, ...machines, ...staff]
