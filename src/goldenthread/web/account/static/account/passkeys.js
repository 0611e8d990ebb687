// Joins the passkey buttons to the sign-in library. A form with data-passkey="login", "add" or
// "authenticate" has a #passkey-button and a hidden credential; options come in data-passkey-options.
// Without this script the button stays hidden and the page says that passkeys need JavaScript.
(function () {
  'use strict'
  const form = document.querySelector('form[data-passkey]')
  if (!form || !window.allauth || !window.PublicKeyCredential) return
  const button = document.getElementById('passkey-button')
  const credential = form.elements.credential
  const trouble = form.querySelector('[data-passkey-trouble]')
  const without = form.querySelector('[data-passkey-without]')
  const passwordless = form.elements.passwordless
  const ids = { login: button.id, add: button.id, authenticate: button.id, credential: credential.id }
  if (passwordless) ids.passwordless = passwordless.id
  const data = form.dataset.passkeyOptions ? JSON.parse(form.dataset.passkeyOptions) : undefined
  const join = { login: 'loginForm', add: 'addForm', authenticate: 'authenticateForm' }[form.dataset.passkey]
  window.allauth.webauthn.forms[join]({ ids, data })
  button.hidden = false
  if (without) without.hidden = true
  button.addEventListener('click', function () { trouble.hidden = true })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    trouble.textContent = 'The passkey was not used. Try again, or use another way.'
    trouble.hidden = false
  })
})()
