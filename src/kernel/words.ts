import type it from './text/it.json' with { type: 'json' }

declare module './i18n.ts' {
  interface Texts {
    kernel: typeof it
  }
}
