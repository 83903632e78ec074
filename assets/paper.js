// Entering a sheet with only the keyboard: Enter goes to the next question, Ctrl+Enter saves the sheet, and the page shows
// what a typed number means right away. Without this script, use Tab and the button.

const form = document.querySelector('[data-entry]');

const fieldsOf = () => [...form.querySelectorAll('[data-code-field], .typed-words > .field')];

const MARKS = { '-': 'Blank', '*': 'Too many marks', '?': 'Unclear', '/': 'Unclear' };

// What a field's input means, as the server reads it. It's only displayed, never submitted.
function meaning(field) {
  const typed = field.value.trim();
  if (typed === '') return '';
  if (MARKS[typed]) return MARKS[typed];
  const entry = field.closest('.entry');
  const codes = new Map([...entry.querySelectorAll('[data-code]')].map((one) => [one.dataset.code, one.lastElementChild.textContent.trim()]));
  if (codes.size === 0) return '';
  const several = entry.dataset.how === 'several';
  const short = [...codes.keys()].every((code) => /^\d$/.test(code));
  const european = typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.codePointAt(0) & 15);
  const pieces = european.split(/[\s,.;+]+/).filter(Boolean);
  const numbers = [...new Set(pieces.flatMap((piece) => (several && short && /^\d+$/.test(piece) ? [...piece] : [String(Number(piece))])))];
  const unknown = numbers.find((number) => !codes.has(number));
  if (unknown !== undefined) return null;
  const names = numbers.map((number) => codes.get(number)).join(', ');
  return numbers.length > 1 && !several ? `Too many marks: ${names}` : names;
}

function say(field) {
  const one = field.closest('.one');
  if (!one) return;
  let echo = one.querySelector('output');
  if (!echo) {
    echo = document.createElement('output');
    echo.htmlFor = field.id;
    one.append(echo);
  }
  const said = meaning(field);
  echo.textContent = said === null ? 'No such number' : said;
  echo.classList.toggle('wrong', said === null);
}

function goOn(from, by) {
  const fields = fieldsOf();
  const next = fields[fields.indexOf(from) + by];
  (next ?? (by > 0 ? form.querySelector('[data-store]') : from)).focus();
  next?.select?.();
}

if (form) {
  const store = form.querySelector('[data-store]');
  form.addEventListener('input', (event) => event.target.matches('[data-code-field]') && say(event.target));
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(store);
    } else if (event.target.matches('[data-code-field], input.field')) {
      event.preventDefault();
      // Stay on a number that doesn't match any choice.
      if (event.target.matches('[data-code-field]') && !event.shiftKey && meaning(event.target) === null) {
        say(event.target);
        event.target.select();
      } else {
        goOn(event.target, event.shiftKey ? -1 : 1);
      }
    }
  });
  // Don't submit the same sheet twice if the button is pressed again.
  form.addEventListener('submit', () => setTimeout(() => form.querySelectorAll('button').forEach((button) => (button.disabled = true))));
  window.addEventListener('pageshow', () => form.querySelectorAll('button').forEach((button) => (button.disabled = false)));
  form.querySelectorAll('[data-code-field]').forEach((field) => field.value && say(field));
}
