// Runs as soon as the page begins: says that scripts run, so that nothing jumps when the modules arrive.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
