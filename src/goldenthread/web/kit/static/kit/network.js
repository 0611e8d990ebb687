// The network: moves through the dates and between relatives without leaving the page.
// Every step is an address of its own and works as a plain link or form where this script is not.
(() => {
  const root = document.querySelector('[data-network]')
  if (!root) return
  const part = (name, within = document) => within.querySelector(`[data-part="${name}"]`)
  const PARTS = ['found', 'bar', 'marks', 'drawing', 'taking', 'key', 'own-table', 'caption', 'steps', 'side', 'words', 'amiss', 'questions', 'table']
  const canvas = () => document.querySelector('.gt-canvas')
  const said = document.querySelector('[data-network-said]')
  let zoom = null
  // Whether the reader chose how large it is: then no step and no panel changes it.
  let isChosen = false
  let asking = null

  // --- how large the drawing is, and which part of it is seen -------------------------------
  const natural = () => {
    // One drawing of each width may be there; the style sheet shows the one that suits the screen.
    const svg = canvas() && [...canvas().querySelectorAll('svg')].find((one) => one.getClientRects().length)
    if (!svg) return null
    const box = svg.viewBox.baseVal
    return { svg, width: box.width, height: box.height }
  }
  const fits = () => {
    const now = natural()
    if (!now) return 1
    const tallest = parseFloat(getComputedStyle(canvas()).maxHeight) || Infinity
    return Math.min(1, (canvas().clientWidth - 2) / now.width, (tallest - 4) / now.height)
  }
  const fitsAcross = () => {
    const now = natural()
    return now ? Math.min(1, (canvas().clientWidth - 2) / now.width) : 1
  }
  const draw = (scale) => {
    const now = natural()
    if (!now) return
    zoom = Math.max(0.2, Math.min(3, scale))
    now.svg.setAttribute('width', Math.round(now.width * zoom))
    now.svg.setAttribute('height', Math.round(now.height * zoom))
    const told = document.querySelector('[data-zoom-said]')
    if (told) told.textContent = `${Math.round(zoom * 100)} %`
  }
  // Around the same middle, so that nobody is lost from sight by looking closer.
  const rescale = (scale) => {
    const box = canvas()
    const x = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth
    const y = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight
    draw(scale)
    box.scrollTo({ left: x * box.scrollWidth - box.clientWidth / 2, top: y * box.scrollHeight - box.clientHeight / 2, behavior: 'instant' })
  }
  // The part of the frame that can be seen: the slider lies over its lower edge until the page is
  // scrolled, and a small window ends before it.
  const inSight = () => {
    const all = canvas().getBoundingClientRect()
    const bar = document.querySelector('.gt-slider')
    const over = bar && getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().top : Infinity
    const top = Math.max(all.top, 0)
    const bottom = Math.min(all.bottom, over, window.innerHeight)
    return bottom - top < 100 ? all : { left: all.left, right: all.right, top, bottom }
  }
  // Smaller than this the names could not be read: then it scrolls, and begins at the child.
  const READABLE = 0.7
  const readable = () => [fits(), fitsAcross(), 1].find((scale) => scale >= READABLE)
  const first = () => {
    const box = canvas()
    if (!natural()) return
    draw(readable())
    const open = linkOf(root.dataset.person)
    // The family stands in the middle of an ecomap, and is no link.
    if (!open && box.querySelector('.gt-drawing--ecomap')) {
      box.scrollTo({ left: (box.scrollWidth - box.clientWidth) / 2, top: (box.scrollHeight - box.clientHeight) / 2, behavior: 'instant' })
      return
    }
    // Lanes are read from their names on the left, as long as the day looked at is in sight.
    const day = natural().svg.querySelector('.gt-cursor')
    if (day) {
      box.scrollTo({ left: box.scrollLeft + day.getBoundingClientRect().right + 16 - box.getBoundingClientRect().right, top: 0, behavior: 'instant' })
      return
    }
    const child = open || linkOf(box.dataset.first) || links()[0]
    if (!child) return
    const one = child.getBoundingClientRect()
    const all = box.getBoundingClientRect()
    // With the tab of the home under the child.
    const below = one.bottom - all.top + box.scrollTop + 80 - box.clientHeight
    const seen = inSight()
    const middle = box.scrollTop + (one.top + one.bottom - seen.top - seen.bottom) / 2
    box.scrollTo({
      left: box.scrollLeft + one.left - all.left - box.clientWidth / 2 + one.width / 2,
      // Above a child are the parents; somebody chosen has relatives on every side.
      top: Math.max(open ? middle : below, 0),
      behavior: 'instant'
    })
  }
  // Whoever is chosen stays in sight when their panel takes a part of the width.
  const keepInSight = () => {
    const box = canvas()
    const chosen = root.dataset.person && linkOf(root.dataset.person)
    if (!chosen) return
    const one = chosen.getBoundingClientRect()
    const all = inSight()
    const over = (low, high, from, to) => (low < from ? low - from - 16 : high > to ? high - to + 16 : 0)
    box.scrollBy({ left: over(one.left, one.right, all.left, all.right), top: over(one.top, one.bottom, all.top, all.bottom), behavior: 'instant' })
  }
  const chooses = (scale) => {
    isChosen = true
    rescale(scale)
  }
  const tools = {
    in: () => chooses(zoom * 1.25),
    out: () => chooses(zoom / 1.25),
    fit: () => chooses(fits()),
    full: () => chooses(1),
    left: () => canvas().scrollBy({ left: -160 }),
    right: () => canvas().scrollBy({ left: 160 }),
    up: () => canvas().scrollBy({ top: -120 }),
    down: () => canvas().scrollBy({ top: 120 })
  }

  // --- from relative to relative ------------------------------------------------------------
  const links = () => [...((natural() || {}).svg || canvas()).querySelectorAll('a[href]')]
  const linkOf = (id) => links().find((one) => (one.dataset.person || one.dataset.system) === id)
  const kin = () => JSON.parse(canvas().dataset.kin || '{}')
  const rove = (to) => {
    for (const one of links()) one.setAttribute('tabindex', one === to ? '0' : '-1')
  }
  const ready = () => {
    if (!canvas() || !natural()) return
    const open = root.dataset.person
    rove(linkOf(open) || linkOf(canvas().dataset.first) || links()[0])
  }
  // Where the drawing has no rows of relatives, the arrows go on and back in its reading order.
  const beside = (here, way) => {
    const leads = kin()[here.dataset.person]
    if (leads) return linkOf(leads[way])
    const all = links()
    return all[all.indexOf(here) + (way === 'down' || way === 'right' ? 1 : -1)]
  }
  const ARROWS = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }
  root.addEventListener('keydown', (event) => {
    const here = event.target.closest && event.target.closest('.gt-canvas a[href]')
    if (here && event.key in ARROWS && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const next = beside(here, ARROWS[event.key])
      event.preventDefault()
      if (!next) return
      rove(next)
      next.focus({ preventScroll: true })
      next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    } else if (here && event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      canvas().focus()
    } else if (event.key === 'Escape' && event.target.closest('[data-part="side"]') && root.dataset.person) {
      const back = linkOf(root.dataset.person)
      if (!back) return
      event.preventDefault()
      event.stopPropagation()
      back.focus()
    }
  })

  // --- another day, another person, in place ------------------------------------------------
  const show = async (address, { focus, push = true } = {}) => {
    if (asking) asking.abort()
    asking = new AbortController()
    const mine = asking
    root.setAttribute('aria-busy', 'true')
    let page
    try {
      const answer = await fetch(address, { signal: mine.signal, headers: { Accept: 'text/html' } })
      if (!answer.ok || answer.redirected && !answer.url.includes('/network/')) throw new Error()
      page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      address = answer.url
    } catch (error) {
      if (mine.signal.aborted) return
      window.location.assign(address)
      return
    }
    const theirs = page.querySelector('[data-network]')
    if (!theirs) { window.location.assign(address); return }
    const box = canvas()
    const seen = box && { left: box.scrollLeft, top: box.scrollTop, zoom, width: box.clientWidth }
    const before = root.dataset.person
    for (const name of PARTS) {
      const old = part(name)
      const now = part(name, page)
      if (!old || !now) continue
      if (old.open) now.open = true
      for (const one of old.querySelectorAll('details[id][open]')) {
        const again = now.querySelector(`#${one.id}`)
        if (again) again.open = true
      }
      old.replaceWith(document.adoptNode(now))
    }
    root.dataset.person = theirs.dataset.person
    const range = document.getElementById('step')
    const moved = page.getElementById('step')
    if (range && moved && document.activeElement !== range) range.value = moved.value
    if (range && moved) range.setAttribute('aria-valuetext', moved.getAttribute('aria-valuetext'))
    for (const name of ['at', 'on']) {
      const mineToo = document.getElementById(name)
      const fresh = page.getElementById(name)
      if (mineToo && fresh) mineToo.value = fresh.value
    }
    for (const form of document.querySelectorAll('[data-kept]')) {
      const fresh = page.querySelector(`[data-kept="${form.dataset.kept}"]`)
      if (fresh) form.replaceChildren(...fresh.childNodes)
    }
    if (seen && canvas() && natural()) {
      draw(!isChosen && canvas().clientWidth !== seen.width ? readable() : seen.zoom || readable())
      // Around the same middle, where a panel has opened or closed beside it.
      canvas().scrollTo({ left: seen.left + (seen.width - canvas().clientWidth) / 2, top: seen.top, behavior: 'instant' })
      keepInSight()
    }
    enhance()
    if (push) history.pushState({ network: true }, '', address)
    root.removeAttribute('aria-busy')
    const caption = part('caption')
    if (focus === 'side') {
      const side = part('side').querySelector('.gt-side') || linkOf(before) || canvas()
      side.focus({ preventScroll: window.innerWidth > 1024 })
      if (window.innerWidth <= 1024) side.scrollIntoView({ block: side.matches('.gt-side') ? 'start' : 'center' })
    } else if (said && caption) {
      said.textContent = caption.dataset.said || caption.textContent.trim()
    }
  }

  root.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return
    const tool = event.target.closest('[data-tool]')
    if (tool) { tools[tool.dataset.tool](); return }
    const link = event.target.closest('.gt-canvas a, [data-part="steps"] a, a[data-in-place]')
    if (!link) return
    const href = link.getAttribute('href')
    if (!href || !link.closest('.gt-canvas, [data-part="steps"], [data-part="side"], [data-part="table"], [data-part="words"]')) return
    event.preventDefault()
    const step = link.dataset.step
    show(new URL(href, window.location.href).href, { focus: step ? undefined : 'side' }).then(() => {
      if (!step) return
      const again = part('steps').querySelector(`[data-step="${step}"]`) || document.getElementById('step')
      if (again) again.focus({ preventScroll: true })
    })
  })

  // --- the slider ---------------------------------------------------------------------------
  let waiting = 0
  root.addEventListener('input', (event) => {
    if (event.target.id !== 'step') return
    const words = document.querySelector(`#steps option[value="${event.target.value}"]`)
    if (words) {
      event.target.setAttribute('aria-valuetext', words.label)
      part('caption').textContent = words.label
    }
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      const asked = new URLSearchParams(new FormData(event.target.form))
      show(`${event.target.form.getAttribute('action')}?${asked}`)
    }, 160)
  })

  root.addEventListener('change', (event) => {
    const form = event.target.closest('[data-marks-form]')
    if (!form) return
    const chosen = event.target.id
    show(`${form.getAttribute('action')}?${new URLSearchParams(new FormData(form))}`).then(() => {
      const again = document.getElementById(chosen)
      if (again) again.focus({ preventScroll: true })
    })
  })

  // A large family was drawn meanwhile: show it as if it had been there from the start.
  document.addEventListener('htmx:afterSwap', () => {
    if (canvas()) { first(); enhance() }
  })
  window.addEventListener('popstate', () => show(window.location.href, { push: false }))

  const enhance = () => {
    for (const one of document.querySelectorAll('[data-needs-script]')) one.hidden = !canvas()
    for (const one of document.querySelectorAll('[data-without-script]')) one.hidden = true
    ready()
  }
  first()
  enhance()
})()
