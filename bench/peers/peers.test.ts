import { describe, expect, it } from 'vitest';
import type { Section } from './peer.js';
import { RANKERS } from './peers.js';

const SECTIONS: Section[] = [
  {
    id: 'publish.html#undo',
    title: 'npm-unpublish',
    trail: ['Description'],
    text: 'Removes a package version from the registry, and so undoes that it was published.',
  },
  {
    id: 'cache.html',
    title: 'npm-cache',
    trail: [],
    text: 'Adds, lists and cleans what the cache folder holds, such as tarballs.',
  },
  {
    id: 'team.html#members',
    title: 'npm-team',
    trail: ['Members'],
    text: 'Manages who belongs to the teams of an organisation.',
  },
];

describe.each(RANKERS.map((peer) => [peer.name, peer] as const))('%s', (_, peer) => {
  it('ranks the section that has the words first, by its id', async () => {
    const index = await peer.build(SECTIONS);
    expect((await index.search('clean the cache folder', 10))[0]).toBe('cache.html');
    expect((await index.search('teams of an organisation', 10))[0]).toBe('team.html#members');
  });

  it('keeps to the limit, and takes signs that have a meaning in query languages', async () => {
    const index = await peer.build(SECTIONS);
    expect((await index.search('package cache teams', 1)).length).toBe(1);
    expect(await index.search('title:cache^2 +"folder" ~tar* -x [y] \\', 10)).toContain('cache.html');
  });
});
