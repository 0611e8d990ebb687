// The first step of a relation: opens what a choice asks for, and puts away what it does not.
// Without this script every question is there, and says for which relations it is meant.
(() => {
  const form = document.querySelector('[data-relation-form]')
  if (!form) return
  for (const choice of form.querySelectorAll('select[data-opens]')) {
    const more = document.getElementById(choice.dataset.opens)
    const open = () => {
      more.hidden = choice.value !== 'new'
      if (choice.value === 'new') more.open = true
    }
    choice.addEventListener('change', open)
    open()
  }
  const SECOND = { lives_at: 'household', involvement: 'agency', need: '' }
  const relation = form.querySelector('[data-relation]')
  const fit = () => {
    const kind = relation.value.split(':')[0]
    for (const part of form.querySelectorAll('[data-second]')) {
      part.hidden = kind ? part.dataset.second !== (SECOND[kind] ?? 'other') : false
    }
    for (const part of form.querySelectorAll('[data-for]')) {
      part.hidden = !part.dataset.for.split(' ').includes(kind)
    }
  }
  relation.addEventListener('change', fit)
  fit()
})()

// What becomes of a question: the parts that only some answers need appear with them.
;(() => {
  const form = document.querySelector('[data-question-form]')
  if (!form) return
  const fit = () => {
    const chosen = form.querySelector('input[name="outcome"]:checked')
    for (const part of form.querySelectorAll('[data-outcomes]')) {
      part.hidden = !chosen || !part.dataset.outcomes.split(' ').includes(chosen.value)
    }
  }
  form.addEventListener('change', fit)
  fit()
})()
