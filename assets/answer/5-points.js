// Divide points: shows how many are left while people type.
// Takes: digits, element, form, inLanguage, kinder, say.
kinder(
  () => {
    for (const points of form.querySelectorAll('.points')) {
      const total = Number(points.dataset.total);
      const left = element('p', { class: 'left', role: 'status' });
      points.after(left);
      const count = () => {
        let rest = total;
        for (const field of points.querySelectorAll('input')) rest -= Number(digits(field.value)) || 0;
        const name = rest > 0 ? 'sayLeft' : rest < 0 ? 'sayOver' : 'sayShared';
        left.textContent = say(name, { points: inLanguage(Math.abs(rest)) });
        left.classList.toggle('over', rest < 0);
      };
      points.addEventListener('input', count);
      addEventListener('pageshow', count);
      count();
    }
  },
  () => {
    for (const left of form.querySelectorAll('.left')) left.remove();
  },
);
