// Kiosk mode: when someone walks away, everything they typed is removed before the next person comes.
// Takes: draft, element, form, kinder, say.
kinder(() => {
  const pause = Number(form.dataset.pause);
  if (!pause) return;
  const warning = element('div', { class: 'news', role: 'alert' }, element('p', {}, say('sayPause')));
  let timers = [];

  const clean = () => {
    warning.remove();
    draft.startOver();
    form.hidden = false;
    scrollTo(0, 0);
    // Reload: the survey may have changed, and the language was the last person's choice.
    if (navigator.onLine) location.replace(form.dataset.clean);
  };
  const wake = () => {
    timers.forEach(clearTimeout);
    warning.remove();
    timers = [setTimeout(() => form.before(warning), (pause - 15) * 1000), setTimeout(clean, pause * 1000)];
  };
  for (const sign of ['input', 'pointerdown', 'keydown']) addEventListener(sign, wake);
  addEventListener('pageshow', (event) => event.persisted && clean());
});
