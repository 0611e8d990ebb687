// Warns five minutes before the session ends, and leaves when it has ended. The server decides: this
// asks it how long is left, and another tab that is used keeps this one going too.
// Use: <script src=".../timeout.js" data-session-url="/account/session/" defer>. Nothing is read out
// but the warning itself and the last minute; no text stands after the time.
(function () {
  'use strict'
  const WARN = 300
  const url = document.currentScript.dataset.sessionUrl
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]')
  let dialog = null
  let left = null

  function clock (seconds) {
    return new Date(Date.now() + seconds * 1000)
      .toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' })
  }

  function made (name, text, className) {
    const element = document.createElement(name)
    element.textContent = text
    if (className) element.className = className
    return element
  }

  function build () {
    dialog = document.createElement('dialog')
    dialog.className = 'gt-dialog'
    dialog.setAttribute('aria-labelledby', 'session-warning')
    const heading = made('h2', 'Are you still there?', 'govuk-heading-m')
    heading.id = 'session-warning'
    left = made('p', '', 'govuk-body')
    left.setAttribute('role', 'status')
    const stay = made('button', 'Stay signed in', 'govuk-button govuk-!-margin-bottom-0')
    stay.type = 'button'
    stay.addEventListener('click', keep)
    dialog.addEventListener('cancel', keep)
    dialog.append(heading, stay, left)
    left.classList.add('govuk-!-margin-top-4', 'govuk-!-margin-bottom-0')
    document.body.append(dialog)
  }

  function say (seconds) {
    const words = seconds <= 60
      ? 'You will be signed out in less than a minute.'
      : 'For safety you will be signed out at ' + clock(seconds) + '.'
    if (left.textContent !== words) left.textContent = words
  }

  async function keep () {
    const answer = await ask('POST')
    if (answer !== null && answer > WARN && dialog) dialog.close()
  }

  async function ask (method) {
    try {
      const answer = await fetch(url, {
        method,
        credentials: 'same-origin',
        headers: { Accept: 'application/json', 'X-CSRFToken': token ? token.value : '' }
      })
      if (answer.redirected || answer.status === 401 || answer.status === 403) return 0
      return answer.ok ? (await answer.json()).seconds : null
    } catch {
      return null
    }
  }

  async function look () {
    const seconds = await ask('GET')
    if (seconds === null) return setTimeout(look, 60000)
    if (seconds <= 0) return window.location.replace(window.location.pathname)
    if (seconds > WARN) {
      if (dialog && dialog.open) dialog.close()
      return setTimeout(look, Math.max(5, seconds - WARN) * 1000)
    }
    if (!dialog) build()
    say(seconds)
    if (!dialog.open) dialog.showModal()
    setTimeout(look, Math.min(20, Math.max(1, seconds)) * 1000)
  }

  if (url) look()
})()
