import { unfoldWhereWide } from './fold.js';
import { followReading } from './reading-position.js';

/** What the demo asks of the search box. */
interface SearchBox extends HTMLElement {
  open(query?: string): void;
}

const searchBox = document.querySelector<SearchBox>('second-look');
const sidebar = document.querySelector<HTMLElement>('.sidebar');
const onThisPage = document.querySelector<HTMLElement>('.on-this-page');

// The example questions of the home page. One asked before the search box has loaded is opened once it has.
for (const button of document.querySelectorAll<HTMLElement>('.questions button'))
  button.addEventListener('click', async () => {
    await customElements.whenDefined('second-look');
    searchBox?.open(button.textContent.trim());
  });

for (const fold of document.querySelectorAll<HTMLDetailsElement>('details.fold')) unfoldWhereWide(fold);
if (sidebar) showCurrentPage(sidebar);
if (onThisPage) followReading(onThisPage);

/** Scrolls the sidebar, and only the sidebar, to the page one is on. */
function showCurrentPage(sidebar: HTMLElement): void {
  const current = sidebar.querySelector('[aria-current]')?.getBoundingClientRect();
  const frame = sidebar.getBoundingClientRect();
  if (!current || current.bottom <= frame.bottom) return;
  sidebar.scrollTop = current.top - frame.top - frame.height / 2;
}
