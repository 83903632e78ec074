// The form that the other parts of this module make kinder; none of them is needed to answer.
// Gives: form.
const form = document.querySelector('form[data-answer]');
