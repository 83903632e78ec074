// Tap to rank: the first choice tapped gets rank 1. Tapping a ranked choice removes its rank, and later ones move up.
// The hidden select lists hold the ranks and are what's submitted.
// Takes: element, form, inLanguage, kinder, say.
kinder(
  () => {
    for (const ranking of form.querySelectorAll('.ranking')) {
      const selects = [...ranking.querySelectorAll('select')];
      const places = selects[0].options.length - 1;
      const hint = ranking.closest('.item').querySelector('.hint');
      const news = element('p', { class: 'away', role: 'status' });
      const name = (select) => select.closest('label').querySelector('span').textContent;
      const ranked = () => selects.filter((select) => select.value).sort((one, other) => one.value - other.value);

      const taps = selects.map((select) => {
        const tap = element(
          'button',
          { type: 'button', class: 'choice tap' },
          element('span', { class: 'place', 'aria-hidden': 'true' }),
          ...[...select.closest('label').querySelector('span').cloneNode(true).childNodes],
        );
        tap.addEventListener('click', () => {
          const order = ranked();
          const at = order.indexOf(select);
          if (at >= 0) order.splice(at, 1);
          else if (order.length < places) order.push(select);
          else {
            news.textContent = say('sayPlacesTaken');
            return;
          }
          for (const one of selects) one.value = order.includes(one) ? String(order.indexOf(one) + 1) : '';
          news.textContent = select.value ? `${name(select)}: ${say('sayPlace', { place: select.value })}` : name(select);
          select.dispatchEvent(new Event('change', { bubbles: true }));
        });
        return tap;
      });

      const draw = () => {
        const order = ranked();
        taps.forEach((tap, at) => {
          const place = order.indexOf(selects[at]) + 1;
          const badge = tap.querySelector('.place');
          badge.textContent = place ? inLanguage(place) : '';
          tap.setAttribute('aria-pressed', String(place > 0));
          if (place) tap.setAttribute('aria-description', say('sayPlace', { place }));
          else tap.removeAttribute('aria-description');
          tap.classList.toggle('full', !place && order.length === places);
        });
      };

      for (const select of selects) select.closest('label').hidden = true;
      ranking.append(...taps, news);
      ranking.classList.add('tapped');
      hint.lastElementChild.textContent = say('sayTap', { most: inLanguage(places) });
      form.addEventListener('change', draw);
      addEventListener('pageshow', draw);
      draw();
    }
  },
  () => {
    for (const tap of form.querySelectorAll('.tap')) tap.remove();
    for (const label of form.querySelectorAll('.ranking label')) label.hidden = false;
  },
);
