import { createSearch } from '../site/second-look/search.js';
import { promptOf } from './prompt.js';

const form = document.querySelector('form');
const status = document.querySelector('[role=status]');

const opening = createSearch({ index: '../site/second-look/' });
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { question, tokens: most } = Object.fromEntries(new FormData(form));
  status.textContent = 'Looking for passages …';
  const search = await opening;
  const { passages, tokens, counted, missing } = await search.context(question, { maxTokens: Number(most) });
  // Here a language model would be asked.
  document.querySelector('pre').textContent = promptOf(question, passages);
  document.querySelector('ol').replaceChildren(...passages.map(sourceOf));
  const without = missing.map(({ part }) => part).join(', ');
  status.textContent = `${passages.length} passages, ${tokens} tokens ${counted}${without && `; without ${without}`}`;
});

function sourceOf({ url, title, trail, tokens }) {
  const link = Object.assign(document.createElement('a'), {
    href: url,
    textContent: [title, ...trail].join(' › '),
  });
  const row = document.createElement('li');
  row.append(link, ` (${tokens} tokens)`);
  return row;
}
