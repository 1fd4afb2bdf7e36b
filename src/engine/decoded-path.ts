/** A URL's path, or its anchor, as people read it. What is not encoded well stays as it is. */
export function decodedPath(path: string): string {
  return path
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    })
    .join('/');
}
