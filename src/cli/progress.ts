import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** Shows how far a step has come; a new step begins a new line. */
  show(step: string, done: number, total: number): void;
  stop(): void;
}

/** A bar with counts and time left on a terminal; elsewhere (a build log) a line at the end of each step. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let current: string | undefined;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
    current = undefined;
  };
  return {
    stop,
    show(step, done, total) {
      if (!stream.isTTY) {
        if (done === total) stream.write(`${step}: ${total}\n`);
        return;
      }
      if (step !== current) {
        stop();
        current = step;
        bar = new SingleBar(
          {
            stream,
            format: `${step.padEnd(20)} {bar} {value} of {total}, {eta_formatted} left`,
            etaBuffer: 60,
            hideCursor: true,
          },
          Presets.shades_classic,
        );
        bar.start(total, done);
      }
      bar?.update(done);
    },
  };
}
