/**
 * Lets waiting events (a newer query, a cancel) be handled before going on. A promise alone does not: microtasks run
 * before any event. A timer would, but browsers hold nested ones back for 4 ms.
 */
export function letEventsIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
