export * from '../index.js';
export { ENGLISH, type Messages } from './messages.js';
export { SecondLook } from './second-look.js';
