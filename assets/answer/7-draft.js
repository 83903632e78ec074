// Saves a draft on the phone, separately for each survey and each link. A student's draft is only kept in the tab. The
// page says "saved" only after reading the draft back.
// Takes: element, form, kinder, say.
// Gives: draft, freshKey.
const draft = { drop: () => {}, startOver: () => {} };

const freshKey = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');

const isTick = (control) => /^(radio|checkbox)$/.test(control.type);

// A personal link, once there are any, has drafts of its own.
const draftName = (survey) =>
  `chorus:${survey}:${document.cookie.match(/(?:^|; )chorus_link=([^;]*)/)?.[1] ?? ''}`;

// On the thank-you page: the plain form was submitted, so the draft can go. The key stays, so that the next response from
// this phone is asked whether it's from someone else.
try {
  const answered = document.querySelector('[data-answered]')?.dataset.answered;
  for (const store of answered ? [sessionStorage, localStorage] : []) {
    const { key, sent } = JSON.parse(store.getItem(draftName(answered)) ?? '{}');
    if (sent) store.setItem(draftName(answered), JSON.stringify({ key }));
  }
} catch {
  // Without storage there's no draft.
}

// On the page that asks whether to submit again after a withdrawal: the new response is this phone's from then on.
document.querySelector('[data-again]')?.addEventListener('submit', ({ target }) => {
  try {
    for (const store of [sessionStorage, localStorage]) {
      const name = draftName(target.dataset.again);
      if (store.getItem(name)) store.setItem(name, JSON.stringify({ key: target.elements._another.value, sent: true }));
    }
  } catch {
    // Without storage the phone has no key either.
  }
});

kinder(
  () => {
    const { answer, keep, again } = form.dataset;
    const input = form.elements._submission;
    // Makes the other parts update, as they do when the browser restores a page.
    const lookAgain = () => dispatchEvent(new Event('pageshow'));
    const empty = () => {
      form.reset();
      if (history.state) history.replaceState({ step: 0 }, '');
    };
    draft.startOver = () => {
      empty();
      input.value = '';
      lookAgain();
    };
    if (!keep) return;
    const name = draftName(answer);
    const store = keep === 'tab' ? sessionStorage : localStorage;
    const read = () => JSON.parse(store.getItem(name) ?? '{}');
    const write = (kept) => {
      const text = JSON.stringify(kept);
      store.setItem(name, text);
      return store.getItem(name) === text;
    };

    // Someone else wants to answer, so remove everything from the last person.
    if (location.hash === '#new' || /[?&]new=/.test(location.search)) {
      store.removeItem(name);
      history.replaceState(history.state, '', `${location.pathname}?lang=${document.documentElement.lang}`);
    }
    const found = read();

    // This phone's response has one key, whatever happens. If nothing can be stored, the cookie is used instead.
    const setKey = (key) => {
      input.value = key;
      if (!write({ ...read(), key })) input.value = '';
    };
    setKey(input.value || found.key || freshKey());

    const news = element('p', { class: 'kept', role: 'status' });
    const clear = element('button', { type: 'button', class: 'button plain' }, say('sayClear'));
    clear.addEventListener('click', () => {
      draft.drop();
      news.textContent = say('sayCleared');
    });
    form.after(news);

    const save = (more = {}) => {
      const fields = [...new FormData(form)].filter(([field]) => !field.startsWith('_'));
      let isKept = false;
      try {
        isKept = write({ key: input.value, fields, at: Date.now(), ...more });
        sessionStorage.setItem(`${name}:here`, input.value);
      } catch {
        // Storage is full or blocked: don't say "saved".
      }
      if (isKept && !clear.isConnected) news.replaceChildren(`${say('saySaved')} `, clear);
      if (!isKept) news.replaceChildren();
    };
    form.addEventListener('input', () => save());
    form.addEventListener('change', () => save());
    form.addEventListener('submit', (event) => event.defaultPrevented || save({ sent: true }));

    const bringBack = () => {
      form.reset();
      for (const [field, value] of found.fields) {
        const controls = [...form.elements].filter((control) => control.name === field);
        const box = controls.find((control) => isTick(control) && control.value === value);
        if (box) box.checked = true;
        else if (controls[0] && !isTick(controls[0])) controls[0].value = value;
      }
      lookAgain();
      save();
    };

    draft.drop = () => write({ key: input.value });
    draft.startOver = () => {
      empty();
      store.removeItem(name);
      setKey(freshKey());
      news.replaceChildren();
      lookAgain();
    };

    if (again) return save();
    if (!found.fields?.length) return;
    // The same tab only switched languages or reloaded.
    if (keep === 'tab' || sessionStorage.getItem(`${name}:here`) === found.key) return bringBack();
    const day = new Date(found.at).toLocaleDateString(document.documentElement.lang, {
      weekday: 'long',
      month: 'long',
      day: 'numeric',
    });
    const goOn = element('button', { type: 'button', class: 'button' }, say('sayContinue'));
    const startOver = element('button', { type: 'button', class: 'button plain' }, say('sayStartOver'));
    const offer = element(
      'div',
      { class: 'news offer', role: 'status' },
      element('p', {}, say('sayFound', { day })),
      element('div', { class: 'buttons' }, goOn, startOver),
    );
    const choose = (work) => () => {
      offer.remove();
      form.hidden = news.hidden = false;
      work();
    };
    goOn.addEventListener('click', choose(bringBack));
    startOver.addEventListener('click', choose(draft.startOver));
    form.before(offer);
    form.hidden = news.hidden = true;
  },
  () => {
    form.hidden = false;
    document.querySelector('.offer')?.remove();
    document.querySelector('.kept')?.remove();
  },
);
