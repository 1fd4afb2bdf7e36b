import { LANGUAGES, STATES } from './states.js';

const main = document.querySelector('main')!;
const form = document.querySelector('form')!;
const languages = form.querySelector<HTMLSelectElement>('[name="lang"]')!;

for (const language of LANGUAGES) languages.append(new Option(nameOf(language), language));
// For whoever takes pictures of them.
main.dataset.states = Object.keys(STATES).join('; ');
form.addEventListener('change', show);
show();

/** A frame for each state and theme. */
function show(): void {
  const choices = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const { theme = 'both', width = 'wide', ...rest } = choices;
  document.documentElement.dataset.width = width;
  const themes = theme === 'both' ? ['light', 'dark'] : [theme];
  main.replaceChildren(
    ...Object.keys(STATES).flatMap((state) =>
      themes.map((shade) => frame(state, shade, new URLSearchParams({ state, theme: shade, ...rest }))),
    ),
  );
}

function frame(state: string, theme: string, parameters: URLSearchParams): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = `${state}, ${theme}`;
  const iframe = document.createElement('iframe');
  iframe.title = caption.textContent;
  iframe.loading = 'lazy';
  iframe.src = new URL(`state.html?${parameters}`, location.href).href;
  figure.append(caption, iframe);
  return figure;
}

function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}
