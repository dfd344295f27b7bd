/** The names on Electron's IPC, shared by main and preload. */

/** Invoked: one request of the contract; resolves to its `response` or `error`. */
export const requestChannel = 'hotpool:request';
/** Invoked: a `subscribe` or `unsubscribe` of the contract. */
export const subscriptionChannel = 'hotpool:subscription';
/** Pushed to the window: frames, and errors of subscriptions. */
export const frameChannel = 'hotpool:frame';
/** Invoked: how many pushed messages the page has taken in since it said so last. */
export const heardChannel = 'hotpool:heard';
/** Invoked: the language that the console is shown in. */
export const languageChannel = 'hotpool:language';
