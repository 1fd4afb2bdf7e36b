// A process of its own, so that nothing else counts: node build-peer.js NAME SITE OUT
import { writeFile } from 'node:fs/promises';
import { PEERS } from '../peers/peers.js';
import { sectionsOfSite } from '../peers/sections.js';

const [, , name, site = '', out = ''] = process.argv;
const peer = PEERS.find((known) => known.name === name);
if (!peer) throw new Error(`There is no peer ${JSON.stringify(name)}.`);
const index = await peer.build(await sectionsOfSite(site));
await writeFile(out, await index.serialise());
