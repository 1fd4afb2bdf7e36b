import type { BoxParts } from './driver.js';

/** One way to put a search on a page. */
export interface System {
  name: string;
  ours: boolean;
  page: string;
  head: string;
  body: string;
  /** How a visitor gets at it: through a box, or, for those who build their own, through its API. */
  drive: BoxParts | 'second-look API' | 'Pagefind API';
  note: string;
}

const SCRIPT = '<script type="module" src="/second-look/second-look.js"></script>';

const OUR_BOX: BoxParts = {
  host: 'second-look',
  button: 'button.open',
  input: 'input',
  row: '[role="option"]',
};

export const SYSTEMS: readonly System[] = [
  {
    name: 'second-look, box',
    ours: true,
    page: 'bench-second-look.html',
    head: SCRIPT,
    body: '<second-look></second-look>',
    drive: OUR_BOX,
    note: 'As the README says; models load while the first rows are looked up.',
  },
  {
    name: 'second-look, box, words only',
    ours: true,
    page: 'bench-second-look-words.html',
    head: SCRIPT,
    body: '<second-look models="off"></second-look>',
    drive: OUR_BOX,
    note: 'models="off", or a visitor who saves data.',
  },
  {
    name: 'Pagefind, Component UI',
    ours: false,
    page: 'bench-pagefind-components.html',
    head:
      '<link href="/pagefind/pagefind-component-ui.css" rel="stylesheet">' +
      '<script src="/pagefind/pagefind-component-ui.js" type="module"></script>',
    body: '<pagefind-modal-trigger></pagefind-modal-trigger><pagefind-modal></pagefind-modal>',
    drive: {
      button: 'pagefind-modal-trigger button',
      input: 'pagefind-modal input',
      row: 'a.pf-result-link',
    },
    note: 'Modal, all defaults; waits 300 ms after the last key.',
  },
  {
    name: 'Pagefind, Default UI',
    ours: false,
    page: 'bench-pagefind-default.html',
    head:
      '<link href="/pagefind/pagefind-ui.css" rel="stylesheet"><script src="/pagefind/pagefind-ui.js"></script>' +
      '<script>addEventListener("DOMContentLoaded", () => new PagefindUI({ element: "#search", showSubResults: true }))</script>',
    body: '<div id="search"></div>',
    drive: { input: '.pagefind-ui__search-input', row: '.pagefind-ui__result-link' },
    note: 'With sub-results, else all defaults; waits 300 ms after the last key.',
  },
  {
    name: 'second-look, API',
    ours: true,
    page: 'bench-second-look-api.html',
    head: '',
    body: '',
    drive: 'second-look API',
    note: 'createSearch() and preload(), then query(): up to 10 pages with their sections.',
  },
  {
    name: 'Pagefind, API',
    ours: false,
    page: 'bench-pagefind-api.html',
    head: '',
    body: '',
    drive: 'Pagefind API',
    note: 'init(), then search() and the data of the first 5 results, as its docs have it; no debounce.',
  },
];
