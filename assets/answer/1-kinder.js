// Wraps every part: if one fails, it's undone, and the plain form still submits.
// Takes: form.
// Gives: kinder, say, element, inLanguage, digits.
const kinder = (work, undo = () => {}) => {
  if (!form) return;
  try {
    work();
  } catch (error) {
    undo();
    console.error(error);
  }
};

// Messages, which the page provides in its language as data-say-…; {name} is filled in from `parts`.
const say = (name, parts = {}) => form.dataset[name].replace(/\{(\w+)\}/g, (_, part) => parts[part]);

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// Formats a number for the page's language.
const inLanguage = (number) => number.toLocaleString(document.documentElement.lang);

// Replaces digits from Arabic and Persian keyboards with 0–9.
const digits = (text) =>
  text.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);

kinder(() => {
  // Screen readers read the errors first. A preview at the desk doesn't submit.
  document.querySelector('.summary')?.focus();
  form.addEventListener('submit', (event) => form.method === 'post' || event.preventDefault());
});
