import { bm25 } from './bm25.js';
import { FLEXSEARCH } from './flexsearch.js';
import { LUNR } from './lunr.js';
import { MINISEARCH } from './minisearch.js';
import { ORAMA } from './orama.js';
import type { Peer } from './peer.js';

/** Search libraries, each in its default setting and in the best of those that its docs propose. */
export const PEERS: readonly Peer[] = [...MINISEARCH, ...LUNR, ...ORAMA, ...FLEXSEARCH];

/** Those and the yardstick that is no product. */
export const RANKERS: readonly Peer[] = [bm25, ...PEERS];
