/** Lets what else is to happen in this process happen: signals, timers. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
