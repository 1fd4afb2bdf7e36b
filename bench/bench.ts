/** One measured quantity, and which way is better. */
export interface Column {
  /** Its key in the rows. */
  key: string;
  /** Heading in the table, with the unit: `p95, ms`. */
  label: string;
  better: 'higher' | 'lower';
  /** Digits after the point. Default 0. */
  digits?: number;
}

/** One system's figures; a figure that it does not have is left out. */
export interface Row {
  system: string;
  /** Whether this is second-look, or a part or stage of it. */
  ours: boolean;
  figures: Record<string, number>;
  /** What the figures cannot say: how the system was set up. */
  note?: string;
}

/** Systems beside each other, on the same data, measured in the same run. */
export interface Table {
  title: string;
  /** On what, and how it was measured. */
  about: string;
  columns: Column[];
  rows: Row[];
  /** Where several rows are ours: the one that a visitor ends with by default. Peers are held against it, not our best row. */
  final?: string;
}

/** What a benchmark found. */
export interface BenchResult {
  /** The outcome in one line. */
  line: string;
  tables: Table[];
  /** Why a part was not run, such as data that is absent. */
  skipped: string[];
  /** Packages that were measured, and their versions. */
  versions: Record<string, string>;
}

export interface BenchContext {
  /** Says on standard error how far it is. */
  progress: (message: string) => void;
  /** Only so many of a collection's queries, for a quick look. */
  queries?: number | undefined;
}

/** A benchmark; its file exports one of these. */
export type Bench = (context: BenchContext) => Promise<BenchResult>;

/** A result as it is written to a file. */
export interface BenchRecord extends BenchResult {
  bench: string;
  /** ISO 8601. */
  date: string;
  machine: string;
}
