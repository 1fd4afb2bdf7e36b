import useBaseUrl from '@docusaurus/useBaseUrl';

/** Docusaurus's theme has an empty one. What its pages say of themselves (one language, one version) is no choice here. */
export default function SearchBar() {
  return <second-look index={useBaseUrl('/second-look/')} filters="none" />;
}
