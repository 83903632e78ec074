// The parts of a service worker's scope that `worker.js` uses; the library only declares them on `self`.
declare function skipWaiting(): Promise<void>;
declare const clients: Clients;
declare function addEventListener(type: 'install' | 'activate' | 'fetch', listener: (event: FetchEvent) => void): void;
