/** Text that leaves the terminal as it is: without escape codes and line breaks. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
