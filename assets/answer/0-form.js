// The survey form. The other parts of this module make it nicer, but it works without them.
// Gives: form.
const form = document.querySelector('form[data-answer]');
