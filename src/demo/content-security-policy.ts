/**
 * The policy the demo is served under: nothing inline, nothing from elsewhere. The search box works within it, so a site
 * this strict can have one; `'wasm-unsafe-eval'` is what lets the models run.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  // The gallery's frames.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');
