// How every part works: one that fails is undone and leaves the plain form, which still sends.
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

// Our words, which the page brings in its language as data-say-…; what they mention stands in braces.
const say = (name, parts = {}) => form.dataset[name].replace(/\{(\w+)\}/g, (_, part) => parts[part]);

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// A number as the page's language writes it.
const inLanguage = (number) => number.toLocaleString(document.documentElement.lang);

// What somebody typed, with the digits of Arabic and Persian keyboards as those of a computer.
const digits = (text) =>
  text.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);

kinder(() => {
  // What a form cannot take is read out first. A look at it from the desk sends nothing.
  document.querySelector('.summary')?.focus();
  form.addEventListener('submit', (event) => form.method === 'post' || event.preventDefault());
});
