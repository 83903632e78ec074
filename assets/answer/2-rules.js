// Whether a condition is true for the answers. src/surveys/rule.rs does the same on the server, which decides;
// tests/independent/rules.json has test cases for both.
// Takes: digits.
// Gives: holds.
const holds = (rule, said) => {
  if (rule.and) return rule.and.every((one) => holds(one, said));
  if (rule.or) return rule.or.some((one) => holds(one, said));
  if (rule.not) return !holds(rule.not, said);
  const given = said(rule.item);
  if ('equals' in rule) return given.length === 1 && given[0] === rule.equals;
  if ('includes' in rule) return given.includes(rule.includes);
  if ('at_least' in rule) {
    const number = given.length === 1 ? digits(given[0]) : '';
    return /^-?\d+$/.test(number) && Number(number) >= rule.at_least;
  }
  return given.length > 0;
};
