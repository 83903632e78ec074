// Shows and hides questions depending on earlier answers. A hidden question is disabled, so it isn't submitted, but it
// keeps its answer in case it's shown again.
// Takes: form, holds, kinder.
// Gives: items, isGiven.
const items = form ? [...form.querySelectorAll(':scope > .item, :scope > .section')] : [];

const isGiven = (control) =>
  !control.disabled && (/^(radio|checkbox)$/.test(control.type) ? control.checked : control.value.trim() !== '');

// The current answers to a field, as conditions use them. The name of a matrix or a points question means all its
// fields; the name of a ranking means its choices in order.
const said = (field) => {
  const named = [...form.elements].filter((control) => control.name === field);
  if (named.length) return named.filter(isGiven).map((control) => control.value.trim());
  const parts = [...form.elements].filter((control) => control.name.startsWith(`${field}.`) && isGiven(control));
  if (parts[0]?.closest('.ranking')) {
    const byPlace = parts.sort((one, other) => one.value - other.value);
    return byPlace.map((control) => control.name.slice(field.length + 1));
  }
  return parts.map((control) => control.value.trim());
};

kinder(
  () => {
    const rules = new Map(items.filter((item) => item.dataset.if).map((item) => [item, JSON.parse(item.dataset.if)]));
    const others = [...form.querySelectorAll('.other')].map((box) => [
      box,
      box.parentElement.querySelector('input[value="other"]'),
    ]);

    const explain = (isNews) => {
      for (const [box, choice] of others) {
        const isTyped = !isNews && box.querySelector('input').value.trim() !== '';
        box.hidden = !choice.checked && !isTyped;
      }
    };

    const show = () => {
      let inSection = true;
      for (const item of items) {
        const own = !rules.has(item) || holds(rules.get(item), said);
        if (item.matches('.section')) inSection = own;
        item.hidden = !(own && inSection);
        for (const control of item.querySelectorAll('input, select, textarea')) {
          control.disabled = item.hidden || Boolean(control.closest('.other')?.hidden);
        }
      }
    };

    explain();
    show();
    const changed = () => {
      explain(true);
      show();
    };
    form.addEventListener('input', changed);
    form.addEventListener('change', changed);
    // A browser restores fields after the scripts have run, and so does a draft.
    addEventListener('pageshow', () => {
      explain();
      show();
    });
    for (const sentence of form.querySelectorAll('.when')) sentence.remove();
  },
  () => {
    for (const item of items) item.hidden = false;
    for (const box of form.querySelectorAll('.other')) box.hidden = false;
    for (const control of form.elements) control.disabled = false;
  },
);
