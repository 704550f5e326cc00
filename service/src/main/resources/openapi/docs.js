SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#api",
  validatorUrl: null,
  deepLinking: true,
});
