// Keyboard shortcuts. "?" shows the list; a page adds its own by data-shortcut="k" on a link or
// button, and by a line in the layout's "shortcuts" block. They can be switched off (WCAG 2.1.4).
(function () {
  'use strict'
  const OFF = 'goldenthread-shortcuts-off'
  const list = document.getElementById('kit-shortcuts')
  if (!list || !list.showModal) return
  const choice = list.querySelector('[data-shortcuts-switch]')

  function isOff () {
    try { return localStorage.getItem(OFF) === 'true' } catch { return false }
  }

  function isWriting (target) {
    return target.closest('input, textarea, select, [contenteditable="true"]') !== null
  }

  for (const opener of document.querySelectorAll('[data-shortcuts-open]')) {
    opener.hidden = false
    opener.closest('li').hidden = false
    opener.addEventListener('click', function () { list.showModal() })
  }
  if (choice) {
    choice.checked = !isOff()
    choice.addEventListener('change', function () {
      try { localStorage.setItem(OFF, String(!choice.checked)) } catch { /* kept for this page only */ }
    })
  }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff()) return
    if (isWriting(event.target) || document.querySelector('dialog[open]')) return
    if (event.key === '?') {
      event.preventDefault()
      list.showModal()
      return
    }
    for (const target of document.querySelectorAll('[data-shortcut]')) {
      if (target.dataset.shortcut !== event.key) continue
      event.preventDefault()
      target.click()
      return
    }
  })
})()
