// Sections become steps with "3 of 8" above them. The browser's Back button goes to the previous step. Nothing gets
// lost: steps are only shown and hidden, and it's all one form.
// Takes: element, form, inLanguage, isGiven, items, kinder, say.
kinder(
  () => {
    const steps = [];
    for (const item of items) {
      if (item.matches('.section') || !steps.length) steps.push([]);
      steps.at(-1).push(item);
    }
    const count = form.querySelector('.step-count');
    if (!count) return;

    const tail = [...form.querySelectorAll(':scope > .hint, :scope > .buttons')];
    const next = element('button', { type: 'button', class: 'button' }, say('sayNext'));
    const back = element('button', { type: 'button', class: 'button plain' }, say('sayBack'));
    const ways = element('div', { class: 'buttons ways' }, next, back);
    const isMet = (step) => step.some((item) => !item.hidden);
    let current = 0;

    const draw = () => {
      const met = steps.filter(isMet);
      const at = met.indexOf(steps[current]);
      steps.forEach((step, place) => {
        for (const item of step) item.classList.toggle('elsewhere', place !== current);
      });
      const isLast = at === met.length - 1;
      const isMany = met.length > 1;
      count.textContent = isMany ? say('sayStep', { number: inLanguage(at + 1), total: inLanguage(met.length) }) : '';
      back.hidden = at <= 0;
      next.hidden = isLast;
      for (const part of tail) part.classList.toggle('elsewhere', !isLast);
      document.body.classList.toggle('on-the-way', at > 0);
    };

    const turnTo = (step) => {
      current = step;
      draw();
      count.focus({ preventScroll: true });
      count.scrollIntoView();
    };

    // The next visible step, or the previous one.
    const beside = (by) => {
      let step = current + by;
      while (steps[step] && !isMet(steps[step])) step += by;
      return step;
    };

    // Required answers are checked before the next step; a matrix needs every row.
    const isAnswered = (item) => {
      const rows = [...item.querySelectorAll('.row')];
      return (rows.length ? rows : [item]).every((part) => [...part.querySelectorAll('input, select, textarea')].some(isGiven));
    };
    const fieldOf = (item) => (item.matches('fieldset') ? item : item.querySelector('input, textarea'));
    // Adds the error to the field's description, or removes it.
    const describe = (item, id, isWrong) => {
      const field = fieldOf(item);
      const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id);
      field.setAttribute('aria-describedby', [...(isWrong ? [id] : []), ...others].join(' '));
      if (field !== item) field.setAttribute('aria-invalid', String(isWrong));
    };
    const lacks = () => {
      const needed = steps[current].filter((item) => item.dataset.needed && !item.hidden);
      const missing = needed.filter((item) => !isAnswered(item));
      for (const item of needed) {
        const id = `${fieldOf(item).id}-early`;
        const isWrong = missing.includes(item);
        item.querySelector('.early')?.remove();
        const isTold = item.querySelector('.fault-text') !== null;
        item.classList.toggle('fault', isWrong || isTold);
        if (isTold) continue;
        describe(item, id, isWrong);
        const fault = element('p', { class: 'fault-text early', id, role: 'alert' }, item.dataset.needed);
        if (isWrong) item.querySelector('legend, .ask').after(fault);
      }
      const first = missing[0];
      if (first) fieldOf(first).focus();
      return missing.length > 0;
    };

    const goOn = () => {
      if (lacks()) return;
      const step = beside(1);
      history.pushState({ ...history.state, step, isOurs: true }, '');
      turnTo(step);
    };

    tail.at(-1).after(ways);
    const wrong = steps.findIndex((step) => step.some((item) => item.matches('.fault')));
    current = wrong >= 0 ? wrong : (history.state?.step ?? 0);
    if (!steps[current] || !isMet(steps[current])) current = 0;
    history.replaceState({ ...history.state, step: current }, '');
    form.classList.add('stepped');
    draw();

    next.addEventListener('click', goOn);
    // A form with an error opens at that step, so the browser's history doesn't have the previous one.
    back.addEventListener('click', () => {
      if (history.state?.isOurs) return history.back();
      const step = beside(-1);
      history.replaceState({ ...history.state, step }, '');
      turnTo(step);
    });
    // Links within the page don't store a step.
    addEventListener('popstate', ({ state }) => state && turnTo(state.step));
    form.addEventListener('input', draw);
    form.addEventListener('change', draw);
    // Starting over goes back to the first step.
    addEventListener('pageshow', () => {
      current = history.state?.step ?? current;
      draw();
    });
    // Before the last step, Enter goes to the next step instead of submitting.
    form.addEventListener(
      'submit',
      (event) => {
        if (next.hidden) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        goOn();
      },
      true,
    );
    for (const link of document.querySelectorAll('.summary a')) {
      link.addEventListener('click', () => {
        const item = document.querySelector(link.hash)?.closest('.item');
        current = Math.max(0, steps.findIndex((step) => step.includes(item)));
        draw();
      });
    }
  },
  () => {
    form.classList.remove('stepped');
    document.body.classList.remove('on-the-way');
    for (const part of form.querySelectorAll('.elsewhere')) part.classList.remove('elsewhere');
    form.querySelector('.ways')?.remove();
    form.querySelector('.step-count')?.replaceChildren();
  },
);
