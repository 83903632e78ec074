// Keyboard shortcuts at the desk: / goes to the search, Escape closes what's open. Both also work with the mouse.
const typing = (at) => at.closest('input, textarea, select, [contenteditable]');
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    const search = document.getElementById('look-up');
    if (!search?.checkVisibility()) return;
    event.preventDefault();
    search.focus();
  }
  if (event.key === 'Escape') {
    document.querySelectorAll('details:is(.pick, .round)[open]').forEach((details) => {
      const within = details.contains(document.activeElement);
      details.open = false;
      if (within) details.querySelector('summary').focus();
    });
    if (location.hash === '#rooms') location.hash = '#main';
  }
});
// Clicking elsewhere closes a filter list.
document.addEventListener('click', (event) => {
  document.querySelectorAll('details.pick[open]').forEach((details) => {
    if (!details.contains(event.target)) details.open = false;
  });
});
