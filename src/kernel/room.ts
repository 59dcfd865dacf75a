/**
 * Room on the disk of DATA_DIR, where the embedded database lives. Without any, PostgreSQL stops answering even who only
 * reads; so what people write is refused a little before, and taken again by itself once there is room.
 */
import { statfs } from 'node:fs/promises'
import type { Config } from './config.ts'
import { NoRoom } from './errors.ts'

type Disk = Pick<Config, 'data_dir' | 'room_mb'>

export async function megabytesFree({ data_dir }: Disk) {
  const { bavail, bsize } = await statfs(data_dir)
  return (bavail * bsize) / 2 ** 20
}

export async function needRoom(disk: Disk) {
  // A folder that is not there fills no disk: the database is elsewhere.
  const free = await megabytesFree(disk).catch(() => Number.POSITIVE_INFINITY)
  if (free < disk.room_mb) throw new NoRoom()
}
