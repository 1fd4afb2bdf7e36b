export { type DevPage, type DevPages } from './dev-pages.js';
export { type DevOptions, secondLook, type SecondLookOptions } from './second-look.js';
