import { joined, type Session } from './session.js';

/**
 * Sessions of one model that share the inputs between them: input by input in turn, so that each has about as many. Their
 * number is `lanes`.
 */
export function inParallel(sessions: readonly Session[]): Session {
  return {
    lanes: sessions.length,
    async run(batch, signal) {
      const rows: Float32Array[] = [];
      let dims: readonly number[] = [];
      await Promise.all(
        sessions.map(async (session, lane) => {
          const own = batch.map((_, at) => at).filter((at) => at % sessions.length === lane);
          if (own.length === 0) return;
          const output = await session.run(
            own.map((at) => batch[at]!),
            signal,
          );
          const width = output.data.length / own.length;
          own.forEach((at, row) => (rows[at] = output.data.subarray(row * width, (row + 1) * width)));
          ({ dims } = output);
        }),
      );
      return joined(rows, dims.slice(1));
    },
    async dispose() {
      await Promise.all(sessions.map((session) => session.dispose()));
    },
  };
}
