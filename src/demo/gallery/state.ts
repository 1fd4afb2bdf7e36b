import { openState } from './open-state.js';

// The address says which state to show: ?state=results&theme=dark&dir=rtl&lang=ar
const parameters = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = parameters.get('theme') ?? 'light';
root.dir = parameters.get('dir') ?? 'ltr';
root.lang = parameters.get('lang') ?? 'en';
await openState(parameters.get('state') ?? 'results', document.querySelector('main')!);
root.dataset.ready = '';
