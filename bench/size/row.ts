import type { Column, Row } from '../bench.js';
import type { Size } from './compressed.js';

const FORMS = ['raw', 'gzip', 'brotli'] as const;

/** Columns of sizes in kB. @param parts heading by key; '' where there is but one */
export function sizeColumns(parts: Record<string, string>): Column[] {
  return Object.entries(parts).flatMap(([key, label]) =>
    FORMS.map((form): Column => {
      const heading = label === '' ? form : `${label}, ${form}`;
      return { key: keyOf(key, form), label: `${heading}, kB`, better: 'lower', digits: 1 };
    }),
  );
}

export function rowOf(row: Omit<Row, 'figures'>, sizes: Record<string, Size>): Row {
  const figures = Object.entries(sizes).flatMap(([key, size]) =>
    FORMS.map((form) => [keyOf(key, form), size[form] / 1000] as const),
  );
  return { ...row, figures: Object.fromEntries(figures) };
}

function keyOf(part: string, form: keyof Size): string {
  return part === '' ? form : `${part}-${form}`;
}
