// Starts the GOV.UK components on the page; each works as plain HTML where this does not run.
import { initAll } from './govuk.js'

initAll()

// GOV.UK marks a radio that reveals a question with aria-expanded, which ARIA does not allow on a
// radio; the question revealed follows its radio in the reading order, so nothing is lost without.
for (const radio of document.querySelectorAll('.govuk-radios__input')) {
  const strip = () => radio.removeAttribute('aria-expanded')
  strip()
  new MutationObserver(() => { if (radio.hasAttribute('aria-expanded')) strip() })
    .observe(radio, { attributes: true, attributeFilter: ['aria-expanded'] })
}
