// The lanes: says under the drawing, in words, which entry the pointer or the keyboard is on.
// The words are the mark's own name, so nothing is here that a reader without this script lacks.
(() => {
  const caption = document.querySelector('[data-lanes-caption]')
  const plot = document.querySelector('.gt-lanes__plot')
  if (!caption || !plot) return
  const asked = 'Point at a mark, or move to it with the Tab key, to read it here.'
  caption.hidden = false
  caption.textContent = asked
  const say = (event) => {
    const link = event.target.closest('a[aria-label]')
    if (link) caption.textContent = link.getAttribute('aria-label')
  }
  plot.addEventListener('pointerover', say)
  plot.addEventListener('focusin', say)
  plot.addEventListener('pointerleave', () => { caption.textContent = asked })
})()
