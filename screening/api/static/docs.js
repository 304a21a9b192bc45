// Start Swagger UI on our own document. Nothing here reaches another host.
const place = document.getElementById('docs');
window.SwaggerUIBundle({
  url: place.dataset.document,
  dom_id: '#docs',
  deepLinking: false,
  validatorUrl: null,
  persistAuthorization: false,
});
