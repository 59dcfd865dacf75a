import type { FileRow } from '../kernel/files/files.ts'
import { Chip } from './chip.tsx'
import { useFrame } from './frame.ts'

/** A file kept: its name as its owner knows it, how large, and whether anything looked into it. */
export function FileLine({ of: { name, size, scan }, href }: { of: Omit<FileRow, 'id' | 'type'>; href: string }) {
  const { t } = useFrame()
  const open = scan === 'clean' || scan === 'not_scanned'
  const kb = Math.max(1, Math.round(size / 1024))
  return (
    <span class="file-line">
      {open ? (
        <a href={href}>
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}{' '}
      <span class="text-muted">
        {kb < 1024 ? t('ui.file.kb', { kb }) : t('ui.file.mb', { mb: Math.round(kb / 102.4) / 10 })}
      </span>{' '}
      {scan === 'not_scanned' && <Chip state="none">{t('ui.file.not_scanned')}</Chip>}
      {scan === 'waiting' && <Chip state="wait">{t('ui.file.waiting')}</Chip>}
      {scan === 'refused' && <Chip state="bad">{t('ui.file.refused')}</Chip>}
    </span>
  )
}
