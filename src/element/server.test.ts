import { expect, it } from 'vitest';

it('can be imported where there is no page, as servers that render pages do', async () => {
  expect(globalThis).not.toHaveProperty('document');
  const { SecondLook, SecondLookInput, ENGLISH } = await import('./index.js');
  expect(new SecondLook().index).toBe('/second-look/');
  expect(new SecondLookInput().kind).toBe('links');
  expect(ENGLISH.search).toBe('Search');
});
