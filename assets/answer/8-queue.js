// A response submitted offline waits on the phone and is sent automatically, even if the page is only opened again days
// later. Each response has its own key, so sending it twice stores it once.
// Takes: draft, element, form, freshKey, inLanguage, kinder, say.
const QUEUE = 'answers';
const RETRY = 30_000;
const PATIENCE = 30_000;

const inQueue = (mode, work) =>
  new Promise((resolve, reject) => {
    const open = indexedDB.open('chorus', 1);
    open.onupgradeneeded = () => open.result.createObjectStore(QUEUE, { keyPath: 'key' });
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      // Exceptions in an event handler wouldn't reject the promise.
      try {
        const act = open.result.transaction(QUEUE, mode, { durability: 'strict' });
        const request = work(act.objectStore(QUEUE));
        act.oncomplete = () => {
          open.result.close();
          resolve(request.result);
        };
        act.onabort = () => reject(act.error);
      } catch (error) {
        reject(error);
      }
    };
  });

const hold = (answer) => inQueue('readwrite', (queue) => queue.put(answer));

// Removes a response, unless another tab has since stored something else under its key.
const letGo = ({ key, body }) =>
  inQueue('readwrite', (queue) => {
    const request = queue.get(key);
    request.onsuccess = () => request.result?.body === body && queue.delete(key);
    return request;
  });

// The receipt on the thank-you page. If this fails, the response is stored anyway.
const receiptOn = async (reply) => {
  try {
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    return page.querySelector('.receipt')?.textContent.trim();
  } catch {
    return undefined;
  }
};

// Returns `stored`, `waits`, or `refused` if a person needs to look at it. Only our thank-you page means it's stored; a
// network's sign-in page doesn't. Adds the receipt to `receipts`.
const deliver = async ({ url, body }, waited, receipts = []) => {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(body + (waited ? '&_queued=1' : '')),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    const thanks = `${new URL(url, location.href).pathname}/thanks`;
    if (reply.redirected && new URL(reply.url).pathname === thanks) {
      receipts.push(await receiptOn(reply));
      return 'stored';
    }
    return reply.ok || reply.status === 429 || reply.status >= 500 ? 'waits' : 'refused';
  } catch {
    return 'waits';
  }
};

kinder(() => {
  const { thanks, keep } = form.dataset;
  if (!thanks) return;
  const news = element('div', { class: 'news waiting', role: 'status' });
  news.hidden = true;
  form.before(news);
  let isReady = false;
  let isSending = false;
  let timer;

  const button = (words, work) => {
    const made = element('button', { type: 'button', class: 'button plain' }, words);
    made.addEventListener('click', work);
    return made;
  };

  const showForm = () => {
    draft.startOver();
    form.hidden = false;
    tell();
    scrollTo(0, 0);
  };

  // Submits a response as a plain form, so that the server's page shows what's wrong with it. It stays in the queue until
  // it's stored or removed.
  const look = ({ url, body }) => {
    const plain = element('form', { method: 'post', action: url });
    for (const [name, value] of new URLSearchParams(`${body}&_queued=1`)) {
      plain.append(element('input', { type: 'hidden', name, value }));
    }
    document.body.append(plain);
    plain.submit();
  };

  // `receipts` are from responses that were just sent. There can be several, each from a different person.
  const tell = async (first = '', receipts = []) => {
    const all = await inQueue('readonly', (queue) => queue.getAll());
    const refused = all.filter((one) => one.refused);
    const waiting = all.length - refused.length;
    const parts = [];
    if (first) parts.push(element('p', {}, first));
    for (const code of receipts) {
      parts.push(element('p', {}, `${say('sayReceipt')} `, element('strong', { dir: 'ltr', translate: 'no' }, code)));
    }
    if (waiting) parts.push(element('p', {}, say('sayWaiting', { count: inLanguage(waiting) })));
    if (form.hidden && (waiting || receipts.length)) parts.push(button(say('sayElse'), showForm));
    for (const one of refused) {
      const ways = element('div', { class: 'buttons' });
      if (keep === 'local') ways.append(button(say('sayLook'), () => look(one)));
      ways.append(button(say('sayRemove'), () => letGo(one).then(() => tell())));
      parts.push(element('p', {}, say('sayRefused')), ways);
    }
    news.replaceChildren(...parts);
    news.hidden = !parts.length;
    clearTimeout(timer);
    if (waiting) timer = setTimeout(flush, RETRY);
    return waiting;
  };

  // One tab at a time, so that other tabs find the queue empty.
  const flush = async () => {
    await (navigator.locks ? navigator.locks.request('chorus', sendAll) : sendAll());
  };
  const sendAll = async () => {
    const all = await inQueue('readonly', (queue) => queue.getAll());
    // Oldest first, so that receipts are in the order people answered; keys are random.
    const waits = all.filter((one) => !one.refused).sort((one, other) => one.at - other.at);
    if (!waits.length) return;
    let stored = 0;
    const receipts = [];
    for (const answer of waits) {
      const fate = await deliver(answer, true, receipts);
      if (fate === 'waits') break;
      if (fate === 'stored') {
        await letGo(answer);
        stored += 1;
      } else await hold({ ...answer, refused: true });
    }
    // At a kiosk, receipts belong to people who have left.
    const own = keep ? receipts.filter(Boolean) : [];
    const waiting = await tell(stored ? say('saySent') : '', own);
    if (!waiting && form.hidden && stored && own.length < 2) location.assign(thanks);
  };

  const send = async () => {
    // @ts-expect-error Without files, form data is only names and texts.
    const body = new URLSearchParams(new FormData(form)).toString();
    const answer = { key: form.elements._submission.value, url: form.action, body, at: Date.now() };
    await hold(answer);
    const fate = await deliver(answer);
    if (fate === 'stored') {
      draft.drop();
      await letGo(answer);
      location.assign(thanks);
    } else if (fate === 'refused') {
      await letGo(answer);
      form.submit();
    } else {
      form.hidden = true;
      draft.startOver();
      await tell(say('sayHeld'));
      news.scrollIntoView();
    }
  };

  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented || !isReady) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    if (!form.elements._submission.value) form.elements._submission.value = freshKey();
    // If anything fails, submit the plain form.
    send()
      .catch(() => form.submit())
      .finally(() => (isSending = false));
  });

  addEventListener('online', flush);
  addEventListener('visibilitychange', () => document.hidden || flush());

  // Caches the page and its script for offline use. It waits for the first change so that the first view stays light.
  const stay = async () => {
    await navigator.serviceWorker.register(form.dataset.worker, { scope: '/s/' });
    const cache = await caches.open('chorus');
    await cache.addAll([location.pathname + location.search, import.meta.url]);
  };
  form.addEventListener('input', () => stay().catch(() => {}), { once: true });

  inQueue('readonly', (queue) => queue.count())
    .then((count) => {
      isReady = true;
      if (count) return tell().then(flush);
    })
    .catch(() => {});
});
