// What is sent without a network waits on the phone and goes out by itself, also when the page is opened again days later.
// Each answer has its own key, so that sending it twice stores it once.
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
      // What is thrown in here would reach nobody.
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

// Unless another tab has put something else under its key meanwhile.
const letGo = ({ key, body }) =>
  inQueue('readwrite', (queue) => {
    const request = queue.get(key);
    request.onsuccess = () => request.result?.body === body && queue.delete(key);
    return request;
  });

// The receipt on the thanks page that came back; whatever fails here changes nothing of what is stored.
const receiptOn = async (reply) => {
  try {
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    return page.querySelector('.receipt')?.textContent.trim();
  } catch {
    return undefined;
  }
};

// Whether it is `stored`, still `waits`, or was `refused` and needs somebody to look at it. Only the thanks page of ours
// says that it is stored: a network's own page of welcome says nothing of the kind. `receipts` gets what it shows.
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
    draft.startAnew();
    form.hidden = false;
    tell();
    scrollTo(0, 0);
  };

  // Sends an answer the plain way, so that the server's own page says what is wrong with it; it stays here until it is
  // stored or somebody removes it.
  const look = ({ url, body }) => {
    const plain = element('form', { method: 'post', action: url });
    for (const [name, value] of new URLSearchParams(`${body}&_queued=1`)) {
      plain.append(element('input', { type: 'hidden', name, value }));
    }
    document.body.append(plain);
    plain.submit();
  };

  // `receipts` are those of answers that were sent just now: several people may have waited, each with one of their own.
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

  // One tab at a time: others find nothing left.
  const flush = async () => {
    await (navigator.locks ? navigator.locks.request('chorus', sendAll) : sendAll());
  };
  const sendAll = async () => {
    const all = await inQueue('readonly', (queue) => queue.getAll());
    // In the order in which they came, so that receipts stand as people stood; keys are random.
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
    // At a kiosk, who stands there now is somebody else.
    const own = keep ? receipts.filter(Boolean) : [];
    const waiting = await tell(stored ? say('saySent') : '', own);
    if (!waiting && form.hidden && stored && own.length < 2) location.assign(thanks);
  };

  const send = async () => {
    // @ts-expect-error A form without files is a list of names and texts.
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
      draft.startAnew();
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
    // Whatever fails here leaves the plain way.
    send()
      .catch(() => form.submit())
      .finally(() => (isSending = false));
  });

  addEventListener('online', flush);
  addEventListener('visibilitychange', () => document.hidden || flush());

  // The page and its script are kept for opening without a network; after the first change, so that a first view asks for little.
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
