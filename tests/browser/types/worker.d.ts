// The parts of a service worker's scope that `worker.js` uses; the library knows them as members of `self` alone.
declare function skipWaiting(): Promise<void>;
declare const clients: Clients;
declare function addEventListener(type: 'install' | 'activate' | 'fetch', listener: (event: FetchEvent) => void): void;
