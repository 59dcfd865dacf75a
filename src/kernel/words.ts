declare module './i18n.ts' {
  interface Texts {
    kernel: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export {}
