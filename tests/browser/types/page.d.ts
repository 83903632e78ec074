// What our templates guarantee and TypeScript can't know: which kind of element a selector finds, and which fields a form
// has.
interface ParentNode {
  querySelector(selector: 'form[data-answer]' | '[data-entry]'): HTMLFormElement;
  querySelector(selector: string): any;
  querySelectorAll(selector: string): NodeListOf<any>;
}
interface Element {
  closest(selector: string): any;
}
interface HTMLFormControlsCollection {
  [field: string]: any;
  [Symbol.iterator](): ArrayIterator<any>;
}
// Events on our pages always come from elements.
interface EventTarget {
  matches: any;
  select(): void;
}
