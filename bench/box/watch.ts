import { onCLS, onINP } from 'web-vitals';
import type { SecondLook } from '../../src/element/index.js';

/** What is watched in a page while somebody types. */
interface Watch {
  /** Milliseconds from each key to the rows by words painted, in order. */
  rows: number[];
  /** The latest of each; none before there was any. */
  cls: number;
  inp: number;
  /** Longest task of the main thread, in ms. */
  longest: number;
}

declare global {
  var watched: Watch;
  var watchBox: () => void;
}

globalThis.watched = { rows: [], cls: 0, inp: 0, longest: 0 };
onCLS(({ value }) => (watched.cls = value), { reportAllChanges: true });
onINP(({ value }) => (watched.inp = value), { reportAllChanges: true, durationThreshold: 16 });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
}).observe({ type: 'longtask', buffered: true });

/** Begins to take the time of every key. */
globalThis.watchBox = () => {
  const box = document.querySelector<SecondLook>('second-look')!;
  let asked: { query: string; at: number } | undefined;
  box.shadowRoot!.addEventListener('input', ({ timeStamp }) => {
    asked = { query: box.session.text.trim(), at: timeStamp };
  });
  box.session.listen(() => {
    if (!asked || box.session.update?.query !== asked.query) return;
    const { at } = asked;
    asked = undefined;
    // The element renders in a microtask; what follows a frame's callbacks comes after its paint.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => watched.rows.push(performance.now() - at);
      port2.postMessage(undefined);
    });
  });
};
