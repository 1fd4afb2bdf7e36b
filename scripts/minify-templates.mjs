/** Takes comments and needless spaces out of `css` and `html` templates, which no minifier of JavaScript looks into. */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/element\/.*\.ts$/ },
      handler: (code) =>
        code.replace(/\bcss`([^`]*)`/g, (_, css) => `css\`${minifyCss(css)}\``).replace(/\n\s+/g, '\n'),
    },
  };
}

/** Our own styles have no strings, and no space that matters beside these marks. */
function minifyCss(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}
