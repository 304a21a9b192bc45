// Start Swagger UI on our own document. Nothing here reaches another host.
const place = document.getElementById('docs');

// Its headings leave levels out, its lists of examples have no name, and its opening lies in no landmark: all mislead
// those who read by them. What a call holds is there only once it is opened, so this is done again whenever more is.
const LEVELS = { h3: '2', h4: '3', h5: '4' };
const makeSound = () => {
  for (const [tag, level] of Object.entries(LEVELS)) {
    for (const heading of place.querySelectorAll(tag)) {
      heading.setAttribute('role', 'heading');
      heading.setAttribute('aria-level', level);
    }
  }
  for (const select of place.querySelectorAll('select:not([aria-label])')) {
    select.setAttribute('aria-label', select.matches('.examples-select-element') ? 'Example' : 'Media type');
  }
  const opening = place.querySelector('.information-container');
  opening?.setAttribute('role', 'region');
  opening?.setAttribute('aria-label', 'About this API');
};
new MutationObserver(makeSound).observe(place, { childList: true, subtree: true });

window.SwaggerUIBundle({
  url: place.dataset.document,
  dom_id: '#docs',
  deepLinking: false,
  validatorUrl: null,
  persistAuthorization: false,
  // Its colours for code fall short of WCAG AA contrast.
  syntaxHighlight: false,
});
