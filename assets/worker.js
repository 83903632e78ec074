// Opens the survey page offline. It stores nothing itself: the page caches its own bytes, which contain nothing personal,
// after the first change. Submitted responses wait in the page's queue.
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
