// Stops a form being sent twice by a second press, and says that it is being sent.
// The server refuses doubles too; this only spares people the doubt.
// A form that may be sent many times (a download) opts out with data-many.
(function () {
  'use strict'
  const GIVE_BACK = 15000

  function release (form) {
    delete form.dataset.sending
    for (const button of form.querySelectorAll('[aria-disabled="true"][data-held]')) {
      button.removeAttribute('aria-disabled')
      button.removeAttribute('data-held')
    }
    const said = form.querySelector('.gt-sending')
    if (said) said.textContent = ''
  }

  function hold (form) {
    form.dataset.sending = 'true'
    for (const button of form.querySelectorAll('button:not([type="button"]), input[type="submit"]')) {
      button.setAttribute('aria-disabled', 'true')
      button.setAttribute('data-held', '')
    }
    const said = form.querySelector('.gt-sending')
    if (said) said.textContent = 'Sending. Please wait.'
    setTimeout(function () { release(form) }, GIVE_BACK)
  }

  // A status element must be on the page before it speaks.
  for (const form of document.querySelectorAll('form[method="post"]')) {
    if (form.hasAttribute('data-many') || form.closest('header') || form.querySelector('.gt-sending')) continue
    const said = document.createElement('p')
    said.className = 'gt-sending govuk-body'
    said.setAttribute('role', 'status')
    form.append(said)
  }

  document.addEventListener('submit', function (event) {
    const form = event.target
    if (event.defaultPrevented || form.method !== 'post' || form.hasAttribute('data-many')) return
    if (form.dataset.sending) {
      event.preventDefault()
      return
    }
    hold(form)
  })
  document.addEventListener('htmx:afterRequest', function (event) {
    const form = event.target.closest('form')
    if (form) release(form)
  })
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return
    for (const form of document.querySelectorAll('form[data-sending]')) release(form)
  })
})()
