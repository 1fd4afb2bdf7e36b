import useBaseUrl from '@docusaurus/useBaseUrl';

/** Docusaurus's theme has an empty one. */
export default function SearchBar() {
  return <second-look index={useBaseUrl('/second-look/')} />;
}
