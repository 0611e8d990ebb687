// Replaces, in compiled stylesheets, what belongs to GOV.UK or the Ministry of Justice:
// the font, the brand blues left as fallbacks, and pictures we do not ship.
// Usage: node rebrand.mjs FILE.css ...
import { readFileSync, writeFileSync } from 'node:fs'

const FONT = '"Atkinson Hyperlegible Next",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif'
// GOV.UK colour -> ours. The same values are set as custom properties in scss/_palette.scss.
const COLOURS = { '#1d70b8': '#0f5063', '#1a65a6': '#0b5a70', '#0f385c': '#072f3b', '#54319f': '#5b3a86' }

for (const path of process.argv.slice(2)) {
  let css = readFileSync(path, 'utf8')
  css = css.replaceAll('"GDS Transport",arial,sans-serif', FONT)
  for (const [theirs, ours] of Object.entries(COLOURS)) css = css.replaceAll(theirs, ours)
  css = css.replace(/url\("?\/assets\/images\/[^)]*\)/g, 'none')
  // Whole rules for the MOJ header and its emblem; ours is the generic header.
  css = css.replace(/[^{}]*(?:logotype-crown|logotype-crest|moj-header)[^{}]*\{[^{}]*\}/g, '')
  writeFileSync(path, css)
}
