// Saves a draft while someone writes: 3 seconds after typing stops, and on leaving a field.
// Use: <form method="post" data-autosave-url="/drafts/..."> with the CSRF field, and a
// [data-autosave-status] element (kit.saved_at). It sends the form's words, never its files.
// It never blocks typing, and says in words when something is not saved. A form that is sent while
// its draft is being saved goes when that has ended: overtaken, the draft would put older words
// over the ones just sent.
(function () {
  'use strict'
  const PAUSE = 3000
  const RETRY = 15000
  const GIVE_UP = 10000
  const OUTLIVES = 60000 // bytes a browser sends on after its page is left: at most 64 KiB

  function clock () {
    return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' })
  }

  function statusOf (form) {
    let status = form.querySelector('[data-autosave-status]')
    if (!status) {
      status = document.createElement('p')
      status.setAttribute('role', 'status')
      status.className = 'gt-saved__now govuk-body'
      form.append(status)
    }
    return status
  }

  function words (form) {
    const fields = new FormData(form)
    for (const [name, value] of Array.from(fields)) {
      if (value instanceof File) fields.delete(name)
    }
    return fields
  }

  // Whether what is sent is small enough to be sent on when the page is left meanwhile.
  function outlives (fields) {
    let bytes = 0
    for (const [name, value] of fields) bytes += 200 + 3 * (name.length + value.length)
    return bytes < OUTLIVES
  }

  function troubleFor (answer) {
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      return 'Not saved: you have been signed out. Your words are still on this page. Sign in again in another tab, then carry on here.'
    }
    if (answer.status === 409) {
      return 'Not saved: this draft was changed in another window. Your words are still on this page.'
    }
    return 'Not saved: something went wrong on our side. Your words are still on this page, and we will try again.'
  }

  function watch (form) {
    const status = statusOf(form)
    const frame = status.closest('.gt-saved')
    const token = form.querySelector('input[name="csrfmiddlewaretoken"]')
    let timer = null
    let changed = false
    let sending = false
    let overdue = null
    let held = null
    let lastSaved = ''
    let pressed = false
    let unsaid = null

    // Words that take more room move the buttons below: not while one of them is being pressed,
    // for the press would end beside it and be lost.
    function say (text, trouble) {
      if (pressed) {
        unsaid = [text, trouble]
        return
      }
      if (status.textContent !== text) status.textContent = text
      if (frame) frame.classList.toggle('gt-saved--trouble', trouble)
    }

    function later (wait) {
      clearTimeout(timer)
      timer = setTimeout(save, wait)
    }

    async function save () {
      clearTimeout(timer)
      if (!changed || sending || form.dataset.sending) return
      sending = true
      changed = false
      overdue = new AbortController()
      const typed = words(form)
      try {
        const answer = await fetch(form.dataset.autosaveUrl, {
          method: 'POST',
          body: typed,
          credentials: 'same-origin',
          keepalive: outlives(typed),
          signal: overdue.signal,
          headers: { 'X-CSRFToken': token ? token.value : '', 'X-Requested-With': 'fetch', Accept: 'application/json' }
        })
        if (answer.ok && !answer.redirected) {
          lastSaved = clock()
          say('Saved ' + lastSaved, false)
        } else {
          changed = true
          say(troubleFor(answer), true)
          if (answer.status >= 500) later(RETRY)
        }
      } catch {
        changed = true
        const since = lastSaved ? ' since ' + lastSaved : ''
        say('Not saved' + since + ': there is no connection. Your words are still on this page, and we will try again.', true)
        later(RETRY)
      } finally {
        sending = false
        if (held) sendHeld()
        else if (changed && !status.textContent.startsWith('Not saved')) later(PAUSE)
      }
    }

    function sendHeld () {
      const button = held.button
      held = null
      form.requestSubmit(button)
    }

    function hold (event) {
      if (!sending) return
      event.preventDefault()
      if (held) return
      held = { button: event.submitter }
      say('Saving. Please wait.', false)
      const stuck = overdue
      setTimeout(function () { stuck.abort() }, GIVE_UP)
    }

    function note () {
      changed = true
      later(PAUSE)
    }

    // The click comes after its release, so what was left unsaid waits for that too.
    function release () {
      setTimeout(function () {
        pressed = false
        if (unsaid) say(...unsaid)
        unsaid = null
      }, 0)
    }

    form.addEventListener('pointerdown', function () { pressed = true })
    window.addEventListener('pointerup', release)
    window.addEventListener('pointercancel', release)
    form.addEventListener('input', note)
    form.addEventListener('change', note)
    form.addEventListener('focusout', save)
    form.addEventListener('submit', hold)
    window.addEventListener('online', save)
    document.addEventListener('visibilitychange', function () { if (document.hidden) save() })
  }

  for (const form of document.querySelectorAll('form[data-autosave-url]')) watch(form)
})()
