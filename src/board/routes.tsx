import attendance from './routes/attendance.tsx'
import cardData from './routes/card-data.tsx'
import items from './routes/items.tsx'
import machines from './routes/machines.ts'
import open from './routes/open.tsx'
import publishing from './routes/publishing.tsx'
import translating from './routes/translating.tsx'

export default [...open, ...machines, ...items, ...publishing, ...cardData, ...attendance, ...translating]
