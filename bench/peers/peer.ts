/** A part of a page under one heading: what every peer indexes, cut by second-look's own reader. */
export interface Section {
  /** Its page's URL and its anchor, each id once; what a result links to. */
  id: string;
  title: string;
  /** Headings below the title, the section's own last. */
  trail: readonly string[];
  text: string;
}

/** A search library set up in one way. */
export interface Peer {
  /** As tables call it: the library and what is set. */
  name: string;
  /** The npm package. */
  package: string;
  /** How it is set up, and who says so. */
  note: string;
  build: (sections: readonly Section[]) => Promise<PeerIndex>;
  /** Opens what `serialise` gave, as a visitor's browser does. */
  load?: (text: string) => Promise<PeerIndex['search']>;
}

export interface PeerIndex {
  /** Ids of sections, best first. */
  search: (query: string, limit: number) => Promise<string[]>;
  /** What a site ships: the index, with titles and headings to show but no text for excerpts. */
  serialise: () => Promise<string>;
}

/** What a result shows, for libraries that keep only ids. */
export function headingsOf({ id, title, trail }: Section): string[] {
  return [id, title, ...trail];
}
