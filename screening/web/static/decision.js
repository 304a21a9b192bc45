// In a decision form, shows the parts that belong to the chosen decision. Without a choice it shows none of them.
// A part names its decisions in data-for, with spaces between; with data-for-children it also belongs to one of them
// that is chosen for a child alone. Hidden parts keep what was typed: the server knows which reasons belong to which
// decision.
export function showChosen (form) {
  const choices = [...form.querySelectorAll('input[name="code"]')]
  const children = [...form.querySelectorAll('select[name^="child-"]')]
  const parts = [...form.querySelectorAll('[data-for]')]

  function show () {
    const chosen = choices.find(choice => choice.checked)?.value
    const ofChildren = children.map(child => child.value)
    for (const part of parts) {
      const answered = 'forChildren' in part.dataset ? [chosen, ...ofChildren] : [chosen]
      part.hidden = !part.dataset.for.split(' ').some(code => answered.includes(code))
    }
  }

  for (const input of [...choices, ...children]) {
    input.addEventListener('change', show)
  }
  show()
}
