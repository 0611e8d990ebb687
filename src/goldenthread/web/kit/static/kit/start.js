// Starts the GOV.UK components on the page; each works as plain HTML where this does not run.
import { initAll } from './govuk.js'

initAll()
