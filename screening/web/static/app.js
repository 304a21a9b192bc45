// Improves pages that work without it: the library's components, and reasons shown for the chosen decision only.
import { initAll } from './govuk/govuk-frontend.min.js'
import { showChosen } from './decision.js'

initAll()
document.querySelectorAll('[data-decision]').forEach(showChosen)
