// What is typed is kept on the phone, for this survey and for the link that somebody came by; students' words in the tab
// alone. It is said to be saved only after it was read back.
// Takes: element, form, kinder, say.
// Gives: draft, freshKey.
const draft = { drop: () => {}, startAnew: () => {} };

const freshKey = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');

const isTick = (control) => /^(radio|checkbox)$/.test(control.type);

const draftName = (survey) =>
  `chorus:${survey}:${document.cookie.match(/(?:^|; )chorus_link=([^;]*)/)?.[1] ?? ''}`;

// The thanks page: what was sent the plain way has arrived, and its copy may go. The key stays, so that the same phone's
// next answer is met with the question whether somebody else is answering.
try {
  const answered = document.querySelector('[data-answered]')?.dataset.answered;
  for (const store of answered ? [sessionStorage, localStorage] : []) {
    const { key, sent } = JSON.parse(store.getItem(draftName(answered)) ?? '{}');
    if (sent) store.setItem(draftName(answered), JSON.stringify({ key }));
  }
} catch {
  // Without storage there is no copy.
}

kinder(
  () => {
    const { answer, keep, again } = form.dataset;
    const input = form.elements._submission;
    // The other parts look again, as if the browser had brought the page back.
    const lookAgain = () => dispatchEvent(new Event('pageshow'));
    const empty = () => {
      form.reset();
      if (history.state) history.replaceState({ step: 0 }, '');
    };
    draft.startAnew = () => {
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

    // Somebody else wants to answer: nothing of the one before is left.
    if (location.hash === '#new' || /[?&]new=/.test(location.search)) {
      store.removeItem(name);
      history.replaceState(history.state, '', `${location.pathname}?lang=${document.documentElement.lang}`);
    }
    const found = read();

    // One key for what this phone is writing, whatever happens on the way. Where nothing can be kept, the cookie is the key.
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
        // A full or blocked store: then nothing is said.
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
    draft.startAnew = () => {
      empty();
      store.removeItem(name);
      setKey(freshKey());
      news.replaceChildren();
      lookAgain();
    };

    if (again) return save();
    if (!found.fields?.length) return;
    // The same tab was only turned to another language, or loaded again.
    if (keep === 'tab' || sessionStorage.getItem(`${name}:here`) === found.key) return bringBack();
    const day = new Date(found.at).toLocaleDateString(document.documentElement.lang, {
      weekday: 'long',
      month: 'long',
      day: 'numeric',
    });
    const goOn = element('button', { type: 'button', class: 'button' }, say('sayGoOn'));
    const anew = element('button', { type: 'button', class: 'button plain' }, say('sayAnew'));
    const offer = element(
      'div',
      { class: 'news offer', role: 'status' },
      element('p', {}, say('sayFound', { day })),
      element('div', { class: 'buttons' }, goOn, anew),
    );
    const choose = (work) => () => {
      offer.remove();
      form.hidden = news.hidden = false;
      work();
    };
    goOn.addEventListener('click', choose(bringBack));
    anew.addEventListener('click', choose(draft.startAnew));
    form.before(offer);
    form.hidden = news.hidden = true;
  },
  () => {
    form.hidden = false;
    document.querySelector('.offer')?.remove();
    document.querySelector('.kept')?.remove();
  },
);
