// In a decision form, shows the parts that belong to the chosen decision. Without a choice it shows none of them.
// A part names its decisions in data-for, with spaces between. Hidden parts keep what was typed: the server knows
// which reasons belong to which decision.
export function showChosen (form) {
  const choices = [...form.querySelectorAll('input[name="code"]')]
  const parts = [...form.querySelectorAll('[data-for]')]

  function show () {
    const chosen = choices.find(choice => choice.checked)?.value
    for (const part of parts) {
      part.hidden = !part.dataset.for.split(' ').includes(chosen)
    }
  }

  choices.forEach(choice => choice.addEventListener('change', show))
  show()
}
