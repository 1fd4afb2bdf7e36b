import { createSearch } from '../site/second-look/search.js';

const input = document.querySelector('input');
const status = document.querySelector('[role=status]');
const list = document.querySelector('ol');

// Not waited for here: who types before it is open is answered when it is.
const opening = createSearch({ index: '../site/second-look/' });
input.addEventListener('focus', async () => (await opening).preload(), { once: true });
input.addEventListener('input', async () => {
  if (input.value.trim() === '') return list.replaceChildren();
  const search = await opening;
  // A newer query ends this loop by itself.
  for await (const { stage, results } of search.query(input.value)) {
    status.textContent = stage === 'done' ? `${results.length} pages` : `${stage} …`;
    list.replaceChildren(
      ...results.flatMap(({ title, sections }) => sections.map((row) => rowOf(title, row))),
    );
  }
});

/** A row: a link to the section, and the excerpt with its words marked. Texts are set as texts, never as HTML. */
function rowOf(title, { url, trail, excerpt: { text, ranges } }) {
  const link = Object.assign(document.createElement('a'), {
    href: url,
    textContent: [title, ...trail].join(' › '),
  });
  const excerpt = document.createElement('p');
  let end = 0;
  for (const [from, to] of ranges) {
    excerpt.append(
      text.slice(end, from),
      Object.assign(document.createElement('mark'), { textContent: text.slice(from, to) }),
    );
    end = to;
  }
  excerpt.append(text.slice(end));
  const row = document.createElement('li');
  row.append(link, excerpt);
  return row;
}
