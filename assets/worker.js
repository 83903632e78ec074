// Opens the questions again where there is no network. It keeps nothing itself: the page puts its own bytes, which hold
// nothing personal, into the cache after the first change. What was sent waits in the page's queue.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== 'GET' || !/^\/(s\/[^/]+(\/kiosk)?|assets\/answer\.[^/]+)$/.test(path)) return;
  const kept = async () => {
    const ways = { cacheName: 'chorus', ignoreVary: true };
    return (
      (await caches.match(request, ways)) ??
      (await caches.match(request, { ...ways, ignoreSearch: true })) ??
      Response.error()
    );
  };
  event.respondWith(fetch(request).catch(kept));
});
