/** Text that is HTML already; whatever else is put into a template is escaped. */
export interface Markup {
  markup: string;
}

type Value = string | number | Markup | readonly Markup[];

/** A piece of HTML or SVG. Values are text, and escaped, unless they are pieces themselves. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return { markup: String.raw({ raw: strings }, ...values.map(markupOf)) };
}

function markupOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
