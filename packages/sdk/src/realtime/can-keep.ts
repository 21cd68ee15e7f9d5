/** Whether this page can keep edits and share them with others: not outside of browsers, nor over plain HTTP. */
export function canKeep(): boolean {
  return (
    'window' in globalThis &&
    'indexedDB' in globalThis &&
    'BroadcastChannel' in globalThis &&
    globalThis.navigator?.locks !== undefined
  );
}
