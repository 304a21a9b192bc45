// Start Swagger UI on our own document. Nothing here reaches another host.
const place = document.getElementById('docs');
window.SwaggerUIBundle({
  url: place.dataset.document,
  dom_id: '#docs',
  deepLinking: false,
  validatorUrl: null,
  persistAuthorization: false,
  // Its headings leave a level out, and its opening lies in no landmark: both mislead those who read by them.
  onComplete: () => {
    for (const [tag, level] of [['h3', '2'], ['h4', '3']]) {
      for (const heading of place.querySelectorAll(tag)) {
        heading.setAttribute('role', 'heading');
        heading.setAttribute('aria-level', level);
      }
    }
    const opening = place.querySelector('.information-container');
    opening.setAttribute('role', 'region');
    opening.setAttribute('aria-label', 'About this API');
  },
});
