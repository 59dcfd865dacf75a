declare module '../kernel/i18n.ts' {
  interface Texts {
    ui: typeof import('./text/it.json') & typeof import('./text/staff.it.json')
  }
}

export {}
