/** The main manifest's name in the index folder. */
export const MANIFEST = 'manifest.json';
