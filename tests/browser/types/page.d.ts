// What our templates promise and TypeScript cannot know: a selector finds the kind of element that the template has there,
// and a form holds the fields that it names.
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
// Events of our pages come from elements.
interface EventTarget {
  matches: any;
  select(): void;
}
