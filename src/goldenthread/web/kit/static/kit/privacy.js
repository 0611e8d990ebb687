// Hides the page from a visitor: Escape twice or the header's button; and on a small screen
// after a minute without a touch, or whenever another app comes to the front.
// The session and everything typed stay as they were.
(function () {
  'use strict'
  const TWICE = 800
  const IDLE = 60000
  const cover = document.getElementById('kit-blank-screen')
  const small = window.matchMedia('(max-width: 40.0525rem)')
  if (!cover || !cover.showModal || !document.querySelector('[data-blank-screen]')) return
  let lastEscape = 0
  let idleTimer = null

  function blank (idle) {
    cover.classList.toggle('gt-blank-screen--idle', idle)
    document.body.classList.toggle('gt-away', idle)
    if (!cover.open) cover.showModal()
  }

  function active () {
    clearTimeout(idleTimer)
    idleTimer = setTimeout(function () { if (small.matches && !cover.open) blank(true) }, IDLE)
  }

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape' || event.repeat || cover.open) return
    const now = Date.now()
    if (now - lastEscape < TWICE) blank(false)
    lastEscape = now
  })
  // Escape hides; only the button shows again, so that one press too many reveals nothing.
  cover.addEventListener('cancel', function (event) { event.preventDefault() })
  // A browser may close a dialog on Escape without asking; it is then shown again at once.
  cover.addEventListener('close', function () {
    if (cover.returnValue !== 'show') { cover.showModal(); return }
    cover.returnValue = ''
    document.body.classList.remove('gt-away')
    active()
  })
  for (const button of document.querySelectorAll('[data-blank-screen]')) {
    button.hidden = false
    button.addEventListener('click', function () { blank(false) })
  }
  for (const kind of ['pointerdown', 'keydown', 'input', 'scroll']) {
    document.addEventListener(kind, active, { passive: true, capture: true })
  }
  document.addEventListener('visibilitychange', function () {
    if (small.matches && !cover.open) document.body.classList.toggle('gt-away', document.hidden)
  })
  active()
})()
