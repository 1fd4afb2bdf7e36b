/**
 * Decodes an HTML file as browsers do (HTML standard, "determining the character encoding"): by its byte order mark, by
 * what a `meta` in its first 1,024 bytes says, else as UTF-8. Undefined where it is no text.
 */
export function decodePage(bytes: Uint8Array): string | undefined {
  const encoding = byteOrderMark(bytes) ?? declared(bytes) ?? 'utf-8';
  const text = decoder(encoding).decode(bytes);
  return text.includes('\0') ? undefined : text;
}

function byteOrderMark([first, second]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function declared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
}

function decoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}
