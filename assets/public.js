import './scripts/summary.js'
import './scripts/combo.js'
import './scripts/languages.js'
import './scripts/listen.js'
