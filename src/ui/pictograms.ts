/** The pictograms in use, by their Tabler name; add one here when a page needs it. */
export const pictograms = [
  'abc', 'accessible', 'alert-circle', 'alert-triangle', 'archive', 'arrow-back-up', 'arrow-down', 'arrow-left', 'arrow-right',
  'arrow-up', 'bell', 'book', 'books', 'briefcase', 'building', 'building-community', 'bus', 'calendar', 'calendar-event',
  'calendar-plus', 'camera', 'cash', 'certificate', 'chart-bar', 'check', 'checkbox', 'checklist', 'chevron-down',
  'chevron-left', 'chevron-right', 'circle', 'circle-check', 'circle-dashed', 'circle-x', 'clipboard-list', 'clipboard-text',
  'clock', 'coin-euro', 'database', 'device-laptop', 'device-mobile', 'door-exit', 'download', 'edit', 'external-link', 'eye',
  'eye-off', 'file-certificate', 'file-download', 'file-text', 'filter', 'flag', 'folder', 'gavel', 'heart-handshake', 'help',
  'history', 'home', 'id', 'info-circle', 'key', 'language', 'link', 'list', 'list-check', 'lock', 'login', 'logout', 'mail',
  'map', 'map-pin', 'menu-2', 'message', 'message-2', 'message-circle', 'messages', 'microphone', 'mood-happy', 'mood-sad',
  'news', 'note', 'paperclip', 'phone', 'plus', 'printer', 'qrcode', 'refresh', 'report-money', 'school', 'scale', 'search',
  'send', 'settings', 'share', 'shield', 'shield-check', 'shield-lock', 'speakerphone', 'star', 'stethoscope', 'ticket',
  'trash', 'upload', 'user', 'user-check', 'user-plus', 'user-search', 'users', 'users-group', 'volume', 'wifi-off',
  'world', 'writing', 'x',
] as const
export type PictogramName = (typeof pictograms)[number]
