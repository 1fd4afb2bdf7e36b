import type { Column, Row, Table } from '../bench.js';

/** A column in which a peer is better than ours: the row that a visitor ends with, else the best one. */
export interface Beaten {
  table: string;
  column: Column;
  ours: Row;
  peers: Row[];
}

/** Where peers do better, found in the figures. */
export function beatenIn({ title, columns, rows, final }: Table): Beaten[] {
  return columns.flatMap((column) => {
    const have = rows.filter(({ figures }) => figures[column.key] !== undefined);
    const best = have.filter((row) => row.ours).sort(byBest(column))[0];
    const ours = have.find((row) => row.ours && row.system === final) ?? best;
    if (!ours) return [];
    const peers = have.filter((row) => !row.ours && byBest(column)(row, ours) < 0).sort(byBest(column));
    return peers.length > 0 ? [{ table: title, column, ours, peers }] : [];
  });
}

/** The better figure first, as the table shows them: what reads the same is equal. */
export function byBest(column: Column): (left: Row, right: Row) => number {
  const sign = column.better === 'lower' ? 1 : -1;
  const shown = (row: Row): number => Number(written(row, column));
  return (left, right) => sign * (shown(left) - shown(right)) || 0;
}

/** A row's figure with the column's digits; empty where it has none. */
export function written({ figures }: Row, { key, digits = 0 }: Column): string {
  return figures[key]?.toFixed(digits) ?? '';
}
