// Starts Swagger UI with the documents that the page names.
const page = document.getElementById("swagger-ui");
const prefix = page.dataset.prefix;
const ui = SwaggerUIBundle({
  urls: JSON.parse(page.dataset.documents),
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "none",
  tagsSorter: "alpha",
  displayOperationId: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  // A page that was opened for one sandbox calls that sandbox.
  requestInterceptor(request) {
    const url = new URL(request.url, location.href);
    if (prefix && !url.pathname.startsWith(prefix)) {
      url.pathname = prefix + url.pathname;
      request.url = url.href;
    }
    return request;
  },
  onComplete() {
    ui.preauthorizeApiKey("bearer", "full-admin");
  },
});
